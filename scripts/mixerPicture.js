/**
 * The picture in docs/mixing.md: the nodes that a mixer becomes, in the order in which the server computes them.
 *
 *     npx vitest run --project main -u test/docs/mixerPicture.test.tsx
 *
 * The test makes the tree and draws the picture. With `-u` it writes the picture, else it says when the picture is old.
 */

const ROW = 22;
const INDENT = 22;
const WIDTH = 560;

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function* rowsOf(node, depth) {
  yield { node, depth };
  for (const child of node.children ?? []) yield* rowsOf(child, depth + 1);
}

/** Buses that a synth reads and writes, as it would be said: `reads 4 · writes 6`. */
function busesOf({ controls }) {
  const numbers = (names) => [
    ...new Set(names.map((name) => controls?.[name]).filter((bus) => bus !== undefined)),
  ];
  const reads = numbers(['in', 'bus', 'dry', 'wet']);
  const writes = numbers(['post', 'out']);
  return [reads.length > 0 && `reads ${reads.join(', ')}`, writes.length > 0 && `writes ${writes.join(', ')}`]
    .filter(Boolean)
    .join(' · ');
}

function drawRow({ node, depth }, index) {
  const isGroup = node.type === 'group';
  const y = index * ROW + 24;
  const x = 16 + depth * INDENT;
  const title = isGroup ? `group${node.name ? ` ${node.name}` : ''}` : (node.name ?? node.def);
  return [
    `<rect class="${isGroup ? 'group' : 'synth'}" x="${x}" y="${y - 9}" width="10" height="10" rx="2"/>`,
    `<text x="${x + 18}" y="${y}"${isGroup ? ' class="title"' : ''}>${escaped(title)}</text>`,
    isGroup
      ? ''
      : `<text class="buses" x="${WIDTH - 16}" y="${y}" text-anchor="end">${escaped(busesOf(node))}</text>`,
  ].join('');
}

/**
 * Draws a tree as a picture.
 *
 * @param tree - A group as `root.tree` has it: plain data.
 * @returns the text of an SVG file, in light and dark colours.
 */
export function drawTree(tree) {
  const rows = tree.children.flatMap((child) => [...rowsOf(child, 0)]);
  const height = rows.length * ROW + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="ui-monospace, monospace" font-size="13">
<style>
text { fill: #1f2328; } .title { font-weight: bold; } .buses { fill: #656d76; } .group { fill: #8250df; } .synth { fill: #1a7f37; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .buses { fill: #8d96a0; } }
</style>
${rows.map(drawRow).join('\n')}
</svg>
`;
}
