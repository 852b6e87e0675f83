/** Timeline: each bundle with its messages, or notifications of the server where there is no session. */

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { TimelineEntry } from '../protocol.js';
import { useConnection, usePicture } from './connection/hooks.js';

const ROW_HEIGHT = 30;

export function TimelineView() {
  const timeline = usePicture((snapshot) => snapshot.timeline);
  const { hasSession } = usePicture((snapshot) => snapshot.server);
  const [isHeld, setHeld] = useState<Snapshot>();
  const shown = isHeld ?? timeline;
  const entries = useMemo(() => Object.values(shown).toReversed(), [shown]);
  const [selected, setSelected] = useState<number>();
  const entry = entries.find(({ number }) => number === selected) ?? entries[0];
  return (
    <div className="rci-columns">
      <section className="rci-treePane" aria-label="Timeline">
        <div className="rci-bar">
          <span className="rci-grow rci-muted">
            {hasSession
              ? 'Commits of the session, the last one first'
              : 'What the server told of its nodes, the last first. Commits are known where a session is inspected.'}
          </span>
          <button
            type="button"
            aria-pressed={isHeld !== undefined}
            onClick={() => setHeld(isHeld ? undefined : timeline)}
          >
            {isHeld ? 'Go on' : 'Hold'}
          </button>
        </div>
        {entries.length === 0 ? (
          <p className="rci-empty">Nothing has happened yet.</p>
        ) : (
          <Entries entries={entries} selected={entry?.number} onSelect={setSelected} />
        )}
      </section>
      {entry && <Messages key={entry.number} entry={entry} />}
    </div>
  );
}

type Snapshot = Readonly<Record<number, TimelineEntry>>;

interface EntriesProps {
  readonly entries: readonly TimelineEntry[];
  readonly selected: number | undefined;
  readonly onSelect: (number: number) => void;
}

function Entries({ entries, selected, onSelect }: EntriesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index]!.number,
    overscan: 10,
  });
  const most = entries.reduce((largest, { size }) => Math.max(largest, size), 1);
  const go = (by: number): void => {
    const index = entries.findIndex(({ number }) => number === selected) + by;
    const entry = entries[Math.max(0, Math.min(entries.length - 1, index))]!;
    onSelect(entry.number);
    virtualizer.scrollToIndex(entries.indexOf(entry));
  };
  const items = virtualizer.getVirtualItems();
  const isInView = items.some(({ index }) => entries[index]?.number === selected);
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Entries"
      className="rci-tree"
      tabIndex={0}
      aria-activedescendant={isInView ? `rci-entry-${selected}` : undefined}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') go(1);
        else if (event.key === 'ArrowUp') go(-1);
        else return;
        event.preventDefault();
      }}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, key, start }) => {
          const entry = entries[index]!;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the list is what has the focus.
            <div
              key={key}
              id={`rci-entry-${entry.number}`}
              role="option"
              aria-selected={entry.number === selected}
              className="rci-row rci-entry"
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onSelect(entry.number)}
            >
              <span className="rci-id">{entry.number}</span>
              <time className="rci-time">{clock(entry.at)}</time>
              <span className="rci-size" aria-hidden="true">
                <span style={{ width: `${Math.max(2, (entry.size / most) * 100)}%` }} />
              </span>
              <span className="rci-bytes">{bytes(entry.size)}</span>
              <span className="rci-values">
                {entry.messages[0]}
                {entry.count > 1 && <em> and {entry.count - 1} more</em>}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Messages({ entry }: { readonly entry: TimelineEntry }) {
  const connection = useConnection();
  const [all, setAll] = useState<readonly string[]>();
  const messages = all ?? entry.messages;
  const left = entry.count - messages.length;
  return (
    <aside className="rci-panel" aria-label="Messages of the entry">
      <h2>{entry.kind === 'commit' ? `Commit ${entry.number}` : `Notices ${entry.number}`}</h2>
      <dl className="rci-facts">
        <div>
          <dt>{entry.kind === 'commit' ? 'Left' : 'Arrived'}</dt>
          <dd>{clock(entry.at)}</dd>
        </div>
        <div>
          <dt>For</dt>
          <dd>{entry.time === null ? 'at once' : `${clock(entry.time)}, ${ahead(entry)}`}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            {entry.count === 1 ? '1 message' : `${entry.count} messages`}, {bytes(entry.size)}
          </dd>
        </div>
      </dl>
      <ol className="rci-messages">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages of an entry never change their places.
          <li key={index}>{message}</li>
        ))}
      </ol>
      {left > 0 && (
        <button
          type="button"
          onClick={() => {
            connection.ask('messages', { number: entry.number }).then(
              (found) => setAll(found),
              () => {},
            );
          }}
        >
          Show {left} more
        </button>
      )}
    </aside>
  );
}

/** `14:03:12.345` */
const clock = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  return `${date.toLocaleTimeString(undefined, { hour12: false })}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

const ahead = ({ at, time }: TimelineEntry): string => `${((time! - at) * 1000).toFixed(0)} ms ahead`;

const bytes = (size: number): string => (size < 10_000 ? `${size} B` : `${(size / 1000).toFixed(0)} kB`);
