/**
 * The same messages to scsynth itself and to the embedded engine: the answers are to be the same.
 *
 * Left out is what 3.14 does otherwise than 3.13: a synth that is replaced has its /n_end; and what the
 * embedded engine lacks: /d_removed when the last synth of a freed definition ends.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootEmbedded } from '../../../src/engine/embedded/bootEmbedded.js';
import type { Engine } from '../../../src/engine/engine.js';
import { bootNative } from '../../../src/engine/native/boot.js';
import { decodePacket } from '../../../src/osc/decode.js';
import { encodePacket } from '../../../src/osc/encode.js';
import type { Message, ReceivedMessage } from '../../../src/osc/message.js';
import { IMMEDIATELY } from '../../../src/osc/timetag.js';
import { serverOptions } from '../../../src/server/serverOptions.js';
import { engines } from '../../setup/servers.js';
import { level, noise, sine } from './soundDefs.js';

const options = serverOptions({ device: undefined });
const tone = fileURLToPath(new URL('../soundfile/files/tone.wav', import.meta.url));

/** One engine and what it says to a script of messages. */
class Client {
  readonly #heard: unknown[][] = [];
  #synced: (() => void) | undefined;

  constructor(readonly engine: Engine) {
    engine.transport.listen({
      onPacket: (packet) => this.#hear(decodePacket(packet) as ReceivedMessage),
      onError: () => undefined,
      onClose: () => undefined,
    });
  }

  /** What is answered to messages that are sent together, up to the answer to a `/sync` after them. */
  async ask(messages: readonly Message[]): Promise<unknown[][]> {
    this.#heard.length = 0;
    this.engine.transport.send(encodePacket({ timetag: IMMEDIATELY, elements: messages }));
    await this.#sync(1);
    await this.#sync(2); // what happened to nodes may come after the first answer
    return [...this.#heard];
  }

  async #sync(id: number): Promise<void> {
    const synced = new Promise<void>((resolve) => {
      this.#synced = resolve;
    });
    this.engine.transport.send(encodePacket(['/sync', id]));
    await synced;
  }

  #hear({ address, args }: ReceivedMessage): void {
    if (address === '/synced') this.#synced?.();
    else this.#heard.push([address, ...args]);
  }
}

const isNotification = ([address]: readonly unknown[]): boolean => /^\/(n_|d_removed)/.test(String(address));
const notificationsIn = (heard: unknown[][]): unknown[][] => heard.filter(isNotification);
const answersIn = (heard: unknown[][]): unknown[][] => heard.filter((each) => !isNotification(each));

let folder: string;
let native: Client;
let embedded: Client;

