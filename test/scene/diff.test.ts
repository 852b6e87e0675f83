import { expect, test } from 'vitest';
import type { AddAction } from '../../src/commands/index.js';
import type { Message } from '../../src/osc/message.js';
import { sizeOf } from '../../src/osc/size.js';
import { BusHandle } from '../../src/scene/handles.js';
import type { BusIndex, NodeId } from '../../src/units.js';
import { definition, group, synth, synths, TestScene } from './sceneTree.js';

const defs = {
  sine: definition('sine'),
  pad: definition('pad', { controls: { freq: 440, gate: 1, pan: [0, 0] }, freesItself: true }),
  ping: definition('ping', { freesItself: true }),
  reverb: definition('reverb', { controls: { in: 0, mix: 0.3 } }),
};

const scene = (options = {}) => new TestScene(defs, options);

test('a new tree is created from the root down, in order, into the default group', () => {
  expect(
    scene().show(
      group('voices', synth('a', { freq: 220 }), synth('b')),
      synth('fx', { def: 'reverb', mix: 0.5 }),
    ),
  ).toEqual([
    ['/g_new', 1000, 1, 1],
    ['/s_new', 'sine', 1001, 1, 1000, 'freq', 220],
    ['/s_new', 'sine', 1002, 1, 1000],
    ['/s_new', 'reverb', 1003, 1, 1, 'mix', 0.5],
  ]);
});

test('the same tree again sends nothing', () => {
  const view = scene();
  view.show(group('g', ...synths('abc', { freq: 100 })));
  expect(view.show(group('g', ...synths('abc', { freq: 100 })))).toEqual([]);
});

test('changed controls are one /n_set a node; a control that left goes back to its default', () => {
  const view = scene();
  view.show(synth('a', { freq: 220, amp: 0.2 }), synth('b', { freq: 1 }));
  expect(view.show(synth('a', { freq: 330 }), synth('b', { freq: 1 }))).toEqual([
    ['/n_set', 1000, 'freq', 330, 'amp', 0.1],
  ]);
});

test('an array control is one /n_setn, padded with the defaults of the slots that were not given', () => {
  const view = scene();
  view.show(synth('a', { def: 'pad', pan: [-1, 1] }));
  expect(view.show(synth('a', { def: 'pad', pan: [0.5] }))).toEqual([['/n_setn', 1000, 'pan', 2, 0.5, 0]]);
  expect(view.show(synth('a', { def: 'pad', pan: [0.5, 0] }))).toEqual([]);
});

test('a control that is given a bus is mapped, and set again when it is given a number', () => {
  const view = scene();
  const lfo = new BusHandle({ rate: 'control', channels: 1 });
  const wide = new BusHandle({ rate: 'control', channels: 2 });
  const room = new BusHandle({ rate: 'audio', channels: 1 });
  lfo.bind(5 as BusIndex);
  wide.bind(8 as BusIndex);
  room.bind(16 as BusIndex);
  expect(view.show(synth('a', { def: 'pad', freq: lfo.kr(), pan: wide.kr() }))).toEqual([
    ['/s_new', 'pad', 1000, 1, 1, 'freq', 'c5', 'pan', ['c8', 'c9']],
  ]);
  expect(view.show(synth('a', { def: 'pad', freq: lfo.kr(), pan: wide.kr() }))).toEqual([]);
  expect(view.show(synth('a', { def: 'pad', freq: room.ar() }))).toEqual([
    ['/n_setn', 1000, 'pan', 2, 0, 0],
    ['/n_mapa', 1000, 'freq', 16],
  ]);
  expect(view.show(synth('a', { def: 'pad', freq: 3, pan: wide.kr() }))).toEqual([
    ['/n_set', 1000, 'freq', 3],
    ['/n_mapn', 1000, 'pan', 8, 2],
  ]);
});

