/**
 * UDP without silent loss: no more is on its way than the server's socket holds while the server is busy.
 *
 * scsynth 3.13 leaves its receive buffer at the system's default, 212,992 bytes on Linux: 256 small
 * datagrams, or 2 of 65 kB. A full buffer drops datagrams silently.
 *
 * So datagrams are counted as the kernel counts them. From half of the buffer on, `/sync` queries how far the
 * server has read. Packets that do not fit wait here.
 *
 * Of bundles with a time, scsynth holds 2,048, and drops the next one as silently. So bundles that are more
 * than a second ahead, or too many, wait here too.
 */

import { encodePacket } from '../osc/encode.js';
import type { ServerAddress, Transport, TransportCounts, TransportEvents } from './transport.js';

/** `net.core.rmem_default` of Linux; larger ones are not known from here. */
const RECEIVE_BUFFER = 212_992;
/** Unanswered bytes from which the server is queried. */
const ASK_FROM = RECEIVE_BUFFER / 2;
/** Room that is left for questions, and for what goes past this queue. */
const RESERVE = 8_192;
/** Milliseconds after which a question counts as lost. */
const ASK_AGAIN_MS = 250;
/** Seconds before its moment at which a bundle is sent at the latest: as long as this thread may be busy. */
const LEAD = 1;
/** Bundles with a time that the server is given at a time; it has room for 2,048. */
const MAX_SCHEDULED = 1_900;
/**
 * Seconds for which a bundle may be in the server's queue after its time. With both cores busy, scsynth lost 64 of 5,000
 * bundles of one second that were counted as carried out at their time.
 */
const MAX_LATENESS = 0.15;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/**
 * Bytes of a socket's buffer that a datagram takes under Linux: the packet's own structure, and memory in
 * powers of two.
 */
function costOf(bytes: number): number {
  if (bytes <= 1_500) return 832 + bytes * 1.1;
  return bytes <= 16_384 ? 832 + bytes * 2.25 : 832 + bytes * 1.3;
}

/** The timestamp of a bundle in seconds since 1970; `undefined` for a message, and for "at once". */
function timeOf(packet: Uint8Array): number | undefined {
  if (packet[0] !== 0x23 || packet.length < 16) return undefined;
  // Most bundles are for now, and need no view.
  if ((packet[8]! | packet[9]! | packet[10]! | packet[11]!) === 0) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const seconds = view.getUint32(8);
  return seconds - SECONDS_FROM_1900_TO_1970 + view.getUint32(12) / 2 ** 32;
}

/** True for the command that forgets all bundles of later moments, those that wait here too. */
const isClearSched = (packet: Uint8Array): boolean =>
  packet.length >= 12 && packet[1] === 0x63 && packet[6] === 0x53 && packet[10] === 0x64;

/** Paces a transport by datagrams, as said above. */
export class PacedTransport implements Transport {
  readonly #transport: Transport;
  readonly #now: () => number;
  /** Bytes that were sent and are not known to be read. */
  #unread = 0;
  /** Queries on their way, each with the bytes that were unread when it left. */
  readonly #questions = new Map<number, number>();
  #lastQuestion = 0;
  #askAgain: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting: Uint8Array[] = [];
  /** Moments of the bundles that the server holds, in order. */
  readonly #scheduled: number[] = [];
  /** Bundles that are too early, in the order of their moments. */
  readonly #early: { readonly time: number; readonly packet: Uint8Array }[] = [];
  #wake: ReturnType<typeof setTimeout> | undefined;

  /** @param now - Seconds since 1970; for tests. */
  constructor(transport: Transport, now: () => number = () => Date.now() / 1000) {
    this.#transport = transport;
    this.#now = now;
  }

  get description(): string {
    return this.#transport.description;
  }

  get address(): ServerAddress | undefined {
    return this.#transport.address;
  }

  get maxPacketSize(): number {
    return this.#transport.maxPacketSize;
  }

  get counts(): TransportCounts {
    return this.#transport.counts;
  }

  get backlog(): number {
    return this.#waiting.length;
  }

  send(packet: Uint8Array): void {
    const time = timeOf(packet);
    if (time === undefined && isClearSched(packet)) this.#early.length = 0;
    if (time !== undefined && !this.#isDue(time)) {
      this.#hold(time, packet.slice());
      return;
    }
    if (time !== undefined) this.#schedule(time);
    this.#sendInOrder(packet);
  }

