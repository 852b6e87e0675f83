import {
  addressOf,
  bundleElements,
  bundleTime,
  isBundle,
  MessageArguments,
  type OscBytes,
} from './oscBytes.js';

/** A packet as `/dumpOSC 1` prints it: `[ "/n_set", 1000, "freq", 440 ]`. */
export function dumpPacket(packet: OscBytes): string {
  if (isBundle(packet)) {
    const [seconds, fraction] = bundleTime(packet);
    const tag = (BigInt(seconds) << 32n) | BigInt(fraction);
    return `[ "#bundle", ${[tag, ...bundleElements(packet).map(dumpPacket)].join(', ')} ]`;
  }
  const args = new MessageArguments(packet);
  const words: string[] = [`"${addressOf(packet)}"`];
  while (!args.isAtEnd) {
    const { tag } = args;
    if (tag === 's' || tag === 'S') words.push(`"${args.string()}"`);
    else if (tag === 'b') words.push(`DATA[${args.blob()?.length}]`);
    else if (tag === 'i' || tag === 'f' || tag === 'd' || tag === 'h') {
      words.push(String(Number(args.number(0).toPrecision(7))));
    } else words.push(args.next().tags);
  }
  return `[ ${words.join(', ')} ]`;
}
