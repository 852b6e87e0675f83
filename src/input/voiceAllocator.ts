/**
 * The keys that sound: with a limit of voices, pedals, one voice that glides, and MPE.
 *
 * @see https://midi.org/mpe-midi-polyphonic-expression
 */

import type { MidiEvent } from './midi.js';

/** A note that sounds. */
export interface Voice {
  /** Another one for each voice: for React's `key`. One voice of `mono` goes on from key to key. */
  readonly id: number;
  /** MIDI note number. */
  readonly note: number;
  /** Note number with the bend of its channel: the pitch to play. */
  readonly pitch: number;
  /** 0 to 1. */
  readonly velocity: number;
  /** Channel, from 1. */
  readonly channel: number;
  /** Pressure of the key or its channel, 0 to 1. */
  readonly pressure: number;
  /** Third dimension of MPE, controller 74: 0 to 1. */
  readonly timbre: number;
  /** True while a finger holds the key; false for what a pedal holds. */
  readonly isHeld: boolean;
}

/** Options of voices. */
export interface VoiceOptions {
  /** The most voices at once. @default without limit */
  readonly max?: number | undefined;
  /** The voice that ends for a new one when there are as many as may be; `none` leaves the new one out. @default 'oldest' */
  readonly steal?: 'oldest' | 'quietest' | 'none' | undefined;
  /** True: one voice, which goes on to the next key. @default false */
  readonly mono?: boolean | undefined;
  /** The key that `mono` plays of several. @default 'last' */
  readonly priority?: 'last' | 'lowest' | 'highest' | undefined;
  /** Semitones of a full pitch bend. @default 2, and 48 with `mpe` */
  readonly bendRange?: number | undefined;
  /** True: each note has a channel of its own, with its own bend, pressure and timbre. @default false */
  readonly mpe?: boolean | undefined;
}

interface Key {
  readonly id: number;
  readonly note: number;
  readonly velocity: number;
  readonly channel: number;
  /** The pressure of this key alone. */
  pressure: number | undefined;
  isDown: boolean;
  /** The sostenuto pedal went down while the key was held. */
  isCaught: boolean;
}

/** State of a channel, for all its notes. */
interface Channel {
  bend: number;
  pressure: number;
  timbre: number;
  sustain: boolean;
  sostenuto: boolean;
}

const SUSTAIN = 64;
const SOSTENUTO = 66;
const TIMBRE = 74;
const ALL_SOUND_OFF = 120;
const ALL_NOTES_OFF = 123;

/** The channel of MPE whose messages are for all notes: the master of the lower zone. */
const MASTER = 1;

/** Turns messages of a keyboard into the voices that sound. */
export class VoiceAllocator {
  readonly #channels = new Map<number, Channel>();
  #options: VoiceOptions = {};
  /** Keys that sound, the oldest first. */
  #keys: Key[] = [];
  #ids = 0;
  /** The voice of `mono`. */
  #monoId = 0;
  #voices: readonly Voice[] = [];

  /** Sets the options for what comes. */
  set options(options: VoiceOptions) {
    this.#options = options;
  }

  /** The voices that sound now, the oldest first: the same array until one of them changes. */
  get voices(): readonly Voice[] {
    return this.#voices;
  }

