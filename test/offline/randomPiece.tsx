import { useState } from 'react';
import { Note, useBeat, useRandom } from '../../src/index.js';
import { pad } from '../setup/definitions.js';

export default function Random() {
  const random = useRandom();
  const [pitch, setPitch] = useState(() => random.integer(40, 80));
  useBeat(0.5, () => setPitch(random.integer(40, 80)));
  return <Note key={pitch} def={pad} pitch={pitch} />;
}
