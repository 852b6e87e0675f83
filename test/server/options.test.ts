import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import {
  defaultServerOptions,
  firstPrivateBus,
  offlineArguments,
  optionFlags,
  presets,
  privateBusChannels,
  type ServerOptions,
  serverArguments,
  serverOptions,
} from '../../src/server/index.js';
import { bootForTest } from '../setup/servers.js';

const programs = inject('missing').length === 0 ? (['scsynth', 'supernova'] as const) : [];

test('O1 O3 O4 O5 O6 O7 O11 O12 O13 O14 O15 O17 O18 O19: the default command line says everything that a partition or a limit depends on', () => {
  expect(serverArguments(serverOptions({ port: 57_110 }), 'scsynth', 'linux').join(' ')).toBe(
    '-u 57110 -B 127.0.0.1 -c 16384 -a 16384 -i 2 -o 2 -b 8192 -n 8192 -d 1024 -l 8 -m 65536 -w 256 -D 0 -R 0',
  );
});

const everything: Partial<ServerOptions> = {
  port: 57_120,
  protocol: 'tcp',
  bindAddress: '0.0.0.0',
  blockSize: 128,
  hardwareBufferSize: 512,
  sampleRate: 44_100,
  numRGens: 32,
  password: 'secret',
  memoryLocking: true,
  device: ['in', 'out'],
  verbosity: -1,
  ugenPluginsPath: ['/a', '/b'],
  restrictedPath: '/sounds',
  threads: 2,
  useSystemClock: false,
  inputStreamsEnabled: '01100',
  outputStreamsEnabled: '11000',
  safetyClipThreshold: Number.POSITIVE_INFINITY,
  extra: ['-J', '1'],
};

test.each([
  ['scsynth', 'linux', '-z 128 -Z 512 -S 44100 -r 32 -p secret -L -H in out -V -1 -U /a:/b -P /sounds -J 1'],
  [
    'scsynth',
    'darwin',
    '-z 128 -Z 512 -S 44100 -r 32 -p secret -L -H in out -V -1 -U /a:/b -P /sounds -I 01100 -O 11000 -s inf -J 1',
  ],
  ['scsynth', 'win32', '-z 128 -Z 512 -S 44100 -r 32 -p secret -L -H in out -V -1 -U /a;/b -P /sounds -J 1'],
  [
    'supernova',
    'linux',
    '-z 128 -Z 512 -S 44100 -r 32 -p secret -L -H in out -V -1 -U /a:/b -P /sounds -T 2 -C 0 -J 1',
  ],
] as const)('O2 O8 O9 O10 O16 O20 O22 O23 O24 O25 O26 O27 O28 O29 O30 O32: %s on %s has a flag for each option that was changed', (program, platform, words) => {
  expect(serverArguments(serverOptions(everything), program, platform).join(' ')).toBe(
    `-t 57120 -B 0.0.0.0 -c 16384 -a 16384 -i 2 -o 2 -b 8192 -n 8192 -d 1024 -l 8 -m 65536 -w 256 -D 0 -R 0 ${words}`,
  );
});

test('O21: rendering offline names the files first, and no device and no network', () => {
  const options = serverOptions({ numOutputBusChannels: 1, blockSize: 128 });
  expect(
    offlineArguments(options, 'scsynth', {
      score: 's.osc',
      output: 'o.wav',
      headerFormat: 'wav',
      sampleFormat: 'int16',
    }).join(' '),
  ).toBe(
    '-N s.osc _ o.wav 44100 wav int16 -c 16384 -a 16384 -i 2 -o 1 -b 8192 -n 8192 -d 1024 -m 65536 -w 256 -D 0 -z 128',
  );
});

test('L20: a member of a fleet is started as its own program starts it', () => {
  const member = serverOptions({
    port: 57_110,
    bindAddress: '0.0.0.0',
    maxLogins: 2,
    memSize: 32_768,
    sampleRate: 48_000,
    memoryLocking: true,
    device: 'default:member-1',
  });
  const words = serverArguments(member, 'scsynth', 'linux').join(' ');
  for (const flag of ['-B 0.0.0.0', '-l 2', '-m 32768', '-S 48000', '-L', '-H default:member-1'])
    expect(` ${words} `).toContain(` ${flag} `);
});

