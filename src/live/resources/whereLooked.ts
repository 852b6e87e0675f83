import type { BufferSource } from '../../scene/handles.js';

/** Where a relative path of a file that could not be read leads to, and what to write instead. */
export function whereLooked(source: BufferSource, fullPath: ((path: string) => string) | undefined): string {
  const path = 'path' in source ? source.path : 'stream' in source ? source.stream : undefined;
  if (path === undefined || /^([/\\]|[a-z][a-z\d+.-]*:)/i.test(path)) return '';
  const from = fullPath
    ? `here that is ${fullPath(path)}`
    : 'which is the one that the server was started in';
  return (
    ` "${path}" counts from the server's folder: ${from}. For a file beside the module write ` +
    `new URL(${JSON.stringify(path)}, import.meta.url).`
  );
}
