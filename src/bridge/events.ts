/**
 * Events of a bridge, for a listener that prints or keeps them. Pages are numbered from 1 in the order in
 * which they came.
 */
export type BridgeEvent =
  | { readonly type: 'connected'; readonly page: number; readonly origin: string | undefined }
  /** It is a client of the server now. */
  | { readonly type: 'registered'; readonly page: number; readonly clientId: number }
  /** It may not connect. */
  | { readonly type: 'turned away'; readonly origin: string | undefined; readonly reason: string }
  /** Something that it sent was not passed on. */
  | { readonly type: 'refused'; readonly page: number; readonly what: string; readonly reason: string }
  /** It sends more than it may, and is read more slowly. */
  | { readonly type: 'slowed'; readonly page: number; readonly reason: string }
  | { readonly type: 'left'; readonly page: number; readonly code: number; readonly reason: string }
  /** The nodes and buffers that a page left on the server were freed. */
  | { readonly type: 'cleared'; readonly page: number; readonly nodes: number; readonly buffers: number }
  | { readonly type: 'server lost'; readonly reason: string }
  | { readonly type: 'server back' };

/** A line for people. */
export function describeBridgeEvent(event: BridgeEvent): string {
  switch (event.type) {
    case 'connected':
      return `page ${event.page} connected from ${event.origin ?? 'a program that is no browser'}`;
    case 'registered':
      return `page ${event.page} is client ${event.clientId}`;
    case 'turned away':
      return `turned away${event.origin === undefined ? '' : ` ${event.origin}`}: ${event.reason}`;
    case 'refused':
      return `page ${event.page} refused ${event.what}: ${event.reason}`;
    case 'slowed':
      return `page ${event.page} slowed down: ${event.reason}`;
    case 'left':
      return `page ${event.page} left (${event.code}${event.reason === '' ? '' : `: ${event.reason}`})`;
    case 'cleared':
      return `page ${event.page}: ${event.nodes} nodes and ${event.buffers} buffers freed`;
    case 'server lost':
      return `the server is gone (${event.reason})`;
    case 'server back':
      return 'the server is back; pages bring up what they had';
  }
}
