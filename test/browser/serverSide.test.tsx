import { createElement } from 'react';
import { createPageServer, ServerProvider, Sound, Synth, useServerState } from 'react-collider/browser';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';

function StartButton() {
  const { status, start } = useServerState();
  return (
    <button type="button" onClick={start}>
      {status}
    </button>
  );
}

test('a page with sounds is rendered on a server as if there were none, and no browser is needed', () => {
  const server = createPageServer();
  const page = renderToString(
    <ServerProvider server={server}>
      <StartButton />
      <Sound>
        <Synth def="sine" freq={220} />
      </Sound>
      <Sound engine="embedded">
        <Synth def="sine" />
      </Sound>
    </ServerProvider>,
  );
  expect(page).toBe('<button type="button">idle</button>');
});

test('useServerState and <Sound> say what they lack without a provider', () => {
  expect(() => renderToString(<StartButton />)).toThrow('Put <ServerProvider> around it');
  expect(() => renderToString(createElement(Sound))).toThrow('<Sound> found no server above it');
});
