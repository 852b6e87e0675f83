import {
  type Key,
  type ReactNode,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { internal } from '../hooks/internal.js';
import { checkChannels, rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useBuffer } from '../hooks/useBuffer.js';
import { useScene } from '../hooks/useServer.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { BusHandle } from '../scene/handles.js';
import { Synth } from './nodes.js';
import { recordingDef } from './recordingDef.js';

/** Props of `<Recording>`. */
export interface RecordingProps {
  /** The sound file, as the server sees it. Another path ends the recording and begins another. */
  readonly path: string;
  /** The recorded bus, or its index. @default 0, the outputs */
  readonly bus?: BusHandle | number | undefined;
  /** @default 2 */
  readonly channels?: number | undefined;
  /** Kind of file, such as `wav` or `flac`. @default 'wav' */
  readonly headerFormat?: string | undefined;
  /** Samples: `int16`, `int24`, `float`. @default 'float' */
  readonly sampleFormat?: string | undefined;
  /** Called when the file is complete and closed; on the embedded engine only. */
  readonly onDone?: ((path: string) => void) | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/**
 * Records as long as it is mounted: `<At beat={4} length={8}><Recording path="chorus.wav" /></At>`.
 *
 * It records nodes that stand before it in the tree, so it stands last. It begins when the file is open, and
 * ends on a control period.
 *
 * Sends `/b_alloc`, `/b_write` with leaveOpen and `/s_new` of a synth with `DiskOut`. Its removal sends
 * `/n_free`, `/b_close` and `/b_free`. `/c_get` queries the number of written frames, because the server does
 * not notice a full disk.
 *
 * The embedded engine has no `DiskOut`. There the engine itself records all output as 32 bit floats, begun
 * and ended to some milliseconds.
 *
 * Offline it does nothing: the rendered file is a recording already. scsynth loses the end of what `DiskOut`
 * writes when it renders.
 *
 * @throws SuperColliderError `command-failed` when the file cannot be written, `unsupported` for a bus of its
 *   own on the embedded engine.
 * @throws SuperColliderError `invalid-argument` for an invalid number of channels.
 * @throws SuperColliderError `write-failed`, to `onError` of the root, when a part of the finished file is
 *   missing.
 */
export function Recording(props: RecordingProps): ReactNode {
  const { path, channels = 2 } = props;
  rejectUnknownProps('<Recording>', props, [
    'path',
    'bus',
    'channels',
    'headerFormat',
    'sampleFormat',
    'onDone',
  ]);
  const { server } = useScene('<Recording>');
  if (typeof path !== 'string' || path === '') {
    throw new SuperColliderError(
      'invalid-argument',
      `<Recording>: path is ${JSON.stringify(path)}, not that of a file.`,
    );
  }
  checkChannels('<Recording>', channels);
  if (server.abilities.diskStreaming) return <DiskRecord key={path} {...props} />;
  return server.engine?.record ? <EngineRecord key={path} {...props} /> : null;
}

/** Frames between two writes to the disk: a power of two, 1.4 s at 48 kHz. */
const BUFFER_FRAMES = 65_536;

function DiskRecord({
  path,
  bus = 0,
  channels = 2,
  headerFormat = 'wav',
  sampleFormat = 'float',
}: RecordingProps): ReactNode {
  const buffer = useBuffer(
    { frames: BUFFER_FRAMES, channels, writeTo: { path, headerFormat, sampleFormat } },
    path,
  );
  const def = useMemo(() => recordingDef(channels), [channels]);
  return <Synth def={def} buffer={buffer} bus={bus} written={buffer.written!} />;
}

function EngineRecord({ path, bus = 0, onDone }: RecordingProps): ReactNode {
  const scene = useScene('<Recording>');
  const [error, setError] = useState<Error>();
  const latest = useRef(onDone);
  useInsertionEffect(() => {
    latest.current = onDone;
  });
  if (bus !== 0) {
    throw new SuperColliderError(
      'unsupported',
      '<Recording>: the embedded engine records what is heard, not a bus. Leave bus out, or take another engine.',
    );
  }
  // One after the other: StrictMode mounts twice, and two recordings of one file would write over each other.
  const last = useRef<Promise<void>>(Promise.resolve());
  useLayoutEffect(() => {
    const begun = last.current.then(() => atItsMoment(scene)).then(() => scene.server.engine!.record!(path));
    begun.catch(setError);
    return () => {
      last.current = atItsMoment(scene)
        .then(() => begun)
        .then(
          async (recording) => {
            await recording.stop();
            latest.current?.(path);
          },
          () => {}, // it never began, and that error was reported
        )
        // This component is gone, and so is the boundary around it.
        .catch((cutOff: SuperColliderError) => scene.report(cutOff));
    };
  }, [scene, path]);
  if (error) throw error;
  return null;
}

/** Commits run ahead of the moment that they are for; what the engine does by itself has to wait for it. */
function atItsMoment(scene: SceneContext): Promise<void> {
  const wait = scene.time - scene.clock.now();
  return new Promise((resolve) => setTimeout(resolve, 1000 * wait));
}

internal(DiskRecord, EngineRecord);
