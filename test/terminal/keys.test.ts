/** Each key by its effect on the server, which is asked past the screen. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runningServers } from '../../src/node.js';
import { peak, readSound } from '../listen/listen.js';
import { counting, PieceFolder, synthsOf, type WitnessedNode } from './pieces.js';
import { Terminal } from './terminal.js';

/** The RMS of the first output, in decibels, as the screen shows it. */
const rms = (text: string): number => {
  const shown = /out 1 .* RMS +(-?[\d.]+|-∞) dB/.exec(text)?.[1];
  return shown === '-∞' ? Number.NEGATIVE_INFINITY : Number(shown);
};

const isQuiet = (text: string) => rms(text) < -60;
/** The piece plays a sine of 0.1. */
const LEVEL = -23;
const isAt = (level: number) => (text: string) => Math.abs(rms(text) - level) < 0.3;
const isLoud = isAt(LEVEL);
const stepOf = (tree: WitnessedNode) => synthsOf(tree, 'tone').at(-1)?.controls?.step as number | undefined;
const idsOf = (tree: WitnessedNode) => synthsOf(tree, 'tone').map(({ id }) => id);

describe.each(inject('missing').length === 0 ? ['scsynth', 'embedded'] : ['embedded'])('on %s', (engine) => {
  const folder = new PieceFolder(counting);
  let terminal: Terminal;
  let page: string | undefined;

  beforeAll(async () => {
    terminal = new Terminal(['play', 'piece.tsx', '--engine', engine], { cwd: folder.path });
    await terminal.until(isLoud, 'sound');
  });

  afterAll(() => terminal.kill());

  test('the tree is there with names, components and controls as they are now', async () => {
    expect(terminal.isOther).toBe(true);
    expect(terminal.lines[0]).toMatch(/^piece\.tsx ▶ plays/);
    expect(terminal.text).toMatch(/^\d+ group "chord" <Piece>$/m);
    expect(terminal.text).toMatch(/^ {2}\d+ tone "voice" {2}freq 330 <Voice>$/m);
    const step = Number((await terminal.shows(/amp 0 {2}step \d+ <Piece>/)).match(/step (\d+)/)![1]);
    await terminal.until((text) => Number(/step (\d+) <Piece>/.exec(text)?.[1]) > step + 5, 'later steps');
    // The synths that the server counts: two, the meters' own, and the one that looks for what is too loud.
    await terminal.shows('4 synths, 3 groups');
    expect(idsOf(await folder.asked()).map(String)).toEqual(
      [...terminal.text.matchAll(/(\d+) tone/g)].map(([, id]) => id),
    );
  });

  test('space pauses the sound and the beats, and again goes on with the next beat', async () => {
    terminal.press(' ');
    await terminal.shows('‖ paused');
    await terminal.until(isQuiet, 'silence');
    const paused = stepOf(await folder.asked())!;
    const since = performance.now();
    expect(stepOf(await folder.asked(20))).toBe(paused);
    const until = performance.now();
    terminal.press(' ');
    await terminal.shows('▶ plays');
    const next = await folder.until((tree) => stepOf(tree) !== paused && stepOf(tree));
    // Ten beats a second since then; those of the pause would be more than five.
    expect(until - since).toBeGreaterThan(500);
    expect(next - paused).toBeLessThanOrEqual((performance.now() - until) / 100 + 1);
    await terminal.until(isLoud, 'sound');
  });

  test('- is softer and + is louder, in the synth of the volume and in what is heard', async () => {
    for (const _ of [1, 2, 3]) terminal.press('-');
    await terminal.shows('volume -3 dB');
    const [volume] = await folder.until((tree) => {
      const found = synthsOf(tree, 'volumeAmpControl2');
      return found[0]?.controls?.volumeAmp === undefined ? undefined : found;
    });
    expect(Number(volume!.controls!.volumeAmp)).toBeCloseTo(10 ** (-3 / 20), 4);
    await terminal.until(isAt(LEVEL - 3), '3 dB less');
    for (const _ of [1, 2, 3]) terminal.press('+');
    await terminal.shows('volume 0 dB');
    await folder.until((tree) => synthsOf(tree, 'volumeAmpControl2').length === 0);
  });

  test('m mutes, and again unmutes', async () => {
    terminal.press('m');
    await terminal.shows('volume muted');
    await terminal.until(isQuiet, 'silence');
    terminal.press('m');
    await terminal.shows('volume 0 dB');
    await terminal.until(isLoud, 'sound');
  });

  test('o records to the next file that is free, and ends it', async () => {
    terminal.press('o');
    await terminal.shows('● records piece-1.wav');
    // Half a second of it.
    const step = stepOf(await folder.asked())!;
    await folder.until((tree) => (stepOf(tree) ?? 0) > step + 5);
    terminal.press('o');
    await terminal.shows('Recorded piece-1.wav.');
    expect(terminal.text).not.toContain('●');
    expect(peak(readSound(join(folder.path, 'piece-1.wav')))).toBeCloseTo(0.1, 2);
    terminal.press('o');
    await terminal.shows('● records piece-2.wav');
    terminal.press('o');
    await terminal.until((text) => !text.includes('●'), 'an end of the recording');
    expect(existsSync(join(folder.path, 'piece-2.wav'))).toBe(true);
  });

  test('p frees all nodes and stops the piece; r begins it from the beginning', async () => {
    await folder.until((tree) => (stepOf(tree) ?? 0) > 30);
    terminal.press('p');
    await terminal.shows('■ stopped: r begins it again');
    await terminal.until(isQuiet, 'silence');
    expect(idsOf(await folder.asked())).toEqual([]);
    expect(terminal.text).toContain('0 nodes');
    terminal.press('r');
    await terminal.shows('▶ plays');
    const [step] = await folder.until((tree) => idsOf(tree).length === 2 && [stepOf(tree)]);
    expect(step).toBeLessThan(20);
    await terminal.until(isLoud, 'sound');
  });

  test('r in the middle begins anew, with other nodes', async () => {
    const before = idsOf(await folder.asked());
    terminal.press('r');
    const after = await folder.until((tree) => {
      const ids = idsOf(tree);
      return ids.length === 2 && !ids.some((id) => before.includes(id)) && ids;
    });
    await terminal.shows(`${after[0]} tone "voice"`);
  });

  test('B boots the engine anew; the piece comes back as it is', async () => {
    const step = await folder.until(stepOf);
    const life = engine === 'scsynth' ? await serverOf(terminal) : undefined;
    terminal.press('B');
    await terminal.shows('The engine is back.');
    await folder.until((tree) => idsOf(tree).length === 2 && (stepOf(tree) ?? 0) > step);
    await terminal.until(isLoud, 'sound');
    if (life) expect(await serverOf(terminal)).not.toBe(life);
  });

  test('i opens the inspector, whose page is served until the end', async () => {
    terminal.press('i');
    page = (await terminal.shows(/http:\/\/127\.0\.0\.1:\d+\/#\w+/)).split('#')[0];
    expect((await fetch(page!)).status).toBe(200);
  });

  test('? lists the keys, and escape puts the list away', async () => {
    terminal.press('?');
    await terminal.shows('panic: free all nodes and stop the piece');
    expect(terminal.text).not.toContain('"voice"');
    terminal.press('\u001B');
    await terminal.shows('"voice"');
  });

  test('q releases, quits and gives the terminal back', async () => {
    const pid = engine === 'scsynth' ? await serverOf(terminal) : undefined;
    terminal.press('q');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.isOther).toBe(false);
    await expect(fetch(page!)).rejects.toThrow();
    expect(terminal.written).toContain('\u001B[?25h\u001B[?1049l');
    if (pid !== undefined) expect((await runningServers()).map((server) => server.pid)).not.toContain(pid);
  });
});

/** The process of the engine whose port the screen shows. */
async function serverOf(terminal: Terminal): Promise<number> {
  const port = Number((await terminal.shows(/127\.0\.0\.1:\d+/)).split(':')[1]);
  const servers = await runningServers();
  return servers.find((server) => server.port === port)!.pid;
}
