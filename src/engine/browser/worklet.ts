/**
 * The module that an AudioWorklet loads; `npm run build` makes one file of it and of what it imports. The engine
 * itself is not in it: the page fetches it from its own package and hands it over.
 */

import './textCodec.js';
import { WorkletHost } from './workletHost.js';
import {
  type PageMessage,
  PROCESSOR_NAME,
  type WorkletMessage,
  type WorkletSetup,
} from './workletMessages.js';
import { workletScope } from './workletScope.js';

class EngineProcessor extends workletScope.AudioWorkletProcessor {
  readonly #host: WorkletHost;

  constructor({ processorOptions }: { readonly processorOptions: WorkletSetup }) {
    super();
    const { port } = this;
    this.#host = new WorkletHost(processorOptions, (message: WorkletMessage) => port.postMessage(message));
    port.onmessage = ({ data }: MessageEvent) => this.#host.receive(data as PageMessage);
    void this.#host.boot();
  }

  process([inputs = []]: Float32Array[][], [outputs = []]: Float32Array[][]): boolean {
    return this.#host.process(inputs, outputs);
  }
}

workletScope.registerProcessor(PROCESSOR_NAME, EngineProcessor);