  /** Takes a message. */
  take(event: MidiEvent): void {
    const channel = this.#channel(event.channel);
    switch (event.type) {
      case 'note on':
        this.#press(event);
        break;
      case 'note off':
        for (const key of this.#keys)
          if (key.note === event.note && key.channel === event.channel) key.isDown = false;
        break;
      case 'pitch bend':
        channel.bend = event.value;
        break;
      case 'pressure': {
        const { note, value } = event;
        if (note === undefined) channel.pressure = value;
        else
          for (const key of this.#keys)
            if (key.note === note && key.channel === event.channel) key.pressure = value;
        break;
      }
      case 'control':
        this.#control(channel, event.channel, event.control, event.value);
        break;
      default:
        return;
    }
    this.#settle();
  }

  /** Ends all voices. */
  clear(): void {
    this.#keys = [];
    this.#channels.clear();
    this.#settle();
  }

  #control(channel: Channel, number: number, control: number, value: number): void {
    const isDown = value >= 0.5;
    switch (control) {
      case SUSTAIN:
        channel.sustain = isDown;
        return;
      case SOSTENUTO:
        if (isDown && !channel.sostenuto)
          for (const key of this.#keys) if (this.#isOf(key, number) && key.isDown) key.isCaught = true;
        if (!isDown) for (const key of this.#keys) if (this.#isOf(key, number)) key.isCaught = false;
        channel.sostenuto = isDown;
        return;
      case TIMBRE:
        channel.timbre = value;
        return;
      case ALL_SOUND_OFF:
      case ALL_NOTES_OFF:
        this.#keys = this.#keys.filter((key) => !this.#isOf(key, number));
    }
  }

  #press({ note, velocity, channel }: Extract<MidiEvent, { type: 'note on' }>): void {
    // A key that is pressed again is another note.
    this.#keys = this.#keys.filter((key) => key.note !== note || key.channel !== channel);
    const { max = Number.POSITIVE_INFINITY, steal = 'oldest', mono = false } = this.#options;
    if (!mono && this.#keys.length >= max) {
      if (steal === 'none') return;
      const quietest = this.#keys.reduce(
        (least, key) => (key.velocity < least.velocity ? key : least),
        this.#keys[0]!,
      );
      const stolen = steal === 'oldest' ? this.#keys[0]! : quietest;
      this.#keys = this.#keys.filter((key) => key !== stolen);
    }
    this.#ids += 1;
    // A new voice of mono begins where no key was held before.
    if (!this.#keys.some(({ isDown }) => isDown)) this.#monoId = this.#ids;
    this.#keys.push({
      id: this.#ids,
      note,
      velocity,
      channel,
      pressure: undefined,
      isDown: true,
      isCaught: false,
    });
  }

  #settle(): void {
    this.#keys = this.#keys.filter((key) => key.isDown || this.#isHeldByPedal(key));
    const { mono = false, priority = 'last' } = this.#options;
    const next = mono ? this.#mono(priority) : this.#keys.map((key) => this.#voiceOf(key, key.id));
    const isSame =
      next.length === this.#voices.length &&
      next.every((voice, index) => isEqual(voice, this.#voices[index]!));
    if (isSame) return;
    // What has not changed is the same object, so that its note need not render.
    this.#voices = next.map((voice) => this.#voices.find((each) => isEqual(each, voice)) ?? voice);
  }

  #mono(priority: NonNullable<VoiceOptions['priority']>): Voice[] {
    const down = this.#keys.filter(({ isDown }) => isDown);
    const keys = down.length > 0 ? down : this.#keys.slice(-1);
    const [first] = keys;
    if (!first) return [];
    const chosen = keys.reduce((best, key) => {
      if (priority === 'last') return key;
      return (priority === 'lowest' ? key.note < best.note : key.note > best.note) ? key : best;
    }, first);
    return [this.#voiceOf(chosen, this.#monoId)];
  }

  #voiceOf({ note, velocity, channel, pressure, isDown }: Key, id: number): Voice {
    const { mpe = false, bendRange = mpe ? 48 : 2 } = this.#options;
    const own = this.#channel(channel);
    const all = mpe && channel !== MASTER ? this.#channel(MASTER) : undefined;
    // The bend of the master channel has a range of its own, of two semitones unless it is set.
    const bend = own.bend * bendRange + (all ? all.bend * 2 : 0);
    return {
      id,
      note,
      pitch: note + bend,
      velocity,
      channel,
      pressure: pressure ?? Math.max(own.pressure, all?.pressure ?? 0),
      timbre: own.timbre,
      isHeld: isDown,
    };
  }

  #isHeldByPedal({ channel, isCaught }: Key): boolean {
    return (
      isCaught ||
      this.#channel(channel).sustain ||
      (this.#options.mpe === true && this.#channel(MASTER).sustain)
    );
  }

  /** True for a key that a message of a channel is about. */
  #isOf(key: Key, channel: number): boolean {
    return key.channel === channel || (this.#options.mpe === true && channel === MASTER);
  }

  #channel(number: number): Channel {
    let channel = this.#channels.get(number);
    if (!channel) {
      channel = { bend: 0, pressure: 0, timbre: 0.5, sustain: false, sostenuto: false };
      this.#channels.set(number, channel);
    }
    return channel;
  }
}

const isEqual = (a: Voice, b: Voice): boolean =>
  (Object.keys(a) as (keyof Voice)[]).every((name) => a[name] === b[name]);
