/** CPU, nodes, lateness and losses, over the last five minutes. */

import { useMemo } from 'react';
import { Chart } from './charts/chart.js';
import { usePicture } from './connection/hooks.js';

export function LoadView() {
  const load = usePicture((snapshot) => snapshot.load);
  const { hasSession } = usePicture((snapshot) => snapshot.server);
  const points = useMemo(() => Object.values(load), [load]);
  const last = points.at(-1);
  if (!last)
    return <p className="rci-empty">The server is asked once a second; its first answer is on its way.</p>;
  const xs = points.map(({ at }) => at);
  const of = (key: Exclude<keyof typeof last, 'at'>): number[] => points.map((point) => point[key]);
  return (
    <section className="rci-charts" aria-label="Load">
      <Chart
        title="CPU, percent of a control period"
        summary={`${last.averageCpu.toFixed(1)} % on average, peak ${last.peakCpu.toFixed(1)} %`}
        xs={xs}
        isTime
        height={170}
        series={[
          { name: 'average', color: '--rci-blue', values: of('averageCpu') },
          { name: 'peak', color: '--rci-orange', values: of('peakCpu') },
        ]}
      />
      <Chart
        title="Nodes"
        summary={`${last.synths} synths of ${last.unitGenerators} unit generators in ${last.groups} groups`}
        xs={xs}
        isTime
        isStepped
        height={170}
        series={[
          { name: 'synths', color: '--rci-blue', values: of('synths') },
          { name: 'groups', color: '--rci-green', values: of('groups') },
        ]}
      />
      <Chart
        title="Late moments a second"
        summary={hasSession ? `${total(of('late'))} in this time` : 'known where a session is inspected'}
        xs={xs}
        isTime
        isStepped
        height={130}
        series={[{ name: 'late', color: '--rci-red', values: of('late') }]}
      />
      <Chart
        title="Packets"
        summary={`${total(of('dropped'))} lost or unreadable, ${last.backlog} waiting`}
        xs={xs}
        isTime
        isStepped
        height={130}
        series={[
          { name: 'lost or unreadable', color: '--rci-red', values: of('dropped') },
          { name: 'waiting', color: '--rci-orange', values: of('backlog') },
        ]}
      />
    </section>
  );
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
