/** As much of the package's types as is used here; it comes with none. */
declare module 'fourier-transform' {
  /** Magnitudes of the lower half of the spectrum; a sine of amplitude 1 gives 1. */
  const magnitudes: (samples: ArrayLike<number>, output?: Float64Array) => Float64Array;
  export default magnitudes;
}
