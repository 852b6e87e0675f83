import type { GroupProps, SynthProps } from '../scene/props.js';
import { SceneNode, type SceneNodeContent } from '../scene/sceneNode.js';
import { componentStackOf, componentsOf, type Fiber, pathOf } from './fibers.js';
import { ownerStackOf } from './ownerStack.js';

/** An element that React has mounted. */
export class FiberNode extends SceneNode {
  declare readonly fiber: Fiber;

  constructor(type: SceneNodeContent['type'], props: GroupProps | SynthProps | undefined, fiber: Fiber) {
    super(type, props);
    this.fiber = fiber;
  }

  override path(): string {
    return pathOf(this.fiber);
  }

  override components(): readonly string[] {
    return componentsOf(this.fiber);
  }

  override componentStack(): string {
    return componentStackOf(this.fiber);
  }

  override ownerStack(): string | undefined {
    return ownerStackOf(this.fiber);
  }
}
