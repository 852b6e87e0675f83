/** Pages of an Ogg file: the serial number of its stream, which libsndfile draws by lot, and their checksums. */

import type { FileHandle } from 'node:fs/promises';
import { writeAll } from './writeAll.js';

/** Offsets of a page's fields, and the length of its head without the table of its segments. */
const [SERIAL, CHECKSUM, SEGMENTS, HEAD] = [14, 22, 26, 27] as const;
/** The most that a page can have: the head, 255 segments and 255 bytes in each. */
const MAX_PAGE_BYTES = HEAD + 255 + 255 * 255;

/**
 * Sets the serial number of each page to 1. A file that is no Ogg from some byte on stays as it is there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3533 (section 6, the page)
 */
export async function setSerial(file: FileHandle): Promise<void> {
  const bytes = new Uint8Array(MAX_PAGE_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(bytes, 0, MAX_PAGE_BYTES, position);
    const size = pageSize(bytes.subarray(0, bytesRead));
    if (size === undefined) return;
    const page = bytes.subarray(0, size);
    const view = new DataView(page.buffer, 0, size);
    view.setUint32(SERIAL, 1, true);
    view.setUint32(CHECKSUM, 0, true);
    view.setUint32(CHECKSUM, checksum(page), true);
    await writeAll(file, page.subarray(0, HEAD), position);
    position += size;
  }
}

/** Bytes of the page that begins here; `undefined` where there is none, or not all of it. */
function pageSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEAD || String.fromCharCode(...bytes.subarray(0, 4)) !== 'OggS') return undefined;
  const segments = bytes[SEGMENTS]!;
  if (bytes.length < HEAD + segments) return undefined;
  const size = bytes.subarray(HEAD, HEAD + segments).reduce((sum, each) => sum + each, HEAD + segments);
  return size <= bytes.length ? size : undefined;
}

/** The remainder of each byte, of Ogg's polynomial; bits are not turned round. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? 0x04c11db7 : 0);
  return remainder;
});

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ TABLE[(sum >>> 24) ^ byte]!;
  return sum >>> 0;
}
