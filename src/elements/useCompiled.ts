import { useLayoutEffect, useMemo, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { useScene } from '../hooks/useServer.js';
import type { SynthDef } from '../synthdef/index.js';
import { isSameSynthDef } from '../synthdef/synthDefNames.js';

/**
 * The definition of a graph. A function that is written in the render is another one each time; its bytes say whether
 * the graph is.
 *
 * @param key - Compiles again when one of these is another one.
 */
export function useCompiled(compile: () => SynthDef, key: readonly unknown[]): SynthDef {
  const scene = useScene('<Graph>');
  const [shown, show] = useState<SynthDef>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: The key stands for the function.
  const { def: compiled, error } = useMemo(() => attempt(compile), key);
  const isNew = compiled && !(shown && isSameSynthDef(shown, compiled));
  if (isNew) show(compiled);
  const isReported = error !== undefined && shown !== undefined;
  useLayoutEffect(() => {
    if (!isReported) return;
    if (scene.reportInvalid) scene.reportInvalid(error);
    else if (error instanceof SuperColliderError) scene.report(error);
  }, [scene, error, isReported]);
  const canWait = scene.reportInvalid || error instanceof SuperColliderError;
  if (error !== undefined && !(isReported && canWait)) throw error;
  return isNew ? compiled : shown!;
}

function attempt(compile: () => SynthDef): { readonly def?: SynthDef; readonly error?: unknown } {
  try {
    return { def: compile() };
  } catch (error) {
    return { error };
  }
}
