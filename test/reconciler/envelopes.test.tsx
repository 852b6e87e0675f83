/** Envelopes as values of array controls, of elements and of the client alike. */

import type { Ref } from 'react';
import { expect, test } from 'vitest';
import { Synth, type SynthHandle } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { control, Env, EnvGen, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { engines, freshServer } from '../setup/servers.js';

const shaped = synthDef('shaped', { env: Env.newClear(4), level: 0.5 }, (c) =>
  Out.ar(0, SinOsc.ar(440).mul(EnvGen.kr(c.env)).mul(c.level)),
);

/** The slots of the control; those that an Env did not give are as in the definition. */
const slots = (env: Env): number[] => {
  const given = env.asArray();
  return [...given, ...Env.newClear(4).asArray().slice(given.length)].map(Math.fround);
};

test.each(
  engines,
)('on %s, an array control takes an Env as a prop, by a ref and from the client', async (engine) => {
  const server = await freshServer(engine);
  const root = createRoot(server);
  let handle: SynthHandle | null = null;
  const ref: Ref<SynthHandle> = (value) => {
    handle = value;
  };
  const onServer = async () => (await server.nodes.synthAt(handle!.id!).getRange('env', 20)).map(Math.fround);
  await root.render(<Synth def={shaped} ref={ref} env={Env.perc()} />);
  expect(await onServer()).toEqual(slots(Env.perc()));
  await root.render(<Synth def={shaped} ref={ref} env={Env.adsr(0.1, 0.2, 0.5, 2)} />);
  expect(await onServer()).toEqual(slots(Env.adsr(0.1, 0.2, 0.5, 2)));
  handle!.set({ env: Env.linen() });
  await server.sync();
  expect(await onServer()).toEqual(slots(Env.linen()));
  const synth = await server.nodes.play(shaped, { env: Env.triangle(2) });
  expect((await synth.getRange('env', 20)).map(Math.fround)).toEqual([...slots(Env.triangle(2))]);
  synth.set({ env: Env.sine() });
  expect((await synth.getRange('env', 12)).map(Math.fround)).toEqual(Env.sine().asArray().map(Math.fround));
  expect(synth.controls.env).toEqual([...slots(Env.sine())]);
  expect(await synth.get('level')).toEqual([0.5]);
});

test('an Env with the same numbers is the same value: nothing is sent', async () => {
  const server = await freshServer('embedded');
  const root = createRoot(server);
  const Voice = ({ end }: { end: number }) => <Synth def={shaped} env={Env.perc(0.1, end)} />;
  await root.render(<Voice end={2} />);
  const { transport } = server.engine;
  const sent: string[] = [];
  const send = transport.send.bind(transport);
  transport.send = (packet) => {
    sent.push(...(new TextDecoder('latin1').decode(packet).match(/\/[sn]_\w+/g) ?? []));
    send(packet);
  };
  await root.render(<Voice end={2} />);
  expect(sent).toEqual([]);
  await root.render(<Voice end={3} />);
  expect(sent).toEqual(['/n_setn']);
});

test('an Env that has no single numbers, or too many, is refused by name', async () => {
  const server = await freshServer('embedded');
  await server.synthDefs.ensure(shaped);
  const root = createRoot(server);
  const wide = new Env([0, [1, 2], 0]);
  const endless = new Env([0, 1], [Number.POSITIVE_INFINITY]);
  const rendered = (env: Env) => root.render(<Synth def={shaped} env={env} />);
  await expect(rendered(wide)).rejects.toThrow(
    'control "env" is an Env with channels or signals in it, where each level, time and curve has to be one number.',
  );
  await expect(rendered(endless)).rejects.toThrow('control "env" is an Env with Infinity in it.');
  await expect(rendered(Env.newClear(5))).rejects.toThrow('was given 24 values and has room for 20.');
  expect(() => server.nodes.synth(shaped, { env: wide })).toThrow('control "env" is an Env with channels');
  expect(() => wide.asArray()).toThrow('is no array of numbers');
  expect(() => synthDef('wide', {}, () => control('env', wide))).toThrow('is no array of numbers');
});
