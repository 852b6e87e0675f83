import { encodePacket } from '../osc/encode.js';
import type { Argument, Message } from '../osc/message.js';
import type { Command, Completion, NewGroup } from './command.js';

/** The message that a command is on the wire. */
export function toOsc(command: Command): Message {
  switch (command.type) {
    case '/s_new':
      return [command.type, command.def, command.id, command.action, command.target, ...command.controls];
    case '/g_new':
    case '/p_new':
      return [
        command.type,
        ...command.groups.flatMap(({ id, action, target }: NewGroup) => [id, action, target]),
      ];
    case '/n_set':
      return [command.type, command.id, ...command.controls];
    case '/n_setn':
      return [
        command.type,
        command.id,
        ...command.controls.flatMap(([control, values]): Argument[] => [control, values.length, ...values]),
      ];
    case '/n_map':
    case '/n_mapa':
    case '/n_mapn':
    case '/n_mapan':
      return [command.type, command.id, ...(command.controls.flat() as Argument[])];
    case '/n_run':
      return [command.type, ...command.nodes.flatMap(([id, running]) => [id, running ? 1 : 0])];
    case '/n_free':
    case '/g_freeAll':
    case '/g_deepFree':
      return [command.type, command.id];
    case '/n_order':
      return [command.type, command.action, command.target, ...command.ids];
    case '/g_queryTree':
      return [command.type, command.id, command.controls ? 1 : 0];
    case '/s_get':
      return [command.type, command.id, ...command.controls];
    case '/b_alloc':
      return complete([command.type, command.number, command.frames, command.channels], command.completion);
    case '/b_allocRead':
      return complete(
        [command.type, command.number, command.path, command.startFrame, command.frames],
        command.completion,
      );
    case '/b_allocReadChannel':
      return complete(
        [command.type, command.number, command.path, command.startFrame, command.frames, ...command.channels],
        command.completion,
      );
    case '/b_write':
      return complete(
        [
          command.type,
          command.number,
          command.path,
          command.headerFormat,
          command.sampleFormat,
          command.frames,
          command.startFrame,
          command.leaveOpen ? 1 : 0,
        ],
        command.completion,
      );
    case '/b_read':
      return complete(readArguments(command), command.completion);
    case '/b_readChannel':
      return complete([...readArguments(command), ...command.channels], command.completion);
    case '/b_set':
      return [command.type, command.number, ...command.values.flat()];
    case '/b_fill':
      return [command.type, command.number, ...command.ranges.flat()];
    case '/b_get':
      return [command.type, command.number, ...command.samples];
    case '/b_gen':
      return [command.type, command.number, command.routine, ...command.args];
    case '/b_free':
    case '/b_zero':
    case '/b_close':
      return complete([command.type, command.number], command.completion);
    case '/b_setn':
      return [
        command.type,
        command.number,
        ...command.ranges.flatMap(([start, values]): Argument[] => [start, values.length, ...values]),
      ];
    case '/b_getn':
      return [command.type, command.number, ...command.ranges.flat()];
    case '/b_query':
      return [command.type, ...command.numbers];
    case '/d_recv':
      return complete([command.type, command.bytes], command.completion);
    case '/d_load':
    case '/d_loadDir':
      return complete([command.type, command.path], command.completion);
    case '/d_free':
      return [command.type, ...command.names];
    case '/c_setn':
      return [
        command.type,
        ...command.ranges.flatMap(([index, values]): Argument[] => [index, values.length, ...values]),
      ];
    case '/c_set':
      return [command.type, ...command.values.flat()];
    case '/c_get':
      return [command.type, ...command.indices];
    case '/c_getn':
    case '/c_fill':
      return [command.type, ...command.ranges.flat()];
    case '/s_getn':
      return [command.type, command.id, ...(command.ranges.flat() as Argument[])];
    case '/n_before':
    case '/n_after':
    case '/g_head':
    case '/g_tail':
      return [command.type, ...command.moves.flat()];
    case '/n_query':
    case '/n_trace':
    case '/s_noid':
      return [command.type, ...command.ids];
    case '/g_dumpTree':
      return [command.type, command.id, command.controls ? 1 : 0];
    case '/u_cmd':
      return [command.type, command.id, command.unit, command.name, ...command.args];
    case '/error':
    case '/dumpOSC':
      return [command.type, command.mode];
    case 'raw':
      return command.message;
    case '/notify':
      return [command.type, command.on ? 1 : 0, command.clientId];
    case '/sync':
      return [command.type, command.id];
    default:
      return [command.type];
  }
}

const readArguments = (
  command: Extract<Command, { readonly type: '/b_read' | '/b_readChannel' }>,
): [string, ...Argument[]] => [
  command.type,
  command.number,
  command.path,
  command.startFrame,
  command.frames,
  command.bufferStartFrame,
  command.leaveOpen ? 1 : 0,
];

/** A missing completion is left out: a nil there would be read as a channel or a frame. */
const complete = (message: Message, completion: Completion): Message =>
  completion === undefined ? message : [...message, encodePacket(completion)];
