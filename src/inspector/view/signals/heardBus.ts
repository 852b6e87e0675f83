/** A bus of a server: of which rate, from which channel on, how many. */
export interface BusRef {
  readonly rate: 'audio' | 'control';
  readonly index: number;
  readonly channels: number;
}
