/** A component that forgets to return its JSX is an error that names it; one that returns nothing on purpose is none. */

import { forwardRef, memo, type ReactNode, useEffect, useState } from 'react';
import { expect, test } from 'vitest';
import { createRoot, Group, Synth, useBus } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { render } from '../../src/testing/index.js';
import { openMemoryServer } from '../../src/testing/memoryServer.js';
import { tone } from '../setup/definitions.js';

type Component = (props: { readonly on?: boolean }) => ReactNode;
const messageOf = (name: string) =>
  `${name} makes elements and returns none, so that nothing of it plays. Write return before its JSX: ` +
  `function ${name}() { return <Synth … />; }`;

function Forgotten() {
  <Synth def={tone} />;
}

const Arrow: Component = ({ on }) => {
  const freq = [440, 441].map((each) => {
    return each * (on ? 1 : 2);
  })[0]!;
  useBus();
  // What follows is forgotten.
  <Group>
    {on && <Synth def={tone} freq={freq} />}
    <Synth def={tone} />
  </Group>;
};

function WithEffect() {
  const [count, setCount] = useState(0);
  useEffect(() => {
    setCount(1);
    return () => {};
  }, []);
  useEffect(function again() {
    return () => {};
  });
  <Synth def={tone} freq={440 + count} />;
}

const Referred = forwardRef(function Referred(_props: { readonly on?: boolean }, _ref: unknown) {
  <Synth def={tone} />;
} as never);

const inGroup = (Part: unknown) => {
  const Element = Part as Component;
  return (
    <Group>
      <Synth def={tone} />
      <Element />
    </Group>
  );
};

test.each([
  ['a function', Forgotten, 'Forgotten'],
  ['an arrow function', Arrow, 'Arrow'],
  ['one with effects that return', WithEffect, 'WithEffect'],
  ['memo', memo(Forgotten as Component), 'Forgotten'],
  ['memo that compares', memo(Forgotten as Component, () => false), 'Forgotten'],
  ['forwardRef', Referred, 'Referred'],
])('%s is named, as the root and within it', async (_, type, name) => {
  const Piece = type as Component;
  const error = { code: 'invalid-nesting', message: messageOf(name) };
  await expect(render(<Piece />)).rejects.toMatchObject(error);
  await expect(render(inGroup(Piece))).rejects.toMatchObject(error);
  await expect(renderToScore(<Piece />, { duration: 1 })).rejects.toMatchObject(error);
});

test('the components above are told, and what else is in the tree plays', async () => {
  const { server } = await openMemoryServer();
  const root = createRoot(server);
  const Above = () => inGroup(Forgotten);
  await expect(root.render(<Above />)).rejects.toMatchObject({
    componentStack: '    in Forgotten\n    in Group\n    in Above',
  });
  expect(root.counts.synths).toBe(1);
  await root.render(<Synth def={tone} />);
  expect(root.counts.synths).toBe(1);
  await root.unmount({ timeout: 0 });
  await server.quit();
});

const Null = () => null;
const Condition: Component = ({ on }) => {
  if (on) return <Synth def={tone} />;
};
const Early: Component = ({ on }) => {
  if (!on) return;
  return <Synth def={tone} />;
};
const Expression: Component = ({ on }) => (on ? <Synth def={tone} /> : undefined);
const And: Component = ({ on }) => on && <Synth def={tone} />;
const List: Component = () => [].map(() => <Synth key="a" def={tone} />);
const Effects: Component = () => {
  useEffect(() => {
    const stop = () => {};
    return stop;
  });
};
const Elsewhere: Component = () => {
  useEffect(() => {
    <Synth def={tone} />;
  });
};
const Nothing: Component = () => {};

test.each(
  Object.entries({ Null, Condition, Early, Expression, And, List, Effects, Elsewhere, Nothing }),
)('%s renders nothing, and that is no error', async (_, Piece) => {
  const view = await render(<Piece />);
  await view.rerender(inGroup(Piece));
  expect(view.root.counts.synths).toBe(1);
  await view.unmount();
});
