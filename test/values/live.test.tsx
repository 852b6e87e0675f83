/** Ramps on running servers: what they cost, what they survive, and how the number is read back. */

import { useState } from 'react';
import { expect, test } from 'vitest';
import { createRoot, type LiveValue, liveValue, Synth, useBus, type BusHandle } from '../../src/index.js';
import type { QueryTreeNode } from '../../src/server/index.js';
import { Out, synthDef } from '../../src/synthdef/index.js';
import { render } from '../../src/testing/index.js';
import { bootForTest, engines } from '../setup/servers.js';

/** Writes its control to a control bus, where a test can read it. */
const probe = synthDef('probe', { out: 0, value: 0 }, (c) => Out.kr(c.out, c.value));

test.each(engines)('%s: a ramp runs without traffic, and the server is where get() says', async (engine) => {
  const server = await bootForTest(engine);
  const root = createRoot(server);
  const value = liveValue(0);
  let bus!: BusHandle;
  function Piece() {
    bus = useBus({ rate: 'control' });
    return <Synth def={probe} out={bus} value={value} />;
  }
  await root.render(<Piece />);
  const read = async () => Number((await server.request({ type: '/c_get', indices: [bus.index!] })).args[1]);
  value.ramp(1000, { seconds: 100 });
  await root.settled();
  // The first one loads a definition.
  await expect.poll(read).toBeGreaterThan(0);
  const sent = () => server.engine.transport.counts.packetsSent;
  const before0 = sent();
  const before = value.get();
  const actual = await read();
  const after = value.get();
  // 10 a second: a period of the device, and the time of a busy machine, are less than a second.
  expect(actual).toBeGreaterThan(before - 10);
  expect(actual).toBeLessThan(after + 0.01);
  expect(server.counts.sent - commits).toBeLessThanOrEqual(2);
  // Another ramp goes on from where the first one is.
  value.ramp(0, { seconds: 1000 });
  await root.settled();
  const turned = await read();
  expect(turned).toBeGreaterThan(before - 10);
  expect(turned).toBeLessThan(value.get() + 10);
  value.set(7);
  await root.settled();
  expect(await read()).toBe(7);
  expect(root.counts).toMatchObject({ synths: 1, buses: 2 });
  await root.unmount();
  await server.quit();
});
