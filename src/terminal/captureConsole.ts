import { Console } from 'node:console';
import { Writable } from 'node:stream';

/**
 * Methods of `console` that print; the others, such as those that React measures itself with, stay as they
 * are.
 */
const PRINTING = ['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace', 'assert'] as const;

/**
 * Takes what the piece prints with `console`, where the terminal or a program that reads the output would be disturbed.
 *
 * @param tell - Called with each text, without the last line break.
 * @returns The function that gives `console` back.
 */
export function captureConsole(tell: (level: 'info' | 'warning', text: string) => void): () => void {
  const stream = (level: 'info' | 'warning') =>
    new Writable({
      write(chunk, _encoding, done) {
        tell(level, String(chunk).replace(/\n$/, ''));
        done();
      },
    });
  const captured = new Console({ stdout: stream('info'), stderr: stream('warning'), colorMode: false });
  const before = PRINTING.map((name) => [name, console[name]] as const);
  for (const name of PRINTING) Object.assign(console, { [name]: captured[name].bind(captured) });
  return () => {
    for (const [name, method] of before) Object.assign(console, { [name]: method });
  };
}
