/** Load of the server, once a second: its status, and what was late or lost on our side. */

import type { Server } from '../../server/index.js';
import type { LoadPoint } from '../protocol.js';
import type { Picture } from './picture.js';
import type { Subject } from './subject.js';

/** Five minutes. */
const KEPT = 300;

export class Load {
  readonly #subject: Subject;
  readonly #end: () => void;
  #last = 0;
  #lost: number;
  #late: number;

  constructor(subject: Subject, picture: Picture) {
    this.#subject = subject;
    this.#lost = lostOf(subject.server);
    this.#late = lateOf(subject);
    // The heartbeat asks once a second, whoever looks.
    this.#end = subject.server.on('/status.reply', () => {
      const point = this.#point();
      if (!point) return;
      this.#last += 1;
      const number = this.#last;
      picture.change((draft) => {
        draft.load[number] = point;
        delete draft.load[number - KEPT];
      });
    });
  }

  close(): void {
    this.#end();
  }

  #point(): LoadPoint | undefined {
    const { server } = this.#subject;
    const { lastStatus } = server;
    if (!lastStatus) return undefined;
    const lost = lostOf(server);
    const late = lateOf(this.#subject);
    const point: LoadPoint = {
      at: Date.now() / 1000,
      averageCpu: lastStatus.averageCpu,
      peakCpu: lastStatus.peakCpu,
      synths: lastStatus.synths,
      groups: lastStatus.groups,
      unitGenerators: lastStatus.unitGenerators,
      // A session that began again counts from the beginning.
      late: Math.max(0, late - this.#late),
      dropped: Math.max(0, lost - this.#lost),
      backlog: server.backlog,
    };
    this.#lost = lost;
    this.#late = late;
    return point;
  }
}

const lateOf = ({ root }: Subject): number => root?.scheduler.counts.late ?? 0;

/** Packets that were no OSC, and errors of the socket. */
const lostOf = (server: Server): number => server.malformedPackets + server.engine.transport.counts.errors;