describe.runIf(engines.includes('scsynth'))('the embedded engine answers as scsynth to', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'embedded-'));
    native = new Client(await bootNative('scsynth', { options, env: process.env }));
    embedded = new Client(await bootEmbedded({ ...options, device: 'none' }));
    for (const client of [native, embedded]) {
      await client.ask([['/notify', 1, 0]]);
      for (const bytes of [level, sine, noise]) await client.ask([['/d_recv', bytes]]);
    }
  });

  afterAll(async () => {
    await Promise.all([native?.engine.quit(), embedded?.engine.quit()]);
    await rm(folder, { recursive: true });
  });

  const script: readonly (readonly [title: string, ...messages: Message[]])[] = [
    ['a second /notify', ['/notify', 1, 0]],
    ['groups', ['/g_new', 1, 0, 0, 2, 1, 1]],
    ['a group that is there', ['/g_new', 1, 0, 0]],
    [
      'synths in all places',
      ['/s_new', 'sine', 1000, 0, 1],
      ['/s_new', 'sine', 1001, 1, 1, 'freq', 220],
      ['/s_new', 'level', 1002, 2, 1001],
      ['/s_new', 'level', 1003, 3, 1001],
    ],
    ['a used id', ['/s_new', 'sine', 1000, 0, 1]],
    [
      'an unknown definition, and a message after it',
      ['/s_new', 'nope', 1005, 0, 1],
      ['/c_set', 1, 5],
      ['/c_get', 1],
    ],
    ['an unknown target', ['/s_new', 'sine', 1005, 0, 99]],
    ['a negative id', ['/s_new', 'sine', -5, 0, 1]],
    ['the tree', ['/g_queryTree', 0, 0]],
    ['the tree with controls', ['/g_queryTree', 0, 1]],
    ['an unknown group’s tree', ['/g_queryTree', 77, 0]],
    [
      'moves',
      ['/n_before', 1001, 1000],
      ['/n_after', 1000, 1001],
      ['/g_head', 1, 1000],
      ['/g_tail', 1, 1000],
    ],
    ['an order', ['/n_order', 0, 1, 1001, 1000]],
    ['pause and go on', ['/n_run', 1000, 0, 1000, 0], ['/n_run', 1000, 1]],
    [
      'controls',
      ['/n_set', 1000, 'freq', 330, 'amp', 0.25],
      ['/s_get', 1000, 'freq', 'amp', 'nope'],
      ['/s_getn', 1000, 0, 3],
    ],
    ['a mapped control', ['/c_set', 3, 0.5], ['/n_map', 1000, 'amp', 3], ['/s_get', 1000, 'amp']],
    ['a mapped control in the tree', ['/g_queryTree', 1, 1]],
    ['an unmapped control', ['/n_map', 1000, 'amp', -1], ['/s_get', 1000, 'amp']],
    ['/n_query', ['/n_query', 1000, 1, 0]],
    ['an unknown node', ['/n_set', 555, 'freq', 1]],
    ['/n_free of several of which one is missing', ['/n_free', 1002, 777, 1001]],
    [
      'control buses',
      ['/c_setn', 10, 3, 1, 2, 3],
      ['/c_fill', 20, 2, 7],
      ['/c_getn', 10, 3, 20, 2],
      ['/c_get', 10, 11],
    ],
    ['a control bus out of range', ['/c_set', 99_999, 1], ['/c_get', 99_999]],
    ['/b_alloc with a completion', ['/b_alloc', 3, 1024, 2, encodePacket(['/b_query', 3])]],
    [
      'buffer contents',
      ['/b_set', 3, 1, 0.5],
      ['/b_setn', 3, 2, 2, 0.25, 0.75],
      ['/b_fill', 3, 4, 2, 0.125],
      ['/b_get', 3, 1, 2],
      ['/b_getn', 3, 0, 6],
    ],
    ['a sample out of range', ['/b_set', 3, 5000, 1], ['/b_get', 3, 5000]],
    ['/b_gen', ['/b_gen', 3, 'normalize', 0.5]],
    ['an unknown /b_gen', ['/b_gen', 3, 'nope']],
    ['/b_zero', ['/b_zero', 3, encodePacket(['/b_query', 3])]],
    ['/b_allocRead', ['/b_allocRead', 4, tone, 0, 0, encodePacket(['/b_query', 4])]],
    ['the samples of a file', ['/b_getn', 4, 100, 8]],
    ['/b_allocRead of a part', ['/b_allocRead', 4, tone, 10, 20, encodePacket(['/b_query', 4])]],
    ['/b_allocReadChannel', ['/b_allocReadChannel', 5, tone, 5, 10, 1, encodePacket(['/b_query', 5])]],
    ['/b_allocReadChannel of a channel that is not there', ['/b_allocReadChannel', 6, tone, 0, 0, 5]],
    ['a file that is not there', ['/b_allocRead', 4, '/nope.wav']],
    ['/b_read', ['/b_read', 4, tone, 50, 5, 2, 0]],
    ['what /b_read has read', ['/b_getn', 4, 2, 12], ['/b_query', 4]],
    ['/b_read of other channels', ['/b_read', 5, tone]],
    ['/b_close', ['/b_close', 4]],
    ['/b_free', ['/b_free', 4, encodePacket(['/b_query', 4])]],
    ['/b_free again', ['/b_free', 4]],
    ['/b_query of what is not there', ['/b_query', 9]],
    ['a definition without bytes', ['/d_recv']],
    ['a definition with a completion', ['/d_recv', noise, encodePacket(['/s_new', 'noise', 1010, 0, 1])]],
    ['/d_free of what is not there', ['/d_free', 'nope']],
    ['/d_load of what is not there', ['/d_load', '/nope.scsyndef']],
    ['an unknown command', ['/nope', 1]],
    ['/error that silences', ['/error', -1], ['/n_set', 555, 'freq', 1]],
    [
      '/g_deepFree and /g_freeAll',
      ['/g_new', 5, 1, 1],
      ['/s_new', 'sine', 1020, 0, 5],
      ['/g_deepFree', 1],
      ['/g_freeAll', 1],
    ],
    ['a parallel group', ['/p_new', 6, 0, 0], ['/n_free', 6]],
    ['an add action that is none', ['/g_new', 7, 9, 0]],
    ['/clearSched', ['/clearSched']],
    ['/notify off, twice', ['/notify', 0], ['/notify', 0]],
  ];

  test.each(script.map(([title, ...messages]) => [title, messages] as const))('%s', async (_, messages) => {
    const [expected, found] = await Promise.all([native.ask(messages), embedded.ask(messages)]);
    // Notifications and answers come from different threads of scsynth, so only each for itself has an order.
    expect(answersIn(found)).toEqual(answersIn(expected));
    expect(notificationsIn(found)).toEqual(notificationsIn(expected));
  });

  test.each([
    ['wav', 'float'],
    ['aiff', 'int16'],
  ])('/b_write as %s of %s, read back by the other', async (header, format) => {
    const write = (path: string): Message[] => [
      ['/b_allocRead', 8, tone, 0, 50],
      ['/sync', 3],
      ['/b_write', 8, path, header, format],
    ];
    const read = (path: string): Message[] => [
      ['/b_allocRead', 9, path, 0, 0, encodePacket(['/b_getn', 9, 0, 100])],
    ];
    const paths = [join(folder, `native.${header}`), join(folder, `embedded.${header}`)] as const;
    await native.ask(write(paths[0]));
    await embedded.ask(write(paths[1]));
    const answers = [
      await native.ask(read(paths[0])),
      await native.ask(read(paths[1])),
      await embedded.ask(read(paths[0])),
      await embedded.ask(read(paths[1])),
    ];
    expect(answers[0]?.[0]?.length).toBe(104);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});
