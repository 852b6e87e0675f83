/** The buffers of a server, and what is in them. */

import type { Server } from '../../server/index.js';
import type { BufferFacts, Waveform } from '../protocol.js';

/** Samples that are read at a time. */
const SAMPLES_PER_PART = 8192;
/** A longer buffer is read here and there: a million samples take about a second. */
const MAX_SAMPLES = 1_000_000;
/** Buffer numbers of one query: scsynth puts at most 8 kB into an answer, 20 bytes for each. */
const NUMBERS_PER_QUESTION = 256;

type BufferNumber = Parameters<Server['buffers']['at']>[0];

/** Those of some numbers that hold something. Sends `/b_query`. */
export async function listBuffers(server: Server, from: number, count: number): Promise<BufferFacts[]> {
  const end = Math.min(from + count, server.options.numBuffers);
  const found: BufferFacts[] = [];
  for (let first = from; first < end; first += NUMBERS_PER_QUESTION) {
    const numbers = Array.from({ length: Math.min(NUMBERS_PER_QUESTION, end - first) }, (_, i) => first + i);
    // An answer for each, as one message with many numbers has one answer with all of them.
    const answer = await server.request({ type: '/b_query', numbers: numbers as BufferNumber[] });
    for (let at = 0; at + 3 < answer.args.length; at += 4) {
      const [number, frames, channels, sampleRate] = answer.args.slice(at, at + 4).map(Number);
      if (frames! > 0)
        found.push({ number: number!, frames: frames!, channels: channels!, sampleRate: sampleRate! });
    }
  }
  return found;
}

/** A buffer's outline: for each column the smallest and the largest sample. Sends `/b_query` and `/b_getn`. */
export async function readWaveform(server: Server, number: number, columns: number): Promise<Waveform> {
  const [facts] = await listBuffers(server, number, 1);
  if (!facts) throw new Error(`Buffer ${number} is empty: it was freed, or was never allocated.`);
  const { frames, channels } = facts;
  const buffer = await server.buffers.at(number);
  const width = Math.min(columns, frames);
  const ranges = Array.from({ length: channels }, () =>
    Array.from({ length: 2 * width }, (_, i) =>
      i % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    ),
  );
  const take = Math.max(1, Math.floor(SAMPLES_PER_PART / channels));
  const questions = Math.ceil(frames / take);
  const most = Math.max(1, Math.floor(MAX_SAMPLES / (take * channels)));
  // In a long buffer every so many frames are read and the others left out; every column has some of them.
  const parts = questions <= most ? questions : Math.max(most, width);
  const size = Math.max(1, questions <= most ? take : Math.floor(MAX_SAMPLES / parts / channels));
  let framesRead = 0;
  for (let part = 0; part < parts; part++) {
    const start = questions <= most ? part * take : Math.floor((part / parts) * frames);
    const count = Math.min(size, frames - start);
    const samples = await buffer.getRange(start * channels, count * channels);
    framesRead += count;
    for (let frame = 0; frame < count; frame++) {
      const column = Math.min(width - 1, Math.floor(((start + frame) / frames) * width));
      for (let channel = 0; channel < channels; channel++) {
        const range = ranges[channel]!;
        const sample = samples[frame * channels + channel]!;
        range[2 * column] = Math.min(range[2 * column]!, sample);
        range[2 * column + 1] = Math.max(range[2 * column + 1]!, sample);
      }
    }
  }
  for (const range of ranges) fillGaps(range);
  return { ...facts, ranges, framesRead };
}

/** JSON has no infinities: a column without a sample is as the one before it. */
function fillGaps(range: number[]): void {
  for (let at = 0; at < range.length; at++)
    if (!Number.isFinite(range[at]!)) range[at] = at < 2 ? 0 : range[at - 2]!;
}
