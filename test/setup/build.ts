/**
 * Builds `dist/` once before the tests: the embedded engine's worker thread and the CLI run from there,
 * because a Node worker cannot load TypeScript.
 */
import { execFileSync } from 'node:child_process';

export default function build(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
