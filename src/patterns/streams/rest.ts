/** A value that is silent, and has a duration where it is a duration. */
export class Rest {
  /** Its beats, where it stands for a duration. */
  readonly value: number;

  /** @param value - Its beats. */
  constructor(value: number) {
    this.value = value;
  }
}

/** A rest among values: `seq([0, rest(), 4])`. As a duration it says its beats: `rest(2)`. */
export const rest = (beats = 1): Rest => new Rest(beats);

/** The number of a value that may be a rest. */
export const numberOf = (value: unknown): number => (value instanceof Rest ? value.value : Number(value));
