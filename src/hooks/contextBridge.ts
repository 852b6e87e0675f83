/**
 * Contexts and StrictMode above a component, for the tree of another root.
 *
 * They are read from the fiber of a class component, which React gives to each instance. The fields that are
 * read here have been the same since React 16. On a server that renders pages there is no fiber, and nothing
 * is carried over.
 */

import { Component, type Context, createElement, type ReactNode, StrictMode, use } from 'react';

import { RootContext } from '../reconciler/rootContext.js';
import { ServerContext } from './optionalServer.js';
import { TimelineContext, TransportContext } from './timeContext.js';

/** Contexts that belong to one root: its scene, its server and its clock. */
export const ROOT_CONTEXTS: readonly unknown[] = [
  RootContext,
  ServerContext,
  TimelineContext,
  TransportContext,
];

interface Fiber {
  readonly type: unknown;
  readonly mode: number;
  readonly return: Fiber | null | undefined;
}

interface Above {
  /** Those with a provider above, the outermost first, each once. */
  readonly contexts: readonly Context<unknown>[];
  readonly isStrict: boolean;
}

/** React's StrictLegacyMode. */
const STRICT_MODE = 0b1000;

const CONTEXT = Symbol.for('react.context');

interface TreeAboveProps {
  /** Contexts that are not carried. @default none */
  readonly except?: readonly unknown[];
  /** Gets a function that puts the same around an element of another root. */
  readonly children: (carry: (element: ReactNode) => ReactNode) => ReactNode;
}

/** Renders with what is above; again whenever one of the contexts has another value. */
export class ContextBridge extends Component<TreeAboveProps> {
  #above: Above | undefined;

  override render(): ReactNode {
    // What is above stays the same as long as the component is mounted; only values change.
    this.#above ??= readAbove((this as { _reactInternals?: Fiber })._reactInternals, this.props.except);
    return createElement(WithContexts, { above: this.#above, render: this.props.children });
  }
}

interface WithContextsProps {
  readonly above: Above;
  readonly render: TreeAboveProps['children'];
}

function WithContexts({ above: { contexts, isStrict }, render }: WithContextsProps): ReactNode {
  const values = contexts.map((context) => use(context));
  return render((element) => {
    const inside = contexts.reduceRight<ReactNode>(
      (child, context, index) => createElement(context, { value: values[index] }, child),
      element,
    );
    return isStrict ? createElement(StrictMode, null, inside) : inside;
  });
}

function readAbove(fiber: Fiber | undefined, except: readonly unknown[] = []): Above {
  const contexts = new Set<Context<unknown>>();
  for (let at = fiber?.return; at; at = at.return) {
    if ((at.type as { $$typeof?: symbol } | null)?.$$typeof === CONTEXT && !except.includes(at.type))
      contexts.add(at.type as Context<unknown>);
  }
  return { contexts: [...contexts].reverse(), isStrict: ((fiber?.mode ?? 0) & STRICT_MODE) !== 0 };
}
