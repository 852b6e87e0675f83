/** A server that is killed again and again, at any moment of a piece that goes on. */

import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { createRoot, flushSync, Group, Synth, useBuffer, useBus } from '../../src/index.js';
import type { QueryTreeNode } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import { startJack, stopJack } from '../setup/jack.js';
import { becomes, bootForTest, engines } from '../setup/servers.js';

const KILLS = Number(process.env.KILLS ?? 50);
/** JACK keeps the shared memory of each client that is killed until another JACK starts: it has some for about 40. */
const KILLS_A_JACK = 25;

let step: () => number = () => 0;

/** Changes everything at each step: controls, order, how many there are, definitions, maps and pausing. */
function Piece() {
  const lfo = useBus({ rate: 'control' });
  const wave = useBuffer({ frames: 64 });
  const [count, set] = useState(0);
  step = () => {
    set(count + 1);
    return count + 1;
  };
  const keys = [0, 1, 2, 3, 4].slice(count % 3);
  if (count % 2) keys.reverse();
  return (
    <>
      <Group name="voices" paused={count % 5 === 0}>
        {keys.map((key) => (
          <Synth key={key} def={(count + key) % 4 === 0 ? pad : tone} freq={100 + count} amp={key / 100} />
        ))}
      </Group>
      <Synth def={tone} freq={lfo.kr()} out={wave} pan={[count, -1]} />
    </>
  );
}

/** What matters of a tree: definitions and controls; what is releasing is none of it. */
const shapeOf = (nodes: readonly QueryTreeNode[]): unknown[] =>
  nodes.flatMap((node): unknown[] => {
    if ('children' in node) return [shapeOf(node.children)];
    const { freq, amp, gate } = node.controls;
    return gate === 0 ? [] : [[node.def, freq, amp]];
  });

const wantedAt = (count: number): unknown[] => {
  const keys = [0, 1, 2, 3, 4].slice(count % 3);
  if (count % 2) keys.reverse();
  return [
    keys.map((key) => [(count + key) % 4 === 0 ? 'pad' : 'tone', 100 + count, Math.fround(key / 100)]),
    ['tone', 'c0', Math.fround(0.1)],
  ];
};

describe.runIf(engines.includes('scsynth'))('scsynth', () => {
  const rounds = Array.from({ length: Math.ceil(KILLS / KILLS_A_JACK) }, (_, round) => ({
    kills: Math.min(KILLS - round * KILLS_A_JACK, KILLS_A_JACK),
    round: String(round + 1),
    from: round * KILLS_A_JACK,
    to: Math.min(KILLS, (round + 1) * KILLS_A_JACK),
  }));

  test.each(rounds)('killed $kills times, round $round: it is back each time with the tree of the JSX', {
    timeout: 120_000,
  }, async ({ from, to }) => {
    const jack = `react-collider-test-${process.pid}-${from}`;
    const jackd = await startJack(jack);
    const server = await bootForTest('scsynth', {
      restart: true,
      env: { ...process.env, JACK_DEFAULT_SERVER: jack },
    });
    const silences: number[] = [];
    const errors: Error[] = [];
    const root = createRoot(server, {
      onError: (error) => errors.push(error),
      onRecover: (silence) => silences.push(silence),
    });
    await root.render(<Piece />);
    let count = 0;
    for (let kill = from; kill < to; kill++) {
      const back = becomes(server, 'online');
      const moment = (kill * 7) % 20;
      let isBack = false;
      void back.then(() => {
        isBack = true;
      });
      // The piece goes on before, while the server is away, and a little after.
      for (let turn = 0; !isBack || turn < 25; turn++) {
        if (turn === moment) process.kill(server.engine.pid!, 'SIGKILL');
        count = flushSync(() => step());
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await root.settled();
      await new Promise((resolve) => setTimeout(resolve, 100)); // releases of the last steps
      const { children } = await server.queryTree(server.defaultGroup.id);
      expect(shapeOf(children), `kill ${kill}`).toEqual(wantedAt(count));
    }
    expect(errors).toEqual([]);
    expect(silences).toHaveLength(to - from);
    expect(Math.max(...silences)).toBeLessThan(10);
    await root.unmount();
    await server.quit();
    await stopJack(jackd);
  });
});
