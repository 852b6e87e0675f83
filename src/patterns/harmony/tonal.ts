/** The part of tonal that harmony uses. `scripts/buildBrowser.js` makes one module of it, which needs no bundler in a page. */

export { Chord, Interval, Scale } from 'tonal';
