/** W13: a mixer of 100 tracks with 4 synths each is mounted, and the same tree written with buses and groups by hand. */

import { useState } from 'react';
import { jsx, jsxs } from 'react/jsx-runtime';
import { Group, Mixer, Synth, Track, useBus } from '../../dist/index.js';
import { master, strip } from '../../dist/synthdef/library/routing.js';
import { openOurs } from './ours.js';
import { def } from './piece.js';
import { interleave } from './timing.js';

const TRACKS = 100;
const SYNTHS = 4;

const voices = (track) =>
  Array.from({ length: SYNTHS }, (_, place) =>
    jsx(Synth, { def, freq: 220 + track + place, amp: 0.01 }, place),
  );

const names = Array.from({ length: TRACKS }, (_, track) => `track ${track}`);

const withMixer = () =>
  jsx(Mixer, {
    children: names.map((name, track) =>
      jsx(Track, { name, gain: -6, pan: 0.5, children: voices(track) }, name),
    ),
  });

const stripDef = strip(2, 2);
const masterDef = master(2);

function HandMadeTrack({ name, track }) {
  const input = useBus();
  const bus = useBus();
  return jsxs(Group, {
    name,
    children: [
      jsx(Group, { out: input, children: voices(track) }, 'in'),
      jsx(Synth, { name: 'strip', def: stripDef, bus: input, post: bus, gain: 0.5, pan: 0.5 }, 'strip'),
    ],
  });
}

function HandMade() {
  const sum = useBus();
  const bus = useBus();
  return jsxs(Group, {
    name: 'mixer',
    children: [
      jsx(
        Group,
        { out: sum, children: names.map((name, track) => jsx(HandMadeTrack, { name, track }, name)) },
        'tracks',
      ),
      jsx(Group, { out: sum, name: 'returns' }, 'returns'),
      jsx(Group, { out: sum, name: 'inserts' }, 'inserts'),
      jsx(Synth, { name: 'master', def: masterDef, bus: sum, post: bus, gain: 1, limit: 1 }, 'master'),
    ],
  });
}

/** Each mounts into a client of its own: strips stay until they have ended, and the sink says of none that it has. */
function mounting(sink, element) {
  let client;
  let show;
  function Piece() {
    const [isShown, set] = useState(false);
    show = set;
    return isShown && element();
  }
  return {
    prepare: async () => {
      client = await openOurs(sink);
      await client.createRoot().render(jsx(Piece, {}));
    },
    run: () => client.flushSync(() => show(true)),
    settle: async () => {
      await client.settle();
      await client.server.engine.transport?.close();
    },
  };
}

export async function w13({ sink }) {
  const contenders = {
    handMade: mounting(sink, () => jsx(HandMade, {})),
    ours: mounting(sink, withMixer),
  };
  return { W13: await interleave(60, contenders, { sink }) };
}
