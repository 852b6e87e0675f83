/**
 * `react-collider/browser`: sound in pages. Everything of `react-collider`, and servers that a page starts.
 */

export {
  type PageEngineOptions,
  startPageEngine,
} from './engine/browser/startPageEngine.js';
export type { EmbeddedOptions } from './engine/embedded/embeddedOptions.js';
export type { SoundFileFacts } from './engine/soundfile/soundFileFacts.js';
export * from './index.js';
export type { PerformanceOptions } from './offline/performance.js';
export {
  createPageServer,
  PageServer,
  type PageServerOptions,
  type PageServerState,
  type PageServerStatus,
} from './page/pageServer.js';
export { type RenderToAudioBufferOptions, renderToAudioBuffer } from './page/renderToAudioBuffer.js';
export { ServerProvider, type ServerProviderProps, Sound, type SoundProps } from './page/sound.js';
export { type ServerStateControls, useServerState } from './page/useServerState.js';
