/** Many nodes that change, in an inspector whose tree is scrolled meanwhile. */

import { expect, onTestFinished } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { CommitLog } from '../../src/inspector/node.js';
import { createRoot } from '../../src/node.js';
import { tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';
import { inspectorPage } from './inspectorPage.js';

const VOICES = 99;
const FRAMES = 90;

/** Of the hundred nodes of each group each step changes five, ends one and makes another. */
function Voices({ groups, step }: { readonly groups: number; readonly step: number }) {
  return Array.from({ length: groups }, (_, group) => (
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
  /** Seconds of the processor that the page's thread takes for a frame. */
  readonly processorTime: number;
  /** How many different lines were in the page. */
  readonly linesSeen: number;
  /** How often the nodes were changed meanwhile. */
  readonly steps: number;
}

/** Scrolls through groups of a hundred nodes for 90 frames, while they change twenty times a second. */
export async function scrollThroughNodes(groups: number): Promise<Scrolled> {
  const count = groups * (VOICES + 1);
  const shown = `${count + 2} nodes`;
  const server = await freshServer(engines[0]!);
  const commits = new CommitLog();
  const root = createRoot(server, { onCommit: commits.add });
  onTestFinished(() => root.unmount());
  await root.render(<Voices groups={groups} step={0} />);
  const { page, errors } = await inspectorPage({ server, root, commits });
  await page.getByText(shown).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  let steps = 0;
  const timer = setInterval(() => void root.render(<Voices groups={groups} step={++steps} />), 50);
  const before = await taken();
  const linesSeen = await page.evaluate(async (frames) => {
    const tree = document.querySelector('[role=tree]')!;
    const seen = new Set<string>();
    for (let frame = 1; frame <= frames; frame++) {
      await new Promise(requestAnimationFrame);
      // To the end and back, a page's height every ten frames.
      const way = frame * 60;
      const length = tree.scrollHeight - tree.clientHeight;
      tree.scrollTop = length - Math.abs((way % (2 * length)) - length);
      for (const line of tree.querySelectorAll('[role=treeitem]')) seen.add(line.id);
    }
    return seen.size;
  }, FRAMES);
  clearInterval(timer);
  const processorTime = ((await taken()) - before) / FRAMES;
  // It is the server's tree still.
  const status = await server.status();
  expect(status.synths + status.groups).toBe(count + 2);
  await page.getByText(shown).waitFor();
  expect(errors).toEqual([]);
  return { processorTime, linesSeen, steps };
}
