import { expect, test } from 'vitest';
import { Synth, useBeatValue } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { tone } from '../setup/definitions.js';
import { freshServer } from '../setup/servers.js';

test('without a <Transport> the first beat is as long as the others, live too', async () => {
  const server = await freshServer('embedded');
  await server.synthDefs.ensure(tone);
  const times: (number | undefined)[] = [];
  let isEnough: () => void = () => {};
  const enough = new Promise<void>((resolve) => {
    isEnough = resolve;
  });
  const root = createRoot(server, {
    onCommit: ({ commands, time }) => {
      if (!commands.some(({ type }) => type === '/s_new')) return;
      times.push(time);
      if (times.length === 4) isEnough();
    },
  });
  const Beats = () => <Synth def={tone} key={useBeatValue(0.1)} />;
  await root.render(<Beats />);
  await enough;
  await root.unmount();
  const beats = times.slice(1).map((time, index) => time! - times[index]!);
  for (const beat of beats) expect(beat).toBeCloseTo(0.1, 5);
});
