/**
 * Messages of the points of a fleet and its players: flat pairs of names and values, in any order.
 *
 * @see https://github.com/Gencaster/gencaster (the messages of its OSC server, protocol version 0.1)
 */

import { SuperColliderError } from '../errors.js';
import type { ReceivedArgument } from '../osc/message.js';
import type { Seconds } from '../units.js';

/** The state that a point reports every few seconds (`/beacon`). */
export interface Beacon {
  /** Name of the point. */
  readonly name: string;
  /** Port of its scsynth. */
  readonly synthPort: number;
  /** Port on which its sclang listens for instructions. */
  readonly langPort: number;
  /** Port of the Janus gateway's outgoing sound. */
  readonly janusOutPort: number;
  /** Port of the Janus gateway's incoming sound. */
  readonly janusInPort: number;
  /** Janus room of the outgoing sound. */
  readonly janusOutRoom: number;
  /** Janus room of the incoming sound. */
  readonly janusInRoom: number;
  /** Public address of the Janus gateway. */
  readonly janusPublicIp: string;
  /** True when the point uses incoming sound. */
  readonly useInput: boolean;
  /** Host that the point sends its OSC to. */
  readonly oscBackendHost: string;
  /** Port that the point sends its OSC to. */
  readonly oscBackendPort: number;
}

/** A point's report on an instruction (`/acknowledge`). */
export interface Acknowledgement {
  readonly uuid: string;
  readonly status: (typeof STATUSES)[number];
  /** Result of the instruction, as text. */
  readonly returnValue: string | undefined;
}

/** A player's request to all points, or to one of them (`/remote/action`). */
export interface RemoteAction {
  readonly password: string;
  readonly action: 'code' | 'speak';
  readonly text: string;
  /** The room that a point plays in. @default all points */
  readonly target: string | undefined;
}

const STATUSES = ['SUCCESS', 'FAILURE', 'READY', 'FINISHED', 'BEACON', 'RECEIVED'] as const;
const PROTOCOL_VERSION = '0.1';

type Pairs = ReadonlyMap<string, ReceivedArgument>;

/** Later ones of the same name count. */
function pairsOf(args: readonly ReceivedArgument[]): Pairs {
  if (args.length % 2 !== 0)
    throw malformed(`${args.length} arguments are no pairs of a name and a value each`);
  const pairs = new Map<string, ReceivedArgument>();
  for (let at = 0; at < args.length; at += 2) pairs.set(String(args[at]), args[at + 1]!);
  return pairs;
}

/** @throws SuperColliderError `invalid-osc` naming what is missing or of another type. */
export function parseBeacon(args: readonly ReceivedArgument[]): Beacon {
  const pairs = pairsOf(args);
  return {
    name: text(pairs, 'name'),
    synthPort: whole(pairs, 'synth_port'),
    langPort: whole(pairs, 'lang_port', 1, 65_535),
    janusOutPort: whole(pairs, 'janus_out_port'),
    janusInPort: whole(pairs, 'janus_in_port'),
    janusOutRoom: whole(pairs, 'janus_out_room'),
    janusInRoom: whole(pairs, 'janus_in_room'),
    janusPublicIp: text(pairs, 'janus_public_ip'),
    useInput: flag(pairs, 'use_input'),
    oscBackendHost: text(pairs, 'osc_backend_host'),
    oscBackendPort: whole(pairs, 'osc_backend_port'),
  };
}

/** @throws SuperColliderError `invalid-osc` naming what is missing or unknown. */
export function parseAcknowledgement(args: readonly ReceivedArgument[]): Acknowledgement {
  const pairs = pairsOf(args);
  return {
    uuid: text(pairs, 'uuid'),
    status: oneOf(pairs, 'status', STATUSES),
    returnValue: pairs.has('return_value') ? text(pairs, 'return_value') : undefined,
  };
}

/** @throws SuperColliderError `invalid-osc`; the password is in no message. */
export function parseRemoteAction(args: readonly ReceivedArgument[]): RemoteAction {
  const pairs = pairsOf(args);
  const version = text(pairs, 'protocol_version');
  if (version !== PROTOCOL_VERSION)
    throw malformed(`protocol_version is "${version}"; it is "${PROTOCOL_VERSION}" here`);
  return {
    password: text(pairs, 'password'),
    action: oneOf(pairs, 'action', ['code', 'speak']),
    text: text(pairs, 'cmd'),
    target: pairs.has('target') ? text(pairs, 'target') : undefined,
  };
}

function text(pairs: Pairs, name: string): string {
  const value = pairs.get(name);
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw malformed(`${name} is ${show(value)}; it is text`);
}

function whole(pairs: Pairs, name: string, min = 0, max = 2 ** 31 - 1): number {
  const value = pairs.get(name);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (Number.isInteger(number) && Number(number) >= min && Number(number) <= max) return Number(number);
  throw malformed(`${name} is ${show(value)}; it is a whole number from ${min} to ${max}`);
}

function flag(pairs: Pairs, name: string): boolean {
  const value = pairs.get(name);
  if (value === true || value === 1 || /^(true|1)$/i.test(String(value))) return true;
  if (value === false || value === 0 || /^(false|0)$/i.test(String(value))) return false;
  throw malformed(`${name} is ${show(value)}; it is 0 or 1`);
}

function oneOf<const Values extends readonly string[]>(
  pairs: Pairs,
  name: string,
  values: Values,
): Values[number] {
  const value = pairs.get(name);
  if (values.includes(String(value))) return value as Values[number];
  throw malformed(`${name} is ${show(value)}; it is one of ${values.join(', ')}`);
}

const show = (value: ReceivedArgument | undefined): string =>
  value === undefined ? 'missing' : JSON.stringify(value);

const malformed = (what: string): SuperColliderError => new SuperColliderError('invalid-osc', `${what}.`);

/** A SuperCollider of the fleet, known by its address and the port of its sclang. */
export interface FleetPoint extends Beacon {
  /** Address that its beacons came from; addresses inside of a beacon are ignored. */
  readonly host: string;
  /** Time of its last beacon, on the fleet's clock. */
  readonly lastLive: Seconds;
}
