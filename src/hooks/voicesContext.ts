/** The context of `<Voices>` around notes of patterns: who of them may sound. */

import { createContext } from 'react';
import type { VoiceLimit } from '../time/voiceLimit.js';

export const VoicesContext = createContext<VoiceLimit | null>(null);
