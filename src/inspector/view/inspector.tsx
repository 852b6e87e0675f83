/** The inspector: its frame, and one view at a time. */

import { type ComponentType, type KeyboardEvent, useRef, useState } from 'react';
import { BuffersView } from './buffersView.js';
import type { Connection } from './connection/connection.js';
import { ConnectionContext, useConnectionState, usePicture } from './connection/hooks.js';
import { ConsoleView } from './consoleView.js';
import { DefsView } from './defsView.js';
import { LoadView } from './loadView.js';
import { type SchemeChoice, SchemeContext, useSchemeChoice } from './scheme.js';
import { ServerView } from './serverView.js';
import { SignalsView } from './signals/signalsView.js';
import { TimelineView } from './timelineView.js';
import { TreeView } from './tree/treeView.js';

const VIEWS: readonly (readonly [name: string, view: ComponentType])[] = [
  ['Tree', TreeView],
  ['Timeline', TimelineView],
  ['Signals', SignalsView],
  ['Buffers', BuffersView],
  ['Synthdefs', DefsView],
  ['Load', LoadView],
  ['Console', ConsoleView],
  ['Server', ServerView],
];

/** All views of a server, by a connection that is open or is being opened. */
export function InspectorFrame({ connection }: { readonly connection: Connection }) {
  const [choice, scheme, choose] = useSchemeChoice();
  return (
    <ConnectionContext value={connection}>
      <SchemeContext value={scheme}>
        <div className="rci" data-scheme={choice}>
          <Frame choice={choice} onChoose={choose} />
        </div>
      </SchemeContext>
    </ConnectionContext>
  );
}

interface FrameProps {
  readonly choice: SchemeChoice;
  readonly onChoose: (choice: SchemeChoice) => void;
}

function Frame({ choice, onChoose }: FrameProps) {
  const { snapshot, status, reason } = useConnectionState();
  const [shown, setShown] = useState(0);
  if (!snapshot) {
    return (
      <div className="rci-empty">
        <h1>Inspector</h1>
        <p role="status">{status === 'lost' ? reason : 'Connecting …'}</p>
      </div>
    );
  }
  const [name, View] = VIEWS[shown]!;
  return (
    <>
      <header className="rci-header">
        <h1>Inspector</h1>
        <Facts />
        <label className="rci-scheme">
          <span>Colours</span>
          <select value={choice} onChange={(event) => onChoose(event.target.value as SchemeChoice)}>
            <option value="auto">system</option>
            <option value="light">light</option>
            <option value="dark">dark</option>
          </select>
        </label>
      </header>
      {status === 'lost' && (
        <p className="rci-alert" role="alert">
          {reason} What is shown is of before; it goes on by itself when somebody answers.
        </p>
      )}
      <Tabs shown={shown} onShow={setShown} />
      <div id="rci-view" role="tabpanel" aria-labelledby={`rci-tab-${name}`} className="rci-view">
        <View />
      </div>
    </>
  );
}

function Facts() {
  const { description, state, isResponsive } = usePicture((snapshot) => snapshot.server);
  const load = usePicture((snapshot) => snapshot.load);
  const last = Object.values(load).at(-1);
  const isWell = state === 'online' && isResponsive;
  return (
    <p className="rci-headline">
      <span className="rci-state" data-state={isWell ? 'online' : 'away'}>
        {isResponsive ? state : 'does not answer'}
      </span>
      <span className="rci-description">{description}</span>
      {last && (
        <span className="rci-muted">
          {last.averageCpu.toFixed(1)} % CPU · {last.synths} synths · {last.groups} groups
        </span>
      )}
    </p>
  );
}

interface TabsProps {
  readonly shown: number;
  readonly onShow: (index: number) => void;
}

function Tabs({ shown, onShow }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = VIEWS.length - 1;
    const next = {
      ArrowRight: shown === last ? 0 : shown + 1,
      ArrowLeft: shown === 0 ? last : shown - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onShow(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Views"
      className="rci-tabs"
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      {VIEWS.map(([name], index) => (
        <button
          key={name}
          id={`rci-tab-${name}`}
          type="button"
          role="tab"
          aria-selected={index === shown}
          aria-controls="rci-view"
          tabIndex={index === shown ? 0 : -1}
          onClick={() => onShow(index)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
