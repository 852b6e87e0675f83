/** A page on a native server, heard by the server's own recorder. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { record } from '../../src/server/recorder.js';
import { bridgeForTest } from '../bridge/bridges.js';
import { builtPage } from '../browser/page.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { engines } from '../setup/servers.js';
import { levelsBelowPeak, part, peak, readSound } from './listen.js';

const page = builtPage('examples/web-bridge');

test.runIf(engines.includes('scsynth'))(
  'what is clicked in the page sounds on scsynth at its pitch, a slider moves a control, and closing it frees all',
  async () => {
    const { server, bridge, events } = await bridgeForTest();
    const { page: tab, errors } = await page.open({ records: false });
    await tab.getByLabel('Address of the bridge').fill(bridge.url);
    await tab.getByRole('button', { name: 'Connect' }).click();
    await tab.getByText('running: scsynth').waitFor();
    const path = join(temporaryFolder(), 'bridge.wav');
    const recording = await record(server, { path });
    await tab.getByRole('button', { name: 'A2' }).click();
    await tab.getByRole('button', { name: 'E3' }).click();
    const synths = async () => {
      const found: Record<string, unknown>[] = [];
      type Node = { def?: string; controls?: Record<string, unknown>; children?: readonly Node[] };
      const visit = ({ def, controls, children }: Node): void => {
        // Behind a bridge the name is followed by a part of the bytes.
        if (def?.startsWith('bridge-saw~')) found.push(controls ?? {});
        for (const child of children ?? []) visit(child);
      };
      visit((await server.queryTree()) as unknown as Node);
      return found;
    };
    await expect.poll(synths).toHaveLength(2);
    await tab.getByLabel('Cutoff').fill('2000');
    await expect.poll(async () => (await synths()).map(({ cutoff }) => cutoff)).toEqual([2000, 2000]);
    const { seconds } = recording;
    await expect.poll(() => recording.seconds, { timeout: 10_000 }).toBeGreaterThan(seconds + 1);
    await recording.stop();
    const sound = readSound(path);
    expect(peak(sound)).toBeGreaterThan(0.02);
    const end = sound.channels[0]!.length / sound.sampleRate;
    const [a2, e3, c3] = levelsBelowPeak(part(sound, end - 0.5, end), sound.sampleRate, [110, 164.8, 130.8]);
    expect(a2).toBeGreaterThan(-12);
    expect(e3).toBeGreaterThan(-12);
    expect(c3).toBeLessThan(-30);
    expect(errors).toEqual([]);
    await tab.close();
    expect((await events.next('cleared')).nodes).toBeGreaterThanOrEqual(3);
    await server.sync();
    expect(await synths()).toEqual([]);
  },
);
