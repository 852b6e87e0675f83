/** The inspector's page shows what the server has, and what is done in it happens there. */

import { describe, expect, onTestFinished, test } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { CommitLog, openInspector } from '../../src/inspector/node.js';
import { createRoot } from '../../src/node.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';
import { eventually, inspectorPage, line, lines, show, startBrowser } from './inspectorPage.js';

startBrowser();

/** A tree as lines: how deep, and which node. */
function linesOf(tree: QueryTreeNode, level = 1): (readonly [number, number])[] {
  const below = 'children' in tree ? tree.children.flatMap((child) => linesOf(child, level + 1)) : [];
  return [[level, tree.id], ...below];
}

/** Waits until the page shows what the server says that it has. */
async function expectSameTree(page: Parameters<typeof lines>[0], server: Server): Promise<void> {
  await eventually(async () => {
    const asked = linesOf(await server.queryTree(undefined, { controls: false }));
    return JSON.stringify(await lines(page)) === JSON.stringify(asked);
  }).toBe(true);
}

const control = async (server: Server, id: number, name: string): Promise<number> => {
  const { args } = await server.request({ type: '/s_get', id: id as never, controls: [name] });
  return Number(args[2]);
};

describe.each(engines)('%s', (engine) => {
  test('a slider moves the control on the server, by mouse, by keys, and as a number', async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone, { freq: 440, amp: 0 });
    const { page, errors } = await inspectorPage({ server });
    await line(page, synth.id).click();
    const slider = page.getByRole('slider', { name: 'freq' });
    await slider.waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toBe('440 Hz');

    const box = (await slider.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    const moved = Number.parseFloat((await slider.getAttribute('aria-valuetext'))!);
    expect(moved).toBeGreaterThan(2000);
    await eventually(() => control(server, synth.id, 'freq')).toBeCloseTo(moved, 0);

    await slider.press('Home');
    await eventually(() => control(server, synth.id, 'freq')).toBe(20);

    const number = page.getByLabel('freq, as a number');
    await number.fill('330.5');
    await number.press('Enter');
    await eventually(() => control(server, synth.id, 'freq')).toBe(330.5);
    expect(errors).toEqual([]);
  });

  test('a control that somebody else moves is moved in the page, and arrays slot by slot', async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone, { freq: 440, amp: 0 });
    const { page } = await inspectorPage({ server });
    await line(page, synth.id).click();
    server.sendMessage('/n_set', synth.id, 'freq', 880);
    await eventually(() => page.getByRole('slider', { name: 'freq' }).getAttribute('aria-valuetext')).toBe(
      '880 Hz',
    );
    const number = page.getByLabel('pan[1], as a number');
    await number.fill('0.5');
    await number.press('Enter');
    const slots = async () => {
      const ranges = [['pan', 2] as const];
      const { args } = await server.request({ type: '/s_getn', id: synth.id, ranges });
      return args.slice(3);
    };
    await eventually(slots).toEqual([0, 0.5]);
  });

  test('the tree is that of the server, whatever happens to it', async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    const { page } = await inspectorPage({ server });
    await expectSameTree(page, server);
    const group = server.nodes.group();
    const [first, second] = [0, 1].map(() => server.nodes.synth(tone, { amp: 0 }, { target: group }));
    await line(page, second!.id).waitFor();
    await expectSameTree(page, server);
    server.send([{ type: '/n_after', moves: [[second!.id, group.id]] }]);
    await expectSameTree(page, server);
    first!.free();
    await eventually(() => line(page, first!.id).count()).toBe(0);
    await expectSameTree(page, server);
    server.nodes.synth(tone, { amp: 0 }, { target: group });
    server.freeDefaultGroup();
    await eventually(() => lines(page)).toHaveLength(2);
    await expectSameTree(page, server);
  });

  test('a node is paused, resumed and freed', async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone, { amp: 0 });
    const { page } = await inspectorPage({ server });
    await line(page, synth.id).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await line(page, synth.id).getByText('paused').first().waitFor();
    expect(server.tree.get(synth.id)?.isRunning).toBe(false);
    await page.getByRole('button', { name: 'Resume' }).click();
    await eventually(() => server.tree.get(synth.id)?.isRunning).toBe(true);
    await page.getByRole('button', { name: 'Free' }).click();
    await page.getByText(`Node ${synth.id} has ended`).waitFor();
    expect((await server.status()).synths).toBe(0);
  });

  test('the page of a session names components and elements, and shows its commits', async () => {
    const server = await freshServer(engine);
    const commits = new CommitLog();
    const root = createRoot(server, { onCommit: commits.add, synthDefs: [tone, pad] });
    onTestFinished(() => root.unmount());
    const Voice = ({ freq }: { readonly freq: number }) => <Synth def={tone} freq={freq} amp={0} />;
    const Chord = ({ freqs }: { readonly freqs: readonly number[] }) => (
      <Group name="chord">
        {freqs.map((freq, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the voices of a chord have no other name.
          <Voice key={index} freq={freq} />
        ))}
        <Synth def={pad} name="last" amp={0} />
      </Group>
    );
    await root.render(<Chord freqs={[300, 400]} />);
    const { page } = await inspectorPage({ server, root, commits });
    const voice = page.getByRole('treeitem').filter({ hasText: '<Voice>' });
    await eventually(() => voice.count()).toBe(2);
    await eventually(() => voice.first().textContent()).toContain('freq 300');
    await voice.first().click();
    const panel = page.getByRole('complementary', { name: 'Selected node' });
    expect(await panel.textContent()).toContain('/chord/Synth[0]');
    expect(await panel.textContent()).toContain('Chord › Voice');
    expect(await page.getByRole('treeitem').filter({ hasText: 'last' }).textContent()).toContain('pad');

    await root.render(<Chord freqs={[300, 450]} />);
    await eventually(() => voice.nth(1).textContent()).toContain('set');
    expect(await voice.first().textContent()).not.toContain('set');

    await show(page, 'Timeline');
    const [last] = commits.recent.slice(-1);
    const id = (last!.commit.commands[0] as { readonly id: number }).id;
    const entries = page.getByRole('listbox', { name: 'Entries' }).getByRole('option');
    const entry = entries.first();
    // Of a bundle this is one message: 4 bytes of length, 8 of address, 8 of types, 4 + 8 + 4 of arguments.
    expect(await entry.textContent()).toContain(`/n_set ${id} freq 450`);
    expect(await entry.textContent()).toContain('36 B');
    expect(await page.getByRole('listitem').allTextContents()).toEqual([`/n_set ${id} freq 450`]);
    expect(await entries.count()).toBe(commits.recent.length);
  });
});

