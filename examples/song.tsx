/**
 * A song: verse, chorus, verse, chorus, with a tempo that changes and a filter that opens.
 *
 * Shows: parts as components in a `<Sequence>`, a tempo map with a ramp, and automation: a prop that is another one
 * at each quarter of a beat.
 *
 * Run:    npx react-collider play examples/song.tsx       Stop: Ctrl-C
 * Render: npx react-collider render examples/song.tsx -o song.wav --until-silent --waveform song.png
 */

import {
  At,
  Group,
  Note,
  type NotePitch,
  Pattern,
  pitchToHertz,
  Sequence,
  Transport,
  tempo,
  useBeatValue,
} from 'react-collider';
import { saw, sine } from 'react-collider/library';

const BAR = 4;

/** 100 in the verse; from beat 14 it goes up to 120 for the chorus, and comes back at once. */
const tempos = tempo([0, 100], [14, 100, 'ramp'], [16, 120], [32, 100], [46, 100, 'ramp'], [48, 120]);

const line = (
  values: readonly (NotePitch | null)[],
  every: number,
  props: { amp: number; release: number },
) => (
  <Pattern values={values} every={every} length={0.8 * every}>
    {(pitch) => <Note def={sine} pitch={pitch} {...props} />}
  </Pattern>
);

function Verse() {
  return (
    <>
      <Group name="melody">
        {line(['A4', 'C5', 'B4', 'A4', 'E4', null, 'G4', null, 'A4', 'C5', 'B4', 'G4', 'A4'], 1, {
          amp: 0.1,
          release: 0.5,
        })}
      </Group>
      <Bass roots={['A2', 'F2', 'C3', 'E2']} from={60} to={75} />
    </>
  );
}

function Chorus() {
  return (
    <>
      <Group name="melody">
        {line(
          ['C5', 'C5', 'D5', 'E5', null, 'E5', 'D5', 'C5', 'D5', 'E5', 'C5', 'A4', 'C5', null, 'A4', null],
          0.5,
          {
            amp: 0.12,
            release: 0.3,
          },
        )}
      </Group>
      <Bass roots={['F2', 'C3', 'G2', 'A2']} from={75} to={100} />
    </>
  );
}

interface BassProps {
  readonly roots: readonly NotePitch[];
  /** MIDI note numbers between which the filter opens, over all of the roots. */
  readonly from: number;
  readonly to: number;
}

/** A note a bar. */
function Bass({ roots, from, to }: BassProps) {
  const perBar = (to - from) / roots.length;
  return (
    <Group name="bass">
      <Pattern values={roots} every={BAR} length={BAR - 0.5}>
        {(root, { index }) => <BassNote root={root} from={from + index * perBar} perBar={perBar} />}
      </Pattern>
    </Group>
  );
}

/** Counts quarters of a beat from its own beginning. */
function BassNote({
  root,
  from,
  perBar,
}: {
  readonly root: NotePitch;
  readonly from: number;
  readonly perBar: number;
}) {
  const quarter = useBeatValue(0.25);
  const cutoff = pitchToHertz(from + (perBar * quarter) / (4 * BAR));
  return <Note def={saw} pitch={root} amp={0.2} cutoff={cutoff} rq={0.4} />;
}

export default function Song() {
  return (
    <Transport bpm={tempos}>
      <Sequence>
        {[Verse, Chorus, Verse, Chorus].map((Part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the song.
          <At key={index} length={4 * BAR}>
            <Part />
          </At>
        ))}
      </Sequence>
    </Transport>
  );
}
