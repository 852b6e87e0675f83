/** The OSC writer against one written by hand for the one message, and against osc-min. */

import { toBuffer } from 'osc-min';
import { decodePacket } from '../../dist/osc/decode.js';
import { OscWriter } from '../../dist/osc/encode.js';
import { pair } from './timing.js';

export const name = 'OSC, 1,000 messages of /n_set id name value (ms)';

const MESSAGES = 1000;
const messages = Array.from({ length: MESSAGES }, (_, index) => [
  '/n_set',
  1000 + index,
  'freq',
  100.5 + index,
]);

/** What a program that knows its message would do: fixed bytes, two numbers put in. */
function byHand() {
  const bytes = new Uint8Array(65_536);
  const view = new DataView(bytes.buffer);
  const fixed = new TextEncoder().encode('/n_set\0\0,isf\0\0\0\0____freq\0\0\0\0');
  return () => {
    let at = 16;
    for (const [, id, , value] of messages) {
      view.setInt32(at, 32);
      at += 4;
      for (let index = 0; index < fixed.length; index++) bytes[at + index] = fixed[index];
      view.setInt32(at + 16, id);
      view.setFloat32(at + 28, value);
      at += 32;
    }
    return at;
  };
}

export async function run() {
  const writer = new OscWriter();
  const bundle = { timetag: [0, 1], elements: messages };
  const ours = () => writer.write(bundle);
  const packet = ours().slice();
  return {
    'encode, against by hand': await pair(400, byHand(), ours),
    'encode, against osc-min': await pair(
      20,
      () =>
        messages.map(([address, id, name, value]) =>
          toBuffer({ address, args: [{ type: 'integer', value: id }, name, { type: 'float', value }] }),
        ),
      ours,
    ),
    'decode, against encode': await pair(200, ours, () => decodePacket(packet)),
  };
}
