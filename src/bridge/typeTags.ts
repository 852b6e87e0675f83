/** The type tags of a packet's messages; what was decoded does not tell a double from a float. */

const HASH = 0x23;
const BUNDLE_HEADER = 16;

/**
 * The type tags of all messages of a packet, in order, such as `['sifs', 'i']`; without the comma.
 *
 * @param bytes - A packet that `decodePacket` has read without an error.
 */
export function typeTags(bytes: Uint8Array): string[] {
  const found: string[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const visit = (start: number, end: number): void => {
    if (bytes[start] !== HASH) {
      found.push(tagsAt(bytes, start, end));
      return;
    }
    let at = start + BUNDLE_HEADER;
    while (at < end) {
      const size = view.getInt32(at);
      visit(at + 4, at + 4 + size);
      at += 4 + size;
    }
  };
  visit(0, bytes.length);
  return found;
}

function tagsAt(bytes: Uint8Array, start: number, end: number): string {
  const tags = start + ((bytes.indexOf(0, start) - start + 4) & ~3);
  if (tags >= end) return '';
  return String.fromCharCode(...bytes.subarray(tags + 1, bytes.indexOf(0, tags)));
}
