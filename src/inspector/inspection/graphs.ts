import { decodeSynthDefs, type SynthDef, type SynthDefGraph } from '../../synthdef/index.js';

/** The graphs of a definition's file; none where there is no definition. */
export const synthDefGraphs = (def: SynthDef | undefined): readonly SynthDefGraph[] =>
  def ? decodeSynthDefs(def.bytes) : [];
