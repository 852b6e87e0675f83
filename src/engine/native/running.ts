/**
 * Servers that run on this machine, whoever started them.
 */

import { execa } from 'execa';
import type { NativeProgram } from './find.js';

/** A scsynth or supernova process on this machine. */
export interface RunningServer {
  /** Id of the process. */
  readonly pid: number;
  /** The program that runs. */
  readonly program: NativeProgram;
  /** Its command line, in one string. */
  readonly command: string;
  /** The port that its command line says, `undefined` for none. */
  readonly port: number | undefined;
}

/** Every scsynth and supernova that runs here. */
export async function runningServers(): Promise<readonly RunningServer[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await execa('ps', ['-A', '-ww', '-o', 'pid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const program = /^(?:\S*\/)?(scsynth|supernova)(?: |$)/.exec(command ?? '')?.[1] as
      | NativeProgram
      | undefined;
    if (!pid || !command || !program || state?.startsWith('Z')) return [];
    const port = / -[ut] ?(\d+)/.exec(command)?.[1];
    return [{ pid: Number(pid), program, command, port: port === undefined ? undefined : Number(port) }];
  });
}

/**
 * Ends servers that run here at once (SIGKILL), for those that were left behind. Never called by anything of ours.
 *
 * @param which - Which of them. All of them would end those of other people, too.
 */
export async function killServers(
  which: (server: RunningServer) => boolean,
): Promise<readonly RunningServer[]> {
  const chosen = (await runningServers()).filter(which);
  for (const { pid } of chosen) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process ended by itself before the signal.
    }
  }
  return chosen;
}
