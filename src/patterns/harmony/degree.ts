/** The semitones of a step of a scale. A tenth of a step is an accidental, as in sclang: 2.1 is 2 and a semitone. */
export function degreeToKey(degree: number, steps: readonly number[], stepsPerOctave = 12): number {
  const whole = Math.floor(degree + 0.5);
  const octave = Math.floor(whole / steps.length);
  const accidental = (degree - whole) * 10 * (stepsPerOctave / 12);
  return stepsPerOctave * octave + steps[whole - octave * steps.length]! + accidental;
}
