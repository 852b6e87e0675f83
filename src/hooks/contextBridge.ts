/**
 * Contexts and StrictMode above a component, for the tree of another root.
 */

import { Component, createElement, type ReactNode, StrictMode, use } from 'react';
import { type Above, readAbove } from '../reconciler/fibers.js';
import { internal } from '../reconciler/internals.js';
import { RootContext } from '../reconciler/rootContext.js';
import { ServerContext } from './serverContext.js';
import { TimelineContext, TransportContext } from './timeContext.js';

/** Contexts that belong to one root: its scene, its server and its clock. */
export const ROOT_CONTEXTS: readonly unknown[] = [
  RootContext,
  ServerContext,
  TimelineContext,
  TransportContext,
];

interface TreeAboveProps {
  /** Contexts that are not carried. @default none */
  readonly except?: readonly unknown[];
  /** Gets a function that puts the same around an element of another root. */
  readonly children: (carry: (element: ReactNode) => ReactNode, hasBoundary: boolean) => ReactNode;
}

/** Renders with what is above; again whenever one of the contexts has another value. */
export class ContextBridge extends Component<TreeAboveProps> {
  #above: Above | undefined;

  override render(): ReactNode {
    // What is above stays the same as long as the component is mounted; only values change.
    this.#above ??= readAbove(this, this.props.except);
    return createElement(WithContexts, { above: this.#above, render: this.props.children });
  }
}

interface WithContextsProps {
  readonly above: Above;
  readonly render: TreeAboveProps['children'];
}

function WithContexts({ above: { contexts, isStrict, hasBoundary }, render }: WithContextsProps): ReactNode {
  const values = contexts.map((context) => use(context));
  return render((element) => {
    const inside = contexts.reduceRight<ReactNode>(
      (child, context, index) => createElement(context, { value: values[index] }, child),
      element,
    );
    return isStrict ? createElement(StrictMode, null, inside) : inside;
  }, hasBoundary);
}

internal(ContextBridge, WithContexts);
