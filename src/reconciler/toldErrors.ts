import type { SuperColliderError } from '../errors.js';
import type { SceneNode } from '../scene/sceneNode.js';

/** An element, and what is wrong with it. */
export type ElementError = readonly [SceneNode, SuperColliderError];

/** Which errors of elements were told: what is still wrong at the next commit is not told again. */
export class ToldErrors {
  readonly #tell: (error: SuperColliderError, element: SceneNode) => void;
  #told = new WeakMap<SceneNode, string>();
  #isAny = false;

  constructor(tell: (error: SuperColliderError, element: SceneNode) => void) {
    this.#tell = tell;
  }

  /** Tells each error once; true when there was one to tell. */
  tell(errors: readonly ElementError[]): boolean {
    let told = false;
    for (const [element, error] of errors) {
      if (this.#told.get(element) === error.message) continue;
      this.#told.set(element, error.message);
      this.#tell(error.locate(element.facts()), element);
      told = true;
    }
    this.#isAny ||= told;
    return told;
  }

  /** Tells them again when they are still there; true when there was one. */
  forget(): boolean {
    const wasAny = this.#isAny;
    this.#told = new WeakMap();
    this.#isAny = false;
    return wasAny;
  }
}
