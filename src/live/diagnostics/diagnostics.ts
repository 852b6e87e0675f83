/** Maps server errors to the elements that caused them. Loaded late, so that a page that never plays does not load it. */

import { AllocFailures } from './allocFailures.js';
import { Failures } from './failures.js';
import { LateBundles } from './lateBundles.js';
import type { SentBundles } from './sentBundles.js';
import type { ServerErrorsOptions } from './serverErrors.js';

export function createDiagnostics(
  { server, placement, options, now, onGone }: ServerErrorsOptions,
  sent: SentBundles,
) {
  const { latency, repairInterval, onFailure, onLate } = options;
  const mends = repairInterval < Number.POSITIVE_INFINITY;
  return {
    failures: new Failures(server, placement, { mends, onFailure, onGone }),
    allocFailures: new AllocFailures({
      now,
      sounding: () => placement.sounding(),
      sync: () => server.sync(),
      onFailure,
    }),
    lateBundles: new LateBundles({
      latency,
      sent,
      elementOf: (id) => placement.elementOf(id),
      onLate,
    }),
  };
}
