/** Controls as properties, typed by their definition. */

import { expect, test } from 'vitest';
import { In, Out, PlayBuf, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

const chord = synthDef('chord', { freq: 440, amp: 0, t_hit: 0, pan: [0, 0] }, (c) =>
  Out.ar(0, SinOsc.ar(c.freq).mul(c.amp).add(c.t_hit.mul(0)).add(c.pan.mul(0))),
);

test.each(
  engines,
)('N21: on %s, properties count with, and are those of the definition alone', async (engine) => {
  const server = await freshServer(engine);
  const synth = await server.nodes.play(chord, { freq: 220 });
  const { controls } = synth;
  controls.freq *= 1.5;
  controls.freq += 1;
  controls.pan = [0.5, -0.5];
  controls.t_hit = 1;
  expect(await synth.get('freq')).toEqual([331]);
  // A trigger is 0 again by itself.
  expect({ ...controls }).toEqual({ freq: 331, amp: 0, t_hit: 0, pan: [0.5, -0.5] });
  // @ts-expect-error The compiler knows what there is.
  expect(() => Object.assign(controls, { frq: controls.frq })).toThrow('has no control "frq"');
  // What others set is not known here; the server is asked for it.
  server.nodes.synthAt(synth.id).set({ freq: 500 });
  expect([controls.freq, ...(await synth.get('freq'))]).toEqual([331, 500]);
  synth.set({ freq: server.controlBuses.bus().map });
  expect(controls.freq).toBe(331);
});

const stereo = synthDef('stereo', { outs: [0, 0], from: 0, buf: 0 }, (c) => {
  const sound = [SinOsc.ar(), In.ar(c.from, 2).channels[0]!.add(PlayBuf.ar(2, c.buf).channels[0]!)];
  Out.ar(c.outs.channels[1]!, sound);
});

test('a bus or buffer of too few channels for the definition is refused before anything is sent', async () => {
  const server = await freshServer('embedded');
  await server.synthDefs.ensure(stereo);
  const narrow = server.audioBuses.bus(1);
  const wide = server.audioBuses.bus(4);
  const mono = await server.buffers.alloc(64, 1);
  const before = server.engine.transport.counts.packetsSent;
  const problem = (controls: object) => {
    const messages = [
      () => server.nodes.synth('stereo', controls as never),
      () => server.nodes.synth(stereo, controls as never),
      () => server.nodes.grain(stereo, controls as never),
      () => server.nodes.synthAt(5000, 'stereo').set(controls as never),
    ].map((act) => {
      try {
        act();
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-control' });
        return (error as Error).message.replace(/^.*do not fit together: /, '');
      }
      return undefined;
    });
    expect(new Set(messages).size).toBe(1);
    return messages[0];
  };
  expect(problem({ outs: [0, narrow] })).toBe(
    `Out writes 2 channels at audio rate, and the 1-channel audio bus ${narrow.index} has 1 there; others are another ` +
      "bus's. Make it with server.audioBuses.bus(2).",
  );
  expect(problem({ from: wide.channel(3) })).toBe(
    `In reads 2 channels at audio rate, and the 4-channel audio bus ${wide.index} has 1 there; others are another bus's. ` +
      'Make it with server.audioBuses.bus(5).',
  );
  expect(problem({ from: server.audioBuses.at(20, 1) })).toContain('Take server.audioBuses.at(20, 2).');
  expect(problem({ from: server.controlBuses.bus(2) })).toMatch(
    /is none of that rate\. Make it with server\.audioBuses\.bus\(2\)\.$/,
  );
  expect(problem({ buf: mono })).toMatch(
    /^PlayBuf plays 2 channels, and buffer \d+ has 1: it would be silent/,
  );
  expect(() => server.nodes.grain(stereo, { frm: 0 } as never)).toThrow(
    'Grain of "stereo" has no control "frm"',
  );
  expect(server.engine.transport.counts.packetsSent).toBe(before);
  // What is wide enough, from its middle, and a bus of which nobody said how many channels it has.
  expect(problem({ outs: [narrow, wide.channel(2)], from: server.audioBuses.at(20) })).toBeUndefined();
});

const still = synthDef('still', { out: 0, value: 222 }, (c) => Out.kr(c.out, c.value.add(0)));

test.each(
  engines,
)('on %s, a control that follows a bus is asked for as what is on the bus', async (engine) => {
  const server = await freshServer(engine);
  const synth = await server.nodes.play(chord, { freq: 220 });
  const bus = server.controlBuses.bus(2);
  bus.set(333, 0.25);
  synth.map({ freq: bus.channel(0), pan: bus });
  const { index } = chord.description.controls.find(({ name }) => name === 'freq')!;
  expect(await synth.get('freq', 'amp', index)).toEqual([333, 0, 333]);
  expect(await synth.getRange('pan', 2)).toEqual([333, 0.25]);
  // What synths write there, too.
  await server.nodes.play(still, { out: bus });
  await expect.poll(() => synth.get('freq')).toEqual([222]);
  // A value, or no bus, ends it.
  synth.set({ freq: 100 });
  synth.setAt('pan', 1, 0.5);
  expect([...(await synth.get('freq')), ...(await synth.getRange('pan', 2))]).toEqual([100, 222, 0.5]);
  synth.set({ freq: bus.map, pan: [bus.channel(1).map, bus.map] });
  expect([...(await synth.get('freq')), ...(await synth.getRange('pan', 2))]).toEqual([222, 0.25, 222]);
  synth.map({ freq: undefined });
  synth.setRange('pan', [0, 0]);
  expect([...(await synth.get('freq')), ...(await synth.getRange('pan', 2))]).toEqual([100, 0, 0]);
  synth.map({ freq: server.audioBuses.bus() });
  await expect(synth.get('freq')).rejects.toThrow(
    /"freq" follows audio bus \d+, and what is on audio buses no server tells/,
  );
});

test('a control that the definition does not have is refused, when a synth is made and when it is set', async () => {
  const server = await freshServer('embedded');
  const synth = await server.nodes.play(chord);
  expect(() => synth.set({ frq: 220 })).toThrow(
    /has no control "frq"\. It has: .*t_hit.*\. Did you mean "freq"\?$/,
  );
  // @ts-expect-error The compiler knows it, too.
  expect(() => server.nodes.synth(chord, { frq: 220 })).toThrow('("chord") has no control "frq".');
  expect(() => server.nodes.synth('chord', { frq: 220 })).toThrow('has no control "frq"');
  // An object's keys are texts: as an index the server would not find it.
  expect(() => synth.set({ 0: 330 })).toThrow('has no control "0"');
});

test.each(
  engines,
)('N21: on %s, of a definition that was not sent here what was set is known', async (engine) => {
  const server = await freshServer(engine);
  await server.nodes.play(chord);
  const other = server.nodes.synthAt(server.defaultGroup.id + 5000);
  expect([other.controls.freq, Object.keys(other.controls), 'freq' in other.controls]).toEqual([
    undefined,
    [],
    false,
  ]);
  other.set({ amp: 0.5 });
  expect([{ ...other.controls }, 'amp' in other.controls]).toEqual([{ amp: 0.5 }, true]);
});

test.runIf(engines.includes('supernova'))(
  'supernova is not asked for the controls of a definition that ends with an array',
  async () => {
    const server = await bootForTest('supernova');
    await server.nodes.play(chord);
    await expect(server.queryTree()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('"pan", the last control of "chord", is an array'),
    });
    const [synth] = (await server.queryTree(server.defaultGroup.id, { controls: false })).children;
    expect(synth).toMatchObject({ def: 'chord' });
    await server.quit();
  },
);
