/** What our elements take of the renderer. */

export { internal } from '../reconciler/internals.js';
export { asWritten } from '../reconciler/ownerStack.js';
