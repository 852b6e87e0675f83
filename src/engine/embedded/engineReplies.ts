import { encodePacket } from '../../osc/encode.js';
import type { Hertz } from '../../units.js';
import type { DefinitionAnswers } from './definitionCommands.js';
import type { LoadMeter } from './loadMeter.js';
import { addressOf, MessageArguments, type OscBytes } from './oscBytes.js';
import { BlockReplies } from './replies.js';

/** The host's own `/sync` ids begin here; a client's are small or random and above. */
const FIRST_MARKER = -2_147_483_000;

/** Commands that only the host sends, and answers itself. */
const HOST_ONLY: ReadonlySet<string> = new Set(['/b_allocPtr', '/b_free', '/b_zero']);

/**
 * Turns the engine's replies into those that scsynth would send.
 *
 * Replies to the host's own messages are removed. Numbers that the engine does not know are added.
 */
export class EngineReplies {
  readonly #replies = new BlockReplies();
  readonly #markers = new Map<number, () => void>();
  readonly #sampleRate: Hertz;
  readonly #definitions: DefinitionAnswers;
  readonly #load: LoadMeter;
  #nextMarker = FIRST_MARKER;

  constructor(sampleRate: Hertz, definitions: DefinitionAnswers, load: LoadMeter) {
    this.#sampleRate = sampleRate;
    this.#definitions = definitions;
    this.#load = load;
  }

  /** A `/sync` whose answer calls back and is not passed on. */
  markerFor(callback: () => void): OscBytes {
    const id = this.#nextMarker++;
    if (this.#nextMarker > -1_500_000_000) this.#nextMarker = FIRST_MARKER;
    this.#markers.set(id, callback);
    return encodePacket(['/sync', id]);
  }

  /** An answer of the host's own. */
  add(packet: OscBytes): void {
    this.#replies.add(packet);
  }

  /** An answer of the engine's. */
  take(packet: OscBytes): void {
    const address = addressOf(packet);
    if (address.startsWith('/supersonic/')) return;
    if (address === '/synced' && this.#callBack(packet)) return;
    if ((address === '/done' || address === '/fail') && this.#isOurs(address, packet)) return;
    if (address === '/status.reply') this.#putIn(packet);
    this.#replies.add(packet);
  }

  deliver(listener: (packet: OscBytes) => void): void {
    this.#replies.deliver(listener);
  }

  #callBack(packet: OscBytes): boolean {
    const id = new MessageArguments(packet).int();
    const callback = this.#markers.get(id);
    if (!callback) return false;
    this.#markers.delete(id);
    callback();
    return true;
  }

  #isOurs(address: string, packet: OscBytes): boolean {
    const args = new MessageArguments(packet);
    const command = args.string() ?? '';
    if (command === '/d_recv') {
      this.#definitions.take(address === '/fail' ? (args.string() ?? 'failed') : undefined);
      return true;
    }
    return HOST_ONLY.has(command);
  }

  /** CPU load and sample rates: the engine has not measured them and sends chance bits. */
  #putIn(status: OscBytes): void {
    const view = new DataView(status.buffer, status.byteOffset, status.byteLength);
    const end = status.length;
    view.setFloat32(end - 24, this.#load.average);
    view.setFloat32(end - 20, this.#load.peak);
    view.setFloat64(end - 16, this.#sampleRate);
    view.setFloat64(end - 8, this.#sampleRate);
  }
}
