/** Time without React: clocks, tempo, scheduling, and what patterns are made of. */

export { type Clock, SystemClock } from './clock.js';
export { euclidean } from './euclidean.js';
export { barPosition, beatsPerBar, type Meter } from './meter.js';
export { midiNote, type NotePitch, pitchToHertz } from './pitch.js';
export { type Random, seededRandom } from './random.js';
export type { Lateness, Scheduled, Scheduler, SchedulerCounts } from './scheduler.js';
export type { LoopRegion } from './tempoClock.js';
export { type Tempo, TempoMap, type TempoPoint, tempo } from './tempoMap.js';
export { swing } from './timeline.js';
export { VirtualClock } from './virtualClock.js';
