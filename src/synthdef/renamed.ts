import { decodeSynthDefs } from './file/decode.js';
import { encodeSynthDefs } from './file/encode.js';

/** A `.scsyndef` file with the same definition under another name; its variants follow (`defname.variant`). */
export function renamedBytes(bytes: Uint8Array, name: string): Uint8Array {
  const graphs = decodeSynthDefs(bytes).map((graph) => ({
    ...graph,
    name,
    variants: graph.variants.map((variant) => ({
      ...variant,
      name: variant.name.startsWith(`${graph.name}.`)
        ? `${name}${variant.name.slice(graph.name.length)}`
        : variant.name,
    })),
  }));
  return encodeSynthDefs(graphs);
}
