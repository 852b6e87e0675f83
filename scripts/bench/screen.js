/** W10: the processor's time that the terminal's screen takes of a core, at 200 commits a second on 1,001 synths. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Counts the processor's time of the whole process from the second second on, for six seconds. */
const piece = `
import { writeFileSync } from 'node:fs';
import { useEffect, useState } from 'react';
import { Group, Synth, useBeat } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';

const tone = synthDef('tone', { freq: 440, amp: 0.1 }, (c) => {
  Out.ar(0, SinOsc.ar(c.freq).mul(c.amp));
});

function Fast() {
  const [freq, setFreq] = useState(220);
  useBeat(0.005, ({ index }) => setFreq(220 + (index % 100)));
  return <Synth def={tone} freq={freq} />;
}

export default function Piece() {
  useEffect(() => {
    setTimeout(() => {
      const before = process.cpuUsage();
      const since = performance.now();
      setTimeout(() => {
        const { user, system } = process.cpuUsage(before);
        writeFileSync('share.json', JSON.stringify((user + system) / 1000 / (performance.now() - since)));
      }, 6000);
    }, 2000);
  }, []);
  return (
    <>
      <Fast />
      <Group>
        {Array.from({ length: 1000 }, (_, index) => (
          <Synth key={index} def={tone} amp={0} freq={index} paused />
        ))}
      </Group>
    </>
  );
}
`;

/** Shares of a core, from 0 to 1; `screen` is what the screen adds. */
export async function w10() {
  const results = {};
  for (const command of ['play', 'dev']) {
    const without = await shareOf([command, '--plain']);
    const withScreen = await shareOf([command]);
    results[`W10.${command}`] = { without, with: withScreen, screen: withScreen - without };
  }
  return results;
}

async function shareOf([command, ...more]) {
  const folder = mkdtempSync(join(tmpdir(), 'react-collider-bench-'));
  try {
    writeFileSync(join(folder, 'piece.tsx'), piece);
    // Where CI is set, there would be no screen.
    const { CI: _ci, NODE_ENV: _node, ...env } = process.env;
    const terminal = spawn(
      process.execPath,
      [main, command, 'piece.tsx', '--engine', 'embedded', '--duration', '10', ...more],
      { name: 'xterm-256color', cols: 120, rows: 40, cwd: folder, env: { ...env, NODE_ENV: 'production' } },
    );
    terminal.onData(() => {});
    await new Promise((resolve) => terminal.onExit(resolve));
    return JSON.parse(readFileSync(join(folder, 'share.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