test('a bus that gets another index is written again into the controls that use it', () => {
  const view = scene();
  const room = new BusHandle({ rate: 'audio', channels: 2 });
  room.bind(16 as BusIndex);
  view.show(synth('a', { def: 'reverb', in: room }));
  room.bind(20 as BusIndex);
  view.root.touchAll();
  expect(view.flush()).toEqual([['/n_set', 1000, 'in', 20]]);
});

test.each([
  ['abc', 'cab', [['/n_order', 0, 1, 1002]]],
  ['abc', 'bca', [['/n_order', 1, 1, 1000]]],
  ['abcd', 'acbd', [['/n_order', 3, 1000, 1002]]],
  ['abcde', 'edcba', [['/n_order', 0, 1, 1004, 1003, 1002, 1001]]],
])('%s reordered to %s moves as few as can be in one /n_order', (before, after, messages) => {
  const view = scene();
  view.show(...synths(before));
  expect(view.show(...synths(after))).toEqual(messages);
});

test.each([
  100, 1000,
])('%d siblings reversed or shuffled in two of three groups: one /n_order for each of the two', (count) => {
  const names = Array.from({ length: count }, (_, index) => index);
  const voices = (name: string, order: readonly number[]) =>
    group(name, ...order.map((index) => synth(`${name}${index}`)));
  // 7 has no divisor in common with 100 or 1000, so that each comes once.
  const shuffled = names.map((index) => (index * 7 + 3) % count);
  const view = scene();
  view.show(voices('a', names), voices('b', names), voices('c', names));
  const messages = view.show(voices('a', names.toReversed()), voices('b', names), voices('c', shuffled));
  // Ids are given in the order of the tree: three groups, then the synths of each.
  const homes = messages.map(([address, , , ...ids]) => [
    address,
    [...new Set((ids as number[]).map((id) => Math.floor((id - 1003) / count)))],
  ]);
  expect(homes).toEqual([
    ['/n_order', [0]],
    ['/n_order', [2]],
  ]);
  expect(messages[0]).toHaveLength(3 + count - 1);
});

/** Siblings as `/n_order`s leave them. */
function carriedOut(siblings: readonly number[], messages: readonly Message[]): readonly number[] {
  let ids = [...siblings];
  for (const [, action, target, ...moved] of messages as [string, AddAction, number, ...number[]][]) {
    const set = new Set(moved);
    ids = ids.filter((id) => !set.has(id));
    const beside = ids.indexOf(target);
    const place = { 0: 0, 1: ids.length, 2: beside, 3: beside + 1, 4: Number.NaN }[action];
    ids = [...ids.slice(0, place), ...moved, ...ids.slice(place)];
  }
  return ids;
}

const many = Array.from({ length: 13_500 }, (_, index) => index);
test.each<[string, { orderPreservesList?: boolean; freesItself?: readonly number[] }, readonly number[]]>([
  ['at the head', {}, many.toReversed()],
  ['at the tail', { orderPreservesList: false }, many.toReversed()],
  ['behind one of them', {}, [0, ...many.slice(1, -1).toReversed(), 13_499]],
  ['before one of them', { freesItself: [0] }, [0, ...many.slice(1, -1).toReversed(), 13_499]],
])('more siblings than a message can list are put in order %s all the same', (_, options, order) => {
  const view = scene({ orderPreservesList: options.orderPreservesList ?? true });
  const voices = (indexes: readonly number[]) =>
    indexes.map((index) =>
      synth(`s${index}`, { def: options.freesItself?.includes(index) ? 'ping' : 'sine' }),
    );
  view.show(...voices(many));
  const messages = view.show(...voices(order));
  expect(Math.max(...messages.map(sizeOf))).toBeLessThan(32_768);
  expect(messages.length).toBe(3);
  expect(
    carriedOut(
      many,
      messages.map(
        ([address, action, target, ...ids]): Message => [
          address,
          action!,
          target === 1 ? 1 : (target as number) - 1000,
          ...ids.map((id) => (id as number) - 1000),
        ],
      ),
    ),
  ).toEqual(order);
});

