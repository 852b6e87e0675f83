/** Messages by hand, and what the server says by itself. */

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useConnection, useHeard } from './connection/hooks.js';

interface Line {
  readonly number: number;
  readonly at: number;
  readonly kind: 'sent' | 'answer' | 'problem' | 'heard';
  readonly text: string;
}

/** Lines of one's own that are kept. */
const KEPT = 200;

export function ConsoleView() {
  const connection = useConnection();
  const heard = useHeard();
  const [own, setOwn] = useState<readonly Line[]>([]);
  const [filter, setFilter] = useState('');
  const count = useRef(0);
  const add = (kind: Line['kind'], text: string): void => {
    count.current += 1;
    const line = { number: count.current, at: Date.now() / 1000, kind, text };
    setOwn((before) => [...before, line].slice(-KEPT));
  };
  const send = async (text: string): Promise<void> => {
    add('sent', text);
    try {
      const { answers } = await connection.ask('send', { text });
      for (const answer of answers) add('answer', answer);
    } catch (error) {
      add('problem', (error as Error).message);
    }
  };
  const told = heard.map(({ at, text }, index): Line => ({ number: -1 - index, at, kind: 'heard', text }));
  const lines = [...told, ...own]
    .filter(({ text }) => text.includes(filter))
    .toSorted((one, other) => one.at - other.at);
  return (
    <section className="rci-console" aria-label="OSC console">
      <div className="rci-bar">
        <input
          type="search"
          className="rci-search"
          placeholder="Show only what contains …"
          aria-label="Filter messages"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="rci-muted">Answers to the inspector's own questions are not shown.</span>
      </div>
      <Lines lines={lines} />
      <Prompt onSend={(text) => void send(text)} />
    </section>
  );
}

const SIGNS: Readonly<Record<Line['kind'], string>> = { sent: '›', answer: '‹', problem: '✕', heard: '·' };
const NAMES: Readonly<Record<Line['kind'], string>> = {
  sent: 'sent',
  answer: 'answer',
  problem: 'problem',
  heard: 'heard',
};

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const length = lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what it scrolls for.
  useEffect(() => {
    const element = scroller.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [length]);
  return (
    <div
      ref={scroller}
      className="rci-log"
      role="log"
      aria-label="Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must reach what scrolls.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 30;
      }}
    >
      {lines.length === 0 && (
        <p className="rci-muted">Nothing has been said yet. Send /status, for a start.</p>
      )}
      {lines.map(({ number, kind, text }) => (
        <div key={number} className="rci-line" data-kind={kind}>
          <span role="img" aria-label={NAMES[kind]}>
            {SIGNS[kind]}
          </span>
          <code>{text}</code>
        </div>
      ))}
    </div>
  );
}

/** Input line; the arrows bring back earlier messages. */
function Prompt({ onSend }: { readonly onSend: (text: string) => void }) {
  const [text, setText] = useState('');
  const [history, setHistory] = useState<readonly string[]>([]);
  const [place, setPlace] = useState(0);
  const send = (): void => {
    if (text.trim() === '') return;
    onSend(text.trim());
    setHistory((before) => [text.trim(), ...before.filter((line) => line !== text.trim())]);
    setText('');
    setPlace(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(history.length, place + by));
    setPlace(next);
    setText(next === 0 ? '' : history[next - 1]!);
  };
  return (
    <form
      className="rci-prompt"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        type="text"
        aria-label="Message to send"
        placeholder="/n_set 1000 freq 440.0"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit">Send</button>
    </form>
  );
}
