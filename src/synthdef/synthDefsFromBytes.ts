import { describeSynthDef, type SynthDefDescription } from './describe.js';
import { decodeSynthDefs } from './file/decode.js';
import { encodeSynthDefs } from './file/encode.js';

/** The controls of a definition and their defaults; an array where the control has several slots. */
export type ControlDefaults = Readonly<Record<string, number | readonly number[]>>;

/**
 * A definition, ready to be sent and played.
 *
 * The type parameter is only for the compiler: it lets `<Synth def={…}>` know its controls.
 */
export interface SynthDef<Controls extends ControlDefaults = ControlDefaults> {
  /** Name of the definition, as it was written. */
  readonly name: string;
  /** The name on a server where another definition has this one's name, such as `kick~2f1a`. @default the name */
  readonly serverName?: string;
  /** A `.scsyndef` file with this definition alone. */
  readonly bytes: Uint8Array;
  /** Controls, buses, buffers and the end of its synths. */
  readonly description: SynthDefDescription;
  /** Types of the controls' values; there is no such property at run time. */
  readonly controls?: Controls;
}

/**
 * The definitions in a `.scsyndef` file, one `SynthDef` each.
 *
 * @throws SuperColliderError `invalid-synthdef` when the bytes are no such file.
 */
export function synthDefsFromBytes(bytes: Uint8Array): SynthDef[] {
  const graphs = decodeSynthDefs(bytes);
  return graphs.map((graph) => ({
    name: graph.name,
    bytes: graphs.length === 1 ? bytes : encodeSynthDefs([graph]),
    description: describeSynthDef(graph),
  }));
}
