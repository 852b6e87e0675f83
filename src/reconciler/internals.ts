/** Components of ours that stand between what the user wrote and what is mounted: no stack and no list names them. */

type AnyComponent = { readonly name: string };

const internals = new Set<unknown>();
const names = new Set<string>();

/** Takes components out of stacks and lists. */
export function internal(...components: readonly AnyComponent[]): void {
  for (const component of components) {
    internals.add(component);
    names.add(component.name);
  }
}

export const isInternal = (type: unknown): boolean => internals.has(type);

/** For stacks that are text already. */
export const isInternalName = (name: string): boolean => names.has(name);
