import type { Server, ServerBus, ServerSynth } from 'react-collider/server';
import { DC, In, Out, Peak, type SynthDef, synthDef } from 'react-collider/synthdef';

/** A report of an output that was louder than a sound device can play. */
export interface Clipping {
  /** The loudest output, from 1. */
  readonly output: number;
  /** Above full scale. */
  readonly decibels: number;
  /** Since it is looked for; half a second late at most. */
  readonly seconds: number;
}

/** Milliseconds between two looks. */
const INTERVAL = 500;

/** Decibels above the last report that lead to another report. */
const LOUDER = 1;

/** The loudest sample of each output so far goes to a control bus. */
function peaksDef(channels: number): SynthDef<{ readonly peaks: number }> {
  return synthDef(`react-collider-peaks-${channels}`, { peaks: 0 }, (c) => {
    // A trigger that never comes. With a plain 0, Peak.kr of an audio signal ends scsynth and supernova 3.13 by SIGSEGV.
    const never = DC.kr(0);
    for (let channel = 0; channel < channels; channel++)
      Out.kr(c.peaks.add(channel), Peak.kr(In.ar(channel, 1), never));
  });
}

/**
 * Calls when an output was beyond full scale, behind the volume: at first, and each time that it is louder by
 * a decibel.
 *
 * The client queries the peaks, as the embedded engine sends no message by itself (`SendReply`).
 *
 * Sends `/d_recv` and `/s_new` of a synth at the very end of everything, also after a reboot, and `/c_getn`.
 *
 * @returns A function that ends the watch, after a last look.
 */
export async function watchClipping(
  server: Server,
  onClipping: (clipping: Clipping) => void,
): Promise<() => Promise<void>> {
  const begun = performance.now();
  let told = 0;
  let peaks: { readonly bus: ServerBus; readonly synth: ServerSynth } | undefined;
  const begin = async (): Promise<void> => {
    const channels = server.engine.numOutputBusChannels;
    if (channels === 0) return;
    const def = peaksDef(channels);
    await server.synthDefs.ensure(def);
    const bus = server.controlBuses.bus(channels);
    bus.fill(0);
    const place = { target: server.nodes.root, action: 'tail', permanent: true } as const;
    peaks = { bus, synth: server.nodes.synth(def, { peaks: bus.index }, place) };
  };
  const look = async (): Promise<void> => {
    if (!peaks || server.state !== 'online') return;
    const levels = await peaks.bus.getRange();
    const level = Math.max(...levels);
    const decibels = 20 * Math.log10(level);
    if (level <= 1 || (told > 0 && decibels < told + LOUDER)) return;
    told = decibels;
    onClipping({
      output: levels.indexOf(level) + 1,
      decibels,
      seconds: (performance.now() - begun) / 1000,
    });
  };
  const end = server.onState((state) => {
    if (state === 'offline') peaks = undefined;
    // What does not begin is tried again at the next boot.
    else if (state === 'online') void begin().catch(() => {});
  });
  await begin();
  // An answer that does not come is no reason to end the music.
  const timer = setInterval(() => void look().catch(() => {}), INTERVAL);
  return async () => {
    clearInterval(timer);
    end();
    await look().catch(() => {});
    if (!peaks || server.state !== 'online') return;
    if (!peaks.synth.isFreed) peaks.synth.free();
    peaks.bus.free();
  };
}

/** For people. */
export const describeClipping = ({ output, decibels, seconds }: Clipping): string =>
  `Output ${output} peaks ${decibels.toFixed(1)} dB above full scale after ${seconds.toFixed(1)} s: it is clipped. Turn it down by as much.`;
