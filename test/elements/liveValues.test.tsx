/** Live values: numbers in controls that change without a render. */

import { StrictMode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  createRoot,
  derive,
  kr,
  type LiveValue,
  liveValue,
  Mixer,
  Synth,
  Track,
  useDerived,
  useLiveValue,
  usePresentValue,
} from '../../src/index.js';
import type { QueryTreeNode } from '../../src/server/index.js';
import { Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { render } from '../../src/testing/index.js';
import { bootForTest, engines } from '../setup/servers.js';

const voice = synthDef('voice', { pair: [0, 0], freq: 440, amp: 0.1, out: 0 }, (c) => {
  Out.ar(c.out, SinOsc.ar(c.freq).mul(c.amp).add(c.pair.mul(0)));
});

describe('commits', () => {
  test('a set leaves as one bundle for all places in one microtask, and renders nothing', async () => {
    let renders = 0;
    let cutoff!: LiveValue;
    function Piece() {
      renders += 1;
      cutoff = useLiveValue(300);
      return (
        <>
          <Synth def={voice} freq={cutoff} />
          <Synth def={voice} freq={cutoff} pair={[1, cutoff]} />
        </>
      );
    }
    const view = await render(<Piece />);
    expect(view.bundles.flat().filter(([address]) => address === '/s_new')).toEqual([
      ['/s_new', 'voice', 1000, 1, 1, 'freq', 300],
      ['/s_new', 'voice', 1001, 1, 1, 'pair', [1, 300], 'freq', 300],
    ]);
    await view.act(() => {
      cutoff.set(310);
      cutoff.set(320);
    });
    expect(view.lastBundle).toEqual([
      ['/n_set', 1000, 'freq', 320],
      ['/n_set', 1001, 'freq', 320],
      ['/n_setn', 1001, 'pair', 2, 1, 320],
    ]);
    expect(renders).toBe(1);
    expect(cutoff.get()).toBe(320);
    const before = view.bundles.length;
    await view.act(() => cutoff.set(320));
    await view.rerender(<Piece />);
    expect(view.bundles).toHaveLength(before);
  });

  test('a derived value follows several, and a change of its function', async () => {
    const [a, b] = [liveValue(2), liveValue(3)];
    function Piece({ plus }: { readonly plus: number }) {
      return <Synth def={voice} freq={useDerived([a, b], (x, y) => x! * y! + plus)} />;
    }
    const view = await render(<Piece plus={0} />);
    await view.act(() => a.set(10));
    expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 30]]);
    await view.rerender(<Piece plus={1} />);
    expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 31]]);
    const doubled = derive(a, (x) => 2 * x!);
    expect([doubled.get(), a.get()]).toEqual([20, 10]);
  });

  test('a number in its place takes over, also one that is equal, and the value is heard no more', async () => {
    const value = liveValue(300);
    const view = await render(<Synth def={voice} freq={value} />);
    await view.act(() => value.set(310));
    await view.rerender(<Synth def={voice} freq={310} />);
    const before = view.bundles.length;
    await view.act(() => value.set(500));
    expect(view.bundles).toHaveLength(before);
    await view.rerender(<Synth def={voice} freq={300} />);
    expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 300]]);
    await view.rerender(<Synth def={voice} freq={value} />);
    expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 500]]);
  });

  test('goes into modulators and tracks', async () => {
    const [rate, gain] = [liveValue(2), liveValue(0)];
    const view = await render(
      <Mixer>
        <Track name="a" gain={gain}>
          <Synth def={voice} freq={kr((c) => SinOsc.kr(c.rate).mul(100), { rate })} />
        </Track>
      </Mixer>,
    );
    await view.act(() => rate.set(5));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'rate', 5]]);
    await view.act(() => gain.set(-20));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'gain', expect.closeTo(0.1, 5)]]);
  });

  test('in StrictMode and after a remount the value goes on', async () => {
    const value = liveValue(300);
    const piece = (isThere: boolean) => (
      <StrictMode>{isThere && <Synth def={voice} freq={value} />}</StrictMode>
    );
    const view = await render(piece(true));
    await view.rerender(piece(false));
    await view.act(() => value.set(700));
    await view.rerender(piece(true));
    expect(view.lastBundle).toEqual([['/s_new', 'voice', expect.any(Number), 1, 1, 'freq', 700]]);
    await view.act(() => value.set(710));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'freq', 710]]);
  });

  test('controls that are gone are dropped, also of a value that is never set', () => {
    const value = liveValue(1);
    let updates = 0;
    let looks = 0;
    for (let note = 0; note < 1000; note++) {
      const use = {
        get isOver() {
          looks += 1;
          return note < 999;
        },
        update: () => {
          if (note === 999) updates += 1;
          return note === 999;
        },
        readAgain: () => {},
      };
      value.addUse({}, 'freq', use, undefined);
    }
    expect(looks).toBeGreaterThan(900);
    expect(looks).toBeLessThan(3000);
    value.set(2);
    expect(updates).toBe(1);
  });

  test('what is shown renders with each change', async () => {
    const value = liveValue(1);
    const shown: number[] = [];
    function Shown() {
      shown.push(usePresentValue(value));
      return null;
    }
    const view = await render(<Shown />);
    await view.act(() => value.set(2));
    expect(shown).toEqual([1, 2]);
  });

  test.each([Number.NaN, 1e39, '3' as never])('%s is refused', (wrong) => {
    expect(() => liveValue(1).set(wrong)).toThrow('A live value is a number up to 3.4e38');
  });
});

test.each(engines)('%s: 300 random scripts leave the server as the values say', async (engine) => {
  const server = await bootForTest(engine);
  const root = createRoot(server);
  let state = 11;
  const random = (count: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % count;
  };
  const values = [liveValue(100), liveValue(200), liveValue(300)];
  const sum = derive(values, (...all) => all.reduce((total, value) => total + value, 0));
  let show: (keys: readonly number[]) => void = () => {};
  function Piece() {
    const [keys, set] = useState<readonly number[]>([0, 1, 2]);
    show = set;
    return keys.map((key) => (
      <Synth
        key={key}
        def={voice}
        exit="free"
        freq={key === 5 ? sum : values[key % 3]!}
        pair={[key, values[(key + 1) % 3]!]}
      />
    ));
  }
  await root.render(<Piece />);
  let keys: readonly number[] = [0, 1, 2];
  for (let step = 0; step < 300; step++) {
    const kind = random(10);
    if (kind < 7) values[random(3)]!.set(random(1000));
    else {
      keys = [0, 1, 2, 3, 4, 5].filter(() => random(2) === 0);
      show(keys);
    }
    if (random(5) === 0) await Promise.resolve();
    if (step === 150) await server.reboot();
  }
  await root.settled();
  const wanted = keys.map((key) => [
    (key === 5 ? sum : values[key % 3]!).get(),
    key,
    values[(key + 1) % 3]!.get(),
  ]);
  const actual = async () =>
    (await server.queryTree(server.defaultGroup.id)).children
      .filter((node): node is Extract<QueryTreeNode, { def: string }> => 'def' in node)
      .map(({ controls }) => [controls.freq, controls.pair, controls['1']]);
  await expect.poll(actual).toEqual(wanted);
  await root.unmount();
  await server.quit();
});
