/**
 * The children of a page's `<Sound>`s, as one tree for one root. Each is behind a boundary of its own, so that an error or
 * a suspension in one leaves the others sounding.
 */

import { Component, createElement, Fragment, type ReactNode, Suspense, useLayoutEffect } from 'react';
import { internal } from '../hooks/internal.js';

/** A `<Sound>` in the list: its children, and who hears of their errors and suspensions. */
export interface SoundEntry {
  element: ReactNode;
  readonly onError: (error: Error) => void;
  /** Called with true when something in it is suspended, and with false when nothing is any more. */
  readonly onWait: (isWaiting: boolean) => void;
}

export class SoundList {
  readonly #entries = new Map<SoundEntry, number>();
  readonly #render: (element: ReactNode) => void;
  #nextKey = 0;
  #isPending = false;

  constructor(render: (element: ReactNode) => void) {
    this.#render = render;
  }

  /** Shows an entry, or what it holds now; those that are new come after the others. */
  put(entry: SoundEntry): void {
    if (!this.#entries.has(entry)) this.#entries.set(entry, this.#nextKey++);
    this.show();
  }

  remove(entry: SoundEntry): void {
    if (this.#entries.delete(entry)) this.show();
  }

  /**
   * Renders all of them in a microtask. Changes of one commit of the page in several `<Sound>`s are one bundle, and
   * within its commit no other root can be rendered.
   */
  show(): void {
    if (this.#isPending) return;
    this.#isPending = true;
    queueMicrotask(() => {
      this.#isPending = false;
      const shown = [...this.#entries].map(([entry, key]) =>
        createElement(Shown, { key, entry, element: entry.element }),
      );
      this.#render(createElement(Fragment, null, shown));
    });
  }
}

interface ShownProps {
  readonly entry: SoundEntry;
  readonly element: ReactNode;
}

interface ShownState {
  readonly hasFailed: boolean;
  /** The element that failed: the next one is tried. */
  readonly element?: ReactNode;
}

class Shown extends Component<ShownProps, ShownState> {
  override state: ShownState = { hasFailed: false };

  static getDerivedStateFromError(): ShownState {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ element }: ShownProps, state: ShownState): ShownState {
    return { hasFailed: state.hasFailed && state.element === element, element };
  }

  override componentDidCatch(error: Error): void {
    this.props.entry.onError(error);
  }

  override render(): ReactNode {
    if (this.state.hasFailed) return null;
    const { entry, element } = this.props;
    return createElement(Suspense, { fallback: createElement(Waiting, { entry }) }, element);
  }
}

function Waiting({ entry }: { readonly entry: SoundEntry }): ReactNode {
  useLayoutEffect(() => {
    entry.onWait(true);
    return () => entry.onWait(false);
  }, [entry]);
  return null;
}

internal(Shown, Waiting);