test('on supernova, which reverses /n_order at the head, what is before it goes to the tail instead', () => {
  const view = scene({ orderPreservesList: false });
  view.show(...synths('abc'));
  expect(view.show(...synths('cab'))).toEqual([['/n_order', 1, 1, 1000, 1001]]);
});

test('a new synth in the middle is made beside a neighbour that cannot end by itself', () => {
  const view = scene();
  view.show(...synths('ac'));
  expect(view.show(...synths('abc'))).toEqual([['/s_new', 'sine', 1002, 3, 1000]]);
});

test('between synths that may end at any moment it is made at the tail, and the tail put in order', () => {
  const view = scene();
  view.show(...synths('acd', { def: 'ping' }));
  expect(view.show(...synths('abcd', { def: 'ping' }))).toEqual([
    ['/s_new', 'ping', 1003, 1, 1],
    ['/n_order', 1, 1, 1003, 1001, 1002],
  ]);
});

test('another def replaces the synth in its place, with a new id', () => {
  const view = scene();
  view.show(...synths('abc'));
  expect(view.show(synth('a'), synth('b', { def: 'reverb' }), synth('c'))).toEqual([
    ['/s_new', 'reverb', 1003, 4, 1001],
  ]);
  expect(view.show(synth('a'), synth('c'))).toEqual([['/n_free', 1003]]);
});

test('a synth that may have ended is not replaced but freed, and another made', () => {
  const view = scene();
  view.show(synth('a', { def: 'ping' }));
  expect(view.show(synth('a', { def: 'reverb' }))).toEqual([
    ['/n_free', 1000],
    ['/s_new', 'reverb', 1001, 1, 1],
  ]);
});

test('a synth with a gate is released, one without is freed, and exit="free" cuts', () => {
  const view = scene();
  view.show(synth('a', { def: 'pad' }), synth('b'), synth('c', { def: 'pad', exit: 'free' }));
  expect(view.show()).toEqual([
    ['/n_set', 1000, 'gate', 0],
    ['/n_free', 1001],
    ['/n_free', 1002],
  ]);
});

test('a group without anything to release goes as a whole', () => {
  const view = scene();
  view.show(group('g', ...synths('ab'), group('h', ...synths('cd'))));
  expect(view.show()).toEqual([['/n_free', 1000]]);
});

test('a group lives until its last releasing synth has ended, with the effects in it', () => {
  const view = scene();
  view.show(
    group('g', synth('a', { def: 'pad' }), synth('b', { def: 'pad' }), synth('fx', { def: 'reverb' })),
  );
  expect(view.show()).toEqual([['/n_set', 1000, 'gate', 0]]);
  expect(view.end(1001)).toEqual([]);
  expect(view.end(1002)).toEqual([['/n_free', 1000]]);
  expect(view.placement.isLeaving).toBe(false);
});

test('a group that leaves waits for a synth that was released in it before', () => {
  const view = scene();
  view.show(group('g', synth('a', { def: 'pad' }), synth('b')));
  expect(view.show(group('g', synth('b')))).toEqual([['/n_set', 1001, 'gate', 0]]);
  expect(view.show()).toEqual([['/n_set', 1000, 'gate', 0]]);
  expect(view.end(1001)).toEqual([['/n_free', 1000]]);
});

test('a paused synth has no way to end by itself, so it is freed', () => {
  const view = scene();
  expect(view.show(synth('a', { def: 'pad', paused: true }))).toEqual([
    ['/s_new', 'pad', 1000, 1, 1],
    ['/n_run', 1000, 0],
  ]);
  expect(view.show()).toEqual([['/n_free', 1000]]);
});

test('what the server freed by itself is never set, moved or freed again', () => {
  const view = scene();
  view.show(...synths('abc', { def: 'ping' }));
  view.end(1001);
  expect(view.show(...synths('cba', { def: 'ping', freq: 1 }))).toEqual([
    ['/n_order', 0, 1, 1002],
    ['/n_set', 1002, 'freq', 1],
    ['/n_set', 1000, 'freq', 1],
  ]);
  expect(view.show(...synths('ca', { def: 'ping', freq: 1 }))).toEqual([]);
});

