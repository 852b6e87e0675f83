/** Pieces that tell what the server itself says, whatever the screen shows. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../engine/native/programs.js';

export interface WitnessedNode {
  readonly id: number;
  readonly def?: string;
  readonly controls?: Readonly<Record<string, number | string>>;
  readonly children?: readonly WitnessedNode[];
}

interface Testimony {
  /** Counts from 1. */
  readonly number: number;
  /** What the server answered to `/g_queryTree 0`. */
  readonly tree: WitnessedNode;
}

/** Asks the server for its tree again and again, and writes the answer to a file; it goes on when the piece is over. */
const witness = `
import { renameSync, writeFileSync } from 'node:fs';
let number = 0;
function Witness() {
  const server = useServer();
  useEffect(() => {
    const look = async () => {
      try {
        const tree = await server.queryTree();
        number += 1;
        writeFileSync('tree.tmp', JSON.stringify({ number, tree }, (key, value) => (key === 'controlList' ? undefined : value)));
        renameSync('tree.tmp', 'tree.json');
      } catch {
        // It is away.
      }
      setTimeout(look, 30).unref();
    };
    void look();
  }, []);
  return null;
}
`;

/** A folder with `piece.tsx`: its components are what is given, between imports and a witness of the server. */
export class PieceFolder {
  readonly path = temporaryFolder();

  constructor(components: string) {
    this.save(components);
  }

  save(components: string, name = 'piece.tsx'): void {
    writeFileSync(
      join(this.path, name),
      `import { useEffect, useState } from 'react';
import { Group, Synth, useBeat, useServer } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
${witness}
const tone = synthDef('tone', { freq: 440, amp: 0.1, step: 0 }, (c) => {
  const sound = SinOsc.ar(c.freq).mul(c.amp);
  Out.ar(0, [sound, sound]);
});
${components}`,
    );
  }

  /** What the server says from now on. */
  async asked(looks = 2): Promise<WitnessedNode> {
    const first = this.#testimony()?.number ?? 0;
    for (;;) {
      const now = this.#testimony();
      if (now && now.number >= first + looks) return now.tree;
      await delay(10);
    }
  }

  /** Resolves with the server's tree as soon as a look at it finds something. */
  async until<Found>(find: (tree: WitnessedNode) => Found | undefined | false): Promise<Found> {
    for (;;) {
      const found = find(await this.asked());
      if (found !== undefined && found !== false) return found;
    }
  }

  #testimony(): Testimony | undefined {
    try {
      return JSON.parse(readFileSync(join(this.path, 'tree.json'), 'utf8')) as Testimony;
    } catch {
      return undefined;
    }
  }
}

/** All synths below a node, by the order of execution. */
export const synthsBelow = ({ children = [], ...node }: WitnessedNode): readonly WitnessedNode[] =>
  node.def === undefined ? children.flatMap(synthsBelow) : [node];

/** The synths of a definition. */
export const synthsOf = (tree: WitnessedNode, def: string): readonly WitnessedNode[] =>
  synthsBelow(tree).filter((synth) => synth.def === def);

/** A tone, and one that counts ten beats a second. */
export const counting = `
function Voice() {
  return <Synth def={tone} name="voice" freq={330} amp={0.1} />;
}
export default function Piece() {
  const [step, setStep] = useState(0);
  useBeat(0.1, () => setStep((before) => before + 1));
  return (
    <Group name="chord">
      <Witness />
      <Voice />
      <Synth def={tone} freq={440} amp={0} step={step} />
    </Group>
  );
}
`;
