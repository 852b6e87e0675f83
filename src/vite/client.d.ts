/**
 * Types of imported files, for TypeScript: put `"types": ["react-collider/vite/client"]` into the
 * compilerOptions of tsconfig.json. It brings Vite's own (`vite/client`) along, which has most sound files.
 */

/// <reference types="vite/client" />

declare module '*.scsyndef' {
  import type { SynthDef } from 'react-collider/synthdef';

  /** The first definition of the file. */
  const first: SynthDef;
  export default first;
  /** All definitions of the file, by their names. */
  export const synthDefs: Readonly<Record<string, SynthDef>>;
}

declare module '*.scd' {
  import type { SynthDef } from 'react-collider/synthdef';

  /** The first definition that the code makes. */
  const first: SynthDef;
  export default first;
  /** All definitions that the code makes, by their names. */
  export const synthDefs: Readonly<Record<string, SynthDef>>;
}

declare module '*.aif' {
  /** Its address, for `useBuffer`. */
  const address: string;
  export default address;
}

declare module '*.aiff' {
  /** Its address, for `useBuffer`. */
  const address: string;
  export default address;
}

declare module '*.aifc' {
  /** Its address, for `useBuffer`. */
  const address: string;
  export default address;
}

declare module '*.oga' {
  /** Its address, for `useBuffer`. */
  const address: string;
  export default address;
}
