/**
 * Components that go on as they were when an edit makes them throw.
 *
 * React unmounts a tree whose render throws, and its state is lost with it. A guard calls each
 * component. When the component throws, the guard calls it once more in the same render, with code and props of its last
 * success. So what was edited elsewhere takes effect, the music goes on, and the next edit finds all state.
 */

import {
  type ComponentType,
  captureOwnerStack,
  createContext,
  createElement,
  forwardRef,
  type JSX,
  memo,
  type ReactNode,
  type Ref,
  use,
  useReducer,
  useState,
} from 'react';
import { forgottenReturn } from '../forgottenReturn.js';
import { isComponent, isForwardRef, isLazy, isMemo } from './componentKinds.js';
import { Fragment, jsxDEV, writtenAt } from './jsxDevRuntime.js';

type Props = Readonly<Record<string, unknown>>;
type Component = (...given: Given) => ReactNode;
/** With the ref of one that forwardRef() was given. */
type Given = [props: Props, ref?: Ref<unknown>];
type Compare = NonNullable<Parameters<typeof memo>[1]>;
type ForwardRefRender = Parameters<typeof forwardRef<unknown, Props>>[0];

/** A component that threw. */
export interface Thrower {
  readonly name: string;
  /** The places where its element was written, as lines of a stack. */
  readonly ownerStack: string | undefined;
}

/** Memory of a guarded component between its renders. */
interface Memory {
  /** Component and props of its last success. */
  good: { readonly component: Component; readonly given: Given } | undefined;
  /** It threw in this render, and is being called as it was. */
  isFallingBack: boolean;
}

/** Never fulfilled: React keeps what it shows until something changes. */
const never = new Promise<never>(() => {});

export class ComponentGuard {
  readonly #guarded = new WeakMap<object, unknown>();
  /** True below an error boundary of the user's, which is to get what is thrown. */
  readonly #isCaught = createContext(false);

  /** @param onThrow - Called with what a component threw, each time that it does. */
  constructor(readonly onThrow: (error: Error, thrower: Thrower) => void) {}

  /** Replacement of `react/jsx-dev-runtime` in the user's modules. */
  readonly jsx = {
    Fragment,
    jsxDEV: (...[type, ...rest]: Parameters<typeof jsxDEV>): JSX.Element =>
      jsxDEV(this.guarded(type) as typeof type, ...rest),
  };

  /** The guarded component of one; any other value stays as it is. */
  guarded(type: unknown): unknown {
    if (!isComponent(type)) return type;
    const known = this.#guarded.get(type as object);
    if (known) return known;
    const made = this.#made(type as object);
    this.#guarded.set(type as object, made);
    return made;
  }

  #made(type: object): unknown {
    if (isMemo(type)) {
      return memo(
        this.guarded(type.type) as ComponentType<Props>,
        (type.compare as Compare | null) ?? undefined,
      );
    }
    if (isForwardRef(type)) return forwardRef(this.#guard(type.render as Component) as ForwardRefRender);
    if (isLazy(type)) return { ...type, _init: (payload: unknown) => this.guarded(type._init(payload)) };
    return isClass(type) ? this.#boundary(type) : this.#guard(type as Component);
  }

  #guard(component: Component): Component {
    const guard = this;
    function Guarded(...given: Given): ReactNode {
      const [memory] = useState<Memory>(() => ({ good: undefined, isFallingBack: false }));
      const [, again] = useReducer((count: number) => count + 1, 0);
      if (memory.isFallingBack) {
        memory.isFallingBack = false;
        const { good } = memory;
        return guard.#call(good!.component, good!.given, component, () => {
          throw never;
        });
      }
      const result = guard.#call(component, given, component, () => {
        if (!memory.good) throw never;
        memory.isFallingBack = true;
        again(); // an update while rendering: React calls this function again, its hooks from the first on
        return null;
      });
      if (!memory.isFallingBack) memory.good = { component, given };
      return result;
    }
    return named(Guarded, component);
  }

  #call(component: Component, given: Given, meant: Component, onThrow: () => ReactNode): ReactNode {
    try {
      const result = component(...given);
      const forgotten = result === undefined ? forgottenReturn(component) : undefined;
      if (forgotten) throw forgotten;
      return result;
    } catch (error) {
      if (isSuspension(error) || use(this.#isCaught)) throw error;
      if (component === meant) {
        const ownerStack = writtenAt(given[0]) ?? captureOwnerStack() ?? undefined;
        this.onThrow(asError(error), { name: nameOf(meant), ownerStack });
      }
      return onThrow();
    }
  }

  /** A class that catches errors itself gets them; any other class is as it is. */
  #boundary(component: object): unknown {
    const { getDerivedStateFromError, prototype } = component as {
      readonly getDerivedStateFromError?: unknown;
      readonly prototype: { readonly componentDidCatch?: unknown };
    };
    if (!getDerivedStateFromError && !prototype.componentDidCatch) return component;
    const isCaught = this.#isCaught;
    const Boundary: Component = (props) =>
      createElement(isCaught, { value: true }, createElement(component as ComponentType<Props>, props));
    return named(Boundary, component);
  }
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Promises, and what `use` throws, which says so in its words only. */
const isSuspension = (thrown: unknown): boolean =>
  (typeof thrown === 'object' && thrown !== null && 'then' in thrown) ||
  (thrown instanceof Error && thrown.message.startsWith('Suspense Exception'));

const isClass = (type: object): boolean =>
  Boolean((type as { prototype?: { isReactComponent?: unknown } }).prototype?.isReactComponent);

const nameOf = (type: object): string => {
  const { displayName, name } = type as { displayName?: string; name?: string };
  return displayName ?? (name || 'Anonymous');
};

/** Elements of ours look for others by their component: `<Sequence>` for each `<At>` (`src/elements/timed.tsx`). */
const STANDS_FOR = Symbol.for('react-collider.standsFor');

/** Stacks and trees say the user's own name. */
function named<Made extends object>(made: Made, original: object): Made {
  Object.defineProperty(made, 'name', { value: nameOf(original) });
  Object.defineProperty(made, STANDS_FOR, { value: original });
  return made;
}
