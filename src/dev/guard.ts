/**
 * Components that go on as they were when an edit makes them throw.
 *
 * React unmounts a tree whose render throws, and its state is lost with it. Here each component is called by one
 * that catches: it is called once more as it was when it last succeeded, its code and its props, in the same
 * render. So what was edited elsewhere takes effect, the music goes on, and the next edit finds all state.
 */

import {
  type ComponentType,
  createContext,
  createElement,
  Fragment,
  type JSX,
  memo,
  type ReactNode,
  use,
  useReducer,
  useState,
} from 'react';
import * as jsxRuntime from 'react/jsx-dev-runtime';

type Props = Readonly<Record<string, unknown>>;
type Component = (props: Props) => ReactNode;

/** What a guarded component remembers between its renders. */
interface Memory {
  /** How it was when it last succeeded. */
  good: { readonly component: Component; readonly props: Props } | undefined;
  /** It threw in this render, and is being called as it was. */
  isFallingBack: boolean;
}

/** Never fulfilled: React keeps what it shows until something changes. */
const never = new Promise<never>(() => {});

export class Guard {
  readonly #guarded = new WeakMap<object, unknown>();
  /** True below an error boundary of the user's, which is to get what is thrown. */
  readonly #isCaught = createContext(false);

  /** @param onThrow - Called with what a component threw, each time that it does. */
  constructor(readonly onThrow: (error: Error, component: string) => void) {}

  /** What stands for `react/jsx-dev-runtime` in the user's modules. */
  readonly jsx = {
    Fragment,
    jsxDEV: (...[type, ...rest]: Parameters<typeof jsxDEV>): JSX.Element =>
      jsxDEV(this.guarded(type) as typeof type, ...rest),
  };

  /** The guarded component of one; what is no component of a function or class is given back as it is. */
  guarded(type: unknown): unknown {
    if (typeof type !== 'function' && !isMemo(type)) return type;
    const known = this.#guarded.get(type);
    if (known) return known;
    const made = isMemo(type)
      ? memo(this.guarded(type.type) as ComponentType<Props>, type.compare ?? undefined)
      : isClass(type)
        ? this.#boundary(type)
        : this.#guard(type as Component);
    this.#guarded.set(type, made);
    return made;
  }

  #guard(component: Component): Component {
    const guard = this;
    function Guarded(props: Props): ReactNode {
      const [memory] = useState<Memory>(() => ({ good: undefined, isFallingBack: false }));
      const [, again] = useReducer((count: number) => count + 1, 0);
      if (memory.isFallingBack) {
        memory.isFallingBack = false;
        const { good } = memory;
        return guard.#call(good!.component, good!.props, component, () => {
          throw never;
        });
      }
      const result = guard.#call(component, props, component, () => {
        if (!memory.good) throw never;
        memory.isFallingBack = true;
        again(); // an update while rendering: React calls this function again, its hooks from the first on
        return null;
      });
      if (!memory.isFallingBack) memory.good = { component, props };
      return result;
    }
    return named(Guarded, component);
  }

  #call(component: Component, props: Props, meant: Component, onThrow: () => ReactNode): ReactNode {
    try {
      return component(props);
    } catch (error) {
      if (isSuspension(error) || use(this.#isCaught)) throw error;
      if (component === meant) this.onThrow(asError(error), nameOf(meant));
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

const { jsxDEV } = jsxRuntime as unknown as {
  jsxDEV: (type: unknown, props: unknown, key?: unknown, isStatic?: boolean) => JSX.Element;
};

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Promises, and what `use` throws, which says so in its words only. */
const isSuspension = (thrown: unknown): boolean =>
  (typeof thrown === 'object' && thrown !== null && 'then' in thrown) ||
  (thrown instanceof Error && thrown.message.startsWith('Suspense Exception'));

const isClass = (type: object): boolean =>
  Boolean((type as { prototype?: { isReactComponent?: unknown } }).prototype?.isReactComponent);

interface Memo {
  readonly type: unknown;
  readonly compare: ((previous: Props, next: Props) => boolean) | null;
}

const isMemo = (type: unknown): type is Memo =>
  typeof type === 'object' &&
  type !== null &&
  (type as { $$typeof?: unknown }).$$typeof === Symbol.for('react.memo');

const nameOf = (type: object): string => {
  const { displayName, name } = type as { displayName?: string; name?: string };
  return displayName ?? (name || 'Anonymous');
};

/** Stacks and trees say the user's own name. */
function named<Made extends object>(made: Made, original: object): Made {
  Object.defineProperty(made, 'name', { value: nameOf(original) });
  return made;
}
