/** Large buses as hooks read them, on real servers. */

import { expect, test } from 'vitest';
import { createRoot, useBus, useBusValue } from '../../src/index.js';
import { bootForTest, engines } from '../setup/servers.js';

test.each(
  engines,
)('U3: 500 channels are read on %s, which is asked in pieces where it answers no more', async (engine) => {
  const server = await bootForTest(engine);
  let seen: readonly number[] | undefined;
  function Watcher() {
    const bus = useBus({ rate: 'control', channels: 500 });
    bus.set(...Array.from({ length: 500 }, (_, channel) => channel / 4));
    seen = useBusValue(bus, { interval: 0.02 });
    return null;
  }
  const root = createRoot(server);
  await root.render(<Watcher />);
  await expect.poll(() => seen?.length).toBe(500);
  await expect.poll(() => seen).toEqual(Array.from({ length: 500 }, (_, channel) => channel / 4));
  await root.unmount();
});
