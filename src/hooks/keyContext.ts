/** The context of the nearest `<Key>`: the scale in which degrees are counted. */

import { createContext } from 'react';
import type { ScaleSteps } from '../patterns/streams/pitch.js';

export const KeyContext = createContext<ScaleSteps | null>(null);
