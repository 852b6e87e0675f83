/** Two thousand nodes that change, in an inspector whose tree is scrolled meanwhile. */

import { expect, onTestFinished } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { CommitLog } from '../../src/inspector/node.js';
import { createRoot } from '../../src/node.js';
import { tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';
import { inspectorPage } from './inspectorPage.js';

const GROUPS = 20;
const VOICES = 99;

/** Of these nodes each step changes a hundred, ends twenty and makes as many others. */
function Voices({ step }: { readonly step: number }) {
  return Array.from({ length: GROUPS }, (_, group) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: groups stay where they are.
    <Group key={group} name={`group ${group}`}>
      {Array.from({ length: VOICES }, (_, voice) => {
        const key = voice === 0 ? `first ${step}` : voice;
        return <Synth key={key} def={tone} freq={100 + voice + (voice % 20 === 1 ? step : 0)} amp={0} />;
      })}
    </Group>
  ));
}

export interface Scrolled {
  readonly framesPerSecond: number;
  /** Seconds of the processor that the page's thread takes for a frame. */
  readonly processorTime: number;
  /** How many different lines were in the page. */
  readonly linesSeen: number;
  /** How often the nodes were changed meanwhile. */
  readonly steps: number;
}

/** Scrolls through 2,000 nodes for three seconds, while they change twenty times a second. */
export async function scrollThroughManyNodes(): Promise<Scrolled> {
  const server = await freshServer(engines[0]!);
  const commits = new CommitLog();
  const root = createRoot(server, { onCommit: commits.add });
  onTestFinished(() => root.unmount());
  await root.render(<Voices step={0} />);
  const { page, errors } = await inspectorPage({ server, root, commits });
  await page.getByText('2002 nodes').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  let steps = 0;
  const timer = setInterval(() => void root.render(<Voices step={++steps} />), 50);
  const before = await taken();
  const { frames, seconds, linesSeen } = await page.evaluate(async () => {
    const tree = document.querySelector('[role=tree]')!;
    const seen = new Set<string>();
    const begun = performance.now();
    let frames = 0;
    while (performance.now() < begun + 3000) {
      await new Promise(requestAnimationFrame);
      frames += 1;
      // To the end and back, a page's height every ten frames.
      const way = frames * 60;
      const length = tree.scrollHeight - tree.clientHeight;
      tree.scrollTop = length - Math.abs((way % (2 * length)) - length);
      for (const line of tree.querySelectorAll('[role=treeitem]')) seen.add(line.id);
    }
    return { frames, seconds: (performance.now() - begun) / 1000, linesSeen: seen.size };
  });
  clearInterval(timer);
  const processorTime = ((await taken()) - before) / frames;
  // It is the server's tree still.
  const { synths, groups } = await server.status();
  expect(synths + groups).toBe(2002);
  await page.getByText('2002 nodes').waitFor();
  expect(errors).toEqual([]);
  return { framesPerSecond: frames / seconds, processorTime, linesSeen, steps };
}
