import type { ReceivedMessage } from '../osc/message.js';

/** What `/status.reply` says. */
export interface ServerStatus {
  readonly unitGenerators: number;
  readonly synths: number;
  /** Groups, the root among them. */
  readonly groups: number;
  readonly synthDefs: number;
  /** Percent of the time that a control period leaves. */
  readonly averageCpu: number;
  readonly peakCpu: number;
  /** Hertz. */
  readonly nominalSampleRate: number;
  readonly actualSampleRate: number;
}

export function parseStatus({ args }: ReceivedMessage): ServerStatus {
  const [
    ,
    unitGenerators,
    synths,
    groups,
    synthDefs,
    averageCpu,
    peakCpu,
    nominalSampleRate,
    actualSampleRate,
  ] = args.map(Number);
  return {
    unitGenerators: unitGenerators!,
    synths: synths!,
    groups: groups!,
    synthDefs: synthDefs!,
    averageCpu: averageCpu!,
    peakCpu: peakCpu!,
    nominalSampleRate: nominalSampleRate!,
    actualSampleRate: actualSampleRate!,
  };
}

/** What `/version.reply` says. */
export interface ServerVersion {
  /** `scsynth` or `supernova`. */
  readonly program: string;
  readonly major: number;
  readonly minor: number;
  /** With its dot: `.0`. */
  readonly patch: string;
  readonly branch: string;
  readonly commit: string;
}

export function parseVersion({ args }: ReceivedMessage): ServerVersion {
  const [program, major, minor, patch, branch, commit] = args;
  return {
    program: String(program),
    major: Number(major),
    minor: Number(minor),
    patch: String(patch),
    branch: String(branch),
    commit: String(commit),
  };
}
