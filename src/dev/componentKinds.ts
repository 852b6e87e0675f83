/** The kinds of components: functions, classes, and the results of memo(), forwardRef() and lazy(). */

import { isValidElement } from 'react';

interface Wrapped {
  readonly $$typeof: symbol;
}

const isOfKind = (value: unknown, kind: string): value is Wrapped =>
  typeof value === 'object' && value !== null && (value as Partial<Wrapped>).$$typeof === Symbol.for(kind);

export interface Memo extends Wrapped {
  readonly type: unknown;
  readonly compare: ((previous: never, next: never) => boolean) | null;
}

export const isMemo = (value: unknown): value is Memo => isOfKind(value, 'react.memo');

export interface ForwardRef extends Wrapped {
  readonly render: (props: never, ref: never) => unknown;
}

export const isForwardRef = (value: unknown): value is ForwardRef => isOfKind(value, 'react.forward_ref');

export interface Lazy extends Wrapped {
  readonly _init: (payload: unknown) => unknown;
}

export const isLazy = (value: unknown): value is Lazy => isOfKind(value, 'react.lazy');

export const isComponent = (value: unknown): boolean =>
  typeof value === 'function' || isMemo(value) || isForwardRef(value) || isLazy(value);

/** Says why a module is no composition, and what to write. */
export function noComponent(name: string, exports: Readonly<Record<string, unknown>>): string {
  const { default: component } = exports;
  const names = Object.keys(exports);
  const what = isValidElement(component)
    ? 'its default export is an element, which was made before there was a server'
    : component !== undefined
      ? `its default export is ${typeof component}`
      : names.length === 0
        ? 'it exports nothing'
        : `it exports only ${names.map((key) => `"${key}"`).join(', ')}`;
  return `${name} exports no component: ${what}. Write: export default function Piece() { return <Synth … />; }`;
}
