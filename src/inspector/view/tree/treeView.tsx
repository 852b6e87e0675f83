/** The node tree: a line for each node, of which only those in view are in the page. */

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useConnection, useConnectionState, usePicture } from '../connection/hooks.js';
import { NodePanel } from './nodePanel.js';
import { lineId, type Row, rowsOf } from './rows.js';
import { TreeRow } from './treeRow.js';

const ROW_HEIGHT = 28;
/** Milliseconds for the lines in view to settle, before their controls are queried. */
const SETTLED_MS = 100;

export function TreeView() {
  const nodes = usePicture((snapshot) => snapshot.nodes);
  const labels = usePicture((snapshot) => snapshot.labels);
  const [search, setSearch] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [selected, setSelected] = useState(0);
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => rowsOf(nodes, labels, collapsed, wanted), [nodes, labels, collapsed, wanted]);
  const searchField = useRef<HTMLInputElement>(null);
  const toggle = (id: number, isExpanded: boolean): void =>
    setCollapsed((before) => {
      const after = new Set(before);
      if (isExpanded) after.delete(id);
      else after.add(id);
      return after;
    });
  const total = Object.keys(nodes).length;
  return (
    <div className="rci-columns">
      <section className="rci-treePane" aria-label="Nodes">
        <div className="rci-bar">
          <input
            ref={searchField}
            type="search"
            className="rci-search"
            placeholder="Search by id, definition, component or path"
            aria-label="Search nodes"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          {/* Screen readers hear results of a search; the total changes too often for that. */}
          <span className="rci-muted rci-count" aria-live={wanted.trim() === '' ? 'off' : 'polite'}>
            {wanted.trim() === '' ? `${total} nodes` : `${rows.length} of ${total} nodes`}
          </span>
        </div>
        <Lines
          rows={rows}
          selected={selected}
          onSelect={setSelected}
          onToggle={toggle}
          onSearch={() => searchField.current?.focus()}
        />
      </section>
      <NodePanel id={selected} />
    </div>
  );
}

interface LinesProps {
  readonly rows: readonly Row[];
  readonly selected: number;
  readonly onSelect: (id: number) => void;
  readonly onToggle: (id: number, isExpanded: boolean) => void;
  readonly onSearch: () => void;
}

function Lines({ rows, selected, onSelect, onToggle, onSearch }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]!.id,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  useWatched(
    items.flatMap(({ index }) => (rows[index] && !rows[index].isGroup ? [rows[index].id] : [])),
    selected,
  );
  const at = rows.findIndex(({ id }) => id === selected);
  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    onSelect(row.id);
    virtualizer.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    const page = Math.floor((scroller.current?.clientHeight ?? 280) / ROW_HEIGHT);
    const act = actionOf(event.key, at, row, rows, page);
    if (event.key === '/') onSearch();
    else if (act.toggle !== undefined) onToggle(row!.id, act.toggle);
    else if (act.go !== undefined) go(act.go);
    else return;
    event.preventDefault();
  };
  const isInView = items.some(({ index }) => index === at);
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Node tree, in the order of execution"
      className="rci-tree"
      tabIndex={0}
      aria-activedescendant={isInView ? lineId(selected) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, key, start }) => (
          <TreeRow
            key={key}
            row={rows[index]!}
            top={start}
            isSelected={index === at}
            onSelect={onSelect}
            onToggle={onToggle}
          />
        ))}
      </div>
    </div>
  );
}

interface Action {
  readonly go?: number;
  readonly toggle?: boolean;
}

/** Action of a key in a tree, as screen readers expect it. */
function actionOf(key: string, at: number, row: Row | undefined, rows: readonly Row[], page: number): Action {
  switch (key) {
    case 'ArrowDown':
      return { go: at + 1 };
    case 'ArrowUp':
      return { go: at - 1 };
    case 'PageDown':
      return { go: at + page };
    case 'PageUp':
      return { go: at - page };
    case 'Home':
      return { go: 0 };
    case 'End':
      return { go: rows.length - 1 };
    case 'ArrowRight':
      if (!row?.isGroup) return {};
      return row.isExpanded ? { go: at + 1 } : { toggle: true };
    case 'ArrowLeft': {
      if (!row) return {};
      if (row.isGroup && row.isExpanded && row.size > 0) return { toggle: false };
      const parent = rows.findLastIndex(({ level }, index) => index < at && level < row.level);
      return parent < 0 ? {} : { go: parent };
    }
    case 'Enter':
    case ' ':
      return row?.isGroup ? { toggle: !row.isExpanded } : {};
    default:
      return {};
  }
}

/** Has the controls of the synths in view asked for, and of the one that is selected. */
function useWatched(inView: readonly number[], selected: number): void {
  const connection = useConnection();
  // After a new connection the server knows nothing of the watched ids.
  const { status } = useConnectionState();
  const ids = [...new Set([...inView, selected])].join(' ');
  useEffect(() => {
    if (status !== 'open') return;
    const timer = setTimeout(() => {
      connection.tell('watch', { ids: ids.split(' ').map(Number) });
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [connection, ids, status]);
  useEffect(() => () => connection.tell('watch', { ids: [] }), [connection]);
}
