/** React DevTools from Node: a frontend of our own, at the other end of their socket, receives the tree. */

import { useState } from 'react';
import { expect, test } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { connectDevTools } from '../../src/node.js';
import { render } from '../../src/testing/index.js';
import { tone } from '../setup/definitions.js';
import { added, openFrontend } from '../setup/devToolsFrontend.js';

test('the tree of components, groups and synths arrives, and an element can be inspected', async () => {
  const frontend = await openFrontend();
  await connectDevTools({ port: frontend.port });
  function Lead() {
    const [freq] = useState(330);
    return <Synth def={tone} freq={freq} />;
  }
  const view = await render(
    <Group name="voices">
      <Lead />
    </Group>,
  );
  const elements = await frontend.message((message) => {
    const tree = added(message);
    return tree.has('Lead') ? tree : undefined;
  });
  expect([...elements.keys()]).toEqual(expect.arrayContaining(['Group', 'Lead', 'Synth']));
  expect(await frontend.inspect(elements.get('Synth'))).toMatchObject({
    type: 'full-data',
    value: { props: { data: { freq: 330 } } },
  });
  await view.unmount();
  frontend.close();
});
