import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partition } from '../../src/server/allocators.js';
import {
  BlockAllocator,
  defaultGroupId,
  NodeIdAllocator,
  presets,
  printNodeId,
  serverOptions,
} from '../../src/server/index.js';
import type { ClientId, NodeId } from '../../src/units.js';

const client = (id: number) => id as ClientId;

describe('parts of several clients', () => {
  test('M5 P17: sc3nb: client 1 of 8 has buffers 128 to 255 and allocates as printed', () => {
    const { buffers, controlBuses } = partition(presets.sc3nb.options, client(1), 8);
    expect([buffers.start, buffers.size]).toEqual([128, 128]);
    expect([controlBuses.start, controlBuses.size]).toEqual([512, 512]);
    expect(buffers.reserve(2)).toBe(128);
    buffers.free(128);
    const five = [1, 2, 3, 4, 5].map(() => buffers.reserve());
    expect(five).toEqual([128, 129, 130, 131, 132]);
    buffers.free(128);
    buffers.free(129);
    expect(buffers.reserve(4)).toBe(133);
    expect(buffers.reserve(2)).toBe(128);
  });

  test('O35 U1: supriya: the first private bus of 8 inputs and 8 outputs is 16, a heap of 16 gives 0, 4, 8, none, 8', () => {
    const { audioBuses } = partition(presets.supriya.options, client(0), 1);
    expect(audioBuses.reserve(2)).toBe(16);
    const heap = new BlockAllocator('things', 0, 14, 'things');
    expect([heap.reserve(4), heap.reserve(4), heap.reserve(4)]).toEqual([0, 4, 8]);
    expect(() => heap.reserve(4)).toThrow(
      expect.objectContaining({
        code: 'out-of-ids',
        message: expect.stringContaining("No 4 free things in a row: 12 of this client's 14 are in use."),
      }),
    );
    heap.free(8);
    expect(heap.reserve(4)).toBe(8);
  });

  test('M4 N20: sclang: default groups and first node ids', () => {
    expect([0, 1, 2, 7].map(defaultGroupId)).toEqual([1, 67_108_865, 134_217_729, 469_762_049]);
    expect([0, 1, 2, 7].map((id) => new NodeIdAllocator(client(id)).allocate())).toEqual([
      1000, 67_109_864, 134_218_728, 469_763_048,
    ]);
    expect(printNodeId(134_218_728 as NodeId)).toBe('2:1000');
    expect(printNodeId(1000 as NodeId)).toBe('1000');
  });

  test('M5: of 8 clients with 2 inputs and outputs, client 1 has audio buses 2051 to 4097', () => {
    const { audioBuses, controlBuses, buffers } = partition(serverOptions(), client(1), 8);
    expect([audioBuses.start, audioBuses.size]).toEqual([2051, 2047]);
    expect([controlBuses.size, buffers.size]).toEqual([2048, 1024]);
  });

  test('O33: what is reserved at the start of a part is not handed out', () => {
    const options = serverOptions({
      reservedNumAudioBusChannels: 3,
      reservedNumControlBusChannels: 4,
      reservedNumBuffers: 5,
      initialNodeID: 2000,
    });
    const part = partition(options, client(0), 1);
    expect([part.audioBuses.reserve(), part.controlBuses.reserve(), part.buffers.reserve()]).toEqual([
      7, 4, 5,
    ]);
    expect([part.nodeIds.allocate(), part.permanentIds.reserve()]).toEqual([2000, 2]);
  });

  test('M5: no part of 32 clients overlaps another, whatever the sizes are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: 4096 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 32 }),
        (numAudioBusChannels, numInputBusChannels, clients) => {
          const options = serverOptions({ numAudioBusChannels, numInputBusChannels });
          const parts = Array.from({ length: clients }, (_, id) => partition(options, client(id), clients));
          parts.reduce((end, { audioBuses }) => {
            expect(audioBuses.start).toBeGreaterThanOrEqual(end);
            expect(audioBuses.start + audioBuses.size).toBeLessThanOrEqual(numAudioBusChannels);
            return audioBuses.start + audioBuses.size;
          }, numInputBusChannels + 2);
        },
      ),
    );
  });
});

