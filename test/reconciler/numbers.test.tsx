/** Numbers that a server cannot have are refused by name wherever one is given, before anything is sent. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Buffer, type BusHandle, Note, Synth, useBus } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { encodePacket } from '../../src/osc/encode.js';
import { Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { tone } from '../setup/definitions.js';
import { freshServer } from '../setup/servers.js';

/** NaN, infinities, and what is infinite as a float32. */
const wrong = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e39, -1e39),
  fc.double({ min: 3.5e38, noNaN: true }),
);
const right = fc.oneof(fc.integer(), fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(3.4e38));

const server = await freshServer('embedded');
await server.synthDefs.ensure(tone);
const root = createRoot(server);
let bus: BusHandle | undefined;
function Bus() {
  bus = useBus({ rate: 'control' });
  return <Synth def={tone} name="voice" freq={bus} />;
}
await root.render(<Bus />);
const synth = server.nodes.synth(tone);
const controlBus = server.controlBuses.bus();
const buffer = await server.buffers.alloc(8);

const ways: Readonly<Record<string, (value: number) => unknown>> = {
  'a prop': (freq) => rendered(<Synth key="prop" def={tone} freq={freq} />),
  'a prop of an array': (pan) => rendered(<Synth key="array" def={tone} pan={[0, pan]} />),
  controls: (freq) => rendered(<Synth key="controls" def={tone} controls={{ freq }} />),
  'a note': (freq) => rendered(<Note key="note" def={tone} freq={freq} />),
  'samples of a buffer': (sample) => rendered(<Buffer data={[0, sample]}>{() => null}</Buffer>),
  'a bus of a tree': (value) => bus!.set(value),
  'a synth of the client': (freq) => server.nodes.synth(tone, { freq }),
  'set of the client': (freq) => synth.set({ freq }),
  'fill of the client': (value) => synth.setRange('freq', [value]),
  'a bus of the client': (value) => controlBus.set(value),
  'a buffer of the client': (value) => buffer.set([0, value]),
  'samples of the client': (value) => server.buffers.data([value]),
  'a command': (freq) => server.send([{ type: '/n_set', id: synth.id, controls: ['freq', freq] }]),
  'a message': (freq) => server.sendMessage('/n_set', synth.id, 'freq', freq),
  'a packet': (freq) => encodePacket(['/n_set', 1000, 'freq', freq]),
  'a default of a definition': (freq) => synthDef('d', { freq }, (c) => Out.ar(0, SinOsc.ar(c.freq))),
  'a variant of a definition': (freq) =>
    synthDef('d', { freq: 1 }, (c) => Out.ar(0, SinOsc.ar(c.freq)), { variants: { low: { freq } } }),
};

async function rendered(element: React.ReactNode): Promise<void> {
  await root.render([<Bus key="bus" />, element]);
}

/** Packets that set something. */
const sent: string[] = [];
const { transport } = server.engine;
const send = transport.send.bind(transport);
transport.send = (packet) => {
  const text = new TextDecoder('latin1').decode(packet);
  if (/\/(s_new|n_set|c_set|b_set|b_alloc|d_recv)/.test(text)) sent.push(text);
  send(packet);
};

/** What it threw or rejected with. */
const outcome = async (act: () => unknown): Promise<unknown> => {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
};

test.each(Object.keys(ways))('%s', async (way) => {
  await fc.assert(
    fc.asyncProperty(wrong, async (value) => {
      sent.length = 0;
      const error = (await outcome(() => ways[way]!(value))) as Error;
      expect(error).toMatchObject({ name: 'SuperColliderError', code: expect.stringMatching(/^invalid-/) });
      expect(error.message).toContain(String(value));
      expect(sent).toEqual([]);
    }),
    { numRuns: 20 },
  );
  await fc.assert(
    fc.asyncProperty(right, async (value) => {
      expect(await outcome(() => ways[way]!(value))).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});
