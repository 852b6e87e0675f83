/** Definitions of the library against the same graphs written in sclang. */

import { expect } from 'vitest';
import { standardSynthDefs } from '../../../src/synthdef/library/index.js';
import { testWithSclang } from '../../setup/sclang.js';
import { compileWithSclang } from './compileWithSclang.js';

/** Defaults of controls, and the seconds of their lags where they have one. */
type Controls = Readonly<Record<string, number | readonly [value: number, lag: number]>>;

const voice: Controls = { freq: 440, amp: [0.3, 0.02], pan: 0, out: 0, gate: 1, attack: 0.01, release: 0.3 };
const stroke: Controls = { amp: 0.3, pan: 0, out: 0 };
const insert: Controls = { in: 0, out: 0, amp: [1, 0.02], gate: 1 };
const mixed = (mix: number): Controls => ({ ...insert, mix: [mix, 0.05] });

const PLAY =
  'Out.ar(out, Pan2.ar(sound * EnvGen.kr(Env.asr(attack, 1, release), gate, doneAction: 2), pan, amp))';
const WIDE =
  'var env = EnvGen.kr(Env.asr(attack, 1, release), gate, doneAction: 2); ' +
  'Out.ar(out, Balance2.ar(left * env, right * env, pan, amp))';
const HIT = 'Out.ar(out, Pan2.ar(sound, pan, amp))';
const STRUCK = 'EnvGen.kr(Env.perc(0.001, decay, 1, -6), doneAction: 2)';
/** How an effect writes: `wet` is a function of its input. */
const PROCESS =
  'var input = In.ar(in, 2); var sound = wet.(input) * amp; ' +
  'var fade = EnvGen.kr(Env.asr(0.01, 1, 0.05), gate, doneAction: 2); ' +
  'Out.ar(out, (sound - (input * (in |==| out))) * fade)';
const MIXED = PROCESS.replace('wet.(input) * amp', 'input + ((wet.(input) - input) * mix) * amp');

