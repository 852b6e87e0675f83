/**
 * Functions of edited modules that are the same component: React Refresh, for components and their guards.
 *
 * @see https://www.npmjs.com/package/react-refresh
 */

import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type * as Runtime from 'react-refresh/runtime';
import type { ComponentGuard } from './componentGuard.js';

// CommonJS whose exports Node cannot name before it is loaded.
const refresh = createRequire(import.meta.url)('react-refresh/runtime') as typeof Runtime;

/**
 * Makes React's renderers that are loaded from now on take edits. React itself and what renders with it must be loaded
 * after this.
 */
export function prepareForEdits(): void {
  // V8 keeps each compiled text and its code, in case that the same text is compiled again. That takes 55 kB for each
  // save of a file of 100 lines, and no edit is that text again.
  setFlagsFromString('--no-compilation-cache');
  refresh.injectIntoGlobalHook(globalThis as unknown as Window);
}

/** Function that the transform calls for each component: it learns which hooks the component calls. */
export type Signature = (
  type: unknown,
  key?: string,
  forceReset?: boolean,
  customHooks?: () => unknown[],
) => unknown;

export class RefreshRegistry {
  constructor(readonly guard: ComponentGuard) {}

  register(type: unknown, id: string): void {
    const guarded = this.guard.guarded(type);
    refresh.register(type, id);
    if (guarded !== type) refresh.register(guarded, `${id} guarded`);
  }

  /** @param resets - Every edit makes the module's components again (`// @refresh reset`). */
  signature(resets: boolean): Signature {
    const own = refresh.createSignatureFunctionForTransform() as Signature;
    let described: unknown;
    let isCollected = false;
    return (type, key, forceReset = false, customHooks) => {
      if (typeof key === 'string') {
        described ??= type;
        const reset = forceReset || resets;
        refresh.setSignature(this.guard.guarded(type), key, reset, customHooks as never);
        return own(type, key, reset, customHooks);
      }
      if (!isCollected && described) {
        isCollected = true;
        refresh.collectCustomHooksForSignature(this.guard.guarded(described));
      }
      return own(type, key, forceReset, customHooks);
    };
  }

  /** Renders every component that was registered again; false when there was none. */
  perform(): boolean {
    return refresh.performReactRefresh() !== null;
  }

  /** True when importers of a module need not run again: all that it exports is components, the same as before. */
  isBoundary(previous: Exports, next: Exports): boolean {
    const names = Object.keys(next);
    if (names.length === 0 || names.length !== Object.keys(previous).length) return false;
    return names.every((name) => {
      const [before, now] = [previous[name], next[name]];
      if (before === now && typeof now !== 'object') return name in previous;
      if (isSameDefinition(before, now)) return true;
      return (
        refresh.isLikelyComponentType(now) &&
        refresh.getFamilyByType(now) !== undefined &&
        refresh.getFamilyByType(now) === refresh.getFamilyByType(before)
      );
    });
  }
}

export type Exports = Readonly<Record<string, unknown>>;

interface Definition {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;

/** A module that ran again has made another object of the same definition. */
const isSameDefinition = (a: unknown, b: unknown): boolean =>
  isDefinition(a) && isDefinition(b) && a.name === b.name && Buffer.compare(a.bytes, b.bytes) === 0;
