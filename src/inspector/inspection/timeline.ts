/** Timeline: commits of a session, or notifications of the server where there is no session. */

import { type Command, type Message, type ReceivedMessage, toOsc } from '../../server/index.js';
import type { LoggedCommit } from '../commitLog.js';
import type { Mark, TimelineEntry } from '../protocol.js';
import { printMessage, sizeOf } from './oscText.js';
import type { Picture } from './picture.js';
import type { Subject } from './subject.js';

/** Entries that are kept. */
const KEPT = 200;
/** Messages of an entry that are in the snapshot; a page asks for the others. */
const SHOWN = 40;
/** Notifications within so many milliseconds are one entry. */
const TOGETHER_MS = 50;

const NOTICES = ['/n_go', '/n_end', '/n_move', '/n_off', '/n_on'] as const;

export class Timeline {
  readonly #picture: Picture;
  readonly #ends: (() => void)[];
  /** Messages by the number of their entry. */
  readonly #messages = new Map<number, readonly Message[]>();
  #notices: ReceivedMessage[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  constructor({ server, commits }: Subject, picture: Picture) {
    this.#picture = picture;
    if (commits) {
      for (const logged of commits.recent) this.#commit(logged);
      this.#ends = [commits.subscribe((logged) => this.#commit(logged))];
    } else this.#ends = NOTICES.map((address) => server.on(address, (message) => this.#notice(message)));
  }

  /** All messages of an entry, while it is kept. */
  messagesOf(number: number): readonly string[] {
    return (this.#messages.get(number) ?? []).map(printMessage);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
  }

  #commit({ commit, at }: LoggedCommit): void {
    const messages = commit.commands.map(toOsc);
    const marks = new Map<number, Mark>();
    for (const command of commit.commands) markCommand(marks, command);
    this.#add('commit', at, commit.time ?? null, messages, marks);
  }

  #notice(message: ReceivedMessage): void {
    this.#notices.push(message);
    this.#timer ??= setTimeout(() => {
      const notices = this.#notices;
      this.#notices = [];
      this.#timer = undefined;
      const marks = new Map<number, Mark>();
      for (const { address, args } of notices) {
        const mark = NOTICE_MARKS[address];
        if (mark) marks.set(Number(args[0]), mark);
      }
      const messages = notices.map(({ address, args }) => [address, ...args] as Message);
      this.#add('notice', Date.now() / 1000, null, messages, marks);
    }, TOGETHER_MS);
  }

  #add(
    kind: TimelineEntry['kind'],
    at: number,
    time: number | null,
    messages: readonly Message[],
    marks: ReadonlyMap<number, Mark>,
  ): void {
    this.#last += 1;
    const number = this.#last;
    this.#messages.set(number, messages);
    this.#messages.delete(number - KEPT);
    const count = messages.length;
    const size = messages.reduce((sum, message) => sum + sizeOf(message), 0);
    const shown = messages.slice(0, SHOWN).map(printMessage);
    this.#picture.change((draft) => {
      draft.timeline[number] = { number, kind, at, time, size, count, messages: shown };
      delete draft.timeline[number - KEPT];
      draft.marks = Object.fromEntries(marks);
    });
  }
}

const NOTICE_MARKS: Readonly<Record<string, Mark>> = {
  '/n_go': 'new',
  '/n_move': 'moved',
  '/n_off': 'paused',
  '/n_on': 'set',
};

function markCommand(marks: Map<number, Mark>, command: Command): void {
  switch (command.type) {
    case '/s_new':
      marks.set(command.id, 'new');
      break;
    case '/g_new':
    case '/p_new':
      for (const { id } of command.groups) marks.set(id, 'new');
      break;
    case '/n_set':
    case '/n_setn':
    case '/n_map':
    case '/n_mapa':
    case '/n_mapn':
    case '/n_mapan':
      // What is new stays new, whatever is set in it.
      if (!marks.has(command.id)) marks.set(command.id, 'set');
      break;
    case '/n_order':
      for (const id of command.ids) marks.set(id, 'moved');
      break;
    case '/n_before':
    case '/n_after':
      for (const [id] of command.moves) marks.set(id, 'moved');
      break;
    case '/g_head':
    case '/g_tail':
      for (const [, id] of command.moves) marks.set(id, 'moved');
      break;
    case '/n_run':
      for (const [id, on] of command.nodes) marks.set(id, on ? 'set' : 'paused');
  }
}
