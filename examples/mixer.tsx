// Four tracks, two sends, pan, and a limiter at the end. Returns may stand anywhere: tracks are computed first.

import { Mixer, Note, Pattern, Return, Track } from 'react-collider';
import { bell, delay, hat, kick, reverb, saw } from 'react-collider/library';

export default () => (
  <Mixer gain={-3}>
    <Return name="hall" def={reverb} room={0.9} />
    <Return name="echo" def={delay} time={0.375} gain={-3} />
    <Track name="drums" gain={-4}>
      <Pattern values={[1, 0.7]} repeat={Infinity}>
        {(velocity) => <Note def={kick} velocity={velocity} />}
      </Pattern>
    </Track>
    <Track name="hats" gain={-12} pan={0.4} sends={{ echo: -10 }}>
      <Pattern values={[1, 0.4, 0.7]} every={0.5} repeat={Infinity}>
        {(velocity) => <Note def={hat} velocity={velocity} />}
      </Pattern>
    </Track>
    <Track name="bass" gain={-18}>
      <Pattern values={['E2', 'E2', 'G2', 'D2']} length={0.8} repeat={Infinity}>
        {(pitch) => <Note def={saw} pitch={pitch} />}
      </Pattern>
    </Track>
    <Track name="bells" pan={-0.3} sends={{ hall: -6, echo: { level: -14, pre: true } }}>
      <Pattern values={['B4', 'G4', 'D5']} every={1.5} repeat={Infinity}>
        {(pitch) => <Note def={bell} pitch={pitch} />}
      </Pattern>
    </Track>
  </Mixer>
);
