import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { builtPage, heard, peakOf } from './page.js';

const inside = builtPage('test/browser/inside', 'development');
/** As it is published, for what is measured. */
const published = builtPage('test/browser/inside');

/** With the headers that let a page share memory with its AudioWorklet. */
const isolated = builtPage('test/browser/inside', 'development', {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});

/** A page with its server running, and nothing rendered onto it. */
async function started(
  opening = inside.open(),
): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
  const opened = await opening;
  await opened.page.mouse.click(5, 5);
  await opened.page.evaluate(() => window.server.start());
  return opened;
}

const show = (page: Page, name: string | undefined): Promise<void> =>
  page.evaluate((piece) => window.show(piece), name);

/** The synths that the engine has, in their order: definition, and frequency where there is one. */
const synths = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => {
    const found: unknown[] = [];
    type Node = { def?: string; controls?: Record<string, number>; children?: readonly Node[] };
    const visit = ({ def, controls, children }: Node): void => {
      if (def) found.push(controls?.freq === undefined ? def : `${def} ${controls.freq}`);
      for (const child of children ?? []) visit(child);
    };
    visit((await window.server.state.server!.queryTree()) as Node);
    return found;
  });

const eventually = (page: Page) => expect.poll(() => synths(page), { timeout: 10_000 });

test('contexts of the page reach into its sounds, and so do their new values', async () => {
  const { page, errors } = await started();
  await show(page, 'Context');
  await eventually(page).toEqual(['sine 300']);
  await page.getByRole('button', { name: 'Higher' }).click();
  await eventually(page).toEqual(['sine 500']);
  expect(await page.locator('#root').innerHTML()).toBe('<button type="button">Higher</button>');
  expect(errors).toEqual([]);
});

test('two definitions of one name both sound', async () => {
  const { page, errors } = await started();
  await show(page, 'Twins');
  await eventually(page).toEqual(['twin', expect.stringMatching(/^twin~[0-9a-f]{4}$/)]);
  const now = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const sound = await heard(page, now + 0.2, now + 0.4);
  expect(peakOf(sound, now + 0.2, now + 0.4)).toBeCloseTo(0.75, 5);
  expect(errors).toEqual([]);
});

test('an error in a sound is shown by the boundary of the page, and the other sounds go on', async () => {
  const { page } = await started();
  await show(page, 'Boundaries');
  await eventually(page).toEqual(['sine 300', 'sine 400']);
  await page.getByRole('button', { name: 'Break' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toBe('this voice is broken');
  await eventually(page).toEqual(['sine 300']);
});

test('an error in a sound without a boundary leaves the page as it is, and is reported', async () => {
  const { page, errors } = await started();
  await show(page, 'Unguarded');
  await eventually(page).toEqual(['sine 300', 'sine 400']);
  await page.getByRole('button', { name: 'Break' }).click();
  await eventually(page).toEqual(['sine 300']);
  await expect.poll(() => errors).toEqual([expect.stringContaining('has no control "frq"')]);
  await page.getByRole('button', { name: 'Repair' }).click();
  await eventually(page).toEqual(['sine 300', 'sine 400']);
  expect(errors).toHaveLength(1);
});

test('what a sound waits for is waited for in the page, and the other sounds are heard meanwhile', async () => {
  const { page, errors } = await started();
  await show(page, 'Suspended');
  await page.getByText('Waiting').waitFor();
  await eventually(page).toEqual(['sine 440']);
  await page.getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('Ready').waitFor();
  await eventually(page).toEqual(['sine 440', 'sine 250']);
  expect(errors).toEqual([]);
});

test('what one commit of the page changes in several sounds is one bundle', async () => {
  const { page } = await inside.open();
  await page.mouse.click(5, 5);
  const commits = await page.evaluate(async () => {
    let commits = 0;
    const root = { onCommit: () => commits++ };
    window.server = window.createPageServer({ startOn: 'call', root });
    await window.server.start();
    window.show('Many');
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await window.server.state.server!.sync();
    return commits;
  });
  await eventually(page).toHaveLength(3);
  expect(commits).toBe(1);
});

test('a hundred mounts and unmounts leave no node and no memory behind', async () => {
  const { page, errors } = await started(published.open({ records: false }));
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  };
  const mount = async (times: number): Promise<void> => {
    await page.evaluate(async (count) => {
      for (let i = 0; i < count; i++) {
        for (const name of ['Hundred', undefined]) {
          window.show(name);
          await new Promise((resolve) => setTimeout(resolve));
        }
        await window.server.state.server!.sync();
      }
    }, times);
    await eventually(page).toEqual([]);
  };
  const counts = (): Promise<unknown> =>
    page.evaluate(async () => {
      const { groups, synths } = await window.server.state.server!.status();
      return { groups, synths };
    });
  await mount(20);
  const [before, nodes] = [await heap(), await counts()];
  await mount(100);
  expect((await heap()) - before).toBeLessThan(500_000);
  expect(await counts()).toEqual(nodes);
  expect(errors).toEqual([]);
});

test('a server of its own starts at the first gesture, and is gone with its context when it is unmounted', async () => {
  const { page, errors } = await published.open({ records: false });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metric = async (wanted: string): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)!.value;
  };
  for (let i = 0; i < 12; i++) {
    await page.evaluate(() => {
      delete document.body.dataset.engine;
      delete document.body.dataset.mounted;
      window.show('Server');
    });
    await page.waitForFunction(() => document.body.dataset.mounted);
    await page.mouse.click(5, 5);
    await page.waitForFunction(() => document.body.dataset.engine);
    await show(page, undefined);
  }
  expect(await page.evaluate(() => document.body.dataset.engine)).toBe(
    'embedded scsynth 3.14.1 · 48000 Hz · 2 out · in the page',
  );
  for (const name of ['AudioWorkletProcessors', 'AudioHandlers']) {
    await expect.poll(() => metric(name), { timeout: 10_000 }).toBe(0);
  }
  expect(errors).toEqual([]);
});

