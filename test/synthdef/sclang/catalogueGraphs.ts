/** Graphs with each unit generator of the catalogue, as TypeScript and as sclang writes them. */

import type { Entry, Method } from '../../../src/synthdef/catalogue/define.js';
import * as plugins from '../../../src/synthdef/catalogue/plugins/index.js';
import type { Signal, SignalInput } from '../../../src/synthdef/signal/signal.js';
import { synthDef } from '../../../src/synthdef/synthDef.js';
import * as ugens from '../../../src/synthdef/ugens.js';

export interface GraphPair {
  readonly title: string;
  readonly sclang: string;
  readonly bytes: () => Uint8Array;
}

type Functions = Record<string, (inputs: Record<string, SignalInput>) => Signal>;

/** An input as code and as a value; the value is made in the order in which sclang evaluates it. */
interface Written {
  readonly code: string;
  readonly make: () => SignalInput;
}

const number = (value: number): Written => ({ code: String(value), make: () => value });
const sine = (rate: 'ar' | 'kr', freq: number): Written => ({
  code: `SinOsc.${rate}(${freq})`,
  make: () => ugens.SinOsc[rate](freq),
});
const several = (...inputs: Written[]): Written => ({
  code: `[${inputs.map(({ code }) => code).join(', ')}]`,
  make: () => inputs.map(({ make }) => make()),
});

export const variations = ['as little as possible', 'signals', 'channels', 'unread'] as const;
type Variation = (typeof variations)[number];

function inputFor(
  entry: Entry,
  method: Method,
  arg: string,
  index: number,
  variation: Variation,
): Written | undefined {
  const needsAudio = mustBeAudio(entry, method, arg);
  if (arg === method.outputs) return number(2);
  if (arg === method.list) {
    const channel = (freq: number) => sine(needsAudio ? 'ar' : 'kr', freq);
    return variation === 'as little as possible'
      ? several(channel(200), channel(201))
      : several(channel(210), channel(211), channel(212));
  }
  const slow =
    method.rate === 'demand' || method.rate === 'scalar' ? number(index + 1.5) : sine('kr', index + 1);
  if (variation === 'as little as possible') {
    if (needsAudio) return sine('ar', 300);
    if (arg === firstOf(method) && entry.check?.first)
      return entry.check.first === 'audio' ? sine('ar', 300) : sine('kr', 3);
    return method.args[arg] === null ? number(index + 1.5) : undefined;
  }
  const one = needsAudio || (entry.check?.first === 'audio' && index === 0) ? sine('ar', 300 + index) : slow;
  const isFirst = arg === Object.keys(method.args).find((name) => name !== method.outputs);
  return variation === 'channels' && isFirst ? several(one, one, one) : one;
}

const firstOf = (method: Method): string | undefined => inputsOf(method)[0];

const inputsOf = (method: Method): readonly string[] =>
  method.inputs ?? Object.keys(method.args).filter((arg) => arg !== 'mul' && arg !== 'add');

function mustBeAudio({ check }: Entry, method: Method, arg: string): boolean {
  if (method.rate !== 'audio') return false;
  if (arg === method.list) return check?.audioFrom !== undefined;
  return check?.audio?.includes(inputsOf(method).indexOf(arg)) ?? false;
}

export function pairsOf(entries: readonly Entry[]): GraphPair[] {
  return entries.flatMap((entry) =>
    (['ar', 'kr', 'ir', 'new'] as const).flatMap((selector) => {
      const method = entry[selector];
      if (!method) return [];
      return variations.map((variation) => pairOf(entry, selector, method, variation));
    }),
  );
}

function pairOf(
  entry: Entry,
  selector: 'ar' | 'kr' | 'ir' | 'new',
  method: Method,
  variation: Variation,
): GraphPair {
  const inputs = Object.keys(method.args).flatMap((arg, index) => {
    const input = inputFor(entry, method, arg, index, variation);
    return input ? [[arg, input] as const] : [];
  });
  const call = `${entry.className}.${selector}(${inputs.map(([arg, { code }]) => `${arg}: ${code}`).join(', ')})`;
  const all = { ...plugins, ...ugens } as unknown as Record<string, Functions & ((given: object) => Signal)>;
  const functions = all[entry.className]!;
  const make = () => {
    const given = Object.fromEntries(inputs.map(([arg, input]) => [arg, input.make()]));
    return selector === 'new' ? functions(given) : functions[selector]!(given);
  };
  const heard = variation === 'unread' ? unread : output(entry, method);
  return {
    title: `${entry.className}.${selector}, ${variation}`,
    sclang: `{ ${heard.code(call)} }`,
    bytes: () => synthDef('graph', {}, () => heard.make(make)).bytes,
  };
}

/** Nobody reads the result. */
const unread = {
  code: (call: string) => `${call}; Out.kr(0, 0.5)`,
  make: (call: () => Signal) => {
    call();
    ugens.Out.kr(0, 0.5);
  },
};

/** How the result gets out. */
function output(
  entry: Entry,
  method: Method,
): { code: (call: string) => string; make: (call: () => Signal) => unknown } {
  if (method.returns !== undefined || method.outputs === 0) return unread;
  if (entry.chain)
    return {
      code: (call) => `Out.ar(0, IFFT(${call}))`,
      make: (call) => ugens.Out.ar(0, ugens.IFFT(call())),
    };
  if (method.rate === 'demand') {
    return {
      code: (call) => `Out.kr(0, Demand.kr(Impulse.kr(1), 0, ${call}))`,
      make: (call) => ugens.Out.kr(0, ugens.Demand.kr(ugens.Impulse.kr(1), 0, call())),
    };
  }
  if (method.rate === 'audio')
    return { code: (call) => `Out.ar(0, ${call})`, make: (call) => ugens.Out.ar(0, call()) };
  return { code: (call) => `Out.kr(0, ${call})`, make: (call) => ugens.Out.kr(0, call()) };
}
