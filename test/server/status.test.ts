/** A status as text. */

import { expect, test } from 'vitest';
import { printStatus } from '../../src/server/index.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

const seen = {
  actualSampleRate: 44_103.75804874041,
  averageCpu: 0.06354143470525742,
  groups: 2,
  peakCpu: 0.334428608417511,
  synths: 0,
  synthDefs: 0,
  nominalSampleRate: 44_100,
  unitGenerators: 0,
};

test('I1: a status is printed as supriya prints it', () => {
  expect(printStatus(seen)).toBe(
    'StatusInfo(actual_sample_rate=44103.75804874041, average_cpu_usage=0.06354143470525742, group_count=2, peak_cpu_usage=0.334428608417511, synth_count=0, synthdef_count=0, target_sample_rate=44100.0, ugen_count=0)',
  );
  // Python begins exponents at 0.0001, and gives them two digits.
  expect(printStatus({ ...seen, averageCpu: 0.00001234, peakCpu: 0 })).toContain(
    'average_cpu_usage=1.234e-05, group_count=2, peak_cpu_usage=0.0,',
  );
  expect(printStatus({ ...seen, averageCpu: 0.000123 })).toContain('average_cpu_usage=0.000123,');
  expect(printStatus({ ...seen, averageCpu: 1e16 })).toContain('average_cpu_usage=1e+16,');
});

test.each(engines)('I1 I11: the status of %s is printed so, too', async (engine) => {
  const server = await freshServer(engine);
  expect(printStatus(await server.status())).toMatch(
    /^StatusInfo\(actual_sample_rate=\d+\.\d+, average_cpu_usage=\d+\.\d+(e-\d\d)?, group_count=2, peak_cpu_usage=\d+\.\d+(e-\d\d)?, synth_count=0, synthdef_count=\d+, target_sample_rate=48000\.0, ugen_count=0\)$/,
  );
});

test.each(
  engines.filter((engine) => engine !== 'embedded'),
)('a status of %s is of the moment when a caller queries it, also where beats are unanswered', async (engine) => {
  const server = await bootForTest(engine, { heartbeat: { interval: 0.02 } });
  expect((await server.status()).groups).toBe(2);
  process.kill(server.engine.pid!, 'SIGSTOP');
  await new Promise<void>((resolve) => {
    server.onLifecycle(({ type }) => {
      if (type === 'unresponsive') resolve();
    });
  });
  server.nodes.group();
  const status = server.status();
  process.kill(server.engine.pid!, 'SIGCONT');
  expect((await status).groups).toBe(3);
});
