import { At, Recording, Synth, Transport } from '../../src/index.js';
import { click } from '../offline/offlineDefs.js';

/** Clicks at each half beat of 120 bpm, recorded from beat 1 to beat 3. */
export const RecordedPiece = ({ path, onDone }: { readonly path: string; readonly onDone?: () => void }) => (
  <Transport bpm={120}>
    {[0, 1, 2, 3, 4, 5, 6, 7].map((half) => (
      <At key={half} beat={half / 2}>
        <Synth def={click} />
      </At>
    ))}
    <At beat={1} length={2}>
      <Recording path={path} channels={2} onDone={onDone} />
    </At>
  </Transport>
);
