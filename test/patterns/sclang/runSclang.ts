/** Code that a real sclang runs, and the file that it writes. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/**
 * @param code - Statements; `~folder` stands for a folder of their own, with a slash at its end.
 * @param files - What they write there.
 * @param given - Texts of files that they read there.
 */
export async function runSclang(
  code: string,
  files: readonly string[],
  given: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'react-collider-patterns-'));
  try {
    for (const [name, text] of Object.entries(given)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'run.scd'), `(\n${code.replaceAll('~folder', `"${folder}/"`)}\n0.exit;\n)\n`);
    await execa('sclang', [join(folder, 'run.scd')], {
      env: { QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
      timeout: 120_000,
    });
    return files.map((name) => readFileSync(join(folder, name), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What sclang prints of numbers, arrays and nil. */
export const readSclang = (text: string): unknown =>
  JSON.parse(
    text
      .replace(/\bnil\b/g, 'null')
      .replace(/\\(\w+)/g, '"$1"')
      .replace(/'/g, '"'),
  );
