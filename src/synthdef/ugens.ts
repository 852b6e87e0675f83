/**
 * Unit generators: those of SuperCollider's class library, by their names there.
 *
 * Those of sc3-plugins are in `react-collider/synthdef/sc3-plugins`.
 */

export * from './catalogue/generated/index.js';
export * from './composites/banks.js';
export * from './composites/buses.js';
export * from './composites/choosing.js';
export type { Curve } from './composites/curves.js';
export * from './composites/demand.js';
export { Env, type EnvOptions } from './composites/env.js';
export { DoneAction, EnvGen, type EnvGenInputs, IEnvGen } from './composites/envGen.js';
export * from './composites/localBuffers.js';
export * from './composites/mix.js';
export * from './composites/sending.js';
export {
  mulAdd as MulAdd,
  sum3 as Sum3,
  sum4 as Sum4,
} from './signal/operators.js';
