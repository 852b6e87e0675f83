/**
 * A sound file's path as servers take it: `file:` URLs become paths, others stay addresses.
 *
 * Written out, as `fileURLToPath` is Node's and pages run this, too.
 */
export function serverPath(source: string | URL): string {
  // What is none of both is for others to say.
  if (!(source instanceof URL) && !(typeof source === 'string' && source.startsWith('file:'))) return source;
  const url = new URL(source);
  if (url.protocol !== 'file:') return url.href;
  const path = decodeURIComponent(url.pathname);
  // Windows: /C:/sounds/kick.wav
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
