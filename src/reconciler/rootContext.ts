/** The context of a root: the scene that the components below it are rendered into. */

import { createContext } from 'react';
import type { LiveScene } from '../live/liveScene.js';

export const RootContext = createContext<LiveScene | null>(null);
