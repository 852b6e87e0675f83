/**
 * Random scripts of what one does with live values. After each the server has the numbers that the values have.
 *
 * `VALUE_SCRIPTS=300` runs 300 of them on each engine.
 */

import { StrictMode, useState } from 'react';
import { expect, test } from 'vitest';
import { createRoot, derive, liveValue, Synth, useDerived, useLiveValue } from '../../src/index.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import { Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { bootForTest, engines } from '../setup/servers.js';

const SCRIPTS = Number(process.env.VALUE_SCRIPTS ?? 8);
const STEPS = 12;
/** What bundles begin with; queries are messages. */
const NUMBER_SIGN = 0x23;

const voice = synthDef('voice', { pair: [0, 0], freq: 440, amp: 0, out: 0 }, (c) => {
  Out.ar(c.out, SinOsc.ar(c.freq).mul(c.amp).add(c.pair.mul(0)));
});

function randomNumbers(seed: number): (count: number) => number {
  let state = seed * 7919 + 1;
  return (count) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % count;
  };
}

/** Has a part of all bundles not arrive; returns the function that ends this. */
function loseBundles(server: Server, isLost: () => boolean): () => void {
  const { transport } = server.engine as unknown as { transport: { send: (packet: Uint8Array) => void } };
  const { send } = transport;
  transport.send = (packet) => {
    if (packet[0] !== NUMBER_SIGN || !isLost()) send.call(transport, packet);
  };
  return () => {
    transport.send = send;
  };
}

test.each(engines)(`%s: ${SCRIPTS} random scripts leave the server as the values say`, async (engine) => {
  const server = await bootForTest(engine);
  for (let script = 0; script < SCRIPTS; script++) {
    const random = randomNumbers(script);
    const root = createRoot(server, { repairInterval: 0.1 });
    const values = [liveValue(100), liveValue(200), liveValue(300)];
    const sum = derive(values, (...all) => all.reduce((total, value) => total + value, 0));
    let show: (keys: readonly number[]) => void = () => {};
    function Voice({ place }: { readonly place: number }) {
      const twice = useDerived(values[place % 3]!, (value) => 2 * value);
      const standing = useLiveValue(place);
      return (
        <Synth
          def={voice}
          exit="free"
          freq={place === 5 ? sum : place === 4 ? twice : values[place % 3]!}
          pair={[standing, values[(place + 1) % 3]!]}
        />
      );
    }
    function Piece() {
      const [keys, set] = useState<readonly number[]>([0, 1, 2]);
      show = set;
      return keys.map((key) => <Voice key={key} place={key} />);
    }
    const piece =
      random(2) === 0 ? (
        <Piece />
      ) : (
        <StrictMode>
          <Piece />
        </StrictMode>
      );
    await root.render(piece);
    let keys: readonly number[] = [0, 1, 2];
    const isLossy = random(3) === 0;
    const endLoss = isLossy ? loseBundles(server, () => random(4) === 0) : () => {};
    for (let step = 0; step < STEPS; step++) {
      const value = values[random(3)]!;
      switch (random(8)) {
        case 0:
        case 1:
          value.set(random(1000));
          break;
        case 2:
        case 3:
          value.ramp(1 + random(1000), { seconds: random(20) / 100, curve: random(2) === 0 ? 'lin' : 2 });
          break;
        case 4:
          value.ramp(random(1000), { beats: random(4) / 4 });
          break;
        case 5:
          value.follow([
            [0, random(100)],
            [0.05, random(100)],
            [0.1, random(100)],
          ]);
          break;
        case 6:
          value.stop();
          break;
        default:
          keys = [0, 1, 2, 3, 4, 5].filter(() => random(2) === 0);
          show(keys);
      }
      if (random(3) === 0) await root.settled();
    }
    endLoss();
    if (script % 8 === 7) await server.reboot();
    // Some stand at once, and some come to the end of their way.
    for (const value of values) if (random(2) === 0) value.stop();
    await expect.poll(() => values.some((value) => value.isMoving)).toBe(false);
    await root.settled();
    const wanted = () =>
      keys.map((key) => {
        const [first, next] = [values[key % 3]!.get(), values[(key + 1) % 3]!.get()];
        const freq = key === 5 ? sum.get() : key === 4 ? 2 * first : first;
        return [freq, key, next].map(Math.fround);
      });
    const actual = async () =>
      (await server.queryTree(server.defaultGroup.id)).children
        .filter((node): node is Extract<QueryTreeNode, { def: string }> => 'def' in node)
        .map(({ controls }) => [controls.freq, controls.pair, controls['1']]);
    // Values go on for a moment: a ramp in beats begins with the transport.
    const beside = async () => {
      const found = await actual();
      return JSON.stringify(found) === JSON.stringify(wanted()) ? [] : [found, wanted()];
    };
    await expect.poll(beside, { message: `script ${script}` }).toEqual([]);
    await root.unmount();
  }
  await server.quit();
});
