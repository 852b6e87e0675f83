/** The synthdefs that were sent to the server, as pictures of their graphs. */

import { useEffect, useState } from 'react';
import { loadPart } from '../../latePart.js';
import type { SynthDefGraph } from '../../synthdef/index.js';
import { useConnection, usePicture } from './connection/hooks.js';

export function DefsView() {
  const defs = usePicture((snapshot) => snapshot.defs);
  const [selected, setSelected] = useState<string>();
  const [search, setSearch] = useState('');
  const found = defs.filter((name) => name.toLowerCase().includes(search.trim().toLowerCase()));
  // Those that we listen with come last.
  const listed = found.toSorted((one, other) => Number(isOurs(one)) - Number(isOurs(other)));
  const shown = selected !== undefined && defs.includes(selected) ? selected : listed[0];
  if (defs.length === 0) {
    return (
      <p className="rci-empty">
        This program has sent the server no synthdef, and a server hands none out. They are shown where a
        session is inspected.
      </p>
    );
  }
  return (
    <section className="rci-page rci-split" aria-label="Synthdefs">
      <div className="rci-side">
        <input
          type="search"
          className="rci-search"
          placeholder="Search"
          aria-label="Search synthdefs"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className="rci-list" role="radiogroup" aria-label="Synthdef to show">
          {listed.map((name) => (
            <label key={name} className="rci-choice">
              <input
                type="radio"
                name="rci-def"
                checked={name === shown}
                onChange={() => setSelected(name)}
              />
              {name}
            </label>
          ))}
        </div>
      </div>
      {shown !== undefined && <GraphPicture key={shown} def={shown} />}
    </section>
  );
}

const isOurs = (name: string): boolean => name.startsWith('react-collider-');

interface Drawn {
  readonly svg: string;
  readonly graph: SynthDefGraph;
}

function GraphPicture({ def }: { readonly def: string }) {
  const connection = useConnection();
  const [drawn, setDrawn] = useState<Drawn>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isMounted = true;
    const load = async (): Promise<void> => {
      // What lays a graph out is large, and wanted here alone.
      const [graph, { drawSynthDefGraph }] = await Promise.all([
        connection.ask('graph', { def }),
        loadPart(() => import('../../picture/synthDefGraph.js'), 'picture of a synthdef'),
      ]);
      if (!isMounted) return;
      if (graph) setDrawn({ graph, svg: drawSynthDefGraph(graph) });
      else setProblem(`"${def}" is not known any more: it was freed, or the server is another one.`);
    };
    load().catch((error: Error) => isMounted && setProblem(error.message));
    return () => {
      isMounted = false;
    };
  }, [connection, def]);
  if (problem) return <p role="alert">{problem}</p>;
  if (!drawn) return <p className="rci-muted">Drawing "{def}" …</p>;
  const { units, parameterNames } = drawn.graph;
  const words = `${units.length} units, controls: ${parameterNames.map(({ name }) => name).join(', ') || 'none'}`;
  return (
    <figure className="rci-graph">
      <figcaption>
        <span className="rci-chartTitle">{def}</span> <span className="rci-muted">{words}</span>
      </figcaption>
      <div
        className="rci-graphPicture"
        role="img"
        aria-label={`Graph of "${def}": ${words}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must reach what scrolls.
        tabIndex={0}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: it is drawn here, and escapes the names in it.
        dangerouslySetInnerHTML={{ __html: drawn.svg }}
      />
    </figure>
  );
}
