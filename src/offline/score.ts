/**
 * A piece as what is sent when: the form that `scsynth -N` reads.
 *
 * @see https://doc.sccode.org/Guides/Non-Realtime-Synthesis.html
 */

import { batch, type Command } from '../commands/index.js';
import { OscWriter } from '../osc/encode.js';
import type { Argument, Message } from '../osc/message.js';
import { scoreTimetag } from '../osc/timetag.js';
import type { Seconds } from '../units.js';

/** Commands of one time in a score. */
export interface ScoreEntry {
  /** Seconds since the beginning. */
  readonly time: Seconds;
  /** Commands at that time, in order. */
  readonly commands: readonly Command[];
}

/** An argument in JSON; bytes are written in base 64. */
export type JsonArgument = number | string | { readonly base64: string } | readonly JsonArgument[];

/** A score as plain JSON. */
export interface ScoreJson {
  /** Length in seconds. */
  readonly duration: Seconds;
  /** Bundles in the order of their times. */
  readonly bundles: readonly {
    readonly time: Seconds;
    readonly messages: readonly (readonly [address: string, ...args: JsonArgument[]])[];
  }[];
}

/** Facts of nodes beside the commands, by id: for drawing or splitting the score. */
export interface ScoreNodeFacts {
  /** The names of elements. */
  readonly names: ReadonlyMap<number, string>;
  /** Times at which nodes end by themselves, where those are known. */
  readonly ends: ReadonlyMap<number, Seconds>;
  /** MIDI messages that the piece sent, in the order of their times. @default none */
  readonly midi?: readonly ScoreMidi[];
}

/** A MIDI message of a piece. */
export interface ScoreMidi {
  /** Seconds since the beginning. */
  readonly time: Seconds;
  /** Its bytes. */
  readonly bytes: readonly number[];
}

const NO_FACTS: ScoreNodeFacts = { names: new Map(), ends: new Map() };

/** The commands of a whole piece, each with its time. */
export class Score {
  constructor(
    /** In the order of their times. */
    readonly entries: readonly ScoreEntry[],
    /** End of the score, in seconds. */
    readonly duration: Seconds,
    readonly nodes: ScoreNodeFacts = NO_FACTS,
  ) {}

  /** The file that `scsynth -N` and `supernova -N` read: each bundle behind its size. */
  toBytes(): Uint8Array {
    const writer = new ScoreWriter();
    const bundles = [...this.entries, endEntry(this.duration)].flatMap((entry) => writer.bundles(entry));
    const bytes = new Uint8Array(bundles.reduce((sum, { length }) => sum + 4 + length, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const bundle of bundles) {
      view.setInt32(at, bundle.length);
      bytes.set(bundle, at + 4);
      at += 4 + bundle.length;
    }
    return bytes;
  }

  /** The same to be read, compared and kept: `JSON.stringify(score)`. */
  toJSON(): ScoreJson {
    return {
      duration: this.duration,
      bundles: this.entries.map(({ time, commands }) => ({
        time,
        messages: messagesOf(commands).map(([address, ...args]) => [address, ...args.map(toJson)] as const),
      })),
    };
  }
}

/** Score entries as bytes, with one buffer for all of them. */
export class ScoreWriter {
  readonly #writer = new OscWriter();

  /** An entry's bundles, with the timetag of a score; the bytes are the caller's own. */
  bundles({ time, commands }: ScoreEntry): Uint8Array[] {
    return batch(commands, scoreTimetag(time), Number.POSITIVE_INFINITY).map((bundle) =>
      this.#writer.write(bundle).slice(),
    );
  }
}

/** The bundle that a score ends with: it does nothing, its time is the end. */
export const endEntry = (time: Seconds): ScoreEntry => ({
  time,
  commands: [{ type: '/c_set', values: [[0, 0]] }],
});

const messagesOf = (commands: readonly Command[]): readonly Message[] =>
  batch(commands, undefined, Number.POSITIVE_INFINITY).flatMap(({ elements }) => elements as Message[]);

function toJson(argument: Argument): JsonArgument {
  if (argument instanceof Uint8Array) return { base64: Buffer.from(argument).toString('base64') };
  if (Array.isArray(argument)) return argument.map(toJson);
  return argument as number | string;
}
