/** What the musical hooks find above them: how beats are counted there, and what plays them. */

import { createContext } from 'react';
import type { Timeline } from '../time/timeline.js';
import type { Transport } from '../time/transport.js';

export const TimelineContext = createContext<Timeline | null>(null);

export const TransportContext = createContext<Transport | null>(null);
