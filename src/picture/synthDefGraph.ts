/**
 * The units of a definition as a picture.
 *
 * Each unit is a box with its inputs above and its outputs below. Each signal is a line, coloured by its
 * rate.
 */

import { Graph, layout } from '@dagrejs/dagre';
import type { GraphUnit, SynthDefGraph, UnitRate } from '../synthdef/index.js';
import { binaryOperators, unaryOperators } from '../synthdef/index.js';

const COLORS: Readonly<Record<UnitRate, string>> = {
  audio: '#c2410c',
  control: '#1d4ed8',
  scalar: '#57534e',
  demand: '#7e22ce',
};
const CHARACTER = 7.3;
const LINE = 16;
const PADDING = 8;
const MARGIN = 16;

interface Box {
  readonly unit: GraphUnit;
  readonly title: string;
  readonly inputs: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** An SVG of the definition: constants are written where they go in, controls by their names. */
export function drawSynthDefGraph(graph: SynthDefGraph): string {
  const boxes = graph.units.map((unit) => boxOf(unit, graph));
  const drawing = new Graph({ multigraph: true })
    .setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36 })
    .setDefaultEdgeLabel(() => ({}));
  boxes.forEach(({ width, height }, index) => {
    drawing.setNode(String(index), { width, height });
  });
  graph.units.forEach((unit, index) => {
    unit.inputs.forEach((input, position) => {
      if ('unit' in input) drawing.setEdge(String(input.unit), String(index), {}, String(position));
    });
  });
  layout(drawing);
  const { x, y, width, height } = boundsOf(drawing);
  const lines = drawing
    .edges()
    .map(({ v, w, name }: { v: string; w: string; name?: string }) =>
      lineOf(drawing, graph, boxes, Number(v), Number(w), Number(name)),
    );
  const drawn = boxes.map((box, index) => drawBox(box, drawing.node(String(index)) as Place));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" font-family="ui-monospace, monospace" font-size="12">
<title>${escapeXml(graph.name)}</title>
<rect x="${round(x)}" y="${round(y)}" width="100%" height="100%" fill="#fafaf9"/>
${[...lines, ...drawn].join('\n')}
</svg>
`;
}

/** Around all boxes and lines: dagre's own size leaves out lines that go around. */
function boundsOf(drawing: Graph): Place {
  const boxes: Place[] = drawing.nodes().map((name: string) => drawing.node(name) as Place);
  const points: { x: number; y: number }[] = drawing
    .edges()
    .flatMap((edge: { v: string; w: string; name?: string }) => {
      return (drawing.edge(edge) as { points: readonly { x: number; y: number }[] }).points;
    });
  const left = Math.min(...boxes.map(({ x, width }) => x - width / 2), ...points.map(({ x }) => x)) - MARGIN;
  const right = Math.max(...boxes.map(({ x, width }) => x + width / 2), ...points.map(({ x }) => x)) + MARGIN;
  const top = Math.min(...boxes.map(({ y, height }) => y - height / 2)) - MARGIN;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height / 2)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(unit: GraphUnit, graph: SynthDefGraph): Box {
  const title = titleOf(unit, graph);
  const inputs = unit.inputs.map((input) =>
    'constant' in input ? number(graph.constants[input.constant]!) : '●',
  );
  const text = Math.max(title.length, inputs.join('  ').length);
  return {
    unit,
    title,
    inputs,
    width: text * CHARACTER + 2 * PADDING,
    height: (inputs.length > 0 ? 2 : 1) * LINE + 2 * PADDING,
  };
}

function titleOf(unit: GraphUnit, graph: SynthDefGraph): string {
  if (unit.className === 'BinaryOpUGen') return binaryOperators[unit.specialIndex] ?? unit.className;
  if (unit.className === 'UnaryOpUGen') return unaryOperators[unit.specialIndex] ?? unit.className;
  if (!unit.className.endsWith('Control')) return unit.className;
  const names = graph.parameterNames.filter(
    ({ index }) => index >= unit.specialIndex && index < unit.specialIndex + unit.outputs.length,
  );
  return `${unit.className}: ${names.map(({ name }) => name).join(', ')}`;
}

function drawBox({ unit, title, inputs }: Box, { x, y, width, height }: Place): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const color = COLORS[unit.rate];
  const slot = (width - 2 * PADDING) / Math.max(1, inputs.length);
  const row = inputs.map(
    (input, index) =>
      `<text x="${round(left + PADDING + slot * (index + 0.5))}" y="${round(top + PADDING + LINE - 4)}" text-anchor="middle" fill="#57534e">${input}</text>`,
  );
  return `<g><rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="4" fill="#ffffff" stroke="${color}" stroke-width="1.5"/>${row.join('')}<text x="${round(x)}" y="${round(top + height - PADDING - 3)}" text-anchor="middle" font-weight="bold" fill="${color}">${escapeXml(title)}</text></g>`;
}

function lineOf(
  drawing: Graph,
  graph: SynthDefGraph,
  boxes: readonly Box[],
  from: number,
  to: number,
  position: number,
): string {
  const start = drawing.node(String(from)) as Place;
  const end = drawing.node(String(to)) as Place;
  const { points } = drawing.edge({ v: String(from), w: String(to), name: String(position) }) as {
    points: readonly { x: number; y: number }[];
  };
  const input = graph.units[to]!.inputs[position] as { readonly unit: number; readonly output: number };
  const source = graph.units[from]!;
  const slot = (end.width - 2 * PADDING) / boxes[to]!.inputs.length;
  const outlet = (start.width - 2 * PADDING) / source.outputs.length;
  const path = [
    { x: start.x - start.width / 2 + PADDING + outlet * (input.output + 0.5), y: start.y + start.height / 2 },
    ...points.slice(1, -1),
    { x: end.x - end.width / 2 + PADDING + slot * (position + 0.5), y: end.y - end.height / 2 },
  ];
  const color = COLORS[source.outputs[input.output] ?? source.rate];
  return `<polyline points="${path.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}" fill="none" stroke="${color}" stroke-width="1.2" opacity="0.7"/>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const number = (value: number): string => String(Number(value.toPrecision(5)));
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
