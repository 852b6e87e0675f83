/** A mixer as it is heard: each path's level is that of theory, on each engine. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  createMixer,
  Effect,
  Graph,
  Group,
  kr,
  Master,
  Mixer,
  type MixerProps,
  Return,
  Synth,
  Track,
} from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { DC, In, InFeedback, Out, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const steady = synthDef('steady', { out: 0, level: 0.25 }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([c.level, c.level]));
});
const one = synthDef('one', { out: 0 }, (c) => Out.ar(c.out, DC.ar(0.25)));
const many = (channels: number) =>
  synthDef(`many-${channels}`, { out: 0 }, (c) => Out.ar(c.out, DC.ar(1).mul(Array(channels).fill(0.25))));
const through = synthDef('through', { in: 0, out: 0, level: 1 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2).mul(c.level));
});
const thru8 = synthDef('thru8', { in: 0, out: 0 }, (c) => Out.ar(c.out, In.ar(c.in, 8)));
const square = synthDef('square', { in: 0, out: 0 }, (c) => {
  const input = In.ar(c.in, 2);
  Out.ar(c.out, input.mul(input));
});
/** Multiplies what is inside by another sound. */
const ring = synthDef('ring', { in: 0, out: 0, sidechain: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2).mul(InFeedback.ar(c.sidechain, 2)));
});
const voice = <Synth def={steady} />;
const ringing = (
  <Track name="b" key="b">
    <Effect def={ring} sidechain="a">
      {voice}
    </Effect>
  </Track>
);
const listenedTo = (
  <Track name="a" key="a" gain={-6}>
    {voice}
  </Track>
);

const db = (decibels: number): number => 0.25 * 10 ** (decibels / 20);

interface Path {
  readonly mixer: ReactNode;
  /** The level of each channel of the mixer. */
  readonly heard: readonly number[];
  /** Props of the mixer. */
  readonly props?: MixerProps;
}

const half = <Effect def={through} level={0.5} />;

