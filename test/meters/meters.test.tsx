import { describe, expect, test } from 'vitest';
import {
  createRoot,
  type Level,
  type Spectrum,
  Synth,
  useBus,
  useLevel,
  useScope,
  useSpectrum,
} from '../../src/index.js';
import { In, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { bootForTest, engines } from '../setup/servers.js';

/** A thousand hertz, which is whole in a buffer of the scope, with another amplitude on each channel. */
const tone = synthDef('tone', { out: 0 }, ({ out }) => {
  Out.ar(out, [SinOsc.ar(1000).mul(0.5), SinOsc.ar(1000).mul(0.2)]);
});

const toOutput = synthDef('to-output', { from: 0 }, ({ from }) => {
  Out.ar(0, In.ar(from, 2).mul(0.5));
});

describe.each(engines)('%s', (engine) => {
  test('level, scope and spectrum of a bus and of the output, and nothing is left of them', async () => {
    const server = await bootForTest(engine);
    const before = (await server.queryTree(undefined, { controls: false })).children.length;
    const seen: {
      level?: readonly Level[] | undefined;
      output?: readonly Level[] | undefined;
      scope?: readonly Float32Array[] | undefined;
      spectrum?: Spectrum | undefined;
    } = {};
    function Piece() {
      const bus = useBus({ channels: 2 });
      seen.level = useLevel(bus, { interval: 0.02 });
      seen.output = useLevel(0, { interval: 0.02 });
      seen.scope = useScope(bus, { interval: 0.02 });
      seen.spectrum = useSpectrum(bus, { interval: 0.02 });
      return (
        <>
          <Synth def={tone} out={bus} />
          <Synth def={toOutput} from={bus} />
        </>
      );
    }
    const root = createRoot(server);
    await root.render(<Piece />);
    await expect.poll(() => seen.level?.[0]?.rms, { timeout: 10_000 }).toBeCloseTo(0.3536, 2);
    await expect
      .poll(() => seen.spectrum?.decibels[Math.round(1000 / seen.spectrum.width)])
      .toBeGreaterThan(-8);

    expect(seen.level!.map(({ peak }) => Number(peak.toFixed(2)))).toEqual([0.5, 0.2]);
    expect(seen.output!.map(({ peak }) => Number(peak.toFixed(2)))).toEqual([0.25, 0.1]);

    const [left, right] = seen.scope!;
    expect([left!.length, right!.length]).toEqual([1024, 1024]);
    // In one piece: a seam between new and old samples would be a jump.
    const step = (2 * Math.PI * 1000 * 0.5) / server.engine.sampleRate;
    const jumps = left!.slice(1).map((sample, index) => Math.abs(sample - left![index]!));
    expect(Math.max(...jumps)).toBeLessThan(step * 1.01);
    expect(Math.max(...left!)).toBeCloseTo(0.5, 2);

    const { decibels, width } = seen.spectrum!;
    const loudest = decibels.indexOf(Math.max(...decibels));
    expect(Math.abs(loudest * width - 1000)).toBeLessThanOrEqual(width);
    expect(decibels[Math.round(4000 / width)]).toBeLessThan(-60);

    await root.unmount();
    await expect
      .poll(async () => (await server.queryTree(undefined, { controls: false })).children.length)
      .toBe(before);
    expect(server.buffers.numberInUse).toBe(0);
    expect(server.controlBuses.numberInUse).toBe(0);
  });
});
