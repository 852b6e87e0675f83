/** Notes of a pattern, by us and in a score that sclang wrote. */

import { type EventKeys, events, type Stream } from '../../../src/cycles.js';
import { readSclang } from './runSclang.js';

/** A note of sclang's score: its beginning, its controls, and the end by its gate. */
interface Note {
  readonly beat: number;
  readonly controls: Readonly<Record<string, number>>;
  readonly end: number | undefined;
}

type Bundle = readonly [time: number, ...messages: readonly (readonly (string | number)[])[]];

function notesOf(bundles: readonly Bundle[]): Note[] {
  const all = bundles.flatMap(([time, ...messages]) => messages.map((message) => ({ time, message })));
  const controlsOf = (list: readonly (string | number)[]) =>
    Object.fromEntries(
      list.flatMap((name, index) => (index % 2 === 0 ? [[name, Number(list[index + 1])]] : [])),
    );
  const begins = all.filter(({ message: [address] }) => address === 9);
  return begins.flatMap(({ time, message }) => {
    const id = message[2];
    const sets = all.filter(({ message: [address, node] }) => address === 15 && node === id);
    const changes = sets.filter(({ message: [, , name] }) => name !== 'gate');
    const end = sets.find(({ message: [, , name] }) => name === 'gate')?.time;
    const values = [
      { time, controls: controlsOf(message.slice(5)) },
      ...changes.map((change) => ({ time: change.time, controls: controlsOf(change.message.slice(2)) })),
    ];
    return values.map(({ time: beat, controls }, index) => ({
      beat,
      controls,
      end: values[index + 1]?.time ?? end,
    }));
  });
}

const byBeat = (a: Note, b: Note) => a.beat - b.beat || a.controls.freq! - b.controls.freq!;

/**
 * What differs by more than a millionth.
 *
 * @param score - Bundles of sclang's score, one a line.
 */
export function difference(
  score: string,
  pattern: Stream<EventKeys>,
  beats: number,
): { readonly count: number; readonly problems: readonly string[] } {
  const theirs = notesOf(score.trim().split('\n').map(readSclang) as Bundle[])
    .filter(({ beat }) => beat < beats)
    .sort(byBeat);
  const ours = events(pattern, { beats })
    .map(({ beat, sustain, ...controls }) => ({ beat, controls, end: beat + sustain }) as unknown as Note)
    .sort(byBeat);
  const problems: string[] = [];
  const compare = (what: string, our: number | undefined, their: number) => {
    if (!(Math.abs(our! - their) < 1e-6)) problems.push(`${what} is ${our}, and ${their} in sclang`);
  };
  compare('the number of notes', ours.length, theirs.length);
  for (const [place, their] of theirs.entries()) {
    const our = ours[place];
    compare(`beat of note ${place}`, our?.beat, their.beat);
    if (their.end !== undefined && their.end < beats) compare(`end of note ${place}`, our?.end, their.end);
    for (const [control, value] of Object.entries(their.controls))
      if (control !== 'out') compare(`${control} of note ${place}`, our?.controls[control], value);
  }
  return { count: theirs.length, problems };
}
