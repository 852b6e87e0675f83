/** The inspector's page in Chromium, for a server of the test's. */

import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type InspectorOptions, openInspector } from '../../src/inspector/node.js';
import { ARGUMENTS } from '../browser/page.js';

let browser: Browser | undefined;

/** Starts a browser for all tests of a file. */
export function startBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
  });
  afterAll(() => browser?.close());
}

export interface InspectorPage {
  readonly page: Page;
  readonly url: string;
  /** What the page threw and printed as an error. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Opens an inspector, and its page; both are closed when the test is over. */
export async function inspectorPage(
  options: InspectorOptions,
  context: BrowserContextOptions = {},
): Promise<InspectorPage> {
  const inspector = await openInspector(options);
  onTestFinished(() => inspector.close());
  return { ...(await openPage(inspector.url, context)), close: inspector.close };
}

/** Opens an address, and waits for the tree. */
export async function openPage(
  url: string,
  context: BrowserContextOptions = {},
): Promise<Omit<InspectorPage, 'close'>> {
  const page = await browser!.newPage({ viewport: { width: 1180, height: 720 }, ...context });
  onTestFinished(() => page.close());
  // What is not there by then is told by name, before the test is over.
  page.setDefaultTimeout(50_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  await page.getByRole('tree').waitFor();
  return { page, url, errors };
}

/** Shows one of the views. */
export async function show(page: Page, view: string): Promise<void> {
  await page.getByRole('tab', { name: view }).click();
}

/** Waits until what is read is as it is expected: pages and servers answer when they can. */
export const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 10_000 });

/** The line of a node. */
export const line = (page: Page, id: number): Locator => page.locator(`#rci-node-${id}`);

/** The lines of the tree that are in view: level and id. */
export const lines = (page: Page): Promise<readonly (readonly [level: number, id: number])[]> =>
  page.getByRole('treeitem').evaluateAll((items) =>
    items
      .map((item) => ({ top: item.getBoundingClientRect().top, item }))
      .sort((one, other) => one.top - other.top)
      .map(
        ({ item }) => [Number(item.getAttribute('aria-level')), Number(item.id.split('-').at(-1))] as const,
      ),
  );
