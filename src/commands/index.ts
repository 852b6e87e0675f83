export { batch } from './batch.js';
export { AddAction, type Command } from './command.js';
export { inOrder } from './inOrder.js';
export { PacketWriter } from './packets.js';
export { type Answer, answerTo } from './replies.js';
export { toOsc } from './toOsc.js';
