/** `doctor`: what works here, and how to fix the rest. */

import { execa } from 'execa';
import { boot, findServer, type NativeProgram, runningServers, type SoundOut } from 'react-collider/node';
import { exitCodes } from '../exitCodes.js';

interface Finding {
  readonly what: string;
  readonly is: 'ok' | 'note' | 'wrong';
  readonly text: string;
}

/** Prints what it finds; the exit code says whether anything here makes sound. */
export async function doctor({ json = false }: { readonly json?: boolean }): Promise<number> {
  const findings: Finding[] = [];
  for (const examine of [
    node,
    embedded,
    native('scsynth'),
    native('supernova'),
    sclang,
    jack,
    port,
    zombies,
  ]) {
    for (const finding of [await examine()].flat()) {
      findings.push(finding);
      if (!json) console.log(`${signs[finding.is]} ${finding.what.padEnd(12)} ${finding.text}`);
    }
  }
  if (json) console.log(JSON.stringify(findings));
  const plays = findings.some(
    ({ what, is }) => is === 'ok' && ['embedded', 'scsynth', 'supernova'].includes(what),
  );
  return plays ? exitCodes.ok : exitCodes.engine;
}

const signs = { ok: '✓', note: '·', wrong: '✗' } as const;

async function node(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'Node',
    is: isNew ? 'ok' : 'wrong',
    text: `${process.versions.node}${isNew ? '' : ': install 20.19 or newer'}`,
  };
}

async function embedded(): Promise<Finding[]> {
  try {
    const server = await boot({ engine: 'embedded' });
    const { description, soundOut } = server.engine;
    await server.quit();
    return [{ what: 'embedded', is: 'ok', text: description }, playing(soundOut)];
  } catch (error) {
    return [{ what: 'embedded', is: 'wrong', text: messageOf(error) }];
  }
}

/** The player that really opened: many a player is installed where it finds no device. */
function playing({ player, failures = [] }: Partial<SoundOut> = {}): Finding {
  const tried = failures.join('; ');
  return player === undefined
    ? { what: 'playing', is: 'note', text: `the embedded engine runs silently, and records. Tried ${tried}` }
    : {
        what: 'playing',
        is: 'ok',
        text: `the embedded engine is heard by ${player}${tried === '' ? '' : `; tried before ${tried}`}`,
      };
}

const native = (program: NativeProgram) => async (): Promise<Finding> => {
  let path: string;
  try {
    path = findServer(program);
  } catch {
    const advice = { scsynth: 'supercollider-server', supernova: 'supercollider-supernova' }[program];
    return {
      what: program,
      is: 'note',
      text: `not found on PATH, in ${program.toUpperCase()} or the usual places; on Debian: apt install ${advice}, elsewhere install SuperCollider`,
    };
  }
  try {
    const server = await boot({ engine: program, path });
    const { description } = server.engine;
    await server.quit();
    return { what: program, is: 'ok', text: `${description} (${path})` };
  } catch (error) {
    return { what: program, is: 'wrong', text: `${path} does not boot: ${shortened(messageOf(error))}` };
  }
};

async function sclang(): Promise<Finding> {
  const path = await whereIs('sclang');
  return path
    ? { what: 'sclang', is: 'ok', text: `${path}: .scd files can be compiled` }
    : {
        what: 'sclang',
        is: 'note',
        text: 'not found; only .scd files need it. Debian: apt install supercollider-language',
      };
}

async function jack(): Promise<Finding> {
  if (process.platform !== 'linux') return { what: 'JACK', is: 'note', text: 'not needed here' };
  const { stdout } = await execa('ps', ['-A', '-o', 'args='], { reject: false });
  const running = stdout.split('\n').find((line) => /(^|\/)(jackd|jackdbus|pipewire)( |$)/.test(line));
  if (running) return { what: 'JACK', is: 'ok', text: `${running.trim().split(' ')[0]} runs` };
  const installed = await whereIs('jackd');
  return {
    what: 'JACK',
    is: 'note',
    text: installed
      ? 'jackd is installed and does not run: start it (jackd -d alsa, or -d dummy without a sound device), or PipeWire'
      : 'neither jackd nor PipeWire is here; scsynth and supernova need one on Linux, the embedded engine does not',
  };
}

async function port(): Promise<Finding> {
  const taken = (await runningServers()).find((server) => server.port === 57110);
  return taken
    ? {
        what: 'port 57110',
        is: 'note',
        text: `taken by ${taken.program}, process ${taken.pid}: react-collider takes a free one by itself`,
      }
    : { what: 'port 57110', is: 'ok', text: 'no server of ours or others has it' };
}

async function zombies(): Promise<Finding> {
  const servers = await runningServers();
  if (servers.length === 0)
    return { what: 'running', is: 'ok', text: 'no scsynth or supernova is left over' };
  const list = servers
    .map(({ program, pid, port }) => `${program} ${pid}${port ? ` at ${port}` : ''}`)
    .join(', ');
  return {
    what: 'running',
    is: 'note',
    text: `${list}: react-collider quit --port N ends one that nobody needs`,
  };
}

async function whereIs(program: string): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('which', [program], { reject: false });
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** Without the server's last words and its command line: what happened, and the advice. */
const shortened = (message: string): string =>
  message.replace(/ Its last words: ".*"\. /s, ' ').replace(/ Started as: .*$/s, '');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
