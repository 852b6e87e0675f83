import { expect, test } from 'vitest';
import type { Server } from '../../src/server/index.js';
import { type Clipping, watchClipping } from '../../src/terminal/clipping.js';
import { ping, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

// The same class: what is under test imports the package by its name, whose types are those of dist/.
const watch = (server: Server, onClipping: (clipping: Clipping) => void) =>
  watchClipping(server as unknown as Parameters<typeof watchClipping>[0], onClipping);

test.each(
  engines,
)('on %s what is beyond full scale behind the volume is told, when it is louder than before', async (engine) => {
  const server = await bootForTest(engine, { device: engine === 'embedded' ? 'none' : undefined });
  const told: Clipping[] = [];
  let onTold = () => {};
  const unwatch = await watch(server, (clipping) => {
    told.push(clipping);
    onTold();
  });
  const next = () =>
    new Promise<void>((resolve) => {
      onTold = resolve;
    });
  const decibels = () => told.map((each) => Math.round(10 * each.decibels) / 10);

  const first = next();
  const synth = await server.nodes.play(tone, { amp: 2, out: 1 });
  await first;
  expect(told).toEqual([{ output: 2, decibels: expect.closeTo(6, 1), seconds: expect.any(Number) }]);
  const second = next();
  synth.set({ amp: 2.1 }); // 0.4 dB more is not worth a line
  await server.sync();
  synth.set({ amp: 4 });
  await second;
  expect(decibels()).toEqual([6, 12]);

  await server.reboot();
  await server.volume.set(-20, 0);
  // It fades in, for a hundredth of a second.
  await (await server.nodes.play(ping, { amp: 0, length: 0.05 })).ended();
  const third = next();
  await server.nodes.play(tone, { amp: 80, out: 0 });
  await third;
  expect(told.at(-1)!.output).toBe(1);
  expect(decibels().at(-1)).toBeCloseTo(18, 0);
  const inUse = server.controlBuses.numberInUse;
  await unwatch();
  expect(inUse - server.controlBuses.numberInUse).toBe(2);
  await server.quit();
});

test('what was too loud at the very end is told by the last look, and what is not is not', async () => {
  const server = await bootForTest('embedded', { device: 'none' });
  const told: Clipping[] = [];
  const unwatch = await watch(server, (clipping) => told.push(clipping));
  const quiet = await server.nodes.play(ping, { amp: 0.99, length: 0.05 });
  await quiet.ended();
  await unwatch();
  expect(told).toEqual([]);
  const again = await watch(server, (clipping) => told.push(clipping));
  const loud = await server.nodes.play(ping, { amp: 3, length: 0.05 });
  await loud.ended();
  await again();
  expect(told).toMatchObject([{ output: 1, decibels: expect.closeTo(9.5, 0) }]);
  await server.quit();
});
