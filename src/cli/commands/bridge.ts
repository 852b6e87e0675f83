import { type Command, InvalidArgumentError, Option } from 'commander';
import { exitCodesHelp } from '../exitCodes.js';
import type { BridgeCommandOptions } from '../tools/bridge.js';
import { whole } from './arguments.js';

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addBridgeCommand(program: Command, onExitCode: (code: number) => void): void {
  program
    .command('bridge')
    .description(
      'Let pages play on a native server of this machine: <Sound url="ws://localhost:57180/?token=…">.',
    )
    .addOption(
      new Option('-e, --engine <engine>', 'what to boot')
        .choices(['scsynth', 'supernova'])
        .default('scsynth'),
    )
    .addOption(
      new Option('--connect <port>', 'take a server that runs at this UDP port, instead of booting one')
        .argParser(whole(1, 65_535))
        .conflicts(['engine', 'port', 'scsynth', 'supernova', 'device']),
    )
    .option('--http-port <n>', 'port for pages; 0 for a free one', whole(0, 65_535), 57_180)
    .option('--port <n>', 'port of the server that is booted (default: a free one)', whole(1, 65_535))
    .option('--max-clients <n>', 'pages at a time, each a client of the server', whole(1, 31), 15)
    .option('--origin <origin>', 'let pages of this origin in, besides those of this machine', collect)
    .option(
      '--token <text>',
      'what pages give in the address, of 16 characters or more (default: another one at each start)',
      token,
    )
    .option('--files <folder>', 'let pages read and write sound files in this folder (default: none)')
    .option('--allow-quit', 'let pages end the server, and the bridge with it')
    .option('--json', 'print events as JSON, one a line')
    .option('--scsynth <path>', 'executable of scsynth (default: $SCSYNTH, PATH, the usual places)')
    .option('--supernova <path>', 'executable of supernova (default: $SUPERNOVA, PATH, the usual places)')
    .option('--device <name>', 'sound device')
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider bridge
  $ react-collider bridge --files samples --origin https://example.org
  $ react-collider bridge --connect 57110 --token "$TOKEN"
${exitCodesHelp('a page has ended the server, and the bridge with it')}`,
    )
    .action(async (options: BridgeCommandOptions) => {
      const { bridge } = await import('../tools/bridge.js');
      onExitCode(await bridge(options));
    });
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin === 'null' || origin !== text.replace(/\/$/, ''))
    throw new InvalidArgumentError(
      'An origin is a scheme, a host and a port, such as https://example.org:8080.',
    );
  return [...before, origin];
}

function token(text: string): string {
  if (/^[\w-]{16,}$/.test(text)) return text;
  throw new InvalidArgumentError('It has at least 16 letters, digits, "-" or "_".');
}
