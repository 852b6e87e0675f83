/** Tests that need an installed sclang; in CI it is there, or the set-up fails. */

import { inject, test } from 'vitest';

export const hasSclang = inject('sclang');

export const testWithSclang = test.runIf(hasSclang);
