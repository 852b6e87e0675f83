import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A minute's work that is begun last keeps one worker waiting for the other. What they take is not in their sizes. */
const LONGEST = [
  'terminal/screen',
  'browser/next',
  'conformance/conformance',
  'browser/inside',
  'inspector/views',
  'cli/package',
];

/** Begins with the test files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      LONGEST.some((name) => moduleId.includes(`/test/${name}.test.`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
