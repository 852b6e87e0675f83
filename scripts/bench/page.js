/** docs/performance.md, from the results of a run. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const TARGETS = {
  'W1/react': 1.35,
  'W2-1/react': 1.35,
  'W2-1000/react': 1.35,
  'W1/sclang': 0.45,
  'W2-100/sclang': 1,
  'W2-1000/sclang': 0.6,
  'W1/dryads': 0.02,
  'W4.set/raw': 1.3,
  'W6.encode/limit': 0.6,
  'W6.decode/limit': 0.5,
  'W7/W2-1': 1.2,
};

const WORKLOADS = `
| workload | what is timed |
| --- | --- |
| W1 | 1,000 synths with 4 controls each, in 100 groups, are mounted by one state change |
| W2-n | one control of n of these synths changes: by state in each synth's component, or (\`.root\`) by state at the root |
| W3 | all of it is unmounted |
| W4 | one control changes, by \`handle.set\` or by state, until its datagram has left; \`raw\` is code for this one message |
| W5 | keyed siblings are reversed, or shuffled |
| W6 | 10,000 messages to bytes and back; the limit is code for this one message, into a reused buffer |
| W7 | one of 1,000 and one of 100,000 synths changes |

\`react\` is the same elements with a renderer that does nothing: what no renderer can be faster than. \`ours\` is
the whole way: diff, encoding, and the system call that sends the datagrams. \`sclang\` is \`s.makeBundle\`,
\`supercolliderJs\` \`send.bundle\` of @supercollider/server, \`dryads\` is \`play()\` of @supercollider/dryads.`;

/** Without a soak in this run, what the page says of the last one stays. */
function soakOf(path, soak) {
  if (!soak) {
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return /## Ten minutes\n[\s\S]*?(?=\n## )/.exec(before)?.[0] ?? '';
  }
  const kilobytes = (bytes) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;
  return `## Ten minutes

A piece of 60 voices on the embedded engine changes 200 times a second, for ${soak.minutes} minutes: controls, each fifth time a
voice that leaves and another that comes, each fiftieth the order of all, each two hundredth a bus and a buffer.
${soak.commits.toLocaleString('en')} commits, ${soak.errors} errors.

| after | heap in use | process | median commit | synths |
| ---: | ---: | ---: | ---: | ---: |
${soak.samples
  .filter((_, index) => index % 2 === 1)
  .map(
    ({ seconds, heap, rss, median, synths }) =>
      `| ${seconds} s | ${kilobytes(heap)} | ${kilobytes(rss)} | ${median.toFixed(3)} ms | ${synths} |`,
  )
  .join('\n')}

From the first minute to the last the heap changed by ${soak.bytesACommit.toFixed(2)} bytes a commit.
`;
}

function memoryOf(figures) {
  if (!figures.memory) return '';
  const { react, ours } = figures.memory;
  const back = figures.memory['ours, given back'];
  return `## Memory

A node in a tree of 10,000 synths, each with a component of its own, takes ${Math.round(react)} bytes in React alone and
${Math.round(ours)} in all. After unmounting, ${back.toFixed(1)} bytes a node are left.
`;
}

export function writePage(path, { ratios, figures, soak }) {
  const ratioRows = Object.entries(ratios).map(
    ([name, ratio]) => `| ${name} | ${ratio} | ${targetOf(name, ratio)} |`,
  );
  const { memory, ...timed } = figures;
  const figureRows = Object.entries(timed).flatMap(([name, times]) =>
    Object.entries(times).map(([contender, time]) => `| ${name} | ${contender} | ${time} |`),
  );
  writeFileSync(
    path,
    `# Performance

Written by \`npm run bench -- --docs\` on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node},
with React's production build. Times are medians of contenders that take turns; they say something only as ratios.
${WORKLOADS}

## Ratios

Below 1 is faster than the reference; for W6 more is better: the share of the limit's speed.

| ratio | | aim |
| --- | ---: | --- |
${ratioRows.join('\n')}

## What the aims say, and what is not reached

* When everything is warm, React alone mounts a group or synth in a quarter of a microsecond, and ours adds about
  three quarters: the scene's node, its snapshot, an id, and 83 bytes. Writing these bytes by hand and sending them
  takes half as long as React by itself, so that 1.35 times React cannot be had for W1 by a renderer that sends. The
  same holds for W2-1000 from the root, where React needs a third of a microsecond a synth.
* Of W2-1 in a leaf, React takes 12 µs and the system call with a reader that wakes up 9 µs: that alone is 1.75.
* A commit of 1,000 changes takes about half a microsecond a synth from props to bytes, and one of 1,000 new synths a
  quarter of what sclang takes for the same bundle.
* A reorder is one message; sclang's time for it is that of sending a list that is there already.

${memoryOf({ memory })}
${soakOf(path, soak)}
## Times in milliseconds

| workload | contender | ms |
| --- | --- | ---: |
${figureRows.join('\n')}
`,
  );
}

function targetOf(name, ratio) {
  const target = TARGETS[name];
  if (target === undefined) return '';
  const isMore = name.startsWith('W6');
  const isReached = isMore ? ratio >= target : ratio <= target;
  return `${isMore ? 'at least' : 'at most'} ${target}${isReached ? '' : ': not reached'}`;
}
