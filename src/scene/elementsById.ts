/**
 * Elements by the ids of their nodes.
 *
 * Ids are given in a row, so pages of arrays hold the elements. Adding one costs a store, where a `Map` of a
 * thousand must be hashed and grown. A `Map` that grew also keeps the elements of its old table alive until
 * the next full garbage collection. Each collection of young objects copied those elements.
 */

import type { NodeId } from '../units.js';
import type { SceneNode } from './sceneNode.js';

const PAGE_BITS = 8;
const PAGE_SIZE = 1 << PAGE_BITS;

interface Page {
  readonly elements: (SceneNode | undefined)[];
  used: number;
}

export class ElementsById {
  readonly #pages = new Map<number, Page>();
  /** The page of the last look-up, as ids are mostly neighbours. */
  #number = -1;
  #page: Page | undefined;

  get size(): number {
    let size = 0;
    for (const { used } of this.#pages.values()) size += used;
    return size;
  }

  get(id: NodeId): SceneNode | undefined {
    return this.#find(id)?.elements[id & (PAGE_SIZE - 1)];
  }

  set(id: NodeId, element: SceneNode): void {
    const page = this.#find(id) ?? this.#add(id);
    const place = id & (PAGE_SIZE - 1);
    if (page.elements[place] === undefined) page.used += 1;
    page.elements[place] = element;
  }

  delete(id: NodeId): void {
    const page = this.#find(id);
    const place = id & (PAGE_SIZE - 1);
    if (page?.elements[place] === undefined) return;
    page.elements[place] = undefined;
    page.used -= 1;
    if (page.used > 0) return;
    this.#pages.delete(id >>> PAGE_BITS);
    this.#number = -1;
    this.#page = undefined;
  }

  clear(): void {
    this.#pages.clear();
    this.#number = -1;
    this.#page = undefined;
  }

  *[Symbol.iterator](): Iterator<readonly [NodeId, SceneNode]> {
    for (const [number, { elements }] of this.#pages) {
      for (let place = 0; place < PAGE_SIZE; place++) {
        const element = elements[place];
        if (element) yield [((number << PAGE_BITS) | place) as NodeId, element];
      }
    }
  }

  #find(id: NodeId): Page | undefined {
    const number = id >>> PAGE_BITS;
    if (number === this.#number) return this.#page;
    const page = this.#pages.get(number);
    if (page) {
      this.#number = number;
      this.#page = page;
    }
    return page;
  }

  #add(id: NodeId): Page {
    const page: Page = { elements: new Array(PAGE_SIZE).fill(undefined), used: 0 };
    this.#number = id >>> PAGE_BITS;
    this.#page = page;
    this.#pages.set(this.#number, page);
    return page;
  }
}
