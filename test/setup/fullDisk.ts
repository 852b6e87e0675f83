/**
 * Disks that become full, without the rights to mount one: a limit for the size of files, which refuses what goes beyond
 * it as a full disk does, with a part written and then an error. `SIGXFSZ`, which would end the process, is ignored; Node
 * ignores it by itself.
 */

import { execFileSync } from 'node:child_process';
import { findServer, type NativeProgram } from '../../src/node.js';
import { shellScript } from '../engine/native/programs.js';

/** What `ulimit -f` counts in a POSIX shell, in bytes. */
const UNIT = 512;

/** A shell's words that let no file grow beyond so many bytes. */
export const limit = (bytes: number): string => `trap '' XFSZ; ulimit -f ${Math.floor(bytes / UNIT)};`;

/** An executable that is a server whose files grow no further. */
export const serverOnFullDisk = (program: NativeProgram, bytes: number): string =>
  shellScript(`${limit(bytes)} exec ${findServer(program)} "$@"`);

/** An executable that is a server; `fillDisk` can be used on it when it runs. */
export const limitableServer = (program: NativeProgram): string =>
  shellScript(`trap '' XFSZ; exec ${findServer(program)} "$@"`);

/** From now on, no file of a process grows beyond so many bytes. */
export function fillDisk(pid: number, bytes: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`]);
}
