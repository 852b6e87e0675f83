/** `react-collider/synthdef/sc3-plugins`: the unit generators of sc3-plugins, for servers that have them. */

export * from './catalogue/plugins/index.js';
