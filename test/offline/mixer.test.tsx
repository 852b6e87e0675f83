/** A mixer as it is heard: each path's level is that of theory, on each engine. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { createMixer, Effect, kr, Mixer, Return, Synth, Track } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { DC, In, InFeedback, Out, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const steady = synthDef('steady', { out: 0, level: 0.25 }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([c.level, c.level]));
});
const through = synthDef('through', { in: 0, out: 0, level: 1 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2).mul(c.level));
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

async function levels(piece: ReactNode, engine: (typeof engines)[number]): Promise<readonly number[]> {
  const path = join(temporaryFolder(), 'take.wav');
  await renderToFile(piece, { path, engine, duration: 0.4, sampleRate: 48_000 });
  return readSound(path).channels.map((channel) => channel[18_000]!);
}

const db = (decibels: number): number => 0.25 * 10 ** (decibels / 20);

const paths: Readonly<
  Record<string, { readonly mixer: ReactNode; readonly heard: readonly [number, number] }>
> = {
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
};

describe.each(engines)('%s', (engine) => {
  test.each(Object.entries(paths))('%s', async (_, { mixer, heard }) => {
    const found = await levels(<Mixer limiter={false}>{mixer}</Mixer>, engine);
    for (const [index, level] of heard.entries()) {
      if (level === 0) expect(found[index]).toBe(0);
      else expect(Math.abs(20 * Math.log10(found[index]! / level))).toBeLessThan(0.1);
    }
  });

  test('the limiter keeps the sum below full scale', async () => {
    const piece = (
      <Mixer>
        <Track name="a" gain={24}>
          {voice}
        </Track>
      </Mixer>
    );
    const found = await levels(piece, engine);
    for (const level of found) expect(level).toBeLessThanOrEqual(0.96);
    for (const level of found) expect(level).toBeGreaterThan(0.9);
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
  'a pan of one channel': {
    mixer: <Track name="a" channels={1} pan={0.5} />,
    message: 'has 1 channel, and pan balances two',
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
