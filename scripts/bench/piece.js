/** The pieces that are rendered: 1,000 synths of 4 controls in 100 groups, as JSX compiles to. */

import { useState } from 'react';
import { jsx } from 'react/jsx-runtime';
import { Group, Synth } from '../../dist/index.js';
import { encodeSynthDefs, synthDefsFromBytes } from '../../dist/synthdef/index.js';

export const GROUPS = 100;
export const SYNTHS = 10;
export const COUNT = GROUPS * SYNTHS;
export const CONTROLS = { freq: 440, amp: 0.1, pan: 0, out: 0 };

const names = Object.keys(CONTROLS);

/** A sine that goes on for ever, with four controls. */
export const [def] = synthDefsFromBytes(
  encodeSynthDefs([
    {
      name: 'sine',
      constants: [0],
      parameters: Object.values(CONTROLS),
      parameterNames: names.map((name, index) => ({ name, index })),
      units: [
        {
          className: 'Control',
          rate: 'control',
          specialIndex: 0,
          inputs: [],
          outputs: names.map(() => 'control'),
        },
        {
          className: 'SinOsc',
          rate: 'audio',
          specialIndex: 0,
          inputs: [{ unit: 0, output: 0 }, { constant: 0 }],
          outputs: ['audio'],
        },
        {
          className: 'BinaryOpUGen',
          rate: 'audio',
          specialIndex: 2,
          inputs: [
            { unit: 1, output: 0 },
            { unit: 0, output: 1 },
          ],
          outputs: ['audio'],
        },
        {
          className: 'Out',
          rate: 'audio',
          specialIndex: 0,
          inputs: [
            { unit: 0, output: 3 },
            { unit: 2, output: 0 },
          ],
          outputs: [],
        },
      ],
      variants: [],
    },
  ]),
);

/** The controls of the synth at `index`; all differ from the definition's own, so that none is left out. */
export const controlsOf = (index, freq) => ({ freq, amp: 0.01 + index * 1e-5, pan: 0.5, out: 2 });

const voice = (index, freq) => jsx(Synth, { def, freq, amp: 0.01 + index * 1e-5, pan: 0.5, out: 2 }, index);

const tree = (synth) =>
  Array.from({ length: GROUPS }, (_, group) =>
    jsx(
      Group,
      { children: Array.from({ length: SYNTHS }, (_, place) => synth(group * SYNTHS + place)) },
      group,
    ),
  );

/** Everything is rendered by one component; `show(changed, freq)` changes the first synths from there. */
export function rootPiece() {
  const piece = {};
  function Piece() {
    const [{ isShown, changed, freq }, set] = useState({ isShown: false, changed: 0, freq: 1 });
    piece.show = (next, value) => set({ isShown: true, changed: next, freq: value });
    piece.hide = () => set({ isShown: false, changed: 0, freq: 1 });
    return isShown
      ? jsx(Group, { children: tree((index) => voice(index, index < changed ? freq : 1)) })
      : null;
  }
  piece.element = jsx(Piece, {});
  return piece;
}

/**
 * Each synth is a component with a state of its own: `show(changed, freq)` sets as many of them. `mount` and `unmount`
 * are state changes of the component around all of them.
 */
export function leafPiece(branches = [GROUPS, SYNTHS], { isMounted = true } = {}) {
  const setters = [];
  const piece = { setters };
  function Voice({ index }) {
    const [freq, set] = useState(1);
    setters[index] = set;
    return jsx(Synth, { def, freq, amp: 0.01 + index * 1e-5, pan: 0.5, out: 2 });
  }
  function Piece() {
    const [isShown, set] = useState(isMounted);
    piece.mount = () => set(true);
    piece.unmount = () => set(false);
    let index = 0;
    const branch = (depth) =>
      Array.from({ length: branches[depth] }, (_, place) =>
        depth === branches.length - 1
          ? jsx(Voice, { index: index++ }, place)
          : jsx(Group, { children: branch(depth + 1) }, place),
      );
    return isShown ? jsx(Group, { children: branch(0) }) : null;
  }
  piece.element = jsx(Piece, {});
  piece.show = (changed, freq) => {
    for (let at = 0; at < changed; at++) setters[at](freq);
  };
  return piece;
}

/** Keyed siblings in the order of a list. */
export function listPiece() {
  const piece = {};
  function Piece() {
    const [keys, set] = useState([]);
    piece.show = set;
    return jsx(Group, { children: keys.map((key) => voice(key, 1)) });
  }
  piece.element = jsx(Piece, {});
  return piece;
}
