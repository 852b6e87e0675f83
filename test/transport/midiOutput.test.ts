/** MIDI outputs: a named pipe of the system is the receiver, where the machine has no MIDI device. */

import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMidiOutput } from '../../src/transport/midiOutput.js';
import { temporaryFolder } from '../engine/native/programs.js';

test('messages arrive in the order of their times, and closing waits for them', async () => {
  const path = join(temporaryFolder(), 'midi');
  execFileSync('mkfifo', [path]);
  const bytes: number[] = [];
  const reader = createReadStream(path);
  const isRead = new Promise<void>((resolve) => reader.on('close', () => resolve()));
  reader.on('data', (chunk) => bytes.push(...(chunk as Buffer)));
  const output = await openMidiOutput({ path });
  expect(output.name).toBe(path);
  const now = (performance.timeOrigin + performance.now()) / 1000;
  output.send([0x80, 60, 64], now + 0.1);
  output.send([0x90, 60, 100], now + 0.05);
  output.send([0xf8], now + 0.05);
  output.send([0xfa]);
  await output.close();
  await isRead;
  expect(bytes).toEqual([0xfa, 0x90, 60, 100, 0xf8, 0x80, 60, 64]);
  expect(() => output.send([0xf8])).toThrow('it is closed');
});

test('a device that cannot be opened is an error with its path', async () => {
  await expect(openMidiOutput({ path: '/nowhere/midi' })).rejects.toThrow(
    /MIDI output: ENOENT.*\/nowhere\/midi/,
  );
});
