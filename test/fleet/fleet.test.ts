/** A fleet and its points, by real datagrams, and with a real sclang as a point. */

import { spawn } from 'node:child_process';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Fleet, type FleetEvent, type FleetOptions } from '../../src/fleet/index.js';
import { decodePacket, messagesOf } from '../../src/osc/decode.js';
import { encodePacket } from '../../src/osc/encode.js';
import type { Argument } from '../../src/osc/message.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { hasSclang } from '../setup/sclang.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function openFleet(options: FleetOptions = {}) {
  const fleet = await Fleet.open({ port: 0, password: 'a secret', ...options });
  open.push(fleet);
  const events: FleetEvent[] = [];
  const waiting = new Set<() => void>();
  fleet.onEvent((event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  /** Resolves when so many events came. */
  const heard = (count: number) =>
    new Promise<readonly FleetEvent[]>((resolve) => {
      const look = () => events.length >= count && resolve(events);
      waiting.add(look);
      look();
    });
  return { fleet, events, heard };
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const beacon = (langPort: number | undefined, room: number): Argument[] => [
  'name',
  `point ${room}`,
  'synth_port',
  57_110,
  ...(langPort === undefined ? [] : ['lang_port', langPort]),
  'janus_out_port',
  1,
  'janus_in_port',
  2,
  'janus_out_room',
  room,
  'janus_in_room',
  room,
  'janus_public_ip',
  '203.0.113.7',
  'use_input',
  1,
  'osc_backend_host',
  'backend',
  'osc_backend_port',
  '7000',
];

const tell = (fleet: Fleet, from: Socket, address: string, args: readonly Argument[]) =>
  from.send(encodePacket([address, ...args]), fleet.port, '127.0.0.1');

const refusals = (events: readonly FleetEvent[]) =>
  events.flatMap((event) => (event.type === 'refused' ? [event.reason] : []));

/** The next message to a socket, and whom it is from. */
async function nextTo(socket: Socket) {
  const [bytes] = (await once(socket, 'message')) as [Uint8Array, RemoteInfo];
  return messagesOf(decodePacket(bytes))[0]!;
}

test('G1 G2 G3 G4 G5: C47: two beacons are one point, known by where they came from; one without lang_port is none', async () => {
  let now = 100;
  const { fleet, heard } = await openFleet({ now: () => now });
  const point = await openSocket();
  tell(fleet, point, '/beacon', beacon(57_120, 1));
  await heard(1);
  now = 105;
  tell(fleet, point, '/beacon', [...beacon(57_120, 1), 'uuid', 0, 'status', 'BEACON']);
  tell(fleet, point, '/beacon', beacon(undefined, 1));
  expect(refusals(await heard(2))).toEqual(['lang_port is missing; it is a whole number from 1 to 65535.']);
  expect(fleet.points).toEqual([
    {
      host: '127.0.0.1',
      lastLive: 105,
      name: 'point 1',
      synthPort: 57_110,
      langPort: 57_120,
      janusOutPort: 1,
      janusInPort: 2,
      janusOutRoom: 1,
      janusInRoom: 1,
      janusPublicIp: '203.0.113.7',
      useInput: true,
      oscBackendHost: 'backend',
      oscBackendPort: 7000,
    },
  ]);
  expect(fleet.livePoints).toHaveLength(1);
  now = 165;
  expect(fleet.livePoints).toHaveLength(0);
});

test('a thousand points are kept: a new one takes the place of who was silent longest, and of nobody who is live', async () => {
  let now = 0;
  const { fleet, heard } = await openFleet({ now: () => now });
  const point = await openSocket();
  for (let port = 1; port <= 1000; port++) {
    now = port / 100;
    tell(fleet, point, '/beacon', beacon(port, 1));
    await heard(port);
  }
  tell(fleet, point, '/beacon', beacon(1001, 1));
  expect(refusals(await heard(1001))).toEqual(['1000 points are live: there is no room for another.']);
  // The first one is heard again, and then the second is silent for longer than all others.
  now = 60.025;
  tell(fleet, point, '/beacon', beacon(1, 1));
  tell(fleet, point, '/beacon', beacon(1001, 1));
  await heard(1002);
  expect(fleet.points).toHaveLength(1000);
  expect(fleet.points.map(({ langPort }) => langPort)).toEqual(
    expect.arrayContaining([1, 3, 1000, 1001]) as unknown,
  );
  expect(fleet.points.some(({ langPort }) => langPort === 2)).toBe(false);
});

test('G1 G2 G6 G7 G8 G9: C49: a remote action reaches the live point of its room, and nobody without the password', async () => {
  let now = 0;
  const { fleet, events, heard } = await openFleet({ now: () => now });
  const [player, one, two, silent] = [
    await openSocket(),
    await openSocket(),
    await openSocket(),
    await openSocket(),
  ];
  tell(fleet, silent, '/beacon', beacon(silent.address().port, 2));
  await heard(1);
  now = 61;
  tell(fleet, one, '/beacon', beacon(one.address().port, 1));
  tell(fleet, two, '/beacon', beacon(two.address().port, 2));
  await heard(3);
  const act = (changes: Record<string, string>) =>
    tell(
      fleet,
      player,
      '/remote/action',
      Object.entries({
        password: 'a secret',
        protocol_version: '0.1',
        action: 'code',
        cmd: '{ SinOsc.ar }.play',
        target: '2',
        ...changes,
      }).flat(),
    );
  const received: string[] = [];
  for (const [name, socket] of Object.entries({ one, two, silent })) {
    socket.on('message', (bytes) => {
      const { address, args } = messagesOf(decodePacket(bytes))[0]!;
      received.push(`${name} ${address} ${args.slice(1).join(' ')}`);
    });
  }
  act({ password: 'another' });
  act({ protocol_version: '0.2' });
  act({ target: '3' });
  act({ action: 'speak' });
  act({ action: 'dance' });
  tell(fleet, player, '/remote/action', ['password']);
  tell(fleet, player, '/nope', []);
  player.send('no OSC', fleet.port, '127.0.0.1');
  const reasons = refusals(await heard(11));
  expect(reasons.slice(0, 7)).toEqual([
    'The password is another one.',
    'protocol_version is "0.2"; it is "0.1" here.',
    'No free point plays in room 3.',
    'Nothing here turns text into speech: the fleet was opened without the option speak. Send action "code".',
    'action is "dance"; it is one of code, speak.',
    '1 arguments are no pairs of a name and a value each.',
    'Nothing is done for /nope here.',
  ]);
  expect(JSON.stringify(events)).not.toContain('secret');
  const reply = nextTo(two);
  act({});
  await reply;
  expect(received).toEqual(['two /instruction { SinOsc.ar }.play 0']);
  const last = (await heard(12)).at(-1)!;
  const { uuid } = (last as FleetEvent & { type: 'sent' }).instruction;
  tell(fleet, two, '/acknowledge', ['uuid', uuid, 'status', 'RECEIVED']);
  tell(fleet, two, '/acknowledge_handler', ['uuid', uuid, 'status', 'FINISHED', 'return_value', 'a Synth']);
  tell(fleet, two, '/acknowledge', ['uuid', 'unknown', 'status', 'FINISHED']);
  expect(refusals(await heard(15)).at(-1)).toBe('There is no instruction unknown.');
  expect(fleet.instruction(uuid)).toMatchObject({ state: 'FINISHED', returnValue: 'a Synth' });
});

test('G9 G13: a text is spoken once, and each free point plays it and says when it is over', async () => {
  const spoken: string[] = [];
  const { fleet, heard } = await openFleet({
    speak: async (text) => {
      spoken.push(text);
      if (text === 'mumble') throw new Error('no voice');
      return `/data/${text} "1".wav`;
    },
  });
  const [player, one, two] = [await openSocket(), await openSocket(), await openSocket()];
  tell(fleet, one, '/beacon', beacon(one.address().port, 1));
  tell(fleet, two, '/beacon', beacon(two.address().port, 2));
  await heard(2);
  const speak = (cmd: string) =>
    tell(fleet, player, '/remote/action', [
      ...['password', 'a secret', 'protocol_version', '0.1', 'action', 'speak', 'cmd', cmd],
    ]);
  const both = Promise.all([nextTo(one), nextTo(two)]);
  speak('hello');
  for (const { address, args } of await both) {
    const [uuid, text, manualFinish] = args;
    expect([address, text, manualFinish]).toEqual([
      '/instruction',
      `{g.syncPlayBuffer("/data/hello \\"1\\".wav", "${uuid}")}`,
      1,
    ]);
    tell(fleet, one, '/acknowledge', ['uuid', String(uuid), 'status', 'FINISHED']);
  }
  speak('hello');
  speak('mumble');
  const events = await heard(9);
  expect(refusals(events)).toEqual(['The text was not spoken: no voice']);
  expect(spoken).toEqual(['hello', 'mumble']);
});

test('G5 G13: listeners are given free points, share them where they want to, and give them back', async () => {
  const { fleet, heard } = await openFleet();
  const [player, one, two] = [await openSocket(), await openSocket(), await openSocket()];
  tell(fleet, one, '/beacon', beacon(one.address().port, 1));
  await heard(1);
  tell(fleet, two, '/beacon', beacon(two.address().port, 2));
  await heard(2);
  const rooms = (points: readonly { readonly janusOutRoom: number }[]) =>
    points.map(({ janusOutRoom }) => janusOutRoom);
  const first = fleet.join(fleet.assign('walk', { shared: true }));
  expect([first.listeners, rooms([first.point]), rooms(fleet.freePoints)]).toEqual([1, [2], [1]]);
  expect(fleet.join(fleet.assign('walk', { shared: true }))).toMatchObject({
    uuid: first.uuid,
    listeners: 2,
  });
  const alone = fleet.assign('walk');
  expect(rooms([alone.point])).toEqual([1]);
  // Nobody listens to it yet, so that it is free for another.
  expect(rooms([fleet.assign('swim').point])).toEqual([1]);
  const swim = fleet.join(fleet.assign('swim'));
  expect(() => fleet.assign('run')).toThrow(
    expect.objectContaining({
      code: 'not-found',
      message: 'No point is free for a stream: 2 are live, and 2 streams have listeners.',
    }),
  );
  expect(() => fleet.join(alone)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(fleet.leave(first).listeners).toBe(1);
  expect(rooms(fleet.freePoints)).toEqual([]);
  fleet.leave(first);
  expect(rooms(fleet.freePoints)).toEqual([2]);
  expect(() => fleet.leave(first)).toThrow('is listened to by nobody');
  expect(fleet.streams).toEqual([swim]);
  // Points that play for somebody get no remote actions.
  const received = nextTo(two);
  const words = { password: 'a secret', protocol_version: '0.1', action: 'code', cmd: '1' };
  tell(fleet, player, '/remote/action', Object.entries(words).flat());
  expect((await received).args[1]).toBe('1');
  const sent = (await heard(8)).filter(({ type }) => type === 'sent');
  expect(sent).toHaveLength(1);
});

test('G1: what is no option is refused, and a port that is taken', async () => {
  const { fleet } = await openFleet();
  await expect(Fleet.open({ port: fleet.port })).rejects.toMatchObject({ code: 'port-in-use' });
  await expect(Fleet.open({ port: -1 })).rejects.toThrow('port is -1');
  await expect(Fleet.open({ password: '' })).rejects.toThrow('password is ""');
  await expect(Fleet.open({ maxSilence: 0 })).rejects.toThrow('maxSilence is 0');
});

describe.runIf(hasSclang)('sclang', () => {
  test('G10 G11: a real one is found by its beacon, runs what it is given, and says what came of it', async () => {
    const { fleet, heard } = await openFleet();
    const script = join(temporaryFolder(), 'point.scd');
    const pairs = beacon(undefined, 1).map((argument) => JSON.stringify(argument));
    writeFileSync(
      script,
      `var backend = NetAddr("127.0.0.1", ${fleet.port});
       OSCdef(\\instruction, { |msg|
         var result;
         backend.sendMsg("/acknowledge", "uuid", msg[1], "status", "RECEIVED");
         result = msg[2].asString.interpret;
         backend.sendMsg("/acknowledge", "uuid", msg[1], "status", "FINISHED", "return_value", result.asCompileString);
       }, "/instruction");
       backend.sendMsg("/beacon", "lang_port", NetAddr.langPort, ${pairs.join(', ')});`,
    );
    const sclang = spawn('sclang', [script], {
      env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      await heard(1);
      const { uuid } = fleet.instruct(fleet.livePoints[0]!, '(1..4).sum * 2');
      await heard(4);
      expect(fleet.instruction(uuid)).toMatchObject({ state: 'FINISHED', returnValue: '20' });
    } finally {
      sclang.kill('SIGKILL');
      await once(sclang, 'exit');
    }
  });
});
