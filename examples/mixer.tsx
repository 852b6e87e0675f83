// Four tracks, two sends, a master with its limiter, and mute, solo and meters for a page by the shared state.

import { createMixer, Master, Mixer, Note, Pattern, Return, Track, useLevel, useTrack } from 'react-collider';
import { bell, delay, hat, kick, reverb, saw } from 'react-collider/library';

const drums = {
  name: 'drums',
  children: (
    <Pattern values={[1, 0.7]} repeat={Infinity}>
      {(velocity) => <Note def={kick} velocity={velocity} />}
    </Pattern>
  ),
};
const hats = {
  name: 'hats',
  children: (
    <Pattern values={[1, 0.4, 0.7]} every={0.5} repeat={Infinity}>
      {(velocity) => <Note def={hat} velocity={velocity} />}
    </Pattern>
  ),
};
const bass = {
  name: 'bass',
  children: (
    <Pattern values={['E2', 'E2', 'G2', 'D2']} length={0.8} repeat={Infinity}>
      {(pitch) => <Note def={saw} pitch={pitch} />}
    </Pattern>
  ),
};
const bells = {
  name: 'bells',
  children: (
    <Pattern values={['B4', 'G4', 'D5']} every={1.5} repeat={Infinity}>
      {(pitch) => <Note def={bell} pitch={pitch} />}
    </Pattern>
  ),
};

export const mixer = createMixer();

export default () => (
  <Mixer mixer={mixer}>
    <Track {...drums} gain={-4} />
    <Track {...hats} gain={-12} pan={0.4} sends={{ echo: -10 }} />
    <Track {...bass} gain={-18} />
    <Track {...bells} pan={-0.3} sends={{ hall: -6, echo: { level: -14, pre: true } }} />
    <Return name="hall" def={reverb} room={0.9} />
    <Return name="echo" def={delay} time={0.375} gain={-3} />
    <Master defaultGain={-3} />
  </Mixer>
);

/** What a page shows of a track: its meter, and functions for its buttons. */
export function useStrip(name: string) {
  const track = useTrack(name, mixer);
  const levels = useLevel(track?.bus);
  const toggle = (what: 'muted' | 'soloed') => track?.change({ [what]: !track[what] });
  return { levels, toggle };
}