  listen(events: TransportEvents): void {
    this.#transport.listen({
      ...events,
      onPacket: (packet) => {
        if (!this.#isAnswer(packet)) events.onPacket(packet);
      },
      onClose: (reason) => {
        this.#stop();
        events.onClose(reason);
      },
    });
  }

  close(): Promise<void> {
    this.#stop();
    return this.#transport.close();
  }

  #sendInOrder(packet: Uint8Array): void {
    if (this.#waiting.length > 0 || !this.#fits(packet)) {
      this.#waiting.push(packet.slice());
      this.#ask();
      return;
    }
    this.#sendNow(packet);
  }

  #sendNow(packet: Uint8Array): void {
    this.#transport.send(packet);
    this.#unread += costOf(packet.length);
    if (this.#unread >= ASK_FROM) this.#ask();
  }

  /** A packet that is larger than what is left goes when nothing else is on its way. */
  #fits(packet: Uint8Array): boolean {
    return this.#unread === 0 || this.#unread + costOf(packet.length) <= RECEIVE_BUFFER - RESERVE;
  }

  /** Queries how far the server has read, unless a query is on its way. */
  #ask(): void {
    if (this.#questions.size > 0) return;
    // Numbers below 0 are nobody else's.
    this.#lastQuestion = this.#lastQuestion <= -0x7fff_fff0 ? -1 : this.#lastQuestion - 1;
    this.#questions.set(this.#lastQuestion, this.#unread);
    try {
      this.#transport.send(encodePacket(['/sync', this.#lastQuestion]));
    } catch {
      return; // closed before the query, which listeners learn from `onClose`
    }
    this.#askAgain = setTimeout(() => {
      // The answer may have been lost; that the question was is less likely, but the same.
      this.#questions.clear();
      this.#ask();
    }, ASK_AGAIN_MS);
    (this.#askAgain as { unref?: () => void }).unref?.();
  }

  /** True for the answer to a question of ours: what was sent before it has been read. */
  #isAnswer(packet: Uint8Array): boolean {
    if (packet.length !== 16 || packet[1] !== 0x73 || packet[6] !== 0x64 || packet[7] !== 0) return false;
    const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
    const id = view.getInt32(12);
    if (id >= 0) return false;
    const read = this.#questions.get(id);
    if (read === undefined) return true;
    this.#questions.clear();
    clearTimeout(this.#askAgain);
    this.#unread = Math.max(0, this.#unread - read);
    this.#sendWaiting();
    return true;
  }

  #sendWaiting(): void {
    let sent = 0;
    while (sent < this.#waiting.length && this.#fits(this.#waiting[sent]!)) {
      this.#sendNow(this.#waiting[sent]!);
      sent += 1;
    }
    this.#waiting.splice(0, sent);
    if (this.#waiting.length > 0) this.#ask();
  }

  /** True when a bundle may go to the server: soon to be carried out, and not one too many. */
  #isDue(time: number): boolean {
    const now = this.#now();
    if (time <= now) return true;
    this.#forgetPast(now);
    const last = this.#early[this.#early.length - 1];
    return time <= now + LEAD && this.#scheduled.length < MAX_SCHEDULED && !(last && last.time <= time);
  }

  #forgetPast(now: number): void {
    let past = 0;
    while (past < this.#scheduled.length && this.#scheduled[past]! + MAX_LATENESS <= now) past += 1;
    if (past > 0) this.#scheduled.splice(0, past);
  }

  #schedule(time: number): void {
    insert(this.#scheduled, time, (one) => one);
  }

  #hold(time: number, packet: Uint8Array): void {
    insert(this.#early, { time, packet }, (one) => one.time);
    this.#wakeUp();
  }

  #wakeUp(): void {
    clearTimeout(this.#wake);
    const [first] = this.#early;
    if (!first) return;
    const now = this.#now();
    const room = this.#scheduled.length < MAX_SCHEDULED ? 0 : this.#scheduled[0]! + MAX_LATENESS - now;
    const seconds = Math.max(first.time - LEAD - now, room, 0.001);
    this.#wake = setTimeout(() => this.#sendEarly(), Math.min(seconds * 1000, 2 ** 31 - 1));
    (this.#wake as { unref?: () => void }).unref?.();
  }

  #sendEarly(): void {
    const now = this.#now();
    this.#forgetPast(now);
    let sent = 0;
    for (const { time, packet } of this.#early) {
      if (time > now + LEAD || (time > now && this.#scheduled.length >= MAX_SCHEDULED)) break;
      this.#schedule(time);
      this.#sendInOrder(packet);
      sent += 1;
    }
    this.#early.splice(0, sent);
    this.#wakeUp();
  }

  #stop(): void {
    clearTimeout(this.#askAgain);
    clearTimeout(this.#wake);
    this.#waiting.length = 0;
    this.#early.length = 0;
  }
}

/** Puts a value where it belongs in an ordered list, after its equals: mostly that is the end. */
function insert<T>(list: T[], value: T, keyOf: (value: T) => number): void {
  const key = keyOf(value);
  let index = list.length;
  while (index > 0 && keyOf(list[index - 1]!) > key) index -= 1;
  list.splice(index, 0, value);
}
