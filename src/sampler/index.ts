/** `react-collider/sampler`: instruments of samples, from maps, folders, `.sfz` files and SoundFonts. */

export type { Sample, SampleFile, SampleMap, Samples } from './fileMap.js';
export type { SamplerControl, SamplerInstrument } from './instrument.js';
export type { SamplerOptions } from './options.js';
export { Sampler, type SamplerProps } from './sampler.js';
export { type SamplerFiles, useSampler } from './useSampler.js';
