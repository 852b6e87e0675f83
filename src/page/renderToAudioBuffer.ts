import type { ReactNode } from 'react';
import { DEFAULT_FILES, fetchEngine } from '../engine/browser/engineAssets.js';
import { fetchSound } from '../engine/browser/fetchFile.js';
import { addWorklet, engineNode } from '../engine/browser/startPageEngine.js';
import type { WorkletMessage, WorkletScore } from '../engine/browser/workletMessages.js';
import { worldOptions } from '../engine/embedded/embeddedOptions.js';
import { outputFailure } from '../engine/offlineFailure.js';
import { framesOf, type SoundData } from '../engine/soundfile/sound.js';
import { SuperColliderError } from '../errors.js';
import { DEFAULT_SEED, type PerformanceOptions, perform } from '../offline/performance.js';
import { endEntry, type ScoreEntry, ScoreWriter } from '../offline/score.js';
import type { ServerOptions } from '../server/options.js';
import { serverOptions } from '../server/serverOptions.js';
import { standardSynthDefs } from '../synthdef/library/index.js';
import type { Hertz, Seconds } from '../units.js';

/** Options of `renderToAudioBuffer`. */
export interface RenderToAudioBufferOptions
  extends Pick<PerformanceOptions, 'synthDefs' | 'library' | 'seed' | 'onTime' | 'signal'> {
  /** Length of the result, in seconds. */
  readonly duration: Seconds;
  /** Hertz. @default 48000 */
  readonly sampleRate?: Hertz | undefined;
  /** @default 2 */
  readonly channels?: number | undefined;
  /** Further options of the server that is to play it, such as `maxNodes`. */
  readonly server?: Partial<ServerOptions> | undefined;
  /** The folder that the engine's files are served from. @default '/react-collider/' */
  readonly files?: string | undefined;
}

/**
 * Renders a piece in the page, as fast as it can be, by an `OfflineAudioContext`: to be drawn, saved, or played by an
 * `AudioBufferSourceNode`. The samples are those that `renderToFile` of `react-collider/node` writes with the embedded
 * engine, to the bit.
 *
 * @throws SuperColliderError `invalid-time`, `boot-failed`, `command-failed` with what the engine said of a command that it
 *   refused, and the first error of the piece.
 */
export async function renderToAudioBuffer(
  element: ReactNode,
  options: RenderToAudioBufferOptions,
): Promise<AudioBuffer> {
  const { duration, sampleRate = 48_000, channels = 2, server, files = DEFAULT_FILES } = options;
  const { seed = DEFAULT_SEED } = options;
  const given = serverOptions({ ...server, sampleRate, numOutputBusChannels: channels });
  const engineFiles = fetchEngine(files);
  // The piece's own error comes first.
  engineFiles.catch(() => {});
  const score = await scoreOf(element, { ...options, server: given, seed });
  const context = new OfflineAudioContext(channels, Math.round(duration * sampleRate), sampleRate);
  await addWorklet(context, files);
  const world = { ...worldOptions({ ...given, sampleRate }), seed };
  const node = engineNode(context, { files: await engineFiles, world, score });
  let failure: Error | undefined;
  await new Promise<void>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent) => {
      const message = data as WorkletMessage;
      if (message.type === 'ready') resolve();
      else if (message.type === 'failed') reject(new SuperColliderError('boot-failed', message.message));
      else if (message.type === 'output') failure ??= outputFailure(message.line);
      else if (message.type === 'crashed')
        failure ??= new SuperColliderError('command-failed', message.message);
    };
  });
  node.connect(context.destination);
  const rendered = await context.startRendering();
  // What the engine printed last is on its way still.
  await new Promise((resolve) => setTimeout(resolve));
  node.port.onmessage = null;
  if (failure) throw failure;
  return rendered;
}

async function scoreOf(
  element: ReactNode,
  options: RenderToAudioBufferOptions & { readonly server: ServerOptions },
): Promise<WorkletScore> {
  const sounds = new Map<string, SoundData>();
  const entries: ScoreEntry[] = [];
  await perform(element, {
    library: standardSynthDefs(),
    ...options,
    soundFile: async (path) => {
      const sound = sounds.get(path) ?? (await fetchSound(path));
      sounds.set(path, sound);
      return { frames: framesOf(sound), channels: sound.channels.length, sampleRate: sound.sampleRate };
    },
    fullPath: (path) => new URL(path, document.baseURI).href,
    onEntry: (entry) => entries.push(entry),
  });
  const writer = new ScoreWriter();
  const played = [...entries, endEntry(options.duration)];
  return { entries: played.map((entry) => ({ time: entry.time, bundles: writer.bundles(entry) })), sounds };
}
