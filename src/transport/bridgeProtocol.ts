/**
 * Messages between a bridge and a page by WebSocket.
 *
 * OSC packets go in binary frames both ways. The bridge's own messages go to the page as JSON in text frames.
 * The first frame is the bridge's `hello`.
 */

/** Changes when an older page or bridge would not understand the other. */
export const BRIDGE_PROTOCOL = 1;

/** Options of the server behind the bridge that the allocators of a page need. */
export interface BridgedOptions {
  readonly maxLogins: number;
  readonly numOutputBusChannels: number;
  readonly numInputBusChannels: number;
  readonly numAudioBusChannels: number;
  readonly numControlBusChannels: number;
  readonly numBuffers: number;
  readonly maxNodes: number;
  readonly blockSize: number;
}

export interface BridgeHello {
  readonly type: 'hello';
  readonly protocol: number;
  readonly engine: {
    readonly kind: 'scsynth' | 'supernova';
    /** `scsynth 3.13.0 · 48000 Hz · 2 out · udp 127.0.0.1:57110` */
    readonly description: string;
    readonly sampleRate: number;
  };
  /** Bytes of the largest packet that gets to the server. */
  readonly maxPacketSize: number;
  readonly options: BridgedOptions;
}

export type BridgeWord =
  | BridgeHello
  /** A line that the server printed. */
  | { readonly type: 'output'; readonly line: string };

/** Why a bridge closes a connection; the reason that goes with it is for people. */
export const bridgeCodes = {
  /** The bridge ends. */
  goingAway: 1001,
  /** The server is gone; it is being booted again. */
  serverGone: 1012,
  /** The page, or the server, does not keep up. */
  tooBusy: 1013,
  wrongToken: 4401,
  wrongOrigin: 4403,
  tooManyRefusals: 4429,
  tooManyPages: 4503,
} as const;

/** Those after which the same address will not do better. */
export const finalBridgeCodes: readonly number[] = [bridgeCodes.wrongToken, bridgeCodes.wrongOrigin];
