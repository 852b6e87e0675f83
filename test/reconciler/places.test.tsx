/** React's own ways to put things elsewhere, hide them and show them again. */

import {
  Activity,
  createContext,
  createRef,
  StrictMode,
  Suspense,
  startTransition,
  use,
  useState,
} from 'react';
import { expect, test } from 'vitest';
import {
  createRoot,
  Group,
  type GroupHandle,
  Portal,
  Synth,
  type SynthHandle,
  useBus,
} from '../../src/index.js';
import { render } from '../../src/testing/index.js';
import { openMemoryServer } from '../../src/testing/memoryServer.js';
import { tone } from '../setup/definitions.js';

test('a portal puts its children into another group of the root, and takes them out again', async () => {
  const effects = createRef<GroupHandle>();
  const piece = (isOpen: boolean, freq = 2) => (
    <>
      <Group name="voices">
        <Synth def={tone} freq={1} />
        {isOpen && (
          <Portal into={effects}>
            <Synth def={tone} freq={freq} />
          </Portal>
        )}
      </Group>
      <Group name="effects" ref={effects} />
    </>
  );
  const view = await render(piece(true));
  expect(view.bundles).toEqual([
    [
      ['/g_new', 1000, 1, 1, 1001, 1, 1],
      ['/s_new', 'tone', 1002, 1, 1000, 'freq', 1],
      ['/s_new', 'tone', 1003, 1, 1001, 'freq', 2],
    ],
  ]);
  await view.rerender(piece(true, 3));
  expect(view.lastBundle).toEqual([['/n_set', 1003, 'freq', 3]]);
  await view.rerender(piece(false));
  expect(view.lastBundle).toEqual([['/n_free', 1003]]);
});

test('a portal into a root on another server sends there, with buses of that server', async () => {
  const there = await openMemoryServer();
  const sent: unknown[] = [];
  there.farEnd.onBundle = ({ messages }) => sent.push(...messages);
  const other = createRoot(there.server);
  await other.render(<Synth def={tone} freq={9} />);
  sent.length = 0;
  function Voice({ freq }: { freq: number }) {
    return <Synth def={tone} freq={freq} out={useBus()} />;
  }
  const piece = (freq: number) => (
    <Portal into={other}>
      <Voice freq={freq} />
    </Portal>
  );
  const view = await render(piece(1));
  expect(view.bundles).toEqual([]);
  expect(sent).toEqual([['/s_new', 'tone', 1001, 1, 1, 'freq', 1, 'out', 4]]);
  await view.rerender(piece(2));
  expect(sent.at(-1)).toEqual(['/n_set', 1001, 'freq', 2]);
  await view.unmount();
  await new Promise(setImmediate);
  expect(sent.at(-1)).toEqual(['/n_free', 1001]);
});

test('what Activity hides is paused, takes its changes, and goes on', async () => {
  const piece = (mode: 'visible' | 'hidden', freq: number) => (
    <Activity mode={mode}>
      <Synth def={tone} freq={freq} />
      <Synth def={tone} freq={freq} whenHidden="play" />
    </Activity>
  );
  const view = await render(piece('visible', 1));
  await view.rerender(piece('hidden', 1));
  expect(view.lastBundle).toEqual([['/n_run', 1000, 0]]);
  await view.rerender(piece('visible', 2));
  expect(view.lastBundle).toEqual([
    ['/n_set', 1000, 'freq', 2],
    ['/n_set', 1001, 'freq', 2],
    ['/n_run', 1000, 1],
  ]);
});

test('a transition that suspends leaves what sounds as it is until it is ready', async () => {
  let resolve: (freq: number) => void = () => {};
  const loaded = new Promise<number>((done) => {
    resolve = done;
  });
  let change: () => void = () => {};
  function Late() {
    return <Synth def={tone} freq={use(loaded)} />;
  }
  function Piece() {
    const [isLate, set] = useState(false);
    change = () => startTransition(() => set(true));
    return (
      <Suspense fallback={<Synth def={tone} freq={0} />}>
        {isLate ? <Late /> : <Synth def={tone} freq={1} />}
      </Suspense>
    );
  }
  const view = await render(<Piece />);
  await view.act(() => change());
  expect(view.lastBundle).toEqual([]);
  await view.act(async () => resolve(5));
  await view.act(() => {});
  expect(view.bundles.at(-1)).toEqual([
    ['/n_free', 1000],
    ['/s_new', 'tone', 1001, 1, 1, 'freq', 5],
  ]);
});

test('StrictMode sends what is sent without it', async () => {
  const piece = (
    <Group>
      <Synth def={tone} freq={1} />
    </Group>
  );
  const view = await render(<StrictMode>{piece}</StrictMode>);
  expect(view.bundles).toEqual((await render(piece)).bundles);
});

test('a ref callback gets a handle with the node id, and its clean-up is called when the synth leaves', async () => {
  const calls: unknown[] = [];
  const attach = (handle: SynthHandle | null) => {
    calls.push(handle?.id);
    return () => void calls.push('left');
  };
  const Loudness = createContext(0.5);
  const Voice = () => <Synth def={tone} ref={attach} amp={use(Loudness)} />;
  // At first a synth waits for its definition.
  const view = await render(<Synth def={tone} />);
  await view.rerender(
    <Loudness value={0.25}>
      <Voice />
    </Loudness>,
  );
  expect(view.lastBundle).toEqual([
    ['/n_free', 1000],
    ['/s_new', 'tone', 1001, 1, 1, 'amp', 0.25],
  ]);
  expect(calls).toEqual([1001]);
  await view.rerender(null);
  expect(calls).toEqual([1001, 'left']);
});
