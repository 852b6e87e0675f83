/**
 * The error boundary around every root's tree: errors that no boundary of the user catches end here.
 *
 * The boundary mounts the `Failed` element in place of the tree. The root sees that element and leaves the
 * server as it is. So a piece with an error keeps sounding until it is rendered again.
 */

import { Component, createElement, type ErrorInfo, type ReactNode } from 'react';
import { internal, isInternalName } from './internals.js';

interface Props {
  readonly onError: (error: Error, componentStack: string | undefined) => void;
  readonly children?: ReactNode;
}

export class RootBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError(error, info.componentStack ? ownLines(info.componentStack) : undefined);
  }

  override render(): ReactNode {
    return this.state.failed ? createElement('Failed') : this.props.children;
  }
}

internal(RootBoundary);

/** Modules that a bundler runs are named by their paths, others by URLs. */
const withoutScheme = (place: string): string => place.replace(/^file:\/\//, '');

/** The files of this package, which tell nobody where the error is. */
const OURS = withoutScheme(import.meta.url).replace(/reconciler\/[^/]*$/, '');

/** React's lines as an element's own are written: `in Piece`, with the place in the file where that is the user's. */
function ownLines(componentStack: string): string {
  const lines = componentStack.split('\n').flatMap((line) => {
    const [, name, place] = /^ +at (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (name === undefined) return line.trim() === '' ? [] : [line];
    const isOurs = !place || place === '<anonymous>' || withoutScheme(place).startsWith(OURS);
    if (isOurs && isInternalName(name)) return [];
    return [`    in ${name}${isOurs ? '' : ` (${place})`}`];
  });
  return lines.join('\n');
}
