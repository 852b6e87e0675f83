/** The sound files of a folder as regions, by the notes in their names. */

import { SuperColliderError } from '../errors.js';
import { regionsOfMap, type Sample, type SampleMap } from './fileMap.js';
import type { Region } from './region.js';

const SOUND = /\.(wav|wave|aif|aiff|aifc|flac|ogg|oga|mp3)$/i;

/** A note in a name, such as `C#3`, that is no part of a word. */
const NOTE = /(?<![A-Za-z])([A-Ga-g][#b]?-?\d)(?![\w#])|(?<![A-Za-z])([A-Ga-g][#b]?-?\d)(?=_)/;
/** A layer of velocity, such as `v2`; the softest is the lowest. */
const LAYER = /(?<![A-Za-z0-9#])v(\d+)(?!\d)/i;

/**
 * The regions of a folder.
 *
 * A name has a note, `piano-C#3.wav`, or is a MIDI note number, `61.wav`. `v1`, `v2` … are layers of velocity, the
 * softest first. Files of one note and one layer take turns, in the order of their names.
 *
 * @throws SuperColliderError `invalid-file` for a folder without such files, with the names that are there.
 */
export function regionsOfFolder(folder: string, names: readonly string[]): readonly Region[] {
  const sounds = names.filter((name) => SOUND.test(name)).sort();
  const notes = new Map<string, { readonly name: string; readonly layer: number }[]>();
  for (const name of sounds) {
    const note = noteIn(name.replace(SOUND, ''));
    if (note === undefined) continue;
    const layer = Number(LAYER.exec(name)?.[1] ?? 1);
    notes.set(note, [...(notes.get(note) ?? []), { name, layer }]);
  }
  if (notes.size === 0) throw noNotes(folder, sounds, names.length);
  const path = (name: string) => `${folder.replace(/[/\\]$/, '')}/${name}`;
  const map: SampleMap = Object.fromEntries(
    [...notes].map(([note, files]) => {
      const layers = [...new Set(files.map(({ layer }) => layer))].sort((a, b) => a - b);
      const samples = files.map(({ name, layer }): Sample => {
        const place = layers.indexOf(layer);
        return { file: path(name), velocity: [place / layers.length, (place + 1) / layers.length] };
      });
      return [note, samples];
    }),
  );
  return regionsOfMap(map, true);
}

function noteIn(name: string): string | undefined {
  if (/^\d{1,3}$/.test(name)) return name;
  const found = NOTE.exec(name);
  return found?.[1] ?? found?.[2];
}

const noNotes = (folder: string, sounds: readonly string[], count: number): SuperColliderError =>
  new SuperColliderError(
    'invalid-file',
    `useSampler: the folder "${folder}" has ${
      sounds.length === 0
        ? `no sound file among its ${count} files`
        : `no sound file with a note in its name: ${sounds.slice(0, 5).join(', ')}`
    }. Names have a note, such as piano-C#3.wav, or are a MIDI note number, such as 61.wav.`,
  );
