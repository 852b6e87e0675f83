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

export const exitCodesHelp = `
Exit codes:
  0    played or rendered to the end
  1    something unexpected
  2    wrong usage of the command line, or a wrong react-collider.config.ts
  3    the composition: not found, syntax, no component, an element or a control that is wrong
  4    the engine: not found, does not boot, port in use, gone while playing
  5    the recording, the sound file or a picture could not be written
  130  ended by Ctrl-C     143  ended by SIGTERM`;
