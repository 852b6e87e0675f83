/** `react-collider/inspector`: an inspector inside of a page. */

export { CommitLog, type LoggedCommit } from './commitLog.js';
export type { Subject } from './inspection/subject.js';
export { Inspector, type InspectorProps } from './view/embedded.js';
