/** docs/performance.md, from the results of a run. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

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
  'W10.play/core': 0.1,
  'W10.dev/core': 0.1,
  'W11/handMade': 1.2,
};

const WORKLOADS = `
| workload | what is timed |
| --- | --- |
| W1 | 1,000 synths with 4 controls each, in 100 groups, are mounted by one state change; each synth is a component with state |
| W2-n | in the same tree one control of n synths changes, by state in each synth's component; 20 commits in a row are one sample of W2-1 |
| W2-1.alone | one such commit, after each of which everything rests until the sink has read it: caches are cold |
| W2-1.waking | the same, to a sink that sleeps until a datagram comes, so that sending has to wake it |
| W2-n.root | the same controls change by state at the root, of synths without components |
| W3 | the tree of W1 is unmounted |
| W4 | one control changes, by \`handle.set\` or by state, until its datagram has left; \`raw\` is code for this one message |
| W5 | keyed siblings are reversed, or shuffled |
| W6 | 10,000 messages to bytes and back; the limit is code for this one message, into a reused buffer |
| W7 | one of 1,000 and one of 100,000 synths changes |
| W10 | a piece of 1,001 synths changes 200 times a second, with the terminal's screen and without it: shares of a core |
| W11 | a mixer of 100 tracks with 4 synths each is mounted; \`handMade\` is the same tree with buses and groups by hand |

The contenders:

* \`react\` renders the same elements with a minimal host, which keeps instances, props and children and does nothing else.
  No renderer can be faster.
* \`raw\` sends the same bytes, which are ready: system calls alone.
* \`ours\` is the whole way: diff, encoding and system calls. The time ends when the last system call has returned. Between two
  samples the sink reads all datagrams, so that none waits.
* \`unsent\` is ours without the system calls.
* \`sending\` is React with the minimal host, which sends ready bytes at the end of each commit. No renderer that sends can be
  faster.
* \`sclang\` is \`s.makeBundle\`.
* \`supercolliderJs\` is \`send.bundle\` of @supercollider/server.
* \`dryads\` is \`play()\` of @supercollider/dryads.

The sink is a thread that reads its socket between the samples. On two cores, reading during a sample would slow down the
contender. A thread that sleeps in \`recv\`, as scsynth's does, is woken by the sender's system call. Waking makes the call two
to five times as long, as W2-1.waking shows. It differs between machines, and is the same for every program.`;

/** Without a soak in this run, what the page says of the last one stays. */
function soakOf(path, soak) {
  if (!soak) {
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return /## Ten minutes\n[\s\S]*?(?=\n## )/.exec(before)?.[0] ?? '';
  }
  const kilobytes = (bytes) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;
  return `## Ten minutes

A piece of 60 voices on the embedded engine changes 200 times a second, for ${soak.minutes} minutes. Each change sets controls.
Each fifth change replaces a voice, each fiftieth reorders all, and each two hundredth replaces a bus and a buffer.
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

From the first minute to the last the heap changed by ${soak.bytesACommit.toFixed(2)} bytes a commit. Two snapshots
of the heap, 60,000 commits apart, differed by code that V8 had compiled, and by no object of ours or of React's.
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

/** Where the time of a commit goes, in the workloads whose aim is a share of React's own time. */
function partsOf(figures) {
  const lines = Object.entries({ W1: 1101, 'W2-1': 1, 'W2-1000': 1000 }).flatMap(([name, count]) => {
    const { react, raw, ours } = figures[name] ?? {};
    if (!raw) return [];
    const each = (milliseconds) => `${((milliseconds * 1e6) / count).toFixed(0)} ns`;
    const alone = figures[`${name}.sending`];
    const least = alone ? alone.sending / alone.react : (react + raw) / react;
    return [
      `* **${name}**: for each of ${count} ${name === 'W1' ? 'nodes' : 'changes'} React takes ${each(react)} and the system calls ` +
        `${each(raw)}. Ours adds ${each(ours - react - raw)}. ` +
        `The aim of ${TARGETS[`${name}/react`]} leaves ${each((TARGETS[`${name}/react`] - 1) * react - raw)} for that. ` +
        `Without any work of ours the ratio would be ${least.toFixed(2)}.`,
    ];
  });
  return lines.join('\n');
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
with React's production build. Times are medians of contenders that take turns. Only their ratios have a meaning. The ratios
vary with other work on the machine, whose load average was ${loadavg()[2].toFixed(1)}.
${WORKLOADS}

## Ratios

Below 1 is faster than the reference; for W6 more is better: the share of the limit's speed.

| ratio | | aim |
| --- | ---: | --- |
${ratioRows.join('\n')}

## What the aims say, and what is not reached

${partsOf(figures)}
* A commit costs what React costs, what the system calls cost, and what we add. \`W2-1.sending/react\` is the first two:
  the aim of 1.35 leaves next to nothing to add.
* A single commit is slower than commits in a row, for React, for the system call and for us. Between two single commits
  other work takes the caches.
* Near the aims, other work on the machine decides. In runs of one day, on shared cores, \`W2-1000/react\` was 1.16 to 1.36
  and \`W4.set/raw\` 1.25 to 1.5. In the same runs \`W2-1/react\` was 1.38 to 1.55 and \`W1/react\` 1.4 to 1.9.
* Memory decides more than instructions. React alone takes 0.4 ms for the 1,000 changes of W2-1000 where its tree stays in
  the caches. In these turns it takes 1.3 ms or more.
* With React and ours alone in a process, without pauses, \`W1/react\` was 1.8, \`W2-1/react\` 1.65 and \`W2-1000/react\` 1.3 to
  1.8.
* A system call costs more than its own time. After one, React takes a quarter longer for the next commit, because its code
  and fibers have left the caches. \`W2-1.unsent/react\` compares our own work with React's time.
* A reorder is one message. sclang's time for it is that of sending a ready list.
* On a similar machine a change reached another process in 15 µs with \`raw\`, 57 µs with sc3 and 98 µs with supriya. These are
  3.8 and 6.6 times \`raw\`. \`W4.setState/raw\` is our ratio.

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
