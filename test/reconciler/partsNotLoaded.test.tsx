/** A page that is open while a newer version of it is published: what it loads late is gone. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRoot, Synth } from '../../src/index.js';
import { tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';

const gone = (): never => {
  throw new TypeError('Failed to fetch dynamically imported module: /assets/part-4f1c.js');
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
  unhandled.length = 0;
  vi.doMock('../../src/live/repair/repair.js', gone);
  vi.doMock('../../src/live/diagnostics/diagnostics.js', gone);
  vi.doMock('../../src/server/bufferPlay.js', gone);
  // Vitest takes up these mocks at the next import. Another import at that time, on a busy machine, would get the real part.
  await import('../../src/server/bufferPlay.js').catch(() => {});
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
  for (const part of ['live/repair/repair', 'live/diagnostics/diagnostics', 'server/bufferPlay'])
    vi.doUnmock(`../../src/${part}.js`);
});

describe.each(engines)('%s, and parts that are not there', (engine) => {
  test('a root plays on, and says once of each part that it is not there', async () => {
    const server = await freshServer(engine);
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error) });
    await root.render(<Synth def={tone} />);
    expect(root.tree!.children).toHaveLength(1);
    await expect.poll(() => errors).toHaveLength(1);
    server.send([{ type: '/n_set', id: 999_999 as never, controls: ['freq', 1] }]);
    await expect.poll(() => errors).toHaveLength(2);
    server.send([{ type: '/n_set', id: 999_999 as never, controls: ['freq', 1] }]);
    await server.sync();
    expect(errors.map((error) => (error as { code?: string }).code)).toEqual(['not-loaded', 'not-loaded']);

    await root.unmount();
    expect(unhandled).toEqual([]);
  });

  // supernova makes no /fail of a definition that it does not have.
  test.skipIf(engine === 'supernova')(
    'a part that is there at the next failure finds its element',
    async () => {
      const server = await freshServer(engine);
      const errors: Error[] = [];
      const root = createRoot(server, { onError: (error) => errors.push(error) });
      await root.render(<Synth def={tone} />);
      server.send([{ type: '/n_set', id: 999_999 as never, controls: ['freq', 1] }]);
      await expect.poll(() => errors).toHaveLength(2);
      vi.doUnmock('../../src/live/diagnostics/diagnostics.js');
      server.send([{ type: '/d_free', names: ['tone'] }]);
      await root.render(<Synth key="another" name="lead" def={tone} />).catch((error) => errors.push(error));
      await expect.poll(() => errors).toHaveLength(3);
      expect(errors[2]).toMatchObject({ code: 'command-failed', path: '/lead' });
      await root.unmount();
      await server.sync();
      expect(unhandled).toEqual([]);
    },
  );

  test('a call that needs a part rejects with an error of ours', async () => {
    const server = await freshServer(engine);
    const buffer = await server.buffers.alloc(100);
    await expect(buffer.play()).rejects.toMatchObject({
      code: 'not-loaded',
      message: expect.stringMatching(
        /did not load: (?:.|\n)*Without it there is no playing of a buffer\. Reload the page/,
      ),
    });
    vi.doUnmock('../../src/server/bufferPlay.js');
    await (await buffer.play()).free();
    expect(unhandled).toEqual([]);
  });

  test('a root that is closed before its parts are there says nothing', async () => {
    const server = await freshServer(engine);
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error) });
    await root.unmount();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
    expect(unhandled).toEqual([]);
  });
});
