/** Makes random pieces and edits them, from a seed. */

import type {
  ActivityPart,
  BoundaryPart,
  GroupPart,
  Part,
  PortalPart,
  ResourcePart,
  SuspensePart,
  SynthPart,
} from './script.js';

export class Editor {
  readonly parts: Part[] = [];
  #state: number;
  #keys = 0;
  #edits = 0;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761) >>> 0 || 1;
    for (let count = this.#below(5); count > 0; count--) this.parts.push(this.#part(2));
    this.settle();
  }

  /** A whole number from 0 up. */
  #below(limit: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  }

  chance(percent: number): boolean {
    return this.#below(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }

  /** Some edits at once, as one render would bring them. */
  edit(): void {
    this.#edits += 1;
    for (let count = 1 + this.#below(4); count > 0; count--) this.#editOnce();
  }

  /** Notes what is shown now, for when it is suspended later. To be called when a render was wanted. */
  settle(): void {
    for (const part of this.#all()) {
      if (part.kind === 'synth' && part.ended !== part.def) part.ended = undefined;
      if (part.kind === 'suspense' && !part.isSuspended)
        part.shown = part.children.map((synth) => ({ ...synth }));
    }
  }

  /** The synths that could end by themselves now. */
  mortal(): SynthPart[] {
    return this.#all().filter(
      (part): part is SynthPart => part.kind === 'synth' && part.def === 'ping' && !part.ended,
    );
  }

  #all(parts: readonly Part[] = this.parts): Part[] {
    return parts.flatMap((part) => (part.kind === 'group' ? [part, ...this.#all(part.children)] : [part]));
  }

  #lists(): Part[][] {
    return [this.parts, ...this.#all().flatMap((part) => (part.kind === 'group' ? [part.children] : []))];
  }

  #editOnce(): void {
    const list = this.pick(this.#lists());
    const part = list.length > 0 ? this.pick(list) : undefined;
    switch (this.#below(9)) {
      case 0:
        list.splice(this.#below(list.length + 1), 0, this.#part(1));
        break;
      case 1:
        if (part) list.splice(list.indexOf(part), 1);
        break;
      case 2:
        this.#shuffle(list);
        break;
      case 3:
        if (part) this.#move(part, list);
        break;
      case 4:
        if (part?.kind === 'synth') this.#changeDef(part);
        break;
      case 5:
        if (part?.kind === 'synth' || part?.kind === 'group' || part?.kind === 'resource')
          part.paused = !part.paused;
        else if (part?.kind === 'portal') this.#shuffle(part.children);
        break;
      case 6:
        if (part?.kind === 'suspense') part.isSuspended = !part.isSuspended;
        else if (part?.kind === 'boundary') this.#breakOrMend(part);
        else if (part?.kind === 'activity') this.#showOrHide(part);
        else if (part?.kind === 'portal') part.children.push(this.#synth(['tone', 'pad']));
        break;
      default:
        if (part?.kind === 'synth') part.controls = this.#controls();
        else if (part?.kind === 'resource') part.amp = this.#below(10) / 100;
        else if (part?.kind === 'activity') this.#changeShown(part);
        else if (part?.kind === 'portal')
          for (const synth of part.children) synth.controls = this.#controls();
        else if (part?.kind === 'suspense' || part?.kind === 'boundary')
          for (const synth of part.children) synth.controls = this.#controls();
    }
  }

  #shuffle(list: Part[]): void {
    for (let index = list.length - 1; index > 0; index--) {
      const other = this.#below(index + 1);
      [list[index], list[other]] = [list[other]!, list[index]!];
    }
  }

  /** Into another list, where it is another element. */
  #move(part: Part, from: Part[]): void {
    const inside = this.#all([part]);
    const lists = this.#lists().filter(
      (list) => !inside.some((one) => one.kind === 'group' && one.children === list),
    );
    const to = this.pick(lists);
    from.splice(from.indexOf(part), 1);
    to.splice(this.#below(to.length + 1), 0, part);
    if (to !== from) this.#renew(part);
  }

  #renew(part: Part): void {
    for (const one of this.#all([part])) {
      one.key = this.#key();
      if (one.kind === 'synth') one.ended = undefined;
      if (one.kind === 'suspense') one.shown = [];
      if (one.kind === 'activity') {
        one.isHidden = false;
        one.edit = this.#edits;
      }
    }
  }

  #breakOrMend(part: BoundaryPart): void {
    part.isBroken = !part.isBroken;
    // A boundary that has failed stays as it is; only another one shows its children.
    if (!part.isBroken) part.key = this.#key();
  }

  #showOrHide(part: ActivityPart): void {
    if (part.edit === this.#edits) return;
    part.edit = this.#edits;
    part.isHidden = !part.isHidden;
  }

  #changeShown(part: ActivityPart): void {
    if (part.isHidden || part.edit === this.#edits) return;
    part.edit = this.#edits;
    for (const synth of part.children) synth.controls = this.#controls();
  }

  #changeDef(part: SynthPart): void {
    part.def = this.pick(['tone', 'pad', 'ping'] as const);
  }

  #part(depth: number): Part {
    const choice = this.#below(depth > 0 ? 13 : 6);
    if (choice < 6) return this.#synth(['tone', 'pad', 'ping']);
    const key = this.#key();
    if (choice < 8) {
      const children = Array.from({ length: this.#below(4) }, () => this.#part(depth - 1));
      return { kind: 'group', key, children, paused: this.chance(10) } satisfies GroupPart;
    }
    const children = Array.from({ length: this.#below(3) }, () => this.#synth(['tone', 'pad']));
    switch (choice) {
      case 8:
        return {
          kind: 'suspense',
          key,
          children,
          isSuspended: this.chance(20),
          shown: [],
        } satisfies SuspensePart;
      case 9:
        return { kind: 'boundary', key, children, isBroken: this.chance(10) } satisfies BoundaryPart;
      case 10:
        return { kind: 'activity', key, children, isHidden: false, edit: this.#edits } satisfies ActivityPart;
      case 11:
        return { kind: 'portal', key, children } satisfies PortalPart;
      default:
        return {
          kind: 'resource',
          key,
          rate: this.pick(['control', 'audio'] as const),
          amp: this.#below(10) / 100,
          paused: this.chance(10),
        } satisfies ResourcePart;
    }
  }

  #synth(defs: readonly SynthPart['def'][]): SynthPart {
    return {
      kind: 'synth',
      key: this.#key(),
      def: this.pick(defs),
      controls: this.#controls(),
      paused: this.chance(10),
      exit: this.chance(20) ? 'free' : 'release',
      isByName: this.chance(30),
      playsHidden: this.chance(30),
      ended: undefined,
    };
  }

  #controls(): SynthPart['controls'] {
    const controls: SynthPart['controls'] = {};
    if (this.chance(60)) controls.freq = this.chance(20) ? 'lfo' : 100 + this.#below(5);
    if (this.chance(50)) controls.amp = this.#below(10) / 100;
    if (this.chance(20)) controls.out = this.chance(50) ? 'room' : 1;
    if (this.chance(20)) controls.pan = Array.from({ length: 1 + this.#below(2) }, () => this.#below(3) - 1);
    return controls;
  }

  #key(): string {
    this.#keys += 1;
    return `k${this.#keys}`;
  }
}
