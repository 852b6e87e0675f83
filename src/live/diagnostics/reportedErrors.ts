import type { SuperColliderError } from '../../errors.js';
import type { SceneNode } from '../../scene/sceneNode.js';

/** An element, and what is wrong with it. */
export type ElementError = readonly [SceneNode, SuperColliderError];

/** Reports each error of an element once, not again at every commit while it persists. */
export class ReportedErrors {
  readonly #report: (error: SuperColliderError, element: SceneNode) => void;
  #reported = new WeakMap<SceneNode, string>();
  #isAny = false;

  constructor(report: (error: SuperColliderError, element: SceneNode) => void) {
    this.#report = report;
  }

  /** Reports each error once; true when there was one to report. */
  report(errors: readonly ElementError[]): boolean {
    let isAny = false;
    for (const [element, error] of errors) {
      if (this.#reported.get(element) === error.message) continue;
      this.#reported.set(element, error.message);
      this.#report(error.locate(element.facts()), element);
      isAny = true;
    }
    this.#isAny ||= isAny;
    return isAny;
  }

  /** Reports errors that persist once more; true when there was one. */
  reset(): boolean {
    const wasAny = this.#isAny;
    this.#reported = new WeakMap();
    this.#isAny = false;
    return wasAny;
  }
}
