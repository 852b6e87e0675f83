/** `react-collider synthdef`: definitions compiled, read, written and drawn. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { drawSynthDefGraph, synthDefsFromSclang } from 'react-collider/node';
import {
  binaryOperators,
  decodeSynthDefs,
  type GraphUnit,
  type SynthDef,
  type SynthDefGraph,
  synthDefsFromBytes,
  unaryOperators,
} from 'react-collider/synthdef';
import { exitCodes } from '../exitCodes.js';
import { CliError, describeFailure, exitCodeOf } from '../failure.js';
import { loadModule } from '../loadModule.js';
import { writeIntoFolder, writeOutput } from '../writeOutput.js';

export interface SynthdefOptions {
  readonly output?: string;
  readonly dump?: boolean;
  readonly svg?: string;
  readonly sclang?: string;
}

/** Gives the exit code. */
export async function synthdef(file: string, options: SynthdefOptions): Promise<number> {
  try {
    const defs = await readDefinitions(file, options);
    if (options.svg !== undefined && defs.length > 1) {
      throw new CliError(
        `${file} has ${defs.length} definitions (${defs.map(({ name }) => name).join(', ')}): --svg draws one.`,
        exitCodes.usage,
      );
    }
    for (const def of defs) await show(def, options);
    return exitCodes.ok;
  } catch (error) {
    console.error(describeFailure(error, file));
    return exitCodeOf(error);
  }
}

async function readDefinitions(file: string, { sclang }: SynthdefOptions): Promise<readonly SynthDef[]> {
  if (!existsSync(file)) throw new CliError(`${file} does not exist.`, exitCodes.composition);
  switch (extname(file)) {
    case '.scsyndef':
      return synthDefsFromBytes(await readFile(file));
    case '.scd':
    case '.sc':
      return synthDefsFromSclang({ file }, sclang === undefined ? {} : { path: sclang });
    default:
      return exportedDefinitions(file);
  }
}

async function exportedDefinitions(file: string): Promise<readonly SynthDef[]> {
  const { exports, close } = await loadModule(file);
  await close();
  const defs = Object.values(exports).filter(isDefinition);
  if (defs.length > 0) return defs;
  throw new CliError(
    `${basename(file)} exports no definition: export what synthDef() gives, as in export const ping = synthDef('ping', …).`,
    exitCodes.composition,
  );
}

const isDefinition = (value: unknown): value is SynthDef =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;

async function show(def: SynthDef, { output, dump, svg }: SynthdefOptions): Promise<void> {
  const [graph] = decodeSynthDefs(def.bytes) as [SynthDefGraph];
  console.log(summary(def, graph));
  if (dump) console.log(listing(graph));
  if (output !== undefined) {
    const path = join(output, `${def.name}.scsyndef`);
    await writeIntoFolder(path, def.bytes);
    console.log(`  → ${path}`);
  }
  if (svg !== undefined) {
    await writeOutput(svg, drawSynthDefGraph(graph));
    console.log(`  → ${svg}`);
  }
}

function summary({ name, bytes, description }: SynthDef, graph: SynthDefGraph): string {
  const controls = description.controls.map(
    (control) =>
      `${control.name} ${control.defaults.map(short).join(' ')}${control.rate === 'control' ? '' : ` (${control.rate})`}`,
  );
  const buses = (uses: SynthDef['description']['inputs']) =>
    uses
      .map(
        ({ className, rate, channels, bus }) => `${className} ${rate} × ${channels} at ${bus ?? 'computed'}`,
      )
      .join(', ');
  return [
    `${name}: ${graph.units.length} units, ${bytes.length} bytes`,
    `  controls  ${controls.join(', ') || 'none'}`,
    ...(description.inputs.length > 0 ? [`  reads     ${buses(description.inputs)}`] : []),
    ...(description.outputs.length > 0 ? [`  writes    ${buses(description.outputs)}`] : []),
    ...(graph.variants.length > 0
      ? [`  variants  ${graph.variants.map((variant) => variant.name).join(', ')}`]
      : []),
    `  ends      ${description.freesItself ? (description.hasGate ? 'after its gate closes' : 'by itself') : 'when it is freed'}`,
  ].join('\n');
}

/** One line a unit, as it is computed. */
function listing(graph: SynthDefGraph): string {
  return graph.units.map((unit, index) => `  ${String(index).padStart(4)}  ${line(unit, graph)}`).join('\n');
}

function line(unit: GraphUnit, graph: SynthDefGraph): string {
  const inputs = unit.inputs.map((input) => {
    if ('constant' in input) return short(graph.constants[input.constant]!);
    const several = graph.units[input.unit]!.outputs.length > 1;
    return `#${input.unit}${several ? `[${input.output}]` : ''}`;
  });
  return `${nameOf(unit, graph)}.${unit.rate}(${inputs.join(', ')})`;
}

function nameOf({ className, specialIndex, outputs }: GraphUnit, { parameterNames }: SynthDefGraph): string {
  if (className === 'BinaryOpUGen') return `${className} ${binaryOperators[specialIndex]}`;
  if (className === 'UnaryOpUGen') return `${className} ${unaryOperators[specialIndex]}`;
  if (!className.endsWith('Control')) return className;
  const names = parameterNames.filter(
    ({ index }) => index >= specialIndex && index < specialIndex + outputs.length,
  );
  return `${className} ${names.map(({ name }) => name).join(' ')}`;
}

const short = (value: number): string => String(Number(value.toPrecision(6)));