const paths: Readonly<Record<string, Path>> = {
  dry: { mixer: <Track name="a">{voice}</Track>, heard: [0.25, 0.25] },
  'a gain and a pan that move': {
    mixer: (
      <Track name="a" gain={kr(() => DC.kr(-6))} pan={kr(() => DC.kr(0.5))}>
        {voice}
      </Track>
    ),
    heard: [db(-6) / 2, db(-6)],
  },
  'an effect that listens to a track before it': {
    mixer: [listenedTo, ringing],
    heard: [db(-6) + db(-6) / 4, db(-6) + db(-6) / 4],
  },
  'an effect that listens to a track behind it': {
    mixer: [ringing, listenedTo],
    heard: [db(-6) + db(-6) / 4, db(-6) + db(-6) / 4],
  },
  'no track at all': { mixer: voice, heard: [0.25, 0.25] },
  gain: {
    mixer: (
      <Track name="a" gain={-6}>
        {voice}
      </Track>
    ),
    heard: [db(-6), db(-6)],
  },
  'gain to begin with': {
    mixer: (
      <Track name="a" defaultGain={-6}>
        {voice}
      </Track>
    ),
    heard: [db(-6), db(-6)],
  },
  'pan to the right': {
    mixer: (
      <Track name="a" pan={0.5}>
        {voice}
      </Track>
    ),
    heard: [0.125, 0.25],
  },
  muted: {
    mixer: (
      <Track name="a" muted>
        {voice}
      </Track>
    ),
    heard: [0, 0],
  },
  'silent fader': {
    mixer: (
      <Track name="a" gain={Number.NEGATIVE_INFINITY}>
        {voice}
      </Track>
    ),
    heard: [0, 0],
  },
  soloed: {
    mixer: (
      <>
        <Track name="a" gain={-6} soloed>
          {voice}
        </Track>
        <Track name="b">{voice}</Track>
      </>
    ),
    heard: [db(-6), db(-6)],
  },
  'soloed in a group of tracks': {
    mixer: (
      <>
        <Track name="drums" gain={-6}>
          <Track name="kick" gain={-6} soloed>
            {voice}
          </Track>
          <Track name="snare">{voice}</Track>
        </Track>
        <Track name="bass">{voice}</Track>
      </>
    ),
    heard: [db(-12), db(-12)],
  },
  'a send behind the fader': {
    mixer: (
      <>
        <Return name="hall" def={through} level={0.5} />
        <Track name="a" gain={-6} sends={{ hall: -12 }}>
          {voice}
        </Track>
      </>
    ),
    heard: [db(-6) + db(-18) / 2, db(-6) + db(-18) / 2],
  },
  'a send before the fader': {
    mixer: (
      <>
        <Track name="a" muted sends={{ hall: { level: -12, pre: true } }}>
          {voice}
        </Track>
        <Return name="hall" def={through} gain={-6} />
      </>
    ),
    heard: [db(-18), db(-18)],
  },
  'an insert': {
    mixer: (
      <Track name="a" gain={-6}>
        <Effect def={through} level={0.5}>
          {voice}
        </Effect>
      </Track>
    ),
    heard: [db(-6) / 2, db(-6) / 2],
  },
  'a bypassed insert': {
    mixer: (
      <Track name="a" gain={-6}>
        <Effect def={through} level={0.5} bypass>
          {voice}
        </Effect>
      </Track>
    ),
    heard: [db(-6), db(-6)],
  },
  'one channel in the middle of two': {
    mixer: (
      <Track name="a" channels={1}>
        <Synth def={one} />
      </Track>
    ),
    heard: [0.25 * Math.SQRT1_2, 0.25 * Math.SQRT1_2],
  },
  'one channel on the left, and its send': {
    mixer: (
      <>
        <Track name="a" channels={1} pan={-1} sends={{ hall: -6 }}>
          <Synth def={one} />
        </Track>
        <Return name="hall" def={through} />
      </>
    ),
    heard: [0.25 + db(-6), 0],
  },
  'a balance of two pairs': {
    mixer: (
      <Track name="a" channels={4} pan={0.5}>
        <Synth def={many(4)} />
      </Track>
    ),
    heard: [0.125, 0.25, 0.125, 0.25],
    props: { channels: 4 },
  },
  'three channels': {
    mixer: (
      <Track name="a" channels={3} gain={-6}>
        <Synth def={many(3)} />
      </Track>
    ),
    heard: [db(-6), db(-6), db(-6)],
    props: { channels: 3 },
  },
  'eight channels, with a return of eight': {
    mixer: (
      <>
        <Track name="a" channels={8} gain={-6} sends={{ hall: -12 }}>
          <Synth def={many(8)} />
        </Track>
        <Return name="hall" def={thru8} channels={8} />
      </>
    ),
    heard: Array(8).fill(db(-6) + db(-18)),
    props: { channels: 8 },
  },
  'a muted track around, with a send inside': {
    mixer: (
      <>
        <Track name="drums" muted>
          <Track name="kick" sends={{ hall: 0 }}>
            {voice}
          </Track>
        </Track>
        <Return name="hall" def={through} />
      </>
    ),
    heard: [0, 0],
  },
  'a send before the fader of a track inside a muted one': {
    mixer: (
      <>
        <Track name="drums" muted>
          <Track name="kick" sends={{ hall: { level: -6, pre: true } }}>
            {voice}
          </Track>
        </Track>
        <Return name="hall" def={through} />
      </>
    ),
    heard: [db(-6), db(-6)],
  },
  'a master with a gain': { mixer: [voice, <Master key="m" gain={-6} />], heard: [db(-6), db(-6)] },
  'a muted master': { mixer: [<Master key="m" muted />, voice], heard: [0, 0] },
  'the gain of a mixer': { mixer: voice, heard: [db(-12), db(-12)], props: { gain: -12 } },
  'inserts of a track': {
    mixer: (
      <Track
        name="a"
        gain={-6}
        inserts={[<Effect key="1" def={through} level={0.5} />, <Effect key="2" def={square} />]}
      >
        {voice}
      </Track>
    ),
    heard: [0.125 ** 2 * 10 ** (-6 / 20), 0.125 ** 2 * 10 ** (-6 / 20)],
  },
  'an insert with a mix, and a bypassed one': {
    mixer: (
      <Track
        name="a"
        inserts={
          <>
            <Effect def={through} level={0} mix={0.25} />
            <Effect def={through} level={0} bypass />
          </>
        }
      >
        {voice}
      </Track>
    ),
    heard: [0.1875, 0.1875],
  },
  'an insert before the send before the fader': {
    mixer: (
      <>
        <Track name="a" muted inserts={half} sends={{ hall: { level: 0, pre: true } }}>
          {voice}
        </Track>
        <Return name="hall" def={through} inserts={half} />
      </>
    ),
    heard: [0.0625, 0.0625],
  },
  'inserts of the master': {
    mixer: [<Master key="m" gain={-6} inserts={half} />, voice],
    heard: [db(-6) / 2, db(-6) / 2],
  },
  'an insert that reads fewer channels than its track': {
    mixer: (
      <Track name="a" channels={4} inserts={half}>
        <Synth def={many(4)} />
      </Track>
    ),
    heard: [0.125, 0.125, 0.125, 0.125],
    props: { channels: 4 },
  },
  'a graph with an input': {
    mixer: (
      <Graph input={voice} amount={0.5} mix={0.5}>
        {({ input, amount }) => input.mul(amount)}
      </Graph>
    ),
    heard: [0.1875, 0.1875],
  },
  'a graph of one channel, and one among inserts': {
    mixer: (
      <Track name="a" inserts={<Graph input>{({ input }) => input.mul(0.5)}</Graph>}>
        <Graph input={voice}>{({ input }) => input.channels[0]!.mul(0.5)}</Graph>
      </Track>
    ),
    heard: [0.0625, 0.0625],
  },
  'a graph that listens to a track': {
    mixer: [
      <Track key="1" name="listens">
        <Graph input={voice} sidechain="a">
          {({ input, sidechain }) => input.mul(sidechain)}
        </Graph>
      </Track>,
      listenedTo,
    ],
    heard: [db(-6) + db(-6) / 4, db(-6) + db(-6) / 4],
  },
};

