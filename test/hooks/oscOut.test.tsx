/** OSC that a piece sends, by a real receiver: bundles with the timestamps of the sound. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { type Commit, Synth, useBeat, useBeatValue, useOscOut } from '../../src/index.js';
import { createRoot, openOscOutput } from '../../src/node.js';
import { decodePacket } from '../../src/osc/decode.js';
import { timetagAt } from '../../src/osc/timetag.js';
import { toOsc } from '../../src/server/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest } from '../setup/servers.js';

test('messages of a beat are one bundle, stamped as the sound of the beat plus the latency', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const packets: Uint8Array[] = [];
  const isEnough = new Promise<void>((resolve) => {
    socket.on('message', (packet) => {
      packets.push(packet);
      if (packets.length === 40) resolve();
    });
  });
  const lights = await openOscOutput({ port: socket.address().port });
  const commits: Commit[] = [];
  const server = await bootForTest('embedded', { device: 'none' });
  const root = createRoot(server, { onCommit: (commit) => commits.push(commit) });
  function Piece() {
    const send = useOscOut(lights, { latency: 0.25 });
    const beat = useBeatValue(0.125);
    useBeat(0.125, ({ index }) => {
      send('/flash', index, 0.5);
      send('/colour', 'red');
    });
    return <Synth def={tone} freq={100 + beat} />;
  }
  await root.render(<Piece />);
  await isEnough;
  await root.unmount();
  await lights.close();
  socket.close();
  const times = new Map(
    commits.flatMap(({ commands, time }) =>
      commands
        .map(toOsc)
        .filter(([address]) => address === '/n_set' || address === '/s_new')
        .map((message) => [Number(message.at(-1)) - 100, time!] as const),
    ),
  );
  let compared = 0;
  for (const packet of packets) {
    const { timetag, elements } = decodePacket(packet) as {
      timetag: unknown;
      elements: readonly { address: string; args: readonly unknown[] }[];
    };
    const [flash, colour] = elements;
    expect([flash!.address, flash!.args[1], colour]).toEqual([
      '/flash',
      0.5,
      { address: '/colour', args: ['red'] },
    ]);
    const time = times.get(Number(flash!.args[0]));
    // Before the definition is loaded there is no sound to compare with.
    if (time === undefined) continue;
    compared += 1;
    const [seconds, fraction] = timetag as [number, number];
    const [expectedSeconds, expectedFraction] = timetagAt(time + 0.25);
    // Times of the system's clock and of the music differ by what the clock was corrected by.
    expect(Math.abs(seconds - expectedSeconds + (fraction - expectedFraction) / 2 ** 32)).toBeLessThan(0.002);
  }
  expect(compared).toBeGreaterThan(10);
});

test('a port that is none is refused', async () => {
  await expect(openOscOutput({ port: 0 })).rejects.toThrow('port is 0');
});
