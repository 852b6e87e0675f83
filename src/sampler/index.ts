/** `react-collider/sampler`: instruments of samples, from maps, folders and `.sfz` files. */

export type { Sample, SampleFile, SampleMap, Samples } from './fileMap.js';
export type { SamplerControl, SamplerInstrument } from './instrument.js';
export { Sampler, type SamplerProps } from './sampler.js';
export { type SamplerFiles, type SamplerOptions, useSampler } from './useSampler.js';
