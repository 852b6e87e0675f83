import { record, type Server } from 'react-collider/server';
import { exitCodes } from '../exitCodes.js';
import { CliError } from '../failure.js';

/** A recording of what is played to a WAV file, on whichever side records. */
export interface FileRecording {
  readonly path: string;
  stop(): Promise<void>;
}

/** @throws CliError when the file cannot be written. */
export async function startRecording(server: Server, path: string): Promise<FileRecording> {
  try {
    if (!server.engine.record) return await record(server, { path });
    const recording = await server.engine.record(path);
    return { path, stop: async () => void (await recording.stop()) };
  } catch (cause) {
    throw new CliError(`Cannot record to ${path}: ${(cause as Error).message}`, exitCodes.output, { cause });
  }
}
