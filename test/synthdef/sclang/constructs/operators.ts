/** Operators, between signals and numbers. */

import { binaryOperators, unaryOperators } from '../../../../src/synthdef/signal/operatorNames.js';
import { binary, unary } from '../../../../src/synthdef/signal/operators.js';
import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import { SinOsc } from '../../../../src/synthdef/ugens.js';
import { out, pairList } from './pair.js';

const { pairs, pair } = pairList();

for (const name of unaryOperators) {
  pair(`unary ${name}`, `{ Out.ar(0, UnaryOpUGen('${name}', SinOsc.ar(440))) }`, () =>
    out(unary(name, SinOsc.ar(440))),
  );
}
for (const name of binaryOperators) {
  pair(`binary ${name}`, `{ Out.ar(0, BinaryOpUGen('${name}', SinOsc.ar(440), SinOsc.kr(3))) }`, () =>
    out(binary(name, SinOsc.ar(440), SinOsc.kr(3))),
  );
}
for (const [operator, method] of [
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
] as const) {
  for (const value of [0, 1, -1, 2.5]) {
    pair(
      `signal ${operator} ${value}`,
      `{ Out.ar(0, SinOsc.ar(440) ${operator} ${value < 0 ? `(${value})` : value}) }`,
      () => out(SinOsc.ar(440)[method](value)),
    );
    pair(
      `${value} ${operator} signal`,
      `{ Out.ar(0, ${value < 0 ? `(${value})` : value} ${operator} SinOsc.ar(440)) }`,
      () => out(asSignal(value)[method](SinOsc.ar(440))),
    );
  }
}
pair('numbers are computed', '{ Out.ar(0, SinOsc.ar(60.midicps * 2) * -6.dbamp) }', () =>
  out(SinOsc.ar(asSignal(60).midicps().mul(2)).mul(asSignal(-6).dbamp())),
);

export const operators = pairs;