describe.each([
  ['with the headers for isolation commands go through shared memory', () => isolated, true],
  ['without them they go by messages', () => inside, false],
])('%s', (_, which, sharesMemory) => {
  test('the same is heard and answered, also while it is suspended', async () => {
    const { page, errors } = await started(which().open());
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(sharesMemory);
    const description = await page.evaluate(() => window.server.state.server!.engine.description);
    expect(description.endsWith(' · shared memory')).toBe(sharesMemory);
    await show(page, 'Hundred');
    await eventually(page).toHaveLength(100);
    await page.evaluate(() => window.server.suspend());
    await page.waitForFunction(() => window.server.state.status === 'suspended');
    await show(page, 'Many');
    await eventually(page).toEqual(['sine 440', 'sine 440', 'sine 440']);
    const resumed = await page.evaluate(async () => {
      const at = window.recordings[0]!.context.currentTime;
      await window.server.resume();
      return at;
    });
    const sound = await heard(page, 0, resumed + 0.5);
    expect(peakOf(sound, resumed + 0.2, resumed + 0.5)).toBeGreaterThan(0.1);
    // Twice what the ring holds.
    const samples = await page.evaluate(async () => {
      const server = window.server.state.server!;
      const buffer = await server.buffers.data(
        Float32Array.from({ length: 2_000_000 }, (_, index) => index % 1000),
      );
      const last = await buffer.getRange(1_999_990, 10);
      return [...last];
    });
    expect(samples).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(errors).toEqual([]);
  });
});

test('a start that follows a close of one that was under way is a start of its own', async () => {
  const { page, errors } = await started();
  await show(page, 'Many');
  await page.evaluate(async () => {
    const { server } = window;
    await server.close();
    server.start().catch(() => {}); // its context is closed under it
    await server.close();
    await server.start();
  });
  await page.waitForFunction(() => window.server.state.status === 'running');
  await eventually(page).toEqual(['sine 440', 'sine 440', 'sine 440']);
  expect(errors).toEqual([]);
});

test('StrictMode runs the effects of sounds twice, and makes each synth once', async () => {
  const { page, errors } = await started();
  await show(page, 'Strict');
  await eventually(page).toEqual(['sine 440']);
  expect(await page.evaluate(() => document.body.dataset.effects)).toBe('2');
  expect(errors).toEqual([]);
});

test('what is rendered while it is suspended is there at once, and heard when it goes on', async () => {
  const { page, errors } = await started();
  await page.evaluate(() => window.server.suspend());
  await page.waitForFunction(() => window.server.state.status === 'suspended');
  await show(page, 'Many');
  await eventually(page).toEqual(['sine 440', 'sine 440', 'sine 440']);
  const resumed = await page.evaluate(async () => {
    const at = window.recordings[0]!.context.currentTime;
    await window.server.resume();
    return at;
  });
  await page.waitForFunction(() => window.server.state.status === 'running');
  const sound = await heard(page, 0, resumed + 0.5);
  expect(peakOf(sound, 0, resumed)).toBe(0);
  expect(peakOf(sound, resumed + 0.2, resumed + 0.5)).toBeGreaterThan(0.1);
  expect(errors).toEqual([]);
});

test('a sample is fetched by its address; one that is not there is an error with its name', async () => {
  const { page } = await started();
  await show(page, 'Sample');
  await page.waitForFunction(() => document.body.dataset.duration !== '');
  expect(await page.evaluate(() => document.body.dataset.duration)).toBe('0.1');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('missing.wav');
});

test('an engine that is not served is an error that says how to serve it', async () => {
  const { page } = await inside.open();
  const message = await page.evaluate(async () => {
    const server = window.createPageServer({ files: '/nowhere/' });
    await server.start().catch(() => {});
    return `${server.state.status}: ${server.state.error?.message}`;
  });
  expect(message).toContain('failed: The embedded engine needs ');
  expect(message).toContain('engineAssets() of react-collider/vite');
});
