/**
 * `react-collider/testing`: renders compositions in tests, and shows the OSC that they send.
 */

export type { Answer, FarEnd, WireBundle } from './farEnd.js';
export { type RenderOptions, render, type View } from './view.js';
