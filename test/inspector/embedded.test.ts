import { expect, test } from 'vitest';
import { builtPage } from '../browser/page.js';
import { eventually } from './inspectorPage.js';

const embedded = builtPage('test/inspector/embedded', 'development');

test('<Inspector> shows the server of its own page, moves its controls, and leaves nothing when it is unmounted', async () => {
  const { page, errors } = await embedded.open({ records: false });
  await page.getByRole('button', { name: 'Higher' }).click();
  const synth = page.getByRole('treeitem').filter({ hasText: 'sine' });
  await eventually(() => synth.textContent()).toContain('freq 400');
  await synth.click();
  await page.getByText('/Synth[0]').waitFor();
  await page.getByRole('slider', { name: 'freq' }).press('End');
  const freq = (): Promise<unknown> =>
    page.evaluate(async () => {
      const server = window.server.state.server!;
      const [synth] = window.server.root!.tree!.children;
      const { args } = await server.request({ type: '/s_get', id: synth!.id, controls: ['freq'] });
      return args[2];
    });
  await eventually(freq).toBe(20_000);
  await page.getByRole('button', { name: 'Higher' }).click();
  await eventually(() => synth.textContent()).toContain('freq 500');
  await page.getByRole('tab', { name: 'Signals' }).click();
  await page.getByText('512 frames, peak 0.050').waitFor();

  await page.getByRole('checkbox', { name: 'Inspector' }).click();
  const synths = (): Promise<number> =>
    page.evaluate(async () => (await window.server.state.server!.status()).synths);
  await eventually(synths).toBe(1);
  expect(errors).toEqual([]);
});
