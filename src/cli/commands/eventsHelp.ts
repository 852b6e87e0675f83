/** Events of `--json`, as `--help` lists them. */
export const eventsHelp = `
With --json each line is an event, an object with "event" and:
  engine    description, reason, pid, transport: it boots, at first and after a loss
  server    state: offline (code, signal: it was lost), unresponsive, or online (it is back)
  commit    number, time (seconds since 1970), messages: a bundle left
  ready     file, counts, nodes: the piece has begun, and what the server says is there
  update    files, messages, milliseconds, hasRecovered, nodes: a save was taken over (dev)
  late      message: something came after its moment
  log       level (info or warning), text: the piece printed something
  error     kind, message, code, and where it is known file, line, column, frame, componentStack;
            kind: syntax, module, render or scene while everything sounds on, "end" with an exitCode at the end
  recorded  path: the recording is complete
  exit      exitCode: always the last`;
