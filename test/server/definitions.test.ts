import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IMMEDIATELY } from '../../src/osc/timetag.js';
import { decodeSynthDefs, encodeSynthDefs } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';

const graphs = [tone, pad, ping].flatMap(({ bytes }) => decodeSynthDefs(bytes));

describe.each(engines)('%s', (engine) => {
  test('D1 D3: definitions are sent by their bytes, several at once, and freed by name', async () => {
    const server = await freshServer(engine);
    const before = (await server.status()).synthDefs;
    const defs = await server.synthDefs.send(encodeSynthDefs(graphs));
    expect(defs.map(({ name }) => name)).toEqual(['tone', 'pad', 'ping']);
    expect((await server.status()).synthDefs - before).toBe(3);
    const synth = server.nodes.synth('pad');
    server.synthDefs.free('tone', 'pad', 'unknown');
    await server.sync();
    // supernova counts a freed definition a little after it has answered.
    await expect.poll(async () => (await server.status()).synthDefs - before).toBe(1);
    expect(synth.isPlaying).toBe(true);
    expect(server.synthDefs.has('pad')).toBe(false);
    await expect(server.synthDefs.send(new Uint8Array(8))).rejects.toMatchObject({
      code: 'invalid-synthdef',
    });
  });

  test('D6 B11: what is to begin with a definition is carried out before the server says that it has it', async () => {
    const server = await freshServer(engine);
    const heard: unknown[] = [];
    const end = server.on('*', ({ address, args }) => {
      if (address === '/n_go' || address === '/done') heard.push([address, args[0]]);
    });
    const begin = (id: number) => ['/s_new', 'tone', id, 0, server.defaultGroup.id] as const;
    await server.synthDefs.ensure(tone, begin(3000));
    expect(heard).toEqual([
      ['/n_go', 3000],
      ['/done', '/d_recv'],
    ]);
    // The server has it now: nothing is sent but the message.
    await server.synthDefs.ensure(tone, begin(3001));
    await server.synthDefs.send(tone.bytes, { timetag: IMMEDIATELY, elements: [begin(3002), begin(3003)] });
    await expect.poll(() => server.tree.children(server.defaultGroup.id)).toEqual([3003, 3002, 3001, 3000]);
    const path = join(temporaryFolder(), 'pad.scsyndef');
    writeFileSync(path, pad.bytes);
    await server.synthDefs.load(path, ['/s_new', 'pad', 3004, 1, server.defaultGroup.id]);
    await expect
      .poll(() => server.tree.children(server.defaultGroup.id))
      .toEqual([3003, 3002, 3001, 3000, 3004]);
    end();
    server.synthDefs.free('pad'); // reset() does not know of what the server loaded from files
  });

  test('D2: definitions are loaded from a file and from a folder', async () => {
    const server = await freshServer(engine);
    const before = (await server.status()).synthDefs;
    const folder = temporaryFolder();
    for (const def of [tone, pad, ping]) writeFileSync(join(folder, `${def.name}.scsyndef`), def.bytes);
    await server.synthDefs.load(join(folder, 'tone.scsyndef'));
    expect((await server.status()).synthDefs - before).toBe(1);
    await server.synthDefs.loadFolder(folder);
    expect((await server.status()).synthDefs - before).toBe(3);
    if (engine !== 'supernova') {
      await expect(server.synthDefs.load('/nope.scsyndef')).rejects.toMatchObject({ code: 'command-failed' });
    }
    await expect(server.synthDefs.load('')).rejects.toThrow('Path of the synthdef file is ""');
  });
});