describe('the command lines of other clients', () => {
  test('O34: sc3', () => {
    expect(presets.sc3.arguments().join(' ')).toBe('-u 57110 -l 1 -R 0 -i 2 -o 2');
    expect(presets.sc3.arguments({ protocol: 'tcp', numBuffers: 2048 }).join(' ')).toBe(
      '-t 57110 -l 1 -R 0 -i 2 -o 2 -b 2048',
    );
    expect(presets.sc3.arguments({}, 'supernova').join(' ')).toBe('-u 57110 -l 1 -R 0 -i 2 -o 2 -T 4 -C 1');
  });

  test('O34: sc3nb', () => {
    expect(presets.sc3nb.arguments().join(' ')).toBe('-u 57110 -l 6 -i 2 -o 2 -a 1024 -c 4096 -b 1024 -R 0');
    expect(presets.sc3nb.arguments({ extra: ['-V', '-1'] })).toContain('-V');
    expect(privateBusChannels(presets.sc3nb.options)).toBe(1020);
  });

  test('O34 O35: supriya', () => {
    expect(presets.supriya.arguments().join(' ')).toBe('-R 0 -l 1 -u 57110');
    expect(
      presets.supriya.arguments({ port: 56_666, numInputBusChannels: 2, numOutputBusChannels: 2 }).join(' '),
    ).toBe('-R 0 -i 2 -l 1 -o 2 -u 56666');
    expect(firstPrivateBus(presets.supriya.options)).toBe(16);
  });
});

describe.each(programs)('%s', (program) => {
  test('O31: has each flag that options stand for, and no other one', () => {
    const { stdout, stderr } = spawnSync(program, ['-h'], { encoding: 'utf8' });
    const told = [...`${stdout}${stderr}`.matchAll(/^ {2,3}(-[A-Za-z]) /gm)].map(([, flag]) => flag);
    const ours = optionFlags
      .filter(({ program: only, platform }) => platform === undefined && (only ?? program) === program)
      .map(({ flag }) => flag);
    // -t is the port's other flag, -N is said by offlineArguments, -h and -v are for people.
    expect([...new Set(told)].filter((flag) => flag !== '-h').sort()).toEqual(
      [...ours, '-N', '-t', '-v'].sort(),
    );
  });

  test('O7 O8 O16 O17 O19 O26 O27 O28 O32: takes options that differ from its defaults, all together', async () => {
    const server = await bootForTest(program, {
      blockSize: 128,
      numRGens: 32,
      restrictedPath: tmpdir(),
      numOutputBusChannels: 4,
      maxLogins: 4,
      loadDefs: true,
      threads: 2,
      useSystemClock: false,
      extra: ['-V', '0'],
    });
    expect(await server.status()).toMatchObject({ nominalSampleRate: 48_000 });
    await server.quit();
  });
});

test.each<[Partial<Record<keyof ServerOptions | 'prot', unknown>>, string]>([
  [{ port: 70_000 }, 'Server option port is 70000. It is a whole number from 0 to 65535.'],
  [{ maxLogins: 33 }, 'Server option maxLogins is 33. It is a whole number from 1 to 32.'],
  [
    { numBuffers: 10 },
    'Server option numBuffers is 10. It is a power of two (the server would round it up to 16).',
  ],
  [
    { numAudioBusChannels: 4, numInputBusChannels: 3 },
    'Server option numAudioBusChannels is 4. It is at least numInputBusChannels (3) + numOutputBusChannels (2) = 5.',
  ],
  [{ bindAddress: '' }, 'Server option bindAddress is "". It is a string with something in it.'],
  [{ zeroConf: 1 }, 'Server option zeroConf is 1. It is true or false.'],
  [{ device: ['one'] }, 'Server option device is ["one"]. It is a name, or two: [input, output].'],
  [{ ugenPluginsPath: '/a' }, 'Server option ugenPluginsPath is "/a". It is an array of folders.'],
  [{ extra: [1] }, 'Server option extra is [1]. It is an array of words for the command line.'],
  [
    { reservedNumBuffers: 9000 },
    'Server option reservedNumBuffers is 9000. It is at most the 8192 that there are.',
  ],
  [
    { password: 'x'.repeat(33), protocol: 'tcp' },
    'Server option password is "(hidden)". It is at most 32 bytes.',
  ],
  [{ prot: 'tcp' }, 'There is no server option "prot". Did you mean "port"?'],
  [{ port: Number.NaN }, 'Server option port is NaN. It is a whole number from 0 to 65535.'],
])('%j is refused by name, value and limit', (options, message) => {
  expect(() => serverOptions(options as Partial<ServerOptions>)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message }),
  );
});

test('options never change, and a change makes others', () => {
  const changed = serverOptions({ numBuffers: 2048 });
  expect(Object.isFrozen(changed)).toBe(true);
  expect(changed).toEqual({ ...defaultServerOptions, numBuffers: 2048 });
  expect(defaultServerOptions.numBuffers).toBe(8192);
  expect(serverOptions({ numBuffers: undefined } as unknown as Partial<ServerOptions>).numBuffers).toBe(8192);
});

test('whatever numbers are given, they are taken as they are or refused by name', () => {
  const names = ['port', 'numBuffers', 'maxNodes', 'blockSize', 'maxLogins', 'memSize', 'verbosity'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.oneof(fc.integer(), fc.double()), (name, value) => {
      try {
        // The command line has no negative zero.
        expect(serverOptions({ [name]: value })[name]).toBe(value + 0);
      } catch (error) {
        expect(error).toMatchObject({
          code: 'invalid-option',
          message: expect.stringContaining(`Server option ${name} is `),
        });
      }
    }),
  );
});
