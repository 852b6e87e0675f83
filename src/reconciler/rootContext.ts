/** What the hooks find above them: the scene that their component is rendered into. */

import { createContext } from 'react';
import type { LiveScene } from '../live/liveScene.js';

export const RootContext = createContext<LiveScene | null>(null);