describe.each(engines)('%s', (engine) => {
  const rendered = (async () => {
    // All of them in one rendering, each on outputs of its own.
    let channels = 0;
    const first = new Map<string, number>();
    const piece = Object.entries(paths).map(([name, { mixer, heard, props }]) => {
      first.set(name, channels);
      channels += heard.length;
      return (
        <Group key={name} out={first.get(name)!}>
          <Mixer limiter={false} {...props}>
            {mixer}
          </Mixer>
        </Group>
      );
    });
    const path = join(temporaryFolder(), 'take.wav');
    await renderToFile(piece, { path, engine, duration: 0.4, sampleRate: 48_000, channels });
    const all = readSound(path).channels.map((channel) => channel[18_000]!);
    return (name: string, count: number) => all.slice(first.get(name)!, first.get(name)! + count);
  })();
  rendered.catch(() => {});

  test.each(Object.entries(paths))('%s', async (name, { heard }) => {
    const found = (await rendered)(name, heard.length);
    for (const [index, level] of heard.entries()) {
      if (level === 0) expect(Math.abs(found[index]!)).toBeLessThan(1e-8);
      else expect(Math.abs(20 * Math.log10(found[index]! / level))).toBeLessThan(0.1);
    }
  });

  test('the limiter keeps the sum below full scale', async () => {
    const piece = (
      <Mixer>
        <Track name="a" gain={24}>
          {voice}
        </Track>
        <Master gain={6} />
      </Mixer>
    );
    const path = join(temporaryFolder(), 'take.wav');
    await renderToFile(piece, { path, engine, duration: 0.4, sampleRate: 48_000 });
    for (const level of readSound(path).channels.map((channel) => channel[18_000]!)) {
      expect(level).toBeLessThanOrEqual(0.96);
      expect(level).toBeGreaterThan(0.9);
    }
  });
});

const wrong: Readonly<Record<string, { readonly mixer: ReactNode; readonly message: string }>> = {
  'a wrong send': {
    mixer: (
      <>
        <Return name="hall" def={through} />
        <Track name="a" sends={{ hal: -6 }} />
      </>
    ),
    message: '<Track name="a"> sends to "hal", which is no return of the mixer. There are: hall.',
  },
  'no return at all': {
    mixer: <Track name="a" sends={{ hall: -6 }} />,
    message: 'Put <Return name="hall" def={…} /> into the <Mixer>.',
  },
  'two tracks of one name': {
    mixer: (
      <>
        <Track name="a" />
        <Track name="a" />
      </>
    ),
    message: 'there are two tracks with the name "a"',
  },
  'a pan of three channels': {
    mixer: <Track name="a" channels={3} pan={0.5} />,
    message: 'has 3 channels. Pan balances pairs, or places one channel',
  },
  'a pan of one channel into four': {
    mixer: (
      <Track name="a" channels={4}>
        <Track name="b" channels={1} pan={0.5} />
      </Track>
    ),
    message: 'has 1 channel and plays to 4. Pan places one channel between two',
  },
  'two masters': {
    mixer: (
      <>
        <Master />
        <Master gain={-3} />
      </>
    ),
    message: 'there are two <Master>s in it',
  },
  'an insert with something inside': {
    mixer: (
      <Track
        name="a"
        inserts={
          <Effect def={through}>
            <Synth def={steady} />
          </Effect>
        }
      />
    ),
    message: '<Effect> among inserts has children',
  },
  'an input that is nowhere': {
    mixer: <Graph input>{({ input }) => input}</Graph>,
    message: '<Graph input> has nothing to process here',
  },
  'an input that is not used': {
    mixer: <Graph input={voice}>{() => DC.ar(0)}</Graph>,
    message: 'its function does not use the input',
  },
  'a gain that is a text': {
    mixer: <Track name="a" gain={'loud' as never} />,
    message: 'the gain is loud. It is a number of decibels',
  },
  'an unknown prop': {
    mixer: <Track name="a" {...({ volume: 1 } as object)} />,
    message: 'has no prop "volume"',
  },
};

test.each(Object.entries(wrong))('%s is an error', async (_, { mixer, message }) => {
  const path = join(temporaryFolder(), 'take.wav');
  const piece = <Mixer>{mixer}</Mixer>;
  await expect(renderToFile(piece, { path, engine: 'embedded', duration: 0.1 })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(message),
  });
});

test('a mixer is changed from outside, and knows no other tracks', () => {
  const mixer = createMixer();
  expect(() => mixer.change('bass', { muted: true })).toThrow(
    'There is no track "bass" in the mixer. There are: none.',
  );
});
