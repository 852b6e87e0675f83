/** W6: bytes from messages and messages from bytes, against code that was written by hand for the one message. */

import { decodePacket } from '../../dist/osc/decode.js';
import { OscWriter } from '../../dist/osc/encode.js';
import { interleave } from './timing.js';

const MESSAGES = 1000;
const REPEATS = 10;
const messages = Array.from({ length: MESSAGES }, (_, index) => [
  '/n_set',
  1000 + index,
  'freq',
  100.5 + index,
]);

/** The limit: the shape of the message is known, and the buffer is used again. */
function encodeByHand() {
  const bytes = new Uint8Array(65_536);
  const view = new DataView(bytes.buffer);
  const string = (at, text, room) => {
    for (let index = 0; index < room; index++)
      bytes[at + index] = index < text.length ? text.charCodeAt(index) : 0;
    return at + room;
  };
  return () => {
    let at = 16;
    for (const [address, id, control, value] of messages) {
      view.setInt32(at, 32);
      at = string(at + 4, address, 8);
      at = string(at, ',isf', 8);
      view.setInt32(at, id);
      at = string(at + 4, control, 8);
      view.setFloat32(at, value);
      at += 4;
    }
    return at;
  };
}

/** The limit: the same shape as above, and what follows from it is not checked. */
function decodeByHand(packet) {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const string = (start) => {
    let text = '';
    for (let at = start; packet[at] !== 0; at++) text += String.fromCharCode(packet[at]);
    return text;
  };
  return () => {
    const decoded = [];
    for (let at = 16; at < packet.length; at += 36) {
      const address = string(at + 4);
      string(at + 12);
      decoded.push({ address, args: [view.getInt32(at + 20), string(at + 24), view.getFloat32(at + 32)] });
    }
    return decoded;
  };
}

/** `/g_queryTree.reply` of 1,000 synths with 4 controls each. */
function treeReply() {
  const args = [1, 1, 1000];
  for (let node = 0; node < 1000; node++) {
    args.push(1000 + node, -1, 'sine', 4);
    for (const control of ['freq', 'amp', 'pan', 'out']) args.push(control, node + 0.5);
  }
  return ['/g_queryTree.reply', ...args];
}

const repeated = (act) => () => {
  for (let repeat = 0; repeat < REPEATS; repeat++) act();
};

export async function w6() {
  const writer = new OscWriter();
  const bundle = { timetag: [0, 1], elements: messages };
  const packet = writer.write(bundle).slice();
  const tree = writer.write(treeReply()).slice();
  return {
    'W6.encode': await interleave(150, {
      limit: repeated(encodeByHand()),
      ours: repeated(() => writer.write(bundle)),
    }),
    'W6.decode': await interleave(150, {
      limit: repeated(decodeByHand(packet)),
      ours: repeated(() => decodePacket(packet)),
      'ours, /g_queryTree.reply of 1,000': repeated(() => decodePacket(tree)),
    }),
  };
}
