import { useState } from 'react';
import { begunAtFirstUse } from '../hooks/useRandom.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { Random } from '../time/random.js';
import type { Beats } from '../units.js';

/** The place of a value or a note in its `<Pattern>`, for the child that renders it. */
export interface PatternPlace {
  /** The beat at which it begins, counted by the element around the pattern. */
  readonly beat: Beats;
  /** Counts the values from 0; those that begin together have one number. */
  readonly index: number;
  /** Passes through the values before this one, with `repeat`. */
  readonly pass: number;
  /**
   * Random numbers of this place. Each render of the same place gives the same numbers, so a render never changes what
   * sounds.
   */
  readonly random: Random;
}

/** The part of a place that is known before the child is called. */
type Known = Omit<PatternPlace, 'random'>;

/** Gives places with random numbers of their own, which differ from pattern to pattern. */
export function usePlaces(scene: SceneContext): (known: Known, voice?: number) => PatternPlace {
  const [placeOf] = useState(() => {
    let pattern: number | undefined;
    return (known: Known, voice = 0): PatternPlace => ({
      ...known,
      random: begunAtFirstUse(() => {
        pattern ??= scene.countRandom();
        return `${scene.seed}/pattern ${pattern}/${known.index}/${voice}`;
      }),
    });
  });
  return placeOf;
}
