/** Commits in which nothing but controls changes, which compare no trees. */

import { useState } from 'react';
import { expect, test } from 'vitest';
import { Group, Synth, type SynthHandle } from '../../src/index.js';
import { render } from '../../src/testing/index.js';
import { ping, tone } from '../setup/definitions.js';

type Setter = (freq: number) => void;

function Voice({ setters, index }: { readonly setters: Setter[]; readonly index: number }) {
  const [freq, set] = useState(100);
  setters[index] = set;
  return <Synth def={tone} freq={freq} />;
}

/** Two groups of two voices, and a synth beside them that may be taken away. */
function Piece({ setters, hasEnd = true }: { readonly setters: Setter[]; readonly hasEnd?: boolean }) {
  return (
    <>
      <Group>
        <Voice setters={setters} index={0} />
        <Voice setters={setters} index={1} />
      </Group>
      <Group>
        <Voice setters={setters} index={2} />
        <Voice setters={setters} index={3} />
      </Group>
      {hasEnd && <Synth def={tone} freq={50} />}
    </>
  );
}

test('a text is refused as a control also where it says the number that was there', async () => {
  const view = await render(<Synth def={tone} freq={220} />);
  const text = { freq: '220' } as unknown as { freq: number };
  await expect(view.rerender(<Synth def={tone} {...text} />)).rejects.toMatchObject({
    code: 'invalid-control',
  });
});

test('each changed synth is one /n_set, and the tree of before stays what it was', async () => {
  const setters: Setter[] = [];
  const view = await render(<Piece setters={setters} />);
  const before = view.root.tree!;
  const copy = structuredClone(frequencies(before));
  await view.act(() => {
    setters[3]!(330);
    setters[0]!(220);
  });
  expect(view.lastBundle).toEqual([
    ['/n_set', 1002, 'freq', 220],
    ['/n_set', 1005, 'freq', 330],
  ]);
  expect(frequencies(before)).toEqual(copy);
  expect(frequencies(view.root.tree!)).toEqual([[220, 100], [100, 330], 50]);
  // By which those who show it know whether it has changed.
  expect(view.root.tree).not.toBe(before);
  expect(view.root.tree).toBe(view.root.tree);
});

test('what changes together with a control is told with it, and once', async () => {
  const setters: Setter[] = [];
  const view = await render(<Piece setters={setters} />);
  await view.act(() => {
    setters[0]!(220);
    void view.root.render(<Piece setters={setters} hasEnd={false} />);
  });
  expect(view.lastBundle).toEqual([
    ['/n_free', 1006],
    ['/n_set', 1002, 'freq', 220],
  ]);
  await view.act(() => setters[0]!(221));
  expect(view.lastBundle).toEqual([['/n_set', 1002, 'freq', 221]]);
  expect(frequencies(view.root.tree!)).toEqual([
    [221, 100],
    [100, 100],
  ]);
});

test('a value that the server cannot tell from the one before is not sent, nor anything to a synth that has ended', async () => {
  let set: Setter = () => {};
  function Ping() {
    const [freq, setFreq] = useState(0.1);
    set = setFreq;
    return <Synth def={ping} freq={freq} />;
  }
  const view = await render(<Ping />);
  await view.act(() => set(Math.fround(0.1)));
  expect(view.lastBundle).toEqual([]);
  await view.reply('/n_end', 1000, 1, -1, -1, 0);
  await view.act(() => set(0.2));
  expect(view.lastBundle).toEqual([]);
});

test('a control that was set past React is set again when its prop changes', async () => {
  let set: Setter = () => {};
  let handle: SynthHandle | null = null;
  function Played() {
    const [freq, setFreq] = useState(100);
    set = setFreq;
    return (
      <Synth
        ref={(now: SynthHandle | null) => {
          handle = now;
        }}
        def={tone}
        freq={freq}
        amp={0.2}
      />
    );
  }
  const view = await render(<Played />);
  await view.act(() => handle!.set({ freq: 500, amp: 0.5 }));
  await view.act(() => set(110));
  expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 110]]);
});

type Tree = NonNullable<Awaited<ReturnType<typeof render>>['root']['tree']>;

/** The first control of each synth, groups as arrays. */
function frequencies({ children }: Tree): unknown[] {
  return children.map((child) => (child.type === 'group' ? frequencies(child) : child.controls.freq));
}
