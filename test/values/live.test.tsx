/** Ramps on running servers: what they cost, what they survive, and how the number is read back. */

import { expect, test } from 'vitest';
import { type BusHandle, createRoot, liveValue, Synth, useBus } from '../../src/index.js';
import type { Server } from '../../src/server/index.js';
import { Out, synthDef } from '../../src/synthdef/index.js';
import { bootForTest, engines } from '../setup/servers.js';

/** Writes its control to a control bus, where a test can read it. */
const probe = synthDef('probe', { out: 0, value: 0 }, (c) => Out.kr(c.out, c.value));

/** A value in a control, and what the server has there. */
async function playing(server: Server) {
  const value = liveValue(0);
  const count = { commits: 0 };
  const root = createRoot(server, { onCommit: () => count.commits++ });
  let bus!: BusHandle;
  function Piece() {
    bus = useBus({ rate: 'control' });
    return <Synth def={probe} out={bus} value={value} />;
  }
  await root.render(<Piece />);
  const read = async () => Number((await server.request({ type: '/c_get', indices: [bus.index!] })).args[1]);
  return { value, root, count, read };
}

test.each(engines)('%s: a ramp runs without traffic, and the server is where get() says', async (engine) => {
  const server = await bootForTest(engine);
  const { value, root, count, read } = await playing(server);
  value.ramp(1000, { seconds: 100 });
  // The first one waits for a definition.
  await expect.poll(() => root.counts.synths).toBe(2);
  await root.settled();
  await expect.poll(read).toBeGreaterThan(0);
  const { commits } = count;
  const before = value.get();
  const actual = await read();
  // 10 a second: a period of the sound device, and the time of a busy machine, are less than a second.
  expect(actual).toBeGreaterThan(before - 10);
  expect(actual).toBeLessThan(value.get() + 1);
  await expect.poll(read).toBeGreaterThan(actual);
  expect(count.commits).toBe(commits);
  // Another ramp goes on from where the first one is.
  value.ramp(0, { seconds: 1000 });
  await root.settled();
  const turned = await read();
  expect(turned).toBeGreaterThan(before - 10);
  expect(turned).toBeLessThan(value.get() + 10);
  value.set(7);
  await root.settled();
  await expect.poll(read).toBe(7);
  expect(root.counts.synths).toBe(1);
  value.ramp(8, { seconds: 0.01 });
  await expect.poll(() => value.isMoving).toBe(false);
  await expect.poll(read).toBe(8);
  expect(root.counts.synths).toBe(1);
  await root.unmount();
  await server.quit();
});

test.each(engines)('%s: after a reboot a ramp goes on where it is then', async (engine) => {
  const server = await bootForTest(engine);
  const { value, root, read } = await playing(server);
  value.ramp(1000, { seconds: 100 });
  await expect.poll(read).toBeGreaterThan(0);
  await server.reboot();
  await root.settled();
  const before = value.get();
  const later = () => read().then((actual) => actual > before - 1 && actual < value.get() + 1);
  await expect.poll(later).toBe(true);
  await root.unmount();
  await server.quit();
});
