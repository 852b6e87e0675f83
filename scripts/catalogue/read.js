/** What probe.scd prints, as entries of the catalogue. */

/** Arguments that give a number of outputs. */
const COUNTS = new Set([
  'numChannels',
  'numChans',
  'numcoeff',
  'numOutputs',
  'numChan',
  'numchans',
  'numchannels',
]);
/** Arguments whose channels become inputs of one unit. */
const LISTS = new Set(['channelsArray', 'inputArray', 'array', 'list', 'demandUGens', 'inarray']);

/** Entries by class name, and the names of those that need a function written by hand. */
export function readProbe(text) {
  const entries = new Map();
  const byHand = new Map();
  for (const block of text.split(/^@ /m).slice(1)) {
    const probe = blockOf(block);
    const method = methodOf(probe);
    // OffsetOut.kr and the like are there to say that they are not.
    if (method === 'cannot be called with single signals' && entries.get(probe.className)?.ar) continue;
    if (typeof method === 'string') byHand.set(probe.className, `${probe.selector}: ${method}`);
    const entry = entries.get(probe.className) ?? {
      className: probe.className,
      file: probe.file,
      ...traits(probe),
    };
    if (typeof method !== 'string') entry[probe.selector] = method;
    entries.set(probe.className, entry);
    const check = checkOf(probe, method);
    if (check) entry.check = { ...entry.check, ...check };
    if (typeof method !== 'string' && method.manyOutputs) {
      entry.manyOutputs = true;
      delete method.manyOutputs;
    }
    if (typeof method !== 'string' && method.returns === 0) entry.effect = true;
  }
  for (const name of byHand.keys()) entries.delete(name);
  return { entries, byHand };
}

function blockOf(block) {
  const [head, ...lines] = block.trim().split('\n');
  const [start, parents, args] = head.split('|').map((part) => part.trim());
  const [className, selector, file] = start.split(' ');
  const runs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  return {
    className,
    selector,
    file,
    parents: parents.split(' '),
    args: args
      ? args
          .split(' ')
          .filter((arg) => /^\w+=/.test(arg))
          .map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)])
      : [],
    audio: runOf(runs.audio),
    control: runOf(runs.control),
    number: runOf(runs.number),
    default: runOf(runs.default),
    wrong: runs.wrong.split(' ').map((part) => part.split(',').map((word) => word === 'true')),
  };
}

function runOf(line) {
  if (line === undefined || line.startsWith('ERR') || !line.includes('=> ')) return undefined;
  const [made, result] = line.split('=> ');
  const units = [...made.matchAll(/(\w+)\/(\w+)\/(\d+)\/(-?\d+)\(([^()]*)\)/g)].map(
    ([, className, rate, outputs, specialIndex, inputs]) => ({
      className,
      rate,
      outputs: Number(outputs),
      specialIndex: Number(specialIndex),
      inputs: inputs === '' ? [] : inputs.split(','),
    }),
  );
  return { units, result: result.trim() };
}

const traits = ({ parents }) => ({
  ...(parents.includes('pure') && { pure: true }),
  ...(parents.includes('unipolar') && { unipolar: true }),
  ...(parents.includes('WidthFirstUGen') && { widthFirst: true }),
  ...(parents.includes('PV_ChainUGen') && { chain: true }),
});

