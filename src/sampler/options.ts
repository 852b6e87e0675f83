/** Options of `useSampler`. */
export interface SamplerOptions {
  /** Lets a sample of a map sound on the keys around its note, too. @default true */
  readonly spread?: boolean | undefined;
  /** Name in error messages and in the tree. @default the file's, or `sampler` */
  readonly name?: string | undefined;
  /** Preset of a SoundFont: its name, or its program number from 0. @default the first */
  readonly preset?: string | number | undefined;
  /** Opcodes of an `.sfz` file that are to be passed over; `true` for all that are not supported. @default none */
  readonly ignore?: readonly string[] | boolean | undefined;
}
