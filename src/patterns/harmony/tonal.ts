/** What harmony takes of tonal. `scripts/buildBrowser.js` makes one module of it, which needs no bundler in a page. */

export { Chord, Interval, Scale } from 'tonal';
