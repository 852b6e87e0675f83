/** Units that send text or messages. */

import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { flatten } from '../signal/expand.js';
import { poll, textInputs } from '../signal/polling.js';
import { asSignal, Channels, Constant, type Mono, type Signal, type SignalInput } from '../signal/signal.js';

const sendReplyKind: UnitKind = {
  className: 'SendReply',
  effect: true,
  check: { audio: [0], first: 'control' },
  inputNames: ['trig', 'replyID', 'cmdName'],
};
const sendPeakKind: UnitKind = { className: 'SendPeakRMS', effect: true };

/** Inputs of `SendReply`. */
export interface SendReplyInputs {
  /** Trigger that sends a message, from 0 or below to above. */
  readonly trig: SignalInput;
  /** The address of the message. @default '/reply' */
  readonly cmdName?: string;
  /** Values of the message, one for each channel. @default none */
  readonly values?: SignalInput;
  /** A number in the message to tell it from others. @default -1 */
  readonly replyID?: SignalInput;
}

const sendReply =
  (rate: UnitRate) =>
  (
    inputs: SendReplyInputs | SignalInput,
    cmdName = '/reply',
    values: SignalInput = [],
    replyID: SignalInput = -1,
  ): Signal => {
    const given: SendReplyInputs = isInputs(inputs) ? inputs : { trig: inputs, cmdName, values, replyID };
    const address = textInputs(given.cmdName ?? '/reply');
    const list = asSignal(given.values ?? []).channels;
    // Values are channels of one message; values that have channels themselves make several messages.
    const rows = list.some((value) => value instanceof Channels)
      ? list.map((value) => value.channels)
      : [list];
    const [trigs, ids] = [asSignal(given.trig), asSignal(given.replyID ?? -1)];
    const count = Math.max(
      rows.length,
      trigs instanceof Channels ? trigs.length : 1,
      ids instanceof Channels ? ids.length : 1,
    );
    const at = (signal: Signal, index: number): Mono =>
      (signal instanceof Channels ? signal.channels[index % signal.length]! : signal) as Mono;
    for (let index = 0; index < count; index++) {
      const row = rows[index % rows.length]! as readonly Mono[];
      newUnit(
        sendReplyKind,
        rate,
        [at(trigs, index), at(ids, index), new Constant(address.length), ...address, ...row],
        { outputs: 0 },
      );
    }
    return new Constant(0);
  };

const isInputs = (input: SendReplyInputs | SignalInput): input is SendReplyInputs =>
  typeof input === 'object' && Object.getPrototypeOf(input) === Object.prototype;

/** Sends a message of one's own to clients at each trigger: address, node id, replyID, values. */
export const SendReply = { ar: sendReply('audio'), kr: sendReply('control') };

const sendPeakRms =
  (rate: UnitRate) =>
  (
    signal: SignalInput,
    replyRate: SignalInput = 20,
    peakLag: SignalInput = 3,
    cmdName = '/reply',
    replyID: SignalInput = -1,
  ): Signal => {
    const channels = asSignal(signal).channels.flatMap(flatten);
    const address = textInputs(cmdName);
    const inputs = [replyRate, peakLag, replyID].map((input) => asSignal(input) as Mono);
    newUnit(
      sendPeakKind,
      rate,
      [...inputs, new Constant(channels.length), ...channels, new Constant(address.length), ...address],
      { outputs: 0 },
    );
    return new Constant(0);
  };

/** Sends peak and RMS of each channel to clients. @default 20 a second, lag 3 s, '/reply' */
export const SendPeakRMS = { ar: sendPeakRms('audio'), kr: sendPeakRms('control') };

/**
 * Prints values at each trigger, or so many times a second, on the server's side, and gives the signal back.
 * With a trigid, `/tr` goes to clients as well. @default the name of the signal's class, -1
 */
export const Poll = Object.assign(
  (trig: SignalInput, input: SignalInput, label?: string, trigid: SignalInput = -1): Signal =>
    poll(undefined, trig, input, label, trigid),
  {
    ar: (trig: SignalInput, input: SignalInput, label?: string, trigid: SignalInput = -1): Signal =>
      poll('audio', trig, input, label, trigid),
    kr: (trig: SignalInput, input: SignalInput, label?: string, trigid: SignalInput = -1): Signal =>
      poll('control', trig, input, label, trigid),
  },
);
