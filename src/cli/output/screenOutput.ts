import { toOsc } from 'react-collider/server';
import { describeClipping } from '../../terminal/clipping.js';
import { type OpenScreen, openScreen } from '../../terminal/openScreen.js';
import { count, printMessage } from '../../terminal/print.js';
import type { Output } from './output.js';
import { describeProblem } from './plainOutput.js';

/**
 * The screen, from the moment when the engine is there to the end.
 *
 * @param plain - Says what comes before and after.
 */
export function screenOutput(plain: Output): Output {
  let screen: OpenScreen | undefined;
  return {
    isWatched: true,
    engine(engine, reason) {
      if (!screen) plain.engine(engine, reason);
    },
    async opens(performance, quit) {
      screen = openScreen({ performance, quit });
    },
    server: () => {}, // the monitor hears of it
    ready: async () => screen?.draw(),
    commit: (commit) => screen?.monitor.commit(commit),
    update({ files, commits, milliseconds }) {
      const messages = commits.flatMap(({ commands }) =>
        commands.map((command) => printMessage(toOsc(command))),
      );
      const sent = messages.length === 0 ? 'nothing to send' : count(messages.length, 'message');
      screen?.monitor.setProblem(undefined);
      screen?.monitor.tell('info', `${files.join(', ')} changed · ${sent} · ${milliseconds.toFixed(0)} ms`);
    },
    problem: (problem) => screen?.monitor.setProblem(problem),
    late: ({ message }) => screen?.monitor.tell('warning', message),
    clips: (clipping) => screen?.monitor.tell('warning', describeClipping(clipping)),
    async closes() {
      const closed = screen;
      screen = undefined;
      await closed?.close();
      // The screen takes everything away with it, and what is wrong still is wanted afterwards.
      if (closed?.monitor.problem) console.error(describeProblem(closed.monitor.problem));
    },
    recorded: plain.recorded,
    failed: plain.failed,
    exit: plain.exit,
  };
}
