/** Buses that somebody listens to: one synth of ours for each, as long as readings are wanted. */

import { Listening, type Probe } from '../../meters/listening.js';
import { levelProbe } from '../../meters/useLevel.js';
import { scopeProbe } from '../../meters/useScope.js';
import { spectrumProbe } from '../../meters/useSpectrum.js';
import type { Server } from '../../server/index.js';
import type { Heard, ListenQuestion } from '../protocol.js';

/** Milliseconds without a question after which a bus is not listened to any more. */
const PATIENCE_MS = 2000;

interface BusMonitor {
  readonly listening: Promise<Listening<Heard>>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class BusMonitors {
  readonly #server: Server;
  readonly #ears = new Map<string, BusMonitor>();

  constructor(server: Server) {
    this.#server = server;
  }

  /** One reading. Sends what `useLevel` and `useScope` send, or for a control bus `/c_getn`. */
  async hear(question: ListenQuestion): Promise<Heard> {
    const { kind, bus, channels, frames } = question;
    if (kind === 'values') return this.#values(bus, channels);
    const key = `${kind} ${bus} ${channels} ${frames}`;
    const ear = this.#ears.get(key) ?? this.#open(key, question);
    clearTimeout(ear.timer);
    ear.timer = setTimeout(() => this.#forget(key, ear), PATIENCE_MS);
    const listening = await ear.listening;
    if (!listening.isAlive) {
      this.#forget(key, ear);
      return this.hear(question);
    }
    return listening.read();
  }

  close(): void {
    for (const [key, ear] of [...this.#ears]) this.#forget(key, ear);
  }

  #open(key: string, question: ListenQuestion): BusMonitor {
    const ear: BusMonitor = {
      listening: Listening.start(this.#server, probeOf(question), question.bus),
      timer: undefined,
    };
    this.#ears.set(key, ear);
    // Who cannot be heard may be asked for again.
    ear.listening.catch(() => this.#forget(key, ear));
    return ear;
  }

  async #values(bus: number, channels: number): Promise<Heard> {
    const { args } = await this.#server.request({ type: '/c_getn', ranges: [[bus, channels]] });
    return { channels: args.slice(2).map((value) => [Number(value)]), width: 0 };
  }

  /** Forgets an ear, unless somebody has opened another one by the same key. */
  #forget(key: string, ear: BusMonitor): void {
    if (this.#ears.get(key) !== ear) return;
    clearTimeout(ear.timer);
    this.#ears.delete(key);
    ear.listening.then(
      (listening) => listening.stop(),
      () => {},
    );
  }
}

function probeOf({ kind, channels, frames }: ListenQuestion): Probe<Heard> {
  switch (kind) {
    case 'level':
      return mapped(levelProbe(channels), (levels) => ({
        channels: levels.map(({ peak, rms }) => [peak, rms]),
        width: 0,
      }));
    case 'scope':
      return mapped(scopeProbe(frames, channels), (heard) => ({
        channels: heard.map((samples) => Array.from(samples)),
        width: 0,
      }));
    default:
      return mapped(spectrumProbe(frames), ({ decibels, width }) => ({
        channels: [Array.from(decibels, (value) => Math.round(value * 10) / 10)],
        width,
      }));
  }
}

const mapped = <From, To>(probe: Probe<From>, to: (reading: From) => To): Probe<To> => ({
  ...probe,
  read: (values, samples) => to(probe.read(values, samples)),
});
