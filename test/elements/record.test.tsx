import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Recording } from '../../src/index.js';
import { createRoot, renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { onsets } from '../offline/impulses.js';
import { bootForTest, engines } from '../setup/servers.js';
import { RecordedPiece } from './recordedPiece.js';

const folder = temporaryFolder();

test.each(
  engines,
)('offline on %s nothing is recorded, and the piece sounds as it does without', async (engine) => {
  const [path, whole] = [join(folder, 'part.wav'), join(folder, 'whole.wav')];
  await renderToFile(<RecordedPiece path={path} />, { path: whole, duration: 2.1, engine });
  expect(existsSync(path)).toBe(false);
  const clicks = [0, 12_000, 24_000, 36_000, 48_000, 60_000, 72_000, 84_000];
  expect(onsets(readSound(whole).channels[0]!)).toEqual(clicks);
});

describe('what is wrong', () => {
  test.each([
    [{ path: '' }, 'invalid-argument', /path is ""/],
    [{ path: 'x.wav', channels: 0 }, 'invalid-argument', /channels is 0/],
  ])('%j is refused', async (props, code, message) => {
    const server = await bootForTest('embedded', { device: 'none' });
    const root = createRoot(server);
    await expect(root.render(<Recording {...props} />)).rejects.toMatchObject({
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
      await expect(root.render(<Recording path="/nowhere/take.wav" />)).rejects.toMatchObject({
        code: 'command-failed',
        message: expect.stringContaining('/nowhere/take.wav'),
      });
      await server.quit();
    },
  );
});
