/** `synthDef()`: a definition written in TypeScript. */

import { nearest, SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';
import type { Env } from './composites/env.js';
import { describeSynthDef } from './describe.js';
import { encodeSynthDefs } from './file/encode.js';
import type { SynthDefVariant } from './file/graph.js';
import { currentGraph, Graph, whileBuilding } from './graph/build.js';
import { addControls, type ControlInput, type ControlSpec, specOf } from './graph/controls.js';
import { finish } from './graph/finish.js';
import type { Signal } from './signal/signal.js';
import type { SynthDef } from './synthDefsFromBytes.js';

/** Controls of a definition by name. */
export type ControlInputs = Readonly<Record<string, ControlInput>>;

/** The controls' signals, as the function of a definition gets them. */
export type ControlSignals<Controls extends ControlInputs> = { readonly [Name in keyof Controls]: Signal };

/** Values that the controls of a synth take: a number, or as many as the control has slots. */
export type ControlValues<Controls extends ControlInputs> = {
  readonly [Name in keyof Controls]: Controls[Name] extends ControlSpec<infer Value>
    ? Widened<Value>
    : Widened<Controls[Name]>;
};
/** The type of a control by the type of its default. */
export type Widened<Value> = Value extends readonly number[] | Env ? readonly number[] : number;

/** Names that are props of `<Synth>`, or that React takes for itself. */
const RESERVED = ['def', 'name', 'paused', 'exit', 'whenHidden', 'controls', 'key', 'ref', 'children'];

/** Options of `synthDef()`. */
export interface SynthDefOptions<Controls extends ControlInputs> {
  /**
   * Other initial values under names of their own: `defname.variant` is played like a definition.
   * A server from 3.13 takes names of up to 31 bytes for it.
   */
  readonly variants?: Readonly<Record<string, Partial<ControlValues<Controls>>>>;
}

/**
 * A definition, from its controls and the function that writes its units.
 *
 * ```ts
 * const ping = synthDef('ping', { freq: 440, amp: 0.1, out: 0 }, (c) => {
 *   const env = EnvGen.kr(Env.perc(), { doneAction: DoneAction.freeSelf });
 *   Out.ar(c.out, Pan2.ar(SinOsc.ar(c.freq).mul(env)).mul(c.amp));
 * });
 * ```
 *
 * The bytes are those that sclang makes of the same graph. A control's initial value is a number or an
 * array of numbers. `initialRate`, `trigger`, `audioRate` and `lagged` set its kind, as do sclang's prefixes
 * `i_`, `t_` and `a_`.
 *
 * @throws SuperColliderError `invalid-synthdef` naming the definition, the unit generator and the input.
 * @see https://doc.sccode.org/Classes/SynthDef.html
 */
export function synthDef<const Controls extends ControlInputs>(
  name: string,
  controls: Controls,
  write: (controls: ControlSignals<Controls>) => unknown,
  { variants = {} }: SynthDefOptions<Controls> = {},
): SynthDef<ControlValues<Controls>> {
  checkName(name);
  const specs = new Map(
    Object.entries(controls).map(([control, input]) => {
      checkControlName(name, control);
      return [control, specOf(control, input, name)];
    }),
  );
  const graph = new Graph(name);
  const compiled = whileBuilding(graph, () => {
    const signals = knownOnly(name, Object.fromEntries(addControls(graph, specs)));
    const result = inDefinition(name, () => write(signals as ControlSignals<Controls>));
    if (result instanceof Promise) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `synthDef("${name}"): its function is asynchronous: take the async away.`,
      );
    }
    return finish(graph, variantsOf(graph, variants), result);
  });
  return { name, bytes: encodeSynthDefs([compiled]), description: describeSynthDef(compiled) };
}

/** Refuses names of controls that there are not: a unit generator would take `undefined` for its own default. */
const knownOnly = <Signals extends object>(def: string, signals: Signals): Signals =>
  new Proxy(signals, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name);
      const names = Object.keys(target).sort();
      const near = nearest(name, names);
      throw new SuperColliderError(
        'invalid-synthdef',
        `synthDef("${def}") has no control "${name}".${near ? ` Did you mean "${near}"?` : ''} It has: ${names.join(', ') || 'none'}.`,
      );
    },
  });

/** A control that is declared where it is used; the same name gives the same control. */
export function control(name: string, input: ControlInput = 0): Signal {
  const graph = currentGraph(`control("${name}")`);
  checkControlName(graph.name, name);
  const spec = specOf(name, input, graph.name);
  const present = graph.controls.find((declared) => declared.name === name);
  if (!present) {
    const signal = addControls(graph, new Map([[name, spec]])).get(name)!;
    graph.late.set(name, signal);
    return signal;
  }
  const signal = graph.late.get(name);
  if (signal && JSON.stringify(present.spec) === JSON.stringify(spec)) return signal;
  throw new SuperColliderError(
    'invalid-synthdef',
    `synthDef("${graph.name}") has the control "${name}" already, as ${JSON.stringify(present.spec.value)}: use one default and one rate for it.`,
  );
}

/** Errors of what is written inside name the definition. */
function inDefinition<Result>(name: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof SuperColliderError) || error.message.startsWith('synthDef(')) throw error;
    throw new SuperColliderError(error.code, `synthDef("${name}"): ${error.message}`, { cause: error });
  }
}

function checkName(name: string): void {
  const size = new TextEncoder().encode(name).length;
  if (name === '' || size > 255) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `A definition's name has 1 to 255 bytes; "${name.slice(0, 40)}${name.length > 40 ? '…' : ''}" has ${size}.`,
    );
  }
}

function checkControlName(def: string, control: string): void {
  if (RESERVED.includes(control) || /^on[A-Z]/.test(control)) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `synthDef("${def}"): a control cannot be called "${control}", which is a prop of <Synth>. Choose another name.`,
    );
  }
}

function variantsOf(
  graph: Graph,
  variants: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): SynthDefVariant[] {
  return Object.entries(variants).map(([variant, given]) => {
    const values = [...graph.parameters];
    for (const [control, value] of Object.entries(given)) {
      const declared = graph.controls.find(({ name }) => name === control);
      const own = (Array.isArray(value) ? value : [value]) as number[];
      if (!declared || own.length > declared.size || own.some((number) => !isFloat32(number))) {
        throw new SuperColliderError(
          'invalid-synthdef',
          `synthDef("${graph.name}"): the variant "${variant}" gives "${control}" ${String(value)}: ` +
            (declared
              ? `it has ${declared.size} slot(s) for numbers.`
              : `its controls are ${graph.controls.map(({ name }) => name).join(', ')}.`),
        );
      }
      values.splice(declared.index, own.length, ...own);
    }
    return { name: `${graph.name}.${variant}`, values };
  });
}
