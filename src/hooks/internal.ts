/** The parts of the renderer that our elements use. */

export { internal } from '../reconciler/internals.js';
export { asWritten } from '../reconciler/ownerStack.js';
export { Portal } from '../reconciler/portal.js';
