import type { ReceivedMessage } from '../osc/message.js';

/** The content of `/status.reply`. */
export interface ServerStatus {
  /** Unit generators of all synths. */
  readonly unitGenerators: number;
  /** Synths of all clients. */
  readonly synths: number;
  /** Groups, the root among them. */
  readonly groups: number;
  /** Definitions that the server holds. */
  readonly synthDefs: number;
  /** Percent of the time that a control period leaves. */
  readonly averageCpu: number;
  /** Percent: the highest load of late. */
  readonly peakCpu: number;
  /** Hertz. */
  readonly nominalSampleRate: number;
  /** Hertz, as the server measures them. */
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

/**
 * A status in the words of supriya: `StatusInfo(actual_sample_rate=44103.75804874041, …)`, numbers as Python prints them.
 */
export function printStatus(status: ServerStatus): string {
  const { actualSampleRate, averageCpu, groups, peakCpu, synths, synthDefs, nominalSampleRate } = status;
  const facts = {
    actual_sample_rate: pythonFloat(actualSampleRate),
    average_cpu_usage: pythonFloat(averageCpu),
    group_count: groups,
    peak_cpu_usage: pythonFloat(peakCpu),
    synth_count: synths,
    synthdef_count: synthDefs,
    target_sample_rate: pythonFloat(nominalSampleRate),
    ugen_count: status.unitGenerators,
  };
  const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return `StatusInfo(${words.join(', ')})`;
}

/** The same shortest digits as here; whole numbers have their `.0`, and exponents begin below 0.0001, of two digits. */
function pythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** The content of `/rtMemoryStatus.reply`, in bytes. */
export interface ServerMemory {
  /** Free bytes in all pieces together. */
  readonly free: number;
  /** The largest piece in one: what a single delay line can have at most. */
  readonly largestFree: number;
}

export function parseMemoryStatus({ args }: ReceivedMessage): ServerMemory {
  return { free: Number(args[0]), largestFree: Number(args[1]) };
}

/** The content of `/version.reply`. */
export interface ServerVersion {
  /** `scsynth` or `supernova`. */
  readonly program: string;
  /** The 3 of `3.13.0`. */
  readonly major: number;
  /** The 13 of `3.13.0`. */
  readonly minor: number;
  /** With its dot: `.0`. */
  readonly patch: string;
  /** The git branch of the build. */
  readonly branch: string;
  /** The git commit of the build. */
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
