import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Synth } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { pairs } from '../setup/sameName.js';
import { engines } from '../setup/servers.js';

const folder = temporaryFolder();
const offline = engines.filter((engine) => engine !== 'supernova');

test.each(offline)('two definitions of one name sound in a rendering on %s', async (engine) => {
  for (const [one, other] of pairs('audio')) {
    const path = join(folder, `${engine}-${one.def.name}.wav`);
    await renderToFile(
      <>
        <Synth def={one.def} out={0} />
        <Synth def={other.def} out={2} />
      </>,
      { path, engine, duration: 0.05, channels: 4 },
    );
    const { channels } = readSound(path);
    const heard = channels.map((samples) => samples[samples.length >> 1]);
    const channelsOf = ([first = 0, second = 0]: readonly number[]) => [first, second];
    expect(heard, one.def.name).toEqual([...channelsOf(one.values), ...channelsOf(other.values)]);
  }
});
