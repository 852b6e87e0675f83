/** The spectrum of a signal whose length is a power of two, with a Hann window. */
export function spectrum(
  samples: Float32Array,
  sampleRate: number,
): { peak: number; decibels: (frequency: number) => number } {
  const size = samples.length;
  const real = Float64Array.from(
    samples,
    (sample, i) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)),
  );
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  const magnitudes = Array.from({ length: size / 2 }, (_, i) => Math.hypot(real[i]!, imaginary[i]!));
  const loudest = Math.max(...magnitudes);
  const bin = (frequency: number): number => Math.round((frequency * size) / sampleRate);
  return {
    /** Hertz of the loudest partial. */
    peak: (magnitudes.indexOf(loudest) * sampleRate) / size,
    /** Level near a frequency, relative to the loudest. */
    decibels: (frequency) => {
      const near = magnitudes.slice(Math.max(0, bin(frequency) - 2), bin(frequency) + 3);
      return 20 * Math.log10(Math.max(...near) / loudest);
    },
  };
}

/** Radix-2 fast Fourier transform, in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const angle = (-2 * Math.PI) / length;
    for (let start = 0; start < size; start += length) {
      for (let k = 0; k < length / 2; k++) {
        const cos = Math.cos(angle * k);
        const sin = Math.sin(angle * k);
        const a = start + k;
        const b = a + length / 2;
        const re = real[b]! * cos - imaginary[b]! * sin;
        const im = real[b]! * sin + imaginary[b]! * cos;
        real[b] = real[a]! - re;
        imaginary[b] = imaginary[a]! - im;
        real[a] = real[a]! + re;
        imaginary[a] = imaginary[a]! + im;
      }
    }
  }
}
