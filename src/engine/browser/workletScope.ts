/** The globals of an AudioWorklet, which TypeScript's library of the DOM leaves out. */

export interface WorkletScope {
  readonly sampleRate: number;
  readonly AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: new (options: { processorOptions: never }) => Processor): void;
}

interface Processor {
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

export const workletScope = globalThis as unknown as WorkletScope;
