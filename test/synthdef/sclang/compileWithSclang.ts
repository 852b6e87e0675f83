/** The bytes that a real sclang makes of many graphs, in one run. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const script = (folder: string): string => `(
File.readAllString("${folder}/graphs.txt").split(Char.ff).do { |code, index|
	var bytes = try {
		var value = code.interpret;
		(if(value.isKindOf(Function)) { SynthDef(\\graph, value) } { value }).asBytes
	} { |error| nil };
	var file = File("${folder}/" ++ index, "wb");
	if(bytes.notNil) { file.write(bytes) };
	file.close;
};
0.exit;
)
`;

/**
 * @param functions - the function of each SynthDef, `{ |freq = 440| … }`, or a whole `SynthDef(\\graph, …)`
 * @returns bytes of each, under the name `graph`; none where sclang refused
 */
export async function compileWithSclang(functions: readonly string[]): Promise<(Uint8Array | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'react-collider-graphs-'));
  try {
    writeFileSync(join(folder, 'graphs.txt'), functions.join('\f'));
    writeFileSync(join(folder, 'compile.scd'), script(folder));
    await execa('sclang', [join(folder, 'compile.scd')], {
      env: { QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
      timeout: 120_000,
    });
    return functions.map((_, index) => {
      const bytes = readFileSync(join(folder, String(index)));
      return bytes.length > 0 ? new Uint8Array(bytes) : undefined;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
