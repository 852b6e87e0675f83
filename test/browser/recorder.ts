/**
 * Keeps what a page plays: put before the page's own scripts, it listens to everything that is connected to the
 * destination of an AudioContext. It runs in the page, so it is one function without imports.
 */

/** What a page has kept, on `window.recordings`, one for each context. */
export interface Recording {
  readonly context: AudioContext;
  /** Samples of the first channel, from `from` seconds of the context's time to `to`. */
  between(from: number, to: number): number[];
  /** Resolves when the context's time `to` was recorded. */
  until(to: number): Promise<void>;
}

declare global {
  interface Window {
    recordings: Recording[];
    /** What the user does, by the first context's time. */
    gestures: (readonly [type: string, time: number])[];
  }
}

export function recordPage(): void {
  const processor = `registerProcessor('test-recorder', class extends AudioWorkletProcessor {
    process([[samples]]) {
      this.port.postMessage([currentFrame, samples ?? new Float32Array(128)]);
      return true;
    }
  });`;
  const url = URL.createObjectURL(new Blob([processor], { type: 'text/javascript' }));
  window.recordings = [];
  window.gestures = [];
  for (const type of ['pointerdown', 'pointerup', 'keydown', 'keyup']) {
    const keep = () => window.gestures.push([type, window.recordings[0]?.context.currentTime ?? 0]);
    window.addEventListener(type, keep, true);
  }
  const known = new WeakMap<BaseAudioContext, GainNode>();
  const inputOf = (context: AudioContext): GainNode => {
    let input = known.get(context);
    if (input) return input;
    input = new GainNode(context);
    known.set(context, input);
    const samples: number[] = [];
    const waiting: { frame: number; resolve: () => void }[] = [];
    window.recordings.push({
      context,
      between: (from, to) =>
        Array.from(
          { length: Math.round((to - from) * context.sampleRate) },
          (_, index) => samples[Math.round(from * context.sampleRate) + index] ?? 0,
        ),
      until: (to) =>
        new Promise((resolve) => {
          const frame = Math.round(to * context.sampleRate);
          if (samples.length >= frame) resolve();
          else waiting.push({ frame, resolve });
        }),
    });
    const source = input;
    void context.audioWorklet.addModule(url).then(() => {
      const node = new AudioWorkletNode(context, 'test-recorder', { numberOfOutputs: 0 });
      source.connect(node);
      node.port.onmessage = ({ data: [frame, block] }) => {
        for (let i = 0; i < 128; i++) samples[frame + i] = block[i];
        for (const each of waiting) if (each.frame <= samples.length) each.resolve();
      };
    });
    return input;
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (this: AudioNode, to: never, ...rest: never[]): never {
    const target = to as unknown;
    if (target instanceof AudioDestinationNode && target.context instanceof AudioContext) {
      connect.call(this, inputOf(target.context) as never);
    }
    return connect.call(this, to, ...rest) as never;
  };
}