test('an ended synth sounds again when its def changes', () => {
  const view = scene();
  view.show(synth('a', { def: 'ping' }));
  view.end(1000);
  expect(view.show(synth('a', { def: 'sine' }))).toEqual([['/s_new', 'sine', 1001, 1, 1]]);
});

test('pausing and going on is one /n_run for all', () => {
  const view = scene();
  view.show(...synths('ab'));
  expect(view.show(...synths('ab', { paused: true }))).toEqual([['/n_run', 1000, 0, 1001, 0]]);
  expect(view.show(...synths('ab'))).toEqual([['/n_run', 1000, 1, 1001, 1]]);
});

test('after a reboot everything is made again, but what had ended stays silent', () => {
  const view = scene();
  view.show(group('g', synth('a'), synth('b', { def: 'ping' })));
  view.end(1002);
  view.placement.lost(view.root);
  expect(view.flush()).toEqual([
    ['/g_new', 1003, 1, 1],
    ['/s_new', 'sine', 1004, 1, 1003],
  ]);
});

test('what was made so recently that it may not have been computed yet is freed, as gate 0 would never end it', () => {
  const view = scene();
  view.moment = { time: 10, unconfirmedAfter: 9.95 };
  view.show(group('g', synth('a', { def: 'pad' })), synth('b', { def: 'pad' }));
  view.placement.began(1001 as NodeId);
  view.moment = { time: 10.01, unconfirmedAfter: 9.96 };
  expect(view.show(group('g'))).toEqual([
    ['/n_free', 1002],
    ['/n_set', 1001, 'gate', 0],
  ]);
});

test('all new groups are made by one message, and synths go in before the groups that follow them', () => {
  expect(
    scene().show(
      group('a', group('b', synth('1')), synth('2'), group('c', synth('3'), group('d'))),
      synth('4'),
      group('e', group('f')),
    ),
  ).toEqual([
    ['/g_new', 1000, 1, 1, 1001, 1, 1000, 1002, 1, 1000, 1003, 1, 1002, 1004, 1, 1, 1005, 1, 1004],
    ['/s_new', 'sine', 1006, 1, 1001],
    ['/s_new', 'sine', 1007, 2, 1002],
    ['/s_new', 'sine', 1008, 2, 1003],
    ['/s_new', 'sine', 1009, 3, 1000],
  ]);
});

test('new groups of several parents share a message, after what moves', () => {
  const view = scene();
  view.show(group('g', synth('a'), synth('b')), group('h', synth('c')));
  expect(
    view.show(group('g', synth('b'), group('x'), synth('a')), group('h', group('y'), synth('c'))),
  ).toEqual([
    ['/n_order', 0, 1000, 1003],
    ['/g_new', 1005, 3, 1003, 1006, 0, 1001],
  ]);
});

test('a group that leaves with a group in it that was leaving already is freed once', () => {
  const view = scene();
  view.show(group('g', group('h', synth('a', { def: 'pad' }))));
  expect(view.show(group('g'))).toEqual([['/n_set', 1001, 'gate', 0]]);
  view.node('g').become({ type: 'Group', props: { paused: true } });
  view.node('g').touch();
  expect(view.flush()).toEqual([['/n_run', 1000, 0]]);
  expect(view.show()).toEqual([['/n_free', 1000]]);
  expect(view.end(1002)).toEqual([]);
});

test('what leaves a group that goes on in the same commit is freed: it was not computed while it was paused', () => {
  const view = scene();
  view.moment = { time: 10, unconfirmedAfter: 9.5 };
  view.show({ group: 'g', props: { paused: true }, children: [synth('a', { def: 'pad' })] });
  view.placement.began(1001 as NodeId);
  view.moment = { time: 20, unconfirmedAfter: 19.5 };
  expect(view.show(group('g'))).toEqual([
    ['/n_free', 1001],
    ['/n_run', 1000, 1],
  ]);
});
