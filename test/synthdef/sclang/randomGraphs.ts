/** Random graphs, written in both languages at the same time. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { asSignal, Channels, Constant, type Signal } from '../../../src/synthdef/signal/signal.js';
import { synthDef } from '../../../src/synthdef/synthDef.js';
import {
  DC,
  FFT,
  IFFT,
  Impulse,
  In,
  K2A,
  LFNoise0,
  LocalBuf,
  LPF,
  Mix,
  MulAdd,
  Out,
  Pan2,
  PV_BrickWall,
  PV_MagSmear,
  Rand,
  SendTrig,
  SinOsc,
  WhiteNoise,
} from '../../../src/synthdef/ugens.js';

interface Value {
  readonly name: string;
  readonly signal: Signal;
}

export function randomGraph(seed: number): { sclang: string; bytes: Uint8Array } {
  const writer = new Writer(seed);
  const { bytes } = synthDef('graph', { freq: 440, amps: [0.1, 0.2], t_hit: 0, i_level: 3 }, (c) => {
    for (const [name, signal] of Object.entries(c)) writer.values.push({ name, signal });
    const steps = writer.below(60) + 4;
    for (let step = 0; step < steps; step++) writer.step();
    writer.output();
  });
  return {
    sclang: `{ |freq = 440, amps = #[0.1, 0.2], t_hit = 0, i_level = 3| ${writer.declarations()} ${writer.lines.join(' ')} }`,
    bytes,
  };
}

class Writer {
  readonly values: Value[] = [];
  readonly lines: string[] = [];
  readonly #random;
  #names = 0;

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  below(limit: number): number {
    return uniformInt(this.#random, 0, limit - 1);
  }

  #pick(): Value {
    if (this.below(4) === 0) {
      const number = [0, 1, -1, 2, 0.5, 3][this.below(6)]!;
      // As Float, which is what numbers are here: -0.0 is of its own, -(0) is not.
      return { name: number < 0 ? `(${number.toFixed(1)})` : number.toFixed(1), signal: asSignal(number) };
    }
    // Later ones more often, so that graphs get deep.
    const last = this.values.length;
    return this.values[Math.max(0, last - 1 - this.below(this.below(last) + 1))]!;
  }

  #pickOf(isIt: (value: Value) => boolean): Value | undefined {
    for (let attempt = 0; attempt < 20; attempt++) {
      const value = this.#pick();
      if (isIt(value)) return value;
    }
    return undefined;
  }

  #add(code: string, signal: Signal): void {
    const name = `x${this.#names++}`;
    this.lines.push(`${name} = ${code};`);
    this.values.push({ name, signal });
  }

  declarations(): string {
    return this.#names === 0
      ? ''
      : `var ${Array.from({ length: this.#names }, (_, index) => `x${index}`).join(', ')};`;
  }

  step(): unknown {
    const a = this.#pick();
    const b = this.#pick();
    switch (this.below(17)) {
      case 0:
      case 1:
        return this.#add(`${a.name} + ${b.name}`, a.signal.add(b.signal));
      case 2:
      case 3:
        return this.#add(`${a.name} * ${b.name}`, a.signal.mul(b.signal));
      case 4:
        return this.#add(`${a.name} - ${b.name}`, a.signal.sub(b.signal));
      case 5:
        return this.#add(`${a.name}.neg`, a.signal.neg());
      case 6: {
        const c = this.#pick();
        return this.#add(`(${a.name} * ${b.name}) + ${c.name}`, a.signal.mul(b.signal).add(c.signal));
      }
      case 7: {
        const c = this.#pick();
        return this.#add(`MulAdd(${a.name}, ${b.name}, ${c.name})`, MulAdd(a.signal, b.signal, c.signal));
      }
      case 8:
        return this.#add(`SinOsc.ar(${a.name}, ${b.name})`, SinOsc.ar(a.signal, b.signal));
      case 9: {
        const freq = this.#pickOf(({ signal }) => !hasAudio(signal)) ?? { name: '7', signal: asSignal(7) };
        return this.#add(`SinOsc.kr(${freq.name})`, SinOsc.kr(freq.signal));
      }
      case 10: {
        const high = this.below(3);
        return this.#add(`WhiteNoise.ar + Rand(0, ${high})`, WhiteNoise.ar().add(Rand(0, high)));
      }
      case 11: {
        const input = this.#pickOf(({ signal }) => isAudio(signal));
        if (!input) return this.#add('LFNoise0.kr(3)', LFNoise0.kr(3));
        return this.#add(`LPF.ar(${input.name}, ${b.name})`, LPF.ar(input.signal, b.signal));
      }
      case 12: {
        const input = this.#pickOf(({ signal }) => isAudio(signal) && !(signal instanceof Channels));
        if (!input) return this.#add('In.kr(3, 2)', In.kr(3, 2));
        return this.#add(`Pan2.ar(${input.name}, 0.5)`, Pan2.ar(input.signal, 0.5));
      }
      case 13:
        return this.#add(`[${a.name}, ${b.name}]`, asSignal([a.signal, b.signal]));
      case 14: {
        const [c, d, e] = [this.#pick(), this.#pick(), this.#pick()];
        const code = [a, b, c, d, e].map(({ name }) => name).join(', ');
        return this.#add(`Mix([${code}])`, Mix([a, b, c, d, e].map(({ signal }) => signal)));
      }
      case 15: {
        const input = this.#pickOf(({ signal }) => isAudio(signal) && !(signal instanceof Channels));
        if (!input) return this.#add('Impulse.ar(2)', Impulse.ar(2));
        return this.#add(
          `IFFT(PV_MagSmear(PV_BrickWall(FFT(LocalBuf(512), ${input.name}), 0.1), 2))`,
          IFFT(PV_MagSmear(PV_BrickWall(FFT(LocalBuf(512), input.signal), 0.1), 2)),
        );
      }
      default:
        this.lines.push(`SendTrig.kr(Impulse.kr(1), 0, ${a.name});`);
        SendTrig.kr(Impulse.kr(1), 0, a.signal);
    }
  }

  /** Some of the values, flat, at audio rate. */
  output(): void {
    const chosen = this.values.filter(() => this.below(3) === 0).slice(-6);
    chosen.push(this.values.at(-1)!);
    for (const { name, signal } of chosen) {
      if (isAudio(signal)) {
        this.lines.push(`Out.ar(0, ${name});`);
        Out.ar(0, signal);
      } else if (signal instanceof Constant) {
        this.lines.push(`Out.ar(0, DC.ar(${name}));`);
        Out.ar(0, DC.ar(signal));
      } else if (!(signal instanceof Channels)) {
        this.lines.push(`Out.ar(0, K2A.ar(${name}));`);
        Out.ar(0, K2A.ar(signal));
      } else {
        this.lines.push(`Out.kr(0, ${name});`);
        Out.kr(0, signal);
      }
    }
  }
}

/** All of it, to the last channel. */
function isAudio(signal: Signal): boolean {
  return signal instanceof Channels ? signal.channels.every(isAudio) : signal.rate === 'audio';
}

function hasAudio(signal: Signal): boolean {
  return signal instanceof Channels ? signal.channels.some(hasAudio) : signal.rate === 'audio';
}