test('nodes are found by id, definition and component, with the groups that they are in', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(tone);
  await server.synthDefs.ensure(pad);
  const group = server.nodes.group();
  const tones = Array.from({ length: 20 }, () => server.nodes.synth(tone, { amp: 0 }, { target: group }));
  const found = server.nodes.synth(pad, { amp: 0 }, { target: group });
  const { page } = await inspectorPage({ server });
  const search = page.getByRole('searchbox', { name: 'Search nodes' });
  await eventually(() => line(page, found.id).textContent()).toContain('pad');
  await search.fill('PAD');
  await eventually(() => lines(page)).toEqual([
    [1, 0],
    [2, server.defaultGroup.id],
    [3, group.id],
    [4, found.id],
  ]);
  await search.fill(String(tones[3]!.id));
  await eventually(async () => (await lines(page)).at(-1)).toEqual([4, tones[3]!.id]);
  await search.fill('');
  await eventually(() => lines(page)).toHaveLength(24);
});

test('the tree is walked, folded and searched by keys alone', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(tone);
  const group = server.nodes.group();
  const synth = server.nodes.synth(tone, { amp: 0 }, { target: group });
  const { page } = await inspectorPage({ server });
  await line(page, synth.id).waitFor();
  const tree = page.getByRole('tree');
  const active = async () => Number((await tree.getAttribute('aria-activedescendant'))?.split('-').at(-1));
  await tree.focus();
  await page.keyboard.press('End');
  expect(await active()).toBe(synth.id);
  await page.keyboard.press('ArrowLeft');
  expect(await active()).toBe(group.id);
  await page.keyboard.press('ArrowLeft');
  expect(await line(page, group.id).getAttribute('aria-expanded')).toBe('false');
  expect(await line(page, synth.id).count()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toBe(synth.id);
  await page.keyboard.press('/');
  await page.keyboard.type('tone');
  expect(await page.getByRole('searchbox').inputValue()).toBe('tone');
  await page.getByRole('tab', { name: 'Tree' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Timeline');
});

test('a page that was open before shows what comes when its server is back', async () => {
  const server = await freshServer(engines[0]!);
  const { page } = await inspectorPage({ server });
  await page.getByText('online', { exact: true }).waitFor();
  await server.quit();
  await page.getByText('offline', { exact: true }).waitFor();
  await server.reboot();
  await page.getByText('online', { exact: true }).waitFor();
  await server.synthDefs.ensure(tone);
  const synth = server.nodes.synth(tone, { amp: 0 });
  await line(page, synth.id).waitFor();
  await expectSameTree(page, server);
});

test('a page whose inspector was away goes on by itself when it is back', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(tone);
  const synth = server.nodes.synth(tone, { freq: 440, amp: 0 });
  const { page, url, close } = await inspectorPage({ server });
  await line(page, synth.id).click();
  await page.getByRole('slider', { name: 'freq' }).waitFor();
  await close();
  await page.getByRole('alert').filter({ hasText: 'it goes on by itself' }).waitFor();
  server.sendMessage('/n_set', synth.id, 'freq', 880);

  const { port, hash } = new URL(url);
  const again = await openInspector({ server, port: Number(port), token: hash.slice(1) });
  onTestFinished(() => again.close());
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await eventually(() => page.getByRole('slider', { name: 'freq' }).getAttribute('aria-valuetext')).toBe(
    '880 Hz',
  );
});
