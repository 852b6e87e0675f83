/** Checks of questions: they come from outside, so each is compared with the protocol first. */

import type { QuestionName } from '../protocol.js';

/** Rule of a field: in words, and as a test. */
interface Rule {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

const whole = (least: number, most: number): Rule => ({
  words: `a whole number from ${least} to ${most}`,
  holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});
const text = (longest: number): Rule => ({
  words: `a text of 1 to ${longest} characters`,
  holds: (value) => typeof value === 'string' && value.length > 0 && value.length <= longest,
});
const oneOf = (...choices: readonly string[]): Rule => ({
  words: `one of ${choices.join(', ')}`,
  holds: (value) => choices.includes(value as string),
});
const listOf = (longest: number, { words, holds }: Rule): Rule => ({
  words: `up to ${longest} times ${words}`,
  holds: (value) => Array.isArray(value) && value.length <= longest && value.every(holds),
});
const switched: Rule = { words: 'true or false', holds: (value) => typeof value === 'boolean' };
const number: Rule = { words: 'a number', holds: Number.isFinite };
const numbers = listOf(1024, number);
const value: Rule = {
  words: 'a number, or up to 1024 of them',
  holds: (given) => number.holds(given) || numbers.holds(given),
};

const id = whole(0, 2 ** 31 - 1);

const RULES: Readonly<Record<QuestionName, Readonly<Record<string, Rule>>>> = {
  set: { id, control: text(255), value },
  run: { id, on: switched },
  free: { id },
  watch: { ids: listOf(500, id) },
  send: { text: text(100_000) },
  messages: { number: whole(0, Number.MAX_SAFE_INTEGER) },
  graph: { def: text(255) },
  buffers: { from: whole(0, 2 ** 20), count: whole(1, 2 ** 20) },
  waveform: { number: whole(0, 2 ** 20), columns: whole(1, 4096) },
  listen: {
    kind: oneOf('level', 'scope', 'spectrum', 'values'),
    bus: whole(0, 2 ** 20),
    channels: whole(1, 32),
    frames: whole(0, 4096),
  },
};

/** Most samples in a reply of scsynth to `/b_getn`. */
const MAX_SAMPLES = 13_090;

/** @throws Error that names the field, and what it must be. */
export function checkQuestion(type: string, ask: object): asserts type is QuestionName {
  if (!Object.hasOwn(RULES, type)) throw new Error(`"${type}" is no question that is answered here.`);
  const fields = ask as Readonly<Record<string, unknown>>;
  for (const [name, rule] of Object.entries(RULES[type as QuestionName])) {
    if (!rule.holds(fields[name]))
      throw new Error(`"${type}": ${name} is ${JSON.stringify(fields[name])}. It is ${rule.words}.`);
  }
  if (type !== 'listen') return;
  const [frames, channels] = [Number(fields.frames), Number(fields.channels)];
  if (frames * channels > MAX_SAMPLES)
    throw new Error(
      `"listen": ${frames} frames of ${channels} channels are more than the ${MAX_SAMPLES} samples that a server tells at a time.`,
    );
  if (fields.kind === 'spectrum' && !(frames >= 64 && Number.isInteger(Math.log2(frames))))
    throw new Error(`"listen": frames is ${frames}. For a spectrum it is a power of two from 64 on.`);
}
