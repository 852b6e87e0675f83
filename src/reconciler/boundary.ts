/**
 * The error boundary around every root's tree: what fails without a boundary of the user's own ends here.
 *
 * It mounts the `Failed` element in place of the tree; the root sees it and leaves the server as it is,
 * so that a piece with an error keeps sounding until it is rendered again.
 */

import { Component, createElement, type ErrorInfo, type ReactNode } from 'react';

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
    this.props.onError(error, info.componentStack ?? undefined);
  }

  override render(): ReactNode {
    return this.state.failed ? createElement('Failed') : this.props.children;
  }
}
