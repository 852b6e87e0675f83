/** `react-collider/bridge`: lets pages play on a native server of this machine. */

export { type Bridge, type BridgeOptions, openBridge } from './bridge.js';
export { type BridgeEvent, describeBridgeEvent } from './events.js';
export type { PageLimits, Rate } from './rate.js';
