/** Facts of the server, and its options. */

import { usePicture } from './connection/hooks.js';

export function ServerView() {
  const server = usePicture((snapshot) => snapshot.server);
  const { options } = server;
  const facts: readonly (readonly [string, string])[] = [
    ['Engine', server.description],
    ['State', server.state + (server.isResponsive ? '' : ', does not answer')],
    ['Started by', server.isOwner ? 'this program' : 'somebody else'],
    ['Client', `${server.clientId} of ${server.maxLogins}`],
    ...(server.command ? [['Command', server.command.join(' ')] as const] : []),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must reach what scrolls.
    <section className="rci-server" aria-label="Server" tabIndex={0}>
      <h2>Server</h2>
      <table>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Options</h2>
      {!server.isOwner && (
        <p className="rci-muted">
          A server does not tell what it was started with: these are the options that it is taken to have.
        </p>
      )}
      <table>
        <tbody>
          {Object.entries(options)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{print(value)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

const print = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(', ') || 'none' : String(value);
