/** What finds the elements that a server's complaints are about. A page loads it when it plays, and not before. */

import { AllocFailures } from './allocFailures.js';
import { Failures } from './failures.js';
import { LateBundles } from './lateBundles.js';
import type { SentBundles } from './sentBundles.js';
import type { ServerComplaintsOptions } from './serverComplaints.js';

export function openBlame(
  { server, placement, options, now, onGone }: ServerComplaintsOptions,
  sent: SentBundles,
) {
  const { latency, repair, onFailure, onLate } = options;
  return {
    failures: new Failures(server, placement, { mends: repair > 0, onFailure, onGone }),
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