const SOURCES: Readonly<Record<string, readonly [controls: Controls, body: string]>> = {
  sub: [
    { ...voice, freq: 55, drive: [0.3, 0.05] },
    `var gain = drive * 4 + 1; var sound = (SinOsc.ar(freq) * gain).tanh / gain.tanh; ${PLAY}`,
  ],
  pulse: [
    { ...voice, width: [0.5, 0.05], cutoff: [4000, 0.05], rq: 0.9 },
    `var sound = LeakDC.ar(RLPF.ar(Pulse.ar(freq, width.clip(0.02, 0.98)), cutoff.clip(20, 18000), rq) * 1.2, 0.999); ${PLAY}`,
  ],
  acid: [
    {
      ...voice, freq: 55, attack: 0.003, release: 0.05, wave: 0, glide: 0.03, cutoff: [300, 0.03], rq: 0.15,
      env: 3.5, decay: 0.25, drive: 1.5,
    },
    `var f = Lag.kr(freq, glide); var osc = Select.ar(wave, [Saw.ar(f), Pulse.ar(f, 0.5)]);
     var at = ((EnvGen.kr(Env.perc(0.002, decay, 1, -3)) * env * 12).midiratio * cutoff).clip(20, 18000);
     var filtered = LPF.ar(RLPF.ar(osc, at, rq), (at * 2).min(18000));
     var sound = LeakDC.ar((filtered * drive).tanh, 0.999) * 0.9; ${PLAY}`,
  ],
  keys: [
    { ...voice, attack: 0.002, decay: 4, bright: 0.5, tremolo: [0, 0.05] },
    `var body = EnvGen.kr(Env.perc(attack, decay, 1, -5), doneAction: 2);
     var tine = SinOsc.ar((freq * 14).min(18000), 0, EnvGen.kr(Env.perc(0.001, 0.25, 1, -5)) * bright);
     var bar = SinOsc.ar(freq, 0, body * bright * 1.2);
     var sound = (SinOsc.ar(freq, bar) + (SinOsc.ar(freq, tine) * 0.4)) * body;
     var swing = SinOsc.kr(5) * tremolo * 0.5;
     var left = sound * (swing + 0.8); var right = sound * (swing.neg + 0.8); ${WIDE}`,
  ],
  fmBell: [
    { ...stroke, freq: 440, decay: 3, ratio: 1.4, index: 3 },
    `var falling = EnvGen.kr(Env.perc(0.001, decay * 0.6, 1, -4)) * index;
     var tone = SinOsc.ar(freq, SinOsc.ar(freq * ratio, 0, falling));
     var sound = tone * EnvGen.kr(Env.perc(0.001, decay, 1, -5), doneAction: 2); ${HIT}`,
  ],
  snare: [
    { ...stroke, freq: 180, decay: 0.2, snappy: 0.7 },
    `var bend = XLine.kr(1.6, 1, 0.03);
     var membrane = (SinOsc.ar(freq * bend) + (SinOsc.ar(freq * 1.83 * bend) * 0.5))
       * EnvGen.kr(Env.perc(0.0005, decay * 0.7, 1, -5));
     var wires = HPF.ar(WhiteNoise.ar, 1500) * ${STRUCK} * snappy;
     var sound = (membrane + wires) * 0.62; ${HIT}`,
  ],
  tom: [
    { ...stroke, freq: 160, decay: 0.4 },
    `var falling = XLine.kr(freq * 1.7, freq, 0.08);
     var stick = LPF.ar(WhiteNoise.ar, 3000) * EnvGen.kr(Env.perc(0.0005, 0.015, 1, -5)) * 0.3;
     var overtone = SinOsc.ar(falling * 1.59) * EnvGen.kr(Env.perc(0.0005, decay * 0.4, 1, -5)) * 0.2;
     var sound = SinOsc.ar(falling) * ${STRUCK} + overtone + stick; ${HIT}`,
  ],
  compressor: [
    {
      ...mixed(1), threshold: [-18, 0.05], ratio: [4, 0.05], attack: 0.005, release: 0.12, makeup: [0, 0.05],
      sidechain: -1,
    },
    `var louder = { |pair| pair[0].abs.max(pair[1].abs) };
     var wet = { |input|
       var other = InFeedback.ar(sidechain.max(0), 2);
       var key = Select.ar(sidechain >= 0, [louder.(input), louder.(other)]);
       var over = (Amplitude.kr(key, attack, release).max(1e-6).ampdb - threshold).max(0);
       var gain = over * (ratio.max(1).reciprocal - 1) + makeup;
       input * gain.dbamp
     }; ${MIXED}`,
  ],
  eq: [
    {
      ...insert, lowFreq: [120, 0.05], lowGain: [0, 0.05], peak1Freq: [500, 0.05], peak1Gain: [0, 0.05],
      peak1Rq: [1, 0.05], peak2Freq: [2500, 0.05], peak2Gain: [0, 0.05], peak2Rq: [1, 0.05],
      highFreq: [8000, 0.05], highGain: [0, 0.05],
    },
    `var safe = { |freq| freq.clip(20, 18000) };
     var wet = { |input|
       var low = BLowShelf.ar(input, safe.(lowFreq), 1, lowGain);
       var first = BPeakEQ.ar(low, safe.(peak1Freq), peak1Rq, peak1Gain);
       var second = BPeakEQ.ar(first, safe.(peak2Freq), peak2Rq, peak2Gain);
       BHiShelf.ar(second, safe.(highFreq), 1, highGain)
     }; ${PROCESS}`,
  ],
  gateNoise: [
    { ...insert, threshold: [-45, 0.05], range: 60, attack: 0.005, release: 0.15 },
    `var wet = { |input|
       var level = Amplitude.kr(input[0].abs.max(input[1].abs), 0.002, 0.05).max(1e-6).ampdb;
       var open = Schmidt.kr(level, threshold - 4, threshold);
       var closed = range.neg.dbamp;
       input * (LagUD.kr(open, attack, release) * (closed.neg + 1) + closed)
     }; ${PROCESS}`,
  ],
  tremolo: [
    { ...mixed(1), rate: 5, depth: [0.5, 0.05] },
    `var wet = { |input| input * ((SinOsc.kr(rate) * 0.5 + 0.5 * depth).neg + 1) }; ${MIXED}`,
  ],
  pingPong: [
    { ...mixed(0.4), time: [0.375, 0.2], feedback: [0.5, 0.05], cutoff: [6000, 0.05] },
    `var wet = { |input|
       var back = DelayC.ar(LocalIn.ar(1), 2, (time - ControlDur.ir).max(0));
       var fb = feedback.clip(0, 0.95);
       var first = DelayC.ar((input[0] + input[1]) * 0.5, 2, time) + back;
       var second = DelayC.ar(LPF.ar(first, cutoff.clip(20, 18000)) * fb, 2, time);
       LocalOut.ar(LPF.ar(second, cutoff.clip(20, 18000)) * fb);
       [first, second]
     }; ${MIXED}`,
  ],
}; // biome-ignore format: controls in rows

/** A SynthDef with these controls; the lags are its third argument. */
function source(name: string, [controls, body]: readonly [Controls, string]): string {
  const written = Object.entries(controls).map(([control, given]) => {
    const [value, lag] = typeof given === 'number' ? [given, undefined] : given;
    return { argument: `${control} = ${value}`, lag: lag ?? 'nil' };
  });
  const [names, lags] = [written.map(({ argument }) => argument), written.map(({ lag }) => lag)];
  return `SynthDef(\\${name}, { |${names.join(', ')}| ${body} }, [${lags.join(', ')}])`;
}

testWithSclang('definitions of each kind are as sclang compiles them, to the byte', async () => {
  const { get } = standardSynthDefs();
  const theirs = await compileWithSclang(
    Object.entries(SOURCES).map(([name, written]) => source(name, written)),
  );
  for (const [index, name] of Object.keys(SOURCES).entries()) {
    expect(theirs[index], `${name} in sclang`).toBeDefined();
    expect(theirs[index], name).toEqual(get(name)!.bytes);
  }
});
