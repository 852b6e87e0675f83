import { memo } from 'react';
import type { Control, ControlValue } from '../../protocol.js';
import { usePicture } from '../connection/hooks.js';
import { givenName, lineId, type Row, titleOf } from './rows.js';

interface TreeRowProps {
  readonly row: Row;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: number) => void;
  readonly onToggle: (id: number, isExpanded: boolean) => void;
}

/** One line of the tree: a node's id and name, the component that stands for it, and its controls. */
export const TreeRow = memo(function TreeRow({ row, top, isSelected, onSelect, onToggle }: TreeRowProps) {
  const { id, isGroup, isRunning, level, isExpanded, size } = row;
  const label = usePicture((snapshot) => snapshot.labels[id]);
  const mark = usePicture((snapshot) => snapshot.marks[id]);
  const controls = usePicture((snapshot) => snapshot.controls[id]);
  const clientId = usePicture((snapshot) => snapshot.server.clientId);
  const component = label?.components?.[0];
  const name = isGroup ? undefined : givenName(label);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the tree is what has the focus.
    <div
      id={lineId(id)}
      role="treeitem"
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      aria-expanded={isGroup ? isExpanded : undefined}
      className="rci-row"
      data-mark={mark}
      data-paused={!isRunning || undefined}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 10 + (level - 1) * 18 }}
      onClick={() => onSelect(id)}
    >
      {isGroup ? (
        <span
          className="rci-twisty"
          data-open={isExpanded || undefined}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(id, !isExpanded);
          }}
        />
      ) : (
        <span className="rci-dot" aria-hidden="true" />
      )}
      <span className="rci-name">{titleOf(id, isGroup, label, clientId)}</span>
      {name && <span>{name}</span>}
      <span className="rci-id">{id}</span>
      {component && <span className="rci-component">{`<${component}>`}</span>}
      {isGroup && <span className="rci-muted">{size === 1 ? '1 node' : `${size} nodes`}</span>}
      {!isRunning && <span className="rci-badge">paused</span>}
      {mark && (
        <span className="rci-badge" data-kind={mark}>
          {mark}
        </span>
      )}
      {controls && <span className="rci-values">{describe(controls)}</span>}
    </div>
  );
});

/** `freq 440 · amp 0.1 · cutoff → bus c5` */
const describe = (controls: readonly Control[]): string =>
  controls.map(({ name, value }) => `${name} ${print(value)}`).join(' · ');

const print = (value: ControlValue): string =>
  typeof value === 'number'
    ? String(Number(value.toPrecision(5)))
    : typeof value === 'string'
      ? `→ ${value}`
      : `[${value.map(print).join(' ')}]`;
