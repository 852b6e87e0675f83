/**
 * Looks at a server for everybody who wants to see it: keeps the picture, and answers questions.
 *
 * It asks the server only what somebody looks at. The inspection does not know its channel: a page
 * with a server of its own calls it, and a browser uses a WebSocket.
 */

import type { Answers, FromServer, QuestionName, Questions, ServerFacts, ToServer } from '../protocol.js';
import { listBuffers, readWaveform } from './buffers.js';
import { BusMonitors } from './busMonitors.js';
import { checkQuestion } from './checks.js';
import { Console } from './console.js';
import { Controls } from './controls.js';
import { synthDefGraphs } from './graphs.js';
import { Labels } from './labels.js';
import { Load } from './load.js';
import { Picture } from './picture.js';
import type { Subject } from './subject.js';
import { Timeline } from './timeline.js';

/** Somebody who looks. */
export interface Viewer {
  /** Takes what they ask. */
  receive(message: ToServer): Promise<void>;
  close(): void;
}

type NodeId = Parameters<Subject['server']['tree']['get']>[0];

type Handlers = {
  readonly [Name in QuestionName]: (
    ask: Questions[Name],
    viewer: object,
  ) => Answers[Name] | Promise<Answers[Name]>;
};

export class Inspection {
  readonly #subject: Subject;
  readonly #picture: Picture;
  readonly #labels: Labels;
  readonly #controls: Controls;
  readonly #timeline: Timeline;
  readonly #load: Load;
  readonly #ears: BusMonitors;
  readonly #console: Console;
  readonly #ends: readonly (() => void)[];
  readonly #handlers: Handlers;
  readonly #viewers = new Set<object>();

  constructor(subject: Subject) {
    const { server, commits } = subject;
    this.#subject = subject;
    this.#picture = new Picture({
      server: factsOf(subject),
      nodes: server.tree.snapshot(),
      labels: {},
      controls: {},
      marks: {},
      timeline: {},
      load: {},
      defs: server.synthDefs.names().toSorted(),
    });
    this.#labels = new Labels(subject, this.#picture);
    this.#controls = new Controls(server, this.#picture, this.#labels);
    this.#timeline = new Timeline(subject, this.#picture);
    this.#load = new Load(subject, this.#picture);
    this.#ears = new BusMonitors(server);
    this.#console = new Console(server);
    this.#ends = [
      server.tree.subscribe((nodes, patches) => {
        this.#picture.changeNodes(nodes, patches);
        this.#forget(patches.flatMap(({ op, path }) => (op === 'remove' ? [Number(path[0])] : [])));
        this.#updateLabels();
        this.#updateDefs();
      }),
      server.onLifecycle(() => this.#updateFacts()),
      commits?.subscribe(() => this.#updateLabels()) ?? (() => {}),
    ];
    this.#handlers = this.#makeHandlers();
  }

  /** Somebody begins to look: they are sent the snapshot, and what changes. */
  connect(send: (message: FromServer) => void): Viewer {
    const viewer = {};
    this.#viewers.add(viewer);
    this.#updateLabels();
    const ends = [
      this.#picture.subscribe((patches) => send({ type: 'patches', patches })),
      this.#console.subscribe((messages, left) => send({ type: 'heard', messages, left })),
    ];
    send({ type: 'snapshot', snapshot: this.#picture.snapshot });
    return {
      receive: async ({ id, type, ask }) => {
        try {
          checkQuestion(type, ask);
          const handler = this.#handlers[type] as (ask: unknown, viewer: object) => unknown;
          send({ type: 'answer', id, value: await handler(ask, viewer) });
        } catch (error) {
          send({ type: 'refused', id, reason: error instanceof Error ? error.message : String(error) });
        }
      },
      close: () => {
        this.#viewers.delete(viewer);
        this.#controls.watch(viewer, []);
        for (const end of ends) end();
      },
    };
  }

  /** Stops looking; the server stays as it is. */
  close(): void {
    for (const end of this.#ends) end();
    for (const part of [
      this.#labels,
      this.#controls,
      this.#timeline,
      this.#load,
      this.#ears,
      this.#console,
      this.#picture,
    ])
      part.close();
  }

  #makeHandlers(): Handlers {
    const { server } = this.#subject;
    return {
      set: ({ id, control, value }) => {
        server.send([{ type: '/n_set', id: id as NodeId, controls: [control, value] }]);
        void this.#controls.update();
        return null;
      },
      run: ({ id, on }) => {
        server.send([{ type: '/n_run', nodes: [[id as NodeId, on]] }]);
        return null;
      },
      free: ({ id }) => {
        server.send([{ type: '/n_free', id: id as NodeId }]);
        return null;
      },
      watch: ({ ids }, viewer) => {
        this.#controls.watch(viewer, ids);
        return null;
      },
      send: ({ text }) => this.#console.send(text),
      messages: ({ number }) => this.#timeline.messagesOf(number),
      graph: ({ def }) => synthDefGraphs(server.synthDefs.get(def))[0] ?? null,
      buffers: ({ from, count }) => listBuffers(server, from, count),
      waveform: ({ number, columns }) => readWaveform(server, number, columns),
      listen: (question) => this.#ears.hear(question),
    };
  }

  #updateFacts(): void {
    const facts = factsOf(this.#subject);
    this.#picture.change((draft) => {
      draft.server = facts as typeof draft.server;
    });
  }

  #updateDefs(): void {
    const defs = this.#subject.server.synthDefs.names().toSorted();
    if (defs.join() === this.#picture.snapshot.defs.join()) return;
    this.#picture.change((draft) => {
      draft.defs = defs;
    });
  }

  /** Names are looked for only while somebody looks. */
  #updateLabels(): void {
    if (this.#viewers.size > 0) this.#labels.update();
  }

  #forget(ended: readonly number[]): void {
    const { labels, controls } = this.#picture.snapshot;
    const known = ended.filter((id) => labels[id] || controls[id]);
    if (known.length === 0) return;
    this.#picture.change((draft) => {
      for (const id of known) {
        delete draft.labels[id];
        delete draft.controls[id];
      }
    });
  }
}

function factsOf({ server, commits, root }: Subject): ServerFacts {
  return {
    description: server.engine.description,
    kind: server.engine.kind,
    state: server.state,
    isResponsive: server.isResponsive,
    isOwner: server.isOwner,
    clientId: server.clientId,
    maxLogins: server.maxLogins,
    options: { ...server.options, password: server.options.password === undefined ? undefined : '•••' },
    command: server.engine.command,
    hasSession: commits !== undefined || root !== undefined,
  };
}
