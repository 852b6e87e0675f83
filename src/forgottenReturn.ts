/** Components whose JSX is a statement, with the return before it forgotten: they render nothing, and nobody says so. */

import { SuperColliderError } from './errors.js';

/** Innermost braces, with what makes them the body of a function. */
const BLOCK = /(=>\s*|\bfunction\b[^(){}]*\([^(){}]*\)\s*)?\{([^{}]*)\}/g;
/** JSX as compilers write it, where a statement begins. */
const ELEMENT_ALONE =
  /[;{}]\s*(?:\/\/[^\n]*\n\s*|\/\*[^*]*\*\/\s*)*(?:\(0,\s*)?[\w$.]*(?:jsx(?:s|DEV)?|createElement)\)?\(/;

/**
 * The error of a component that makes elements and has no return; `undefined` for any other.
 *
 * Its text is looked at, since a component may return nothing on purpose: for its effects, or under a condition.
 *
 * @param type - A component that rendered nothing: a function, or what `forwardRef` made of one.
 */
export function forgottenReturn(type: unknown): SuperColliderError | undefined {
  const component = (type as { readonly render?: unknown }).render ?? type;
  const text = String(component).trimEnd();
  if (!text.endsWith('}')) return undefined;
  // Without its last brace the body is no block of its own, and what functions in it return is left out.
  let own = text.slice(0, -1);
  for (let before = ''; before !== own; ) {
    before = own;
    own = own.replace(BLOCK, (_, isFunction, inner) => (isFunction ? '' : `(${inner})`));
  }
  if (/\breturn\b/.test(own) || !ELEMENT_ALONE.test(own)) return undefined;
  const { displayName, name } = component as { readonly displayName?: string; readonly name?: string };
  const given = displayName ?? (name || 'Anonymous');
  return new SuperColliderError(
    'invalid-nesting',
    `${given} makes elements and returns none, so that nothing of it plays. Write return before its JSX: ` +
      `function ${given}() { return <Synth … />; }`,
  );
}
