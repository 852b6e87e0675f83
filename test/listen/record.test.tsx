/** `<Recording>` live: from beat to beat. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRoot } from '../../src/node.js';
import { RecordedPiece } from '../elements/recordedPiece.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { onsets } from '../offline/impulses.js';
import { bootForTest, engines } from '../setup/servers.js';
import { readSound } from './listen.js';

/** A quarter of a second between two clicks. */
const DISTANCE = 12_000;

// The dummy sound device is timed by the system: on a busy machine it stumbles, and what is recorded with it.
test.each(engines)('on %s what is mounted from beat to beat is recorded from beat to beat', {
  retry: 3,
}, async (engine) => {
  const server = await bootForTest(engine, { device: engine === 'embedded' ? 'none' : undefined });
  const path = join(temporaryFolder(), 'part.wav');
  const root = createRoot(server, { latency: 0.1, lookahead: 0.5 });
  await new Promise<void>((resolve) => {
    server.on('/done', ({ args }) => {
      if (args[0] === '/b_free') resolve();
    });
    void root.render(<RecordedPiece path={path} {...(engine === 'embedded' && { onDone: resolve })} />);
  });
  await root.unmount();
  await server.quit();
  const [left] = readSound(path).channels;
  const found = onsets(left!);
  // A control period or two; the embedded engine's edges are some milliseconds off, so that the first click may be
  // in it or not. A stumble of the device leaves some hundred frames out.
  expect(Math.abs(left!.length - 4 * DISTANCE)).toBeLessThan(2400);
  if (engine === 'embedded') expect([3, 4, 5]).toContain(found.length);
  else {
    expect(found.length).toBe(4);
    expect(found[0]).toBeLessThan(64);
  }
  const distances = found.slice(1).map((frame, index) => frame - found[index]!);
  expect(distances.filter((distance) => Math.abs(distance - DISTANCE) < 100).length).toBeGreaterThanOrEqual(
    2,
  );
});
