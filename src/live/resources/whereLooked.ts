import type { BufferSource } from '../../scene/handles.js';

/**
 * The text for an error about a file that could not be read: the full path of a relative one, and what to
 * write instead.
 */
export function whereLooked(source: BufferSource, fullPath: ((path: string) => string) | undefined): string {
  const path =
    'path' in source
      ? source.path
      : 'stream' in source
        ? source.stream
        : 'impulse' in source
          ? source.impulse
          : undefined;
  if (path === undefined || /^([/\\]|[a-z][a-z\d+.-]*:)/i.test(path)) return '';
  const from = fullPath
    ? `here that is ${fullPath(path)}`
    : 'which is the one that the server was started in';
  return (
    ` "${path}" counts from the server's folder: ${from}. For a file beside the module write ` +
    `new URL(${JSON.stringify(path)}, import.meta.url).`
  );
}
