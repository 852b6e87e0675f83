/** @supercollider/server's bundles to the sink, and @supercollider/dryads on scsynth, without which it never ends. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import dryads from '@supercollider/dryads';
import supercollider from '@supercollider/server';
import { boot } from './ours.js';
import { controlsOf, def, GROUPS, SYNTHS } from './piece.js';

const Client = supercollider.default;
const PATIENCE_MS = 15_000;

/** It writes every message to its log as JSON, also where nobody reads it. */
const log = Object.fromEntries(
  ['sendosc', 'rcvosc', 'err', 'stderr', 'stdout', 'dbug', 'log', 'info', 'warn', 'error'].map((name) => [
    name,
    () => {},
  ]),
);

async function connect(port) {
  const client = new Client({ serverPort: String(port), host: '127.0.0.1', debug: false, log });
  await client.connect();
  return client;
}

/** `send(messages)` sends one bundle as that library does. */
export async function openSupercolliderJs(sink) {
  const client = await connect(sink.port);
  return {
    send: (messages) => client.send.bundle(null, messages),
    close: () => client.disconnect(),
  };
}

/** `play()` mounts W1 and resolves when dryads says so; `undefined` where there is no scsynth. */
export async function openDryads() {
  const jackd = await startJack();
  if (!jackd) return undefined;
  const server = await boot({ engine: 'scsynth', maxNodes: 16_384 });
  const client = await connect(server.engine.transport.description.split(':').at(-1));
  // With the system's default it waits for ever: of 1,101 /n_go some 256 arrive.
  client.osc.setRecvBufferSize(4 * 1024 * 1024);
  await server.synthDefs.ensure(def);
  /** Stands for the server that is there already, by the name that its nodes look for. */
  class SCServer extends dryads.SCServer {
    prepareForAdd() {
      return { callOrder: 'SELF_THEN_CHILDREN', updateContext: () => ({ scserver: client }) };
    }
    remove() {
      return {};
    }
  }
  return {
    async prepare() {
      server.sendMessage('/g_freeAll', 0);
      await server.sync();
    },
    async run() {
      const groups = Array.from({ length: GROUPS }, (_, group) => {
        const synths = Array.from({ length: SYNTHS }, (_, place) => {
          const args = controlsOf(group * SYNTHS + place, 1);
          return new dryads.Synth({ def: 'sine', args });
        });
        return new dryads.Group({}, synths);
      });
      const played = dryads.dryadic(new SCServer({}, [new dryads.Group({}, groups)]), [], { log }).play();
      const isPlayed = await Promise.race([played.then(() => true), delay(PATIENCE_MS, false)]);
      // It waits for all 1,101 notifications, and a busy machine may lose one.
      if (!isPlayed) throw new Error(`dryads had not been told of each of its nodes after ${PATIENCE_MS} ms`);
    },
    async close() {
      client.disconnect();
      await server.quit();
      jackd.kill('SIGTERM');
      await once(jackd, 'exit');
    },
  };
}

async function startJack() {
  try {
    execFileSync('which', ['jackd', 'scsynth'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const name = `react-collider-bench-${process.pid}`;
  const args = ['--no-realtime', '-n', name, '-d', 'dummy', '-r', '48000', '-p', '256'];
  const jackd = spawn('jackd', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  // Also when a workload fails, which ends everything at once.
  process.on('exit', () => jackd.kill('SIGTERM'));
  process.env.JACK_DEFAULT_SERVER = name;
  process.env.JACK_NO_START_SERVER = '1';
  // Its dummy driver says nothing that can be waited for: the output is buffered where it is no terminal.
  jackd.stdout.resume();
  await delay(1500);
  return jackd;
}
