/** `react-collider/vite`: what a Vite project needs to play in a page. */

export { type EngineAssetsOptions, engineAssets } from './browserAssets.js';
