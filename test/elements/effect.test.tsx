/** Sound that goes through effects, as it is sent and as it is heard. */

import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { Effect, Group, Mixer, Synth, useBus } from '../../src/index.js';
import { In, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { reverb } from '../../src/synthdef/library/index.js';
import { render } from '../../src/testing/index.js';

const voice = synthDef('voice', { freq: 440, out: 0 }, (c) => {
  Out.ar(c.out, SinOsc.ar(c.freq).mul([0.1, 0.1]));
});
const gain = synthDef('gain', { in: 0, out: 0, level: 1 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2).mul(c.level));
});
const mono = synthDef('mono', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 1));
});
const lfo = synthDef('lfo', { out: 0 }, (c) => {
  Out.kr(c.out, SinOsc.kr(1));
});

describe('<Group out>', () => {
  test('is the destination of synths that say nothing else, also below', async () => {
    function Piece({ far = false }) {
      const [near, other] = [useBus({ name: 'near' }), useBus({ name: 'other' })];
      return (
        <Group out={far ? other : near}>
          <Synth def={voice} />
          <Synth def={voice} out={6} />
          <Synth def={voice} controls={{ out: 8 }} />
          <Group>
            <Synth def={voice} freq={220} />
          </Group>
          <Group out={0}>
            <Synth def={voice} />
          </Group>
          <Synth def={lfo} />
        </Group>
      );
    }
    const view = await render(<Piece />);
    const made = view.bundles.flat().filter(([address]) => address === '/s_new');
    const outs = made.map((message) => {
      const at = message.indexOf('out');
      return at < 0 ? undefined : message[at + 1];
    });
    expect(outs).toEqual([4, 6, 8, 4, undefined, undefined]);
    await view.rerender(<Piece far />);
    expect(view.lastBundle.map(([address, , , bus]) => [address, bus])).toEqual([
      ['/n_set', 6],
      ['/n_set', 6],
    ]);
  });

  test('a bus of one channel under a stereo voice is an error that says so', async () => {
    function Piece() {
      const bus = useBus({ channels: 1, name: 'narrow' });
      return (
        <Group out={bus}>
          <Synth def={voice} />
        </Group>
      );
    }
    await expect(render(<Piece />)).rejects.toMatchObject({
      code: 'invalid-control',
      message: expect.stringContaining('has 1 there; others are another bus'),
    });
  });

  test.each([
    ['out', -1],
    ['out', 1.5],
    ['out', 'main'],
  ])('%s=%j is refused', async (_, out) => {
    await expect(render(<Group out={out as never} />)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('neither a bus nor the number of one'),
    });
  });
});

describe('<Effect>', () => {
  test('puts what is inside before the effect, on buses of their own', async () => {
    const view = await render(
      <Effect def={gain} level={0.5} name="half">
        <Synth def={voice} />
      </Effect>,
    );
    const made = view.bundles.flat().filter(([address]) => address === '/s_new');
    expect(made.map(([, def, , , , ...controls]) => [def, Object.fromEntries(pairs(controls))])).toEqual([
      ['voice', { out: 8 }],
      ['effect-input-2-2', { bus: 8, out: 4 }],
      ['gain', { level: 0.5, in: 4, out: 6 }],
      ['effect-return-2-2', { dry: 4, wet: 6 }],
    ]);
  });

  test('the same elements rendered again send nothing, also with another function of their parent', async () => {
    const show = () => (
      <Effect def={gain} level={0.5} mix={0.5}>
        <Synth def={voice} />
      </Effect>
    );
    const view = await render(show());
    await view.rerender(show());
    expect(view.lastBundle).toEqual([]);
  });

  test('the limiter of a mixer is a control, so that the sum is never heard twice', async () => {
    const show = (limiter: boolean) => (
      <Mixer limiter={limiter}>
        <Synth def={voice} />
      </Mixer>
    );
    const view = await render(show(true));
    await view.rerender(show(false));
    const sent = view.lastBundle.filter(([address]) => address !== '/d_recv');
    expect(sent).toEqual([['/n_set', expect.any(Number), 'limit', 0]]);
  });

  test('a tail that is given or taken away makes no second effect', async () => {
    const show = (tail?: number) => (
      <Effect def={gain} tail={tail}>
        <Synth def={voice} />
      </Effect>
    );
    const view = await render(show());
    await view.rerender(show(2));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'tail', 2]]);
  });

  test('an effect of one channel is made for each channel', async () => {
    const view = await render(
      <Effect def={mono}>
        <Synth def={voice} />
      </Effect>,
    );
    const made = view.bundles.flat().filter(([address, def]) => address === '/s_new' && def === 'mono');
    expect(made.map(([, , , , , ...controls]) => Object.fromEntries(pairs(controls)))).toEqual([
      { in: 4, out: 6 },
      { in: 5, out: 7 },
    ]);
  });

  test('a control of the effect and its bypass are one message each', async () => {
    const show = (level: number, bypass: boolean) => (
      <Effect def={gain} level={level} bypass={bypass}>
        <Synth def={voice} />
      </Effect>
    );
    const view = await render(show(1, false));
    await view.rerender(show(0.25, false));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'level', 0.25]]);
    await view.rerender(show(0.25, true));
    expect(view.lastBundle).toEqual([['/n_set', expect.any(Number), 'bypass', 1]]);
  });

  test('what is inside is released, and an effect with a gate is not', async () => {
    const view = await render(
      <Effect def={reverb} name="hall">
        <Synth def="sonic-pi-beep" />
      </Effect>,
    ).catch(() => undefined);
    expect(view).toBeUndefined();
    const stage = await render(
      <Effect def={reverb} name="hall">
        <Synth def={voice} />
      </Effect>,
    );
    const made = stage.bundles.flat().find(([address, def]) => address === '/s_new' && def === 'reverb')!;
    await stage.rerender(null);
    expect(stage.lastBundle).toEqual([
      ['/n_set', expect.any(Number), 'gate', 0],
      ['/n_set', made[2], 'gate', 1],
    ]);
  });

  test('another definition takes over, and the one before closes', async () => {
    let swap: (isOther: boolean) => void = () => {};
    function Piece() {
      const [isOther, set] = useState(false);
      swap = set;
      return (
        <Effect def={isOther ? mono : gain}>
          <Synth def={voice} />
        </Effect>
      );
    }
    const view = await render(<Piece />);
    await view.act(() => swap(true));
    const sent = view.lastBundle.map(([address, ...args]) => [address, ...args]);
    expect(sent.filter(([address]) => address === '/n_set').map(([, , ...controls]) => controls)).toEqual([
      ['open', 0],
      ['gate', 0],
    ]);
    expect(sent.filter(([address]) => address === '/s_new').map(([, def]) => def)).toEqual([
      'effect-input-2-2',
      'mono',
      'mono',
      'effect-return-2-2',
    ]);
  });

  test.each([
    [voice, 'reads no audio from a bus from a control "in"'],
    [
      synthDef('sink', { in: 0 }, (c) => {
        Out.ar(0, In.ar(c.in, 2));
      }),
      'writes no audio to a bus from a control "out"',
    ],
  ])('a definition that is no effect is refused: %#', async (def, message) => {
    await expect(render(<Effect def={def as typeof gain} />)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(message),
    });
  });
});

const pairs = (list: readonly unknown[]): [string, unknown][] =>
  Array.from({ length: list.length / 2 }, (_, index) => [String(list[2 * index]), list[2 * index + 1]]);