/** The method as the catalogue has it, or why that cannot say what it does. */
function methodOf(probe) {
  const { audio, control, number } = probe;
  if (!audio || !control || !number) return 'cannot be called with single signals';
  const own = ({ units }) => units.filter((unit) => unit.className === probe.className);
  if (own(audio).length !== 1) return 'makes several units, or another one';
  const names = probe.args.map(([name]) => name);
  const hasMadd = names.includes('mul') && names.includes('add');
  const others = audio.units.filter((unit) => unit.className !== probe.className);
  if (others.some((unit) => unit.className !== 'MulAdd' || !hasMadd)) return 'makes units of other classes';
  const unit = own(audio)[0];
  const passes = number.units.length === 0 && probe.args[0]?.[0] === 'in';
  if (own(number).length !== 1 && !passes) return 'does something else with numbers';
  const allowed = new Set([probe.className, 'K2A', 'DC', ...(hasMadd ? ['MulAdd'] : [])]);
  for (const run of passes ? [control] : [control, number]) {
    if (run.units.some(({ className }) => !allowed.has(className)))
      return 'does something else with slower inputs';
  }
  if (unit.specialIndex !== 0) return 'has a special index';
  const inputs = [];
  for (const input of unit.inputs) {
    if (/^m\d+$/.test(input)) inputs.push(names[Number(input.slice(1))]);
    else if (input === '3' && names.some((name) => COUNTS.has(name)))
      inputs.push(names.find((name) => COUNTS.has(name)));
    else return `has an input of its own, ${input}`;
  }
  const list = inputs.findIndex((name) => LISTS.has(name));
  if (list >= 0 && list !== inputs.length - 1) return 'has inputs after a list';
  return {
    rate: unit.rate,
    args: Object.fromEntries(
      probe.args.map(([name, value]) => [name, defaultOf(probe, name, value, inputs)]),
    ),
    inputs: list >= 0 ? inputs.slice(0, -1) : inputs,
    ...(list >= 0 && { list: inputs[list] }),
    ...(list >= 0 && probe.parents.includes('AbstractOut') && unit.rate === 'audio' && { silence: true }),
    ...(passes && { passes: 'in' }),
    ...(hasMadd &&
      !audio.units.some(({ className }) => className === 'MulAdd') &&
      !inputs.includes('mul') && { madd: false }),
    ...audioInputs(control, probe, inputs),
    ...outputsOf(unit, names, list >= 0 && /u\d+\.\d/.test(audio.result) ? inputs[list] : undefined),
    ...resultOf(audio, names),
    ...(/u\d+\.\d/.test(audio.result) && { manyOutputs: true }),
  };
}

/** The default as a number: what the unit has when nothing is given, if the argument's own is none. */
function defaultOf(probe, name, written, inputs) {
  const unit = probe.default?.units.find(({ className }) => className === probe.className);
  const position = inputs.indexOf(name);
  const value =
    numberOf(written) ??
    (unit && unit.inputs.length >= inputs.length ? numberOf(unit.inputs[position]) : undefined);
  return value ?? null;
}

function numberOf(text) {
  if (text === undefined) return undefined;
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  const number = Number(text.replace(/^([\d.]+)pi$/, (_, factor) => String(Number(factor) * Math.PI)));
  return Number.isNaN(number) ? undefined : number;
}

/** Inputs that are made audio signals: K2A stands before them when a control signal is given. */
function audioInputs(control, probe, inputs) {
  const made = control.units.find(({ className }) => className === probe.className);
  const converted = made.inputs.flatMap((input, index) => {
    const source = /^u(\d+)/.exec(input);
    return source && control.units[Number(source[1])]?.className === 'K2A' ? [inputs[index]] : [];
  });
  return converted.length > 0 ? { audio: converted } : {};
}

/** A number, the argument that gives it, or the list that has an output for each of its channels. */
function outputsOf(unit, names, list) {
  if (list && unit.outputs === 1) return { outputs: list };
  const count = names.find((name) => COUNTS.has(name));
  if (count && unit.outputs === 3) return { outputs: count };
  return unit.outputs === 1 ? {} : { outputs: unit.outputs };
}

function resultOf({ result, units }, names) {
  if (/^m\d+$/.test(result)) return { returns: names[Number(result.slice(1))] };
  return result === '0.0' && units.length > 0 ? { returns: 0 } : {};
}

function checkOf({ selector, wrong: [atAudio, atControl], className }, method) {
  if (className === 'Duty' || className === 'TDuty') return { duty: true };
  if (typeof method === 'string') return undefined;
  const size = method.inputs.length;
  if (selector === 'ar') {
    const audio = atAudio.slice(0, size).flatMap((isWrong, index) => (isWrong ? [index] : []));
    const isFrom = method.list !== undefined && atAudio[size];
    return audio.length > 0 || isFrom
      ? {
          ...(audio.length > 0 && { audio }),
          ...(isFrom && { audioFrom: size, ...(method.returns === 0 && { atLeast: size + 1 }) }),
        }
      : undefined;
  }
  if (selector !== 'kr' || size === 0) return undefined;
  const [control, audio, scalar] = atControl;
  if (!control && audio && scalar) return { first: 'control' };
  if (!control && !audio && scalar) return { first: 'signal' };
  return control && !audio ? { first: 'audio' } : undefined;
}
