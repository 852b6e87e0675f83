import { Chord } from './chord';

const CHORDS = { home: ['A3', 'C#4', 'E4'], away: ['D3', 'F#4', 'A4'] };

/** Rendered on the server, chords and all; what sounds is up to the browser. */
export default function Page() {
  return (
    <main>
      <h1>Two chords</h1>
      <Chord chords={CHORDS} />
    </main>
  );
}
