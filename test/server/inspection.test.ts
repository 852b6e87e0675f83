import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectSclang } from '../../src/node.js';
import { encodePacket } from '../../src/osc/encode.js';
import { Bundler } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { hasSclang } from '../setup/sclang.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

describe.each(engines)('%s', (engine) => {
  test('I6: messages are printed while they are asked for', async () => {
    const server = await bootForTest(engine);
    const lines: string[] = [];
    server.onOutput(({ line }) => lines.push(line));
    server.nodes.groupAt(1).set({ freq: 439 });
    await server.sync();
    server.dumpOsc('parsed');
    await server.sync();
    server.nodes.groupAt(1).set({ freq: 440.5 });
    await server.sync();
    server.dumpOsc('off');
    await server.sync();
    server.nodes.groupAt(1).set({ freq: 441 });
    await server.sync();
    expect(() => server.dumpOsc('loud' as never)).toThrow('mode is "loud". It is one of "off", "parsed"');
    // Native servers write to a pipe when they have enough, and at their end.
    await server.quit();
    expect(lines.filter((line) => /n_set.*freq/.test(line))).toEqual([expect.stringContaining('440.5')]);
  });

  // A machine that others use may be late once.
  test('B4 B6: a passage of several moments goes as one packet, and happens at each', {
    retry: 1,
  }, async () => {
    const server = await freshServer(engine);
    await server.synthDefs.ensure(tone);
    server.latency = 0.05;
    const times: number[] = [];
    const end = server.on('/n_go', () => times.push(performance.now() / 1000));
    const before = server.engine.transport.counts.packetsSent;
    new Bundler(server, 0.02)
      .add('/s_new', 'tone', 3000, 0, 1)
      .wait(0.1)
      .add('/s_new', 'tone', 3001, 0, 1)
      .nest(new Bundler(server, 0.02).wait(0.2).add('/s_new', 'tone', 3002, 0, 1))
      .send();
    expect(server.engine.transport.counts.packetsSent - before).toBe(1);
    await server.next('/n_go', ({ args }) => args[0] === 3002);
    end();
    expect(times).toHaveLength(3);
    expect(times[1]! - times[0]!).toBeCloseTo(0.1, 1);
    expect(times[2]! - times[0]!).toBeCloseTo(0.2, 1);
    expect(() => new Bundler(server, Number.NaN)).toThrow('Time of the bundle is NaN');
    expect(() => new Bundler(server).wait(-1)).toThrow('moments go forward');
    new Bundler(server).send();
    const moment = Date.now() / 1000 + 1;
    server.latency = 5;
    const at = (time?: number) => {
      const [seconds, fraction] = new Bundler(server, time).add('/sync', 1).bundles[0]!.timetag;
      return seconds - 2_208_988_800 + fraction / 2 ** 32;
    };
    // A time is when it sounds; the latency is for what has none.
    expect(at(moment)).toBeCloseTo(moment, 5);
    expect(at(1)).toBeCloseTo(moment, 1);
    expect(at()).toBeGreaterThan(moment + 3.9);
    server.latency = 0.05;
  });

  test('N11: one slot of an array control is set by its place', async () => {
    const server = await freshServer(engine);
    const synth = await server.nodes.play(tone);
    synth.setAt('pan', 1, 0.75);
    expect(await synth.getRange('pan', 2)).toEqual([0, 0.75]);
    expect(() => synth.setAt('pan', 2, 1)).toThrow('slot of "pan" is 2. It is a whole number from 0 to 1.');
    expect(() => synth.setAt('pann', 0, 1)).toThrow('has no control "pann". It has: freq, amp, pan, out.');
    expect(() => server.nodes.synthAt(1).setAt('pan', 0, 1)).toThrow(
      expect.objectContaining({ code: 'unknown-synthdef' }),
    );
  });

  test('R7: a question takes less than half a second to the server and back', async () => {
    const server = await freshServer(engine);
    expect(await server.ping()).toBeLessThan(0.5);
    expect(server.lastStatus === undefined || server.lastStatus.nominalSampleRate === 48_000).toBe(true);
  });
});

describe.runIf(hasSclang)('sclang', () => {
  test('M8: a running one hears us, answers, and makes the hooks of the server run', async () => {
    const server = await bootForTest('embedded');
    let hooks = 0;
    server.hooks.add(() => void hooks++);
    const back = createSocket('udp4');
    back.bind(0, '127.0.0.1');
    await once(back, 'listening');
    const script = join(temporaryFolder(), 'peer.scd');
    writeFileSync(
      script,
      `OSCdef(\\ask, { |msg, time, addr| addr.sendMsg("/answer", msg[1] * 2); }, "/ask");
       NetAddr("127.0.0.1", ${back.address().port}).sendMsg("/ready");`,
    );
    const sclang = spawn('sclang', [script], {
      env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      const [ready, { port }] = (await once(back, 'message')) as [Uint8Array, { port: number }];
      expect(new Uint8Array(ready)).toEqual(encodePacket(['/ready']));
      await using peer = await connectSclang({ port, server });
      const answer = new Promise((resolve) => peer.on('/answer', ({ args }) => resolve(args)));
      peer.send('/ask', 21);
      expect(await answer).toEqual([42]);
      expect(hooks).toBe(1);
    } finally {
      back.close();
      sclang.kill('SIGKILL');
      await once(sclang, 'exit');
      await server.quit();
    }
  });
});
