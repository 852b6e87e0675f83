import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { At, Record, Synth, Transport } from '../../src/index.js';
import { createRoot, renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { onsets } from '../offline/impulses.js';
import { click } from '../offline/offlineDefs.js';
import { bootForTest, engines } from '../setup/servers.js';

const folder = temporaryFolder();

/** Clicks at each half beat of 120 bpm, recorded from beat 1 to beat 3. */
const Piece = ({ path, onDone }: { readonly path: string; readonly onDone?: () => void }) => (
  <Transport bpm={120}>
    {[0, 1, 2, 3, 4, 5, 6, 7].map((half) => (
      <At key={half} beat={half / 2}>
        <Synth def={click} />
      </At>
    ))}
    <At beat={1} length={2}>
      <Record path={path} channels={2} onDone={onDone} />
    </At>
  </Transport>
);

/** A quarter of a second between two clicks. */
const DISTANCE = 12_000;

const distances = (frames: readonly number[]) =>
  frames.slice(1).map((frame, index) => frame - frames[index]!);

describe.each(engines)('live on %s', (engine) => {
  // The dummy sound device is timed by the system: on a busy machine it stumbles, and the server's time with it.
  test('what is mounted from beat to beat records from beat to beat', { retry: 2 }, async () => {
    const server = await bootForTest(engine, { device: engine === 'embedded' ? 'none' : undefined });
    const path = join(folder, `${engine}.wav`);
    const root = createRoot(server, { latency: 0.1 });
    const closed = new Promise<void>((resolve) => {
      server.on('/done', ({ args }) => {
        if (args[0] === '/b_free') resolve();
      });
      if (engine === 'embedded') void root.render(<Piece path={path} onDone={resolve} />);
      else void root.render(<Piece path={path} />);
    });
    await closed;
    await root.unmount();
    const [left] = readSound(path).channels;
    const found = onsets(left!);
    if (engine === 'embedded') {
      // Its edges are some milliseconds off, and so the first click may be in it or not.
      expect(Math.abs(left!.length - 48_000)).toBeLessThan(2400);
      expect([3, 4, 5]).toContain(found.length);
    } else {
      expect(Math.abs(left!.length - 48_000)).toBeLessThan(200);
      expect(found.length).toBe(4);
      expect(found[0]).toBeLessThan(64);
    }
    for (const distance of distances(found)) expect(Math.abs(distance - DISTANCE)).toBeLessThan(100);
    await server.quit();
  });
});

test.each(
  engines,
)('offline on %s nothing is recorded, and the piece sounds as it does without', async (engine) => {
  const [path, whole] = [join(folder, 'part.wav'), join(folder, 'whole.wav')];
  await renderToFile(<Piece path={path} />, { path: whole, duration: 2.1, engine });
  expect(existsSync(path)).toBe(false);
  const clicks = [0, 12_000, 24_000, 36_000, 48_000, 60_000, 72_000, 84_000];
  expect(onsets(readSound(whole).channels[0]!)).toEqual(clicks);
});

describe('what is wrong', () => {
  test.each([
    [{ path: '' }, 'bad-argument', /path is ""/],
    [{ path: 'x.wav', channels: 0 }, 'bad-argument', /channels is 0/],
  ])('%j is refused', async (props, code, message) => {
    const server = await bootForTest('embedded', { device: 'none' });
    const root = createRoot(server);
    await expect(root.render(<Record {...props} />)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    await server.quit();
  });

  test.runIf(engines.includes('scsynth'))(
    'a file that cannot be written is an error that names it',
    async () => {
      const server = await bootForTest('scsynth');
      const root = createRoot(server);
      await expect(root.render(<Record path="/nowhere/take.wav" />)).rejects.toMatchObject({
        code: 'server-failed',
        message: expect.stringContaining('/nowhere/take.wav'),
      });
      await server.quit();
    },
  );
});
