/** Exit codes of the command line, as `--help` lists them. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  composition: 3,
  engine: 4,
  output: 5,
  interrupted: 130,
  terminated: 143,
} as const;

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: '',
  unexpected: 'something unexpected',
  usage: 'wrong usage of the command line, or a wrong react-collider.config.ts',
  composition: 'the composition: not found, syntax, no component, an element or a control that is wrong',
  engine: 'the engine: not found, does not boot, port in use, gone while playing',
  output: 'the recording, the sound file, a picture or the output could not be written',
  interrupted: 'ended by Ctrl-C',
  terminated: 'ended by SIGTERM',
};

/** The codes of a command that asks a server, and plays nothing. */
export const askingMeanings: Partial<typeof meanings> = {
  usage: 'wrong usage of the command line',
  engine: 'no server answers there, or it says that it cannot',
  output: 'the output could not be written',
};

export const inspectMeanings: Partial<typeof meanings> = {
  ...askingMeanings,
  output: "the inspector's page cannot be served at its port, or the output could not be written",
  interrupted: meanings.interrupted,
  terminated: meanings.terminated,
};

/**
 * A command's exit codes, for `--help`.
 *
 * @param done - What 0 means.
 * @param own - What those of its own mean; the others of them are left out.
 */
export function exitCodesHelp(done: string, own: Partial<typeof meanings> = meanings): string {
  const named = { ...own, ok: done, unexpected: meanings.unexpected };
  const lines = Object.entries(exitCodes).flatMap(([name, code]) => {
    const meaning = named[name as keyof typeof exitCodes];
    return meaning === undefined ? [] : [`  ${String(code).padEnd(4)} ${meaning}`];
  });
  return ['', 'Exit codes:', ...lines].join('\n');
}
