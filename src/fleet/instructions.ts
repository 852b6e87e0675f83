/** The instructions that a fleet has sent, and what the points replied. */

import { SuperColliderError } from '../errors.js';
import type { Acknowledgement, FleetPoint } from './messages.js';

/** State of an instruction: `SENT` until the point acknowledges it. */
export type InstructionState = 'SENT' | 'RECEIVED' | 'FINISHED' | 'SUCCESS' | 'FAILURE' | 'READY';

/** A piece of sclang code that was sent to a point, and its result. */
export interface FleetInstruction {
  /** Id that the point's acknowledgement repeats. */
  readonly uuid: string;
  /** The point that it was sent to. */
  readonly point: FleetPoint;
  /** The sclang code. */
  readonly text: string;
  /** State as of the last acknowledgement. */
  readonly state: InstructionState;
  /** Result of the code, as text; `undefined` until it is finished. */
  readonly returnValue: string | undefined;
}

/** Instructions that a reply may still come to. */
const MAX_REMEMBERED = 10_000;

export class Instructions {
  readonly #instructions = new Map<string, FleetInstruction>();

  get(uuid: string): FleetInstruction | undefined {
    return this.#instructions.get(uuid);
  }

  add(uuid: string, point: FleetPoint, text: string): FleetInstruction {
    const instruction: FleetInstruction = { uuid, point, text, state: 'SENT', returnValue: undefined };
    this.#instructions.set(uuid, instruction);
    const [oldest] = this.#instructions.keys();
    if (this.#instructions.size > MAX_REMEMBERED && oldest) this.#instructions.delete(oldest);
    return instruction;
  }

  /** @throws SuperColliderError `invalid-osc` for an instruction that was not sent. */
  acknowledge({ uuid, status, returnValue }: Acknowledgement): FleetInstruction {
    const known = this.#instructions.get(uuid);
    if (!known) throw new SuperColliderError('invalid-osc', `There is no instruction ${uuid}.`);
    const instruction: FleetInstruction = {
      ...known,
      // A beacon is no state of an instruction.
      state: status === 'BEACON' ? 'FAILURE' : status,
      returnValue: returnValue || known.returnValue,
    };
    this.#instructions.set(uuid, instruction);
    return instruction;
  }
}
