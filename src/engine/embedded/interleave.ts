/** Channels side by side as frames: left, right, left, right. */
export function interleave(channels: readonly Float32Array[], frames: number): Float32Array {
  const stride = channels.length;
  const interleaved = new Float32Array(frames * stride);
  channels.forEach((channel, offset) => {
    for (let frame = 0; frame < frames; frame++) interleaved[frame * stride + offset] = channel[frame]!;
  });
  return interleaved;
}
