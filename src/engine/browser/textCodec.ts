/**
 * `TextEncoder` and `TextDecoder` for AudioWorklets, which have neither (Chromium 156), though the engine and its host
 * need both. Imported before everything else, for its effect.
 *
 * @see https://encoding.spec.whatwg.org/
 */

class Utf8Encoder {
  encode(text = ''): Uint8Array {
    const escaped = encodeURIComponent(text.toWellFormed?.() ?? text);
    const bytes: number[] = [];
    for (let at = 0; at < escaped.length; at++) {
      if (escaped[at] !== '%') bytes.push(escaped.charCodeAt(at));
      else {
        bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
        at += 2;
      }
    }
    return Uint8Array.from(bytes);
  }
}

class Utf8Decoder {
  decode(bytes: Uint8Array = new Uint8Array()): string {
    let escaped = '';
    for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
    try {
      return decodeURIComponent(escaped);
    } catch {
      // Not UTF-8: a letter for each byte, so that what the engine printed can still be read.
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    }
  }
}

declare global {
  interface String {
    toWellFormed?(): string;
  }
}

const worklet = globalThis as { TextEncoder?: unknown; TextDecoder?: unknown };
worklet.TextEncoder ??= Utf8Encoder;
worklet.TextDecoder ??= Utf8Decoder;
