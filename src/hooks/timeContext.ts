/** The context of the musical hooks: the nearest timeline, and the transport that plays it. */

import { createContext } from 'react';
import type { Timeline } from '../time/timeline.js';
import type { Transport } from '../time/transport.js';

export const TimelineContext = createContext<Timeline | null>(null);

export const TransportContext = createContext<Transport | null>(null);
