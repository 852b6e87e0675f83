/** Two definitions of one name: both sound, under names of their own on the server. */

import { describe, expect, test } from 'vitest';
import { Synth } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import { DC, Out, synthDef } from '../../src/synthdef/index.js';
import { type Marked, pairs } from '../setup/sameName.js';
import { bootForTest, connectionOf, engines, freshServer } from '../setup/servers.js';

/** Names under which definitions are sent to a server from now on. */
function received(server: Server): string[] {
  const names: string[] = [];
  const connection = connectionOf(server);
  const request = connection.request.bind(connection);
  connection.request = ((command: Parameters<typeof request>[0], options?: never) => {
    if (command.type === '/d_recv') names.push(nameIn(command.bytes));
    return request(command, options);
  }) as typeof request;
  return names;
}

/** SCgf, version and count take ten bytes; the length of the name comes next. */
const nameIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(11, 11 + bytes[10]!));

async function values(server: Server, first: number, count: number): Promise<readonly unknown[]> {
  const { args } = await server.request({ type: '/c_getn', ranges: [[first, count]] });
  return args.slice(2);
}

/** A bus of its own for each definition of all pairs, two channels wide. */
const placed = pairs('control').flatMap((pair, index) =>
  pair.map((marked, side) => ({ ...marked, out: 200 + index * 4 + side * 2 })),
);

async function expectAll(server: Server, all: readonly (Marked & { readonly out: number })[]) {
  for (const { values: wanted, out } of all)
    await expect.poll(() => values(server, out, wanted.length)).toEqual(wanted);
}

const synths = (all: typeof placed) => all.map(({ def, out }) => <Synth key={out} def={def} out={out} />);

const level = (name: string, value: number) => synthDef(name, { out: 0 }, (c) => Out.kr(c.out, DC.kr(value)));

describe.each(engines)('%s', (engine) => {
  test('twenty pairs in one tree: each definition sounds and is sent once', async () => {
    const server = await freshServer(engine);
    const names = received(server);
    const root = createRoot(server);
    await root.render(synths(placed));
    await expectAll(server, placed);
    expect(names).toHaveLength(40);
    expect(new Set(names).size).toBe(40);
    expect(names.filter((name) => /^pair\d\d$/.test(name))).toHaveLength(20);
    expect(names.filter((name) => /^pair\d\d~[0-9a-f]{4}$/.test(name))).toHaveLength(20);
    await root.unmount();
    await expect.poll(async () => (await server.status()).synthDefs).toBeLessThan(40);
  });

  test('twenty pairs in two roots, which share what is the same', async () => {
    const server = await freshServer(engine);
    const names = received(server);
    const one = createRoot(server);
    const other = createRoot(server);
    const first = placed.filter((_, index) => index % 2 === 0);
    const second = placed.filter((_, index) => index % 2 === 1);
    await one.render(synths(first));
    await other.render(synths(second));
    await expectAll(server, placed);
    const { out } = first[0]!;
    await other.render([...synths(second), <Synth key="same" def={first[0]!.def} out={out + 300} />]);
    await expectAll(server, [{ ...first[0]!, out: out + 300 }]);
    expect(new Set(names).size).toBe(40);
    expect(names).toHaveLength(40);
    await one.unmount();
    await other.unmount();
  });

  test('a crash, and all come back under their names', async () => {
    const server = await bootForTest(engine);
    const root = createRoot(server);
    const some = placed.slice(0, 6);
    await root.render(synths(some));
    const before = server.synthDefs.names();
    await server.reboot();
    await expectAll(server, some);
    expect(server.synthDefs.names()).toEqual(before);
    await server.quit();
  });

  test('an edited definition has the name of the one before; two in turn are sent once each', async () => {
    const server = await freshServer(engine);
    const names = received(server);
    const root = createRoot(server);
    await root.render(<Synth def={level('edited', 1)} out={200} />);
    await root.render(<Synth def={level('edited', 2)} out={200} />);
    await expectAll(server, [{ def: level('edited', 2), values: [2], out: 200 }]);
    expect(names).toEqual(['edited', 'edited']);
    const [two, three] = [level('edited', 2), level('edited', 3)];
    for (let turn = 0; turn < 6; turn++) {
      await root.render(<Synth def={turn % 2 === 0 ? three : two} out={200} />);
      await expectAll(server, [{ def: two, values: [turn % 2 === 0 ? 3 : 2], out: 200 }]);
    }
    expect(names).toHaveLength(4);
    await root.unmount();
  });

  test('a program loads one by hand beside a root: the name means the last one, the object itself', async () => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    const [mine, yours] = [level('shared', 1), level('shared', 2)];
    await root.render(<Synth def={mine} out={200} />);
    await server.nodes.play(yours, { out: 201 });
    server.nodes.synth('shared', { out: 202 });
    await root.render([<Synth key="a" def={mine} out={200} />, <Synth key="b" def={mine} out={203} />]);
    await expect.poll(() => values(server, 200, 4)).toEqual([1, 2, 2, 1]);
    await root.unmount();
  });
});
