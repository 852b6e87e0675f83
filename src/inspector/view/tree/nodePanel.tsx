/** One node: where it stands, what it is, and its controls to move. */

import type { ReactNode } from 'react';
import type { NodesById } from '../../../server/index.js';
import { useConnection, usePicture } from '../connection/hooks.js';
import { ControlField } from './controlField.js';
import { titleOf } from './rows.js';

export function NodePanel({ id }: { readonly id: number }) {
  const node = usePicture((snapshot) => snapshot.nodes[id]);
  const label = usePicture((snapshot) => snapshot.labels[id]);
  const { clientId } = usePicture((snapshot) => snapshot.server);
  if (!node) {
    return (
      <Panel title="No node">
        <p className="rci-muted">Node {id} has ended. Select another one in the tree.</p>
      </Panel>
    );
  }
  return (
    <Panel title={titleOf(id, node.isGroup, label, clientId)}>
      <dl className="rci-facts">
        <Fact name="Node">{id}</Fact>
        <Fact name="Kind">
          {node.isGroup ? 'group' : 'synth'}
          {node.isRunning ? '' : ', paused'}
        </Fact>
        {label?.path && <Fact name="Element">{label.path}</Fact>}
        {label?.components && label.components.length > 0 && (
          <Fact name="Components">{label.components.toReversed().join(' › ')}</Fact>
        )}
      </dl>
      <Actions node={node} />
      {!node.isGroup && <Controls key={id} id={id} def={label?.def} />}
    </Panel>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <aside className="rci-panel" aria-label="Selected node">
      <h2>{title}</h2>
      {children}
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Actions({ node: { id, isRunning } }: { readonly node: NodesById[number] }) {
  const connection = useConnection();
  if (id === 0) return null;
  return (
    <div className="rci-actions">
      <button type="button" onClick={() => connection.tell('run', { id, on: !isRunning })}>
        {isRunning ? 'Pause' : 'Resume'}
      </button>
      <button type="button" onClick={() => connection.tell('free', { id })}>
        Free
      </button>
    </div>
  );
}

function Controls({ id, def }: { readonly id: number; readonly def: string | undefined }) {
  const controls = usePicture((snapshot) => snapshot.controls[id]);
  if (!controls) {
    return (
      <p className="rci-muted">
        {def
          ? `The controls of "${def}" are not known yet. A server names them only in small groups; a session knows them always.`
          : 'The server has not said yet what it plays.'}
      </p>
    );
  }
  if (controls.length === 0) return <p className="rci-muted">It has no controls.</p>;
  return (
    <form className="rci-controls" aria-label="Controls" onSubmit={(event) => event.preventDefault()}>
      {controls.map((control) => (
        <ControlField key={control.name} id={id} control={control} />
      ))}
    </form>
  );
}
