/** What the inspector shows beside the tree: signals, buffers, definitions, load, options, and messages by hand. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { parseMessage, printMessage, sizeOf } from '../../src/inspector/inspection/oscText.js';
import { encodePacket } from '../../src/osc/encode.js';
import { pad, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';
import { eventually, inspectorPage, line, show, startBrowser } from './inspectorPage.js';

startBrowser();

describe.each(engines)('%s', (engine) => {
  test('meters, wave and spectrum are those of the bus', async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    // In the middle of a bin: 2,048 frames at 48,000 Hz make bins of 23.4 Hz.
    server.nodes.synth(tone, { freq: 43 * (48_000 / 2048), amp: 0.5 });
    const { page, errors } = await inspectorPage({ server });
    await show(page, 'Signals');
    const meter = page.getByRole('meter', { name: 'Level of channel 1' });
    await eventually(() => meter.getAttribute('aria-valuetext')).toMatch(/^peak -6\.\d dB, RMS -9\.\d dB$/);
    await page.getByText('512 frames, peak 0.50').waitFor();
    await page.getByText('loudest near 1008 Hz, -6 dB').waitFor();

    await page.getByLabel('Bus', { exact: true }).fill('8');
    await eventually(() =>
      page.getByRole('meter', { name: 'Level of channel 8' }).getAttribute('aria-valuetext'),
    ).toMatch(/silent/);
    expect(errors).toEqual([]);
  });

  test('what was listened with is gone when nobody looks any more', async () => {
    const server = await freshServer(engine);
    const { page } = await inspectorPage({ server });
    await show(page, 'Signals');
    await eventually(async () => (await server.status()).synths).toBe(3);
    await show(page, 'Tree');
    await eventually(async () => (await server.status()).synths).toBe(0);
  });

  test('the values of a control bus are shown as they come', async () => {
    const server = await freshServer(engine);
    server.send([{ type: '/c_set', values: [[20, 0.25]] }]);
    const { page } = await inspectorPage({ server });
    await show(page, 'Signals');
    await page.getByLabel('Rate').selectOption('control');
    await page.getByLabel('Bus', { exact: true }).fill('20');
    await page.getByLabel('Channels').fill('1');
    await page.getByText('0.2500', { exact: true }).waitFor();
    server.send([{ type: '/c_set', values: [[20, -3]] }]);
    await page.getByText('-3.000', { exact: true }).waitFor();
  });

  test('buffers are listed, and their waveforms have the peaks of their samples', async () => {
    const server = await freshServer(engine);
    const buffer = await server.buffers.alloc(30_000, 2);
    await buffer.set([20_001, 0.75]);
    await server.sync();
    const { page } = await inspectorPage({ server });
    await show(page, 'Buffers');
    const words = `Buffer ${buffer.number}: 30000 frames, 2 channels, 48000 Hz, 0.625 s, peak 0.750`;
    await page.getByRole('img', { name: words }).waitFor();
    // The second channel has its one peak a third of the way: the first lane is a line, the second too, but there.
    const colored = await page.getByRole('img', { name: words }).evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const highest: number[] = [];
      for (let x = 0; x < canvas.width; x++) {
        for (let y = Math.ceil(canvas.height / 2); y < canvas.height; y++) {
          if (data[(y * canvas.width + x) * 4 + 3] === 0) continue;
          highest[x] = y;
          break;
        }
      }
      return { at: highest.indexOf(Math.min(...highest)) / canvas.width };
    });
    expect(colored.at).toBeCloseTo(1 / 3, 2);
    await buffer.free();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('0 of 8192 buffers hold something.').waitFor();
  });
});

test('a definition is drawn with all of its units', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(pad);
  await server.synthDefs.ensure(tone);
  const { page } = await inspectorPage({ server });
  await show(page, 'Synthdefs');
  await page.getByRole('radio', { name: 'pad' }).check();
  const picture = page.getByRole('img', { name: /^Graph of "pad"/ });
  expect(await picture.getAttribute('aria-label')).toContain('controls: freq, amp, pan, out, gate, release');
  const units = await picture.locator('text[font-weight=bold]').allTextContents();
  expect(units).toEqual(expect.arrayContaining(['SinOsc', 'Linen', 'Out']));
  await page.getByRole('radio', { name: 'tone' }).check();
  await page.getByRole('img', { name: /^Graph of "tone"/ }).waitFor();
});

test('messages are sent by hand, and answered', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(tone);
  const synth = server.nodes.synth(tone, { freq: 321, amp: 0 });
  const { page } = await inspectorPage({ server });
  await show(page, 'Console');
  const prompt = page.getByRole('textbox', { name: 'Message to send' });
  const send = async (text: string) => {
    await prompt.fill(text);
    await prompt.press('Enter');
  };
  const log = page.getByRole('log');
  await send(`/s_get ${synth.id} freq`);
  await log.getByText(`/n_set ${synth.id} freq 321`).waitFor();
  await send('/d_free');
  await send('n_set');
  await log.getByText('"n_set" is no message: it begins with an address').waitFor();
  await send(`/n_free ${synth.id}`);
  await log.getByText(`/n_end ${synth.id}`).waitFor();
  await send('/n_free 99999');
  await log.getByText(/^\/fail \/n_free .*not found/).waitFor();
  await prompt.press('ArrowUp');
  await prompt.press('ArrowUp');
  expect(await prompt.inputValue()).toBe(`/n_free ${synth.id}`);
});

test('load and options are shown as numbers', async () => {
  const server = await freshServer(engines[0]!);
  await server.synthDefs.ensure(tone);
  server.nodes.synth(tone, { amp: 0 });
  const { page } = await inspectorPage({ server });
  await show(page, 'Load');
  await page.getByRole('img', { name: /^CPU, percent of a control period: \d+\.\d % on average/ }).waitFor();
  await page.getByRole('img', { name: /^Nodes: 1 synths of \d+ unit generators in 2 groups/ }).waitFor();
  await show(page, 'Server');
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'maxNodes' }) });
  expect(await row.getByRole('cell').last().textContent()).toBe(String(server.options.maxNodes));
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('no view has a fault that axe finds, and each can be reached by keys', async () => {
    const server = await freshServer(engines[0]!);
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone, { amp: 0 });
    const buffer = await server.buffers.alloc(1000, 1);
    const { page, errors } = await inspectorPage({ server }, { colorScheme });
    await page.evaluate(axe.source);
    const background = await page
      .locator('.rci')
      .evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(21, 23, 28)');
    await line(page, synth.id).click();
    await page.getByRole('slider', { name: 'freq' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Tree' }).focus();
    const shown: Record<string, () => Promise<void>> = {
      Timeline: () =>
        page.getByRole('listbox', { name: 'Entries' }).or(page.getByText('Nothing has happened')).waitFor(),
      Signals: () => page.getByText('512 frames').waitFor(),
      Buffers: () => page.getByRole('img', { name: `Buffer ${buffer.number}` }).waitFor(),
      Synthdefs: () => page.getByRole('img', { name: 'Graph of' }).waitFor(),
      Load: () => page.getByRole('img', { name: 'CPU' }).waitFor(),
      Console: () => page.getByRole('log').waitFor(),
      Server: () => page.getByRole('heading', { name: 'Options' }).waitFor(),
    };
    for (const [view, ready] of Object.entries(shown)) {
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(view);
      await ready();
      expect(await violations(page), view).toEqual([]);
    }
    // Nothing that its own policy forbids was tried either.
    expect(errors).toEqual([]);
  });
});

/** What axe finds, by all of its rules. */
const violations = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  });

test('messages are read as they are printed, and measured as they are encoded', () => {
  for (const text of [
    '/n_set 1000 freq 440.5 amp 0.1',
    '/s_new "a name" 1000 0 1 pan [0 1] out c5',
    '/status',
    '/b_fill 0 0 1024 -0.25',
    '/x "ä\\"b"',
  ]) {
    const message = parseMessage(text);
    expect(printMessage(message)).toBe(text);
    expect(sizeOf(message)).toBe(encodePacket(message).length + 4);
  }
  expect(parseMessage('/n_set 1 freq 440.0')[3]).toEqual({ type: 'float', value: 440 });
  expect(() => parseMessage('/x "open')).toThrow('a quote is open');
  expect(() => parseMessage('/x [1 2')).toThrow('"]" is missing');
  expect(() => parseMessage('/x 1]')).toThrow('closes an array');
});
