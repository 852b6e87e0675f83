import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeSynthDefs, encodeSynthDefs } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';

const graphs = [tone, pad, ping].flatMap(({ bytes }) => decodeSynthDefs(bytes));

describe.each(engines)('%s', (engine) => {
  test('definitions are sent by their bytes, several at once, and freed by name', async () => {
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
    await expect(server.synthDefs.send(new Uint8Array(8))).rejects.toMatchObject({ code: 'bad-synthdef' });
  });

  test('definitions are loaded from a file and from a folder', async () => {
    const server = await freshServer(engine);
    const before = (await server.status()).synthDefs;
    const folder = temporaryFolder();
    for (const def of [tone, pad, ping]) writeFileSync(join(folder, `${def.name}.scsyndef`), def.bytes);
    await server.synthDefs.load(join(folder, 'tone.scsyndef'));
    expect((await server.status()).synthDefs - before).toBe(1);
    await server.synthDefs.loadFolder(folder);
    expect((await server.status()).synthDefs - before).toBe(3);
    if (engine !== 'supernova') {
      await expect(server.synthDefs.load('/nope.scsyndef')).rejects.toMatchObject({ code: 'server-failed' });
    }
    await expect(server.synthDefs.load('')).rejects.toThrow('Path of the synthdef file is ""');
  });
});
