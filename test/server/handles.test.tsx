/** What handles say of themselves, and how they end. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRoot, Synth } from '../../src/index.js';
import { record } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { ping, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';

describe.each(engines)('%s', (engine) => {
  test('a server has an address where others can reach it', async () => {
    const server = await freshServer(engine);
    if (engine === 'embedded') expect(server.address).toBeUndefined();
    else expect(server.address).toEqual({ host: '127.0.0.1', port: expect.any(Number), protocol: 'udp' });
  });

  test('a node is freed when it has ended by itself', async () => {
    const server = await freshServer(engine);
    const synth = await server.nodes.play(ping, { length: 0.05 });
    expect(synth.isFreed).toBe(false);
    await synth.ended();
    expect(synth.isFreed).toBe(true);
    expect(synth.isPlaying).toBe(false);
    // A node may end at any moment, so this is no mistake of the caller.
    expect(() => synth.set({ length: 1 })).not.toThrow();
  });

  test('a root and a recorder end with the block that uses them', async () => {
    const server = await freshServer(engine);
    const path = join(temporaryFolder(), 'take.wav');
    {
      await using root = createRoot(server);
      await root.render(<Synth def={tone} exit="free" />);
      expect(JSON.parse(JSON.stringify(root.tree))).toMatchObject({
        type: 'group',
        children: [{ type: 'synth', def: 'tone', hasEnded: false, controls: {} }],
      });
      await using recorder = await record(server, { path });
      expect(recorder.path).toBe(path);
    }
    expect(existsSync(path)).toBe(true);
    const { children } = await server.queryTree(server.defaultGroup.id);
    expect(children).toEqual([]);
  });
});
