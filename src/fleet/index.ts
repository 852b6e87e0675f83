/** `react-collider/fleet`: many sclang programs on many machines, found by their beacons and given code to run. */

export { Fleet, type FleetEvent, type FleetOptions } from './fleet.js';
export type { FleetInstruction, InstructionState } from './instructions.js';
export type { Beacon, FleetPoint } from './messages.js';
export type { Speak } from './speech.js';
export type { AssignOptions, FleetStream } from './streams.js';