test('blocks are always the lowest that fit, as in a model that knows each number', () => {
  type Step = readonly ['allocate', number] | readonly ['free', number];
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(fc.constant('allocate' as const), fc.integer({ min: 1, max: 9 })),
    fc.tuple(fc.constant('free' as const), fc.nat(63)),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const allocator = new BlockAllocator('numbers', 100, 64, 'numbers');
      const used = new Array<boolean>(64).fill(false);
      const blocks = new Map<number, number>();
      for (const [kind, number] of steps) {
        if (kind === 'free') {
          allocator.free(100 + number);
          used.fill(false, number, number + (blocks.get(number) ?? 0));
          blocks.delete(number);
          continue;
        }
        const first = used.findIndex((_, index) =>
          Array.from({ length: number }, (_, offset) => used[index + offset]).every(
            (taken) => taken === false,
          ),
        );
        if (first < 0) expect(() => allocator.reserve(number)).toThrow('free numbers in a row');
        else {
          expect(allocator.reserve(number)).toBe(100 + first);
          used.fill(true, first, first + number);
          blocks.set(first, number);
        }
        expect(allocator.numberInUse).toBe(used.filter(Boolean).length);
        expect(allocator.inUse).toHaveLength(allocator.numberInUse);
      }
    }),
    { numRuns: 500 },
  );
});

test('N20: no node id is handed out twice in 10 million, and all are within the client’s own', () => {
  const allocator = new NodeIdAllocator(client(3));
  let last = allocator.allocate();
  const first = last;
  for (let count = 1; count < 10_000_000; count++) {
    const id = allocator.allocate();
    if (id !== last + 1) throw new Error(`after ${last} came ${id}`);
    last = id;
  }
  expect([first, last]).toEqual([3 * 2 ** 26 + 1000, 3 * 2 ** 26 + 1000 + 9_999_999]);
});

test('when all ids were used once, those of nodes that are still there are left out', () => {
  const first = 2 ** 26 - 4;
  const alive = new Set<number>([2 ** 26 + first + 1]);
  const allocator = new NodeIdAllocator(client(1), first, (id) => alive.has(id));
  const handed = Array.from({ length: 8 }, () => allocator.allocate() - 2 ** 26 - first);
  expect(handed).toEqual([0, 1, 2, 3, 0, 2, 3, 0]);
  for (let offset = 0; offset < 4; offset++) alive.add(2 ** 26 + first + offset);
  expect(() => allocator.allocate()).toThrow('All node ids of this client are in use.');
});

test('of a million allocations with random frees and ends of nodes, nothing is handed out twice', () => {
  // Node ids begin near their end, so that they start again every 6000 of them, over 30 times.
  const initialNodeID = 2 ** 26 - 6000;
  const alive = new Uint8Array(2 ** 26);
  const nodeIds = new NodeIdAllocator(client(0), initialNodeID, (id) => alive[id] === 1);
  const options = serverOptions({ numAudioBusChannels: 1024, numControlBusChannels: 4096, numBuffers: 1024 });
  const { audioBuses, controlBuses, buffers, permanentIds } = partition(options, client(1), 4);
  const blocks = [audioBuses, controlBuses, buffers, permanentIds].map((allocator) => ({
    allocator,
    taken: new Uint8Array(allocator.size),
    held: [] as (readonly [first: number, count: number])[],
  }));
  const nodes: number[] = [];
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  /** Takes any one out of a list. */
  const pick = <Item>(list: Item[]): Item => {
    const index = random(list.length);
    const item = list[index]!;
    list[index] = list[list.length - 1]!;
    list.pop();
    return item;
  };
  const twice = (what: string, number: number) => new Error(`${what} ${number} was handed out twice`);
  for (let count = 0; count < 200_000; count++) {
    while (nodes.length > 500 + random(100)) alive[pick(nodes)] = 0; // their /n_end
    const id = nodeIds.allocate();
    if (alive[id] === 1) throw twice('node id', id);
    alive[id] = 1;
    nodes.push(id);
    for (const { allocator, taken, held } of blocks) {
      while (held.length > 24 + random(8)) {
        const [first, size] = pick(held);
        allocator.free(first);
        taken.fill(0, first - allocator.start, first - allocator.start + size);
      }
      const size = 1 + random(4);
      const first = allocator.reserve(size);
      for (let number = first; number < first + size; number++) {
        const index = number - allocator.start;
        if (taken[index] !== 0) throw twice(allocator.what, number);
        taken[index] = 1;
      }
      held.push([first, size]);
    }
  }
  for (const { allocator, held } of blocks)
    expect(allocator.numberInUse).toBe(held.reduce((sum, [, size]) => sum + size, 0));
});
