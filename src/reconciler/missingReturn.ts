import { loadPart } from '../latePart.js';
import { componentStackOf, type Fiber } from './fibers.js';

/** Tags of function components: plain ones, those of `forwardRef`, and those of `memo`. */
const FUNCTIONS: readonly number[] = [0, 11, 15];

/** Finds a component that forgot to return its elements: it is silent, and else nobody would say so. */
export async function missingReturn(first: Fiber | null): Promise<Error | undefined> {
  const empty = emptyComponents(first, []);
  if (empty.length === 0) return undefined;
  try {
    const part = await loadPart(() => import('../forgottenReturn.js'), 'word of a forgotten return');
    for (const fiber of empty) {
      const error = part.forgottenReturn(fiber.type);
      if (error) return error.locate({ componentStack: componentStackOf(fiber) });
    }
  } catch (notLoaded) {
    return notLoaded as Error;
  }
  return undefined;
}

/** Lists function components that rendered nothing, of siblings and of all below. */
function emptyComponents(first: Fiber | null, found: Fiber[]): readonly Fiber[] {
  for (let fiber = first; fiber; fiber = fiber.sibling) {
    if (fiber.child) emptyComponents(fiber.child, found);
    else if (FUNCTIONS.includes(fiber.tag)) found.push(fiber);
  }
  return found;
}
