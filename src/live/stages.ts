/** New nodes that wait until everything asynchronous of their commit is loaded, so that they begin together. */

import type { SceneNode, Stage } from '../scene/sceneNode.js';

export class Stages {
  readonly #open = new Map<Stage, Promise<void>>();

  /** True while something asynchronous is under way that nodes wait for. */
  get isLoading(): boolean {
    return this.#open.size > 0;
  }

  /**
   * Holds nodes until loads are decided; false when there is none to hold.
   *
   * @param then - Called when they may begin.
   */
  hold(nodes: readonly SceneNode[], loads: readonly Promise<void>[], then: () => void): boolean {
    const stage: Stage = { isDone: false };
    for (const element of nodes) {
      if (element.stage && !element.stage.isDone) continue;
      element.stage = stage;
      element.touch();
    }
    const loaded = Promise.allSettled(loads).then(() => {
      stage.isDone = true;
      this.#open.delete(stage);
      then();
    });
    this.#open.set(stage, loaded);
    return nodes.length > 0;
  }

  /** Resolves when nothing is being loaded. */
  async loaded(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open.values());
  }
}
