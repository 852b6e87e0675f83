import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { ElementsById } from '../../src/scene/elementsById.js';
import type { SceneNode } from '../../src/scene/sceneNode.js';
import type { NodeId } from '../../src/units.js';

const ids = fc.oneof(
  fc.integer({ min: 1000, max: 1600 }),
  fc.integer({ min: 2 ** 31 - 600, max: 2 ** 31 - 1 }), // of the client with the highest id
);

test('elements are found by their ids as in a Map, whatever came and went', () => {
  const edit = fc.tuple(fc.constantFrom('set', 'set', 'delete', 'clear'), ids);
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 300 }), fc.array(ids), (edits, others) => {
      const elements = new ElementsById();
      const model = new Map<number, SceneNode>();
      edits.forEach(([kind, id], index) => {
        // Which one it is matters, not what is in it.
        const element = { index } as unknown as SceneNode;
        if (kind === 'set') {
          elements.set(id as NodeId, element);
          model.set(id, element);
        } else if (kind === 'delete') {
          elements.delete(id as NodeId);
          model.delete(id);
        } else if (index % 10 === 0) {
          elements.clear();
          model.clear();
        }
      });
      for (const id of [...others, ...edits.map((one) => one[1])])
        assert.equal(elements.get(id as NodeId), model.get(id));
      assert.deepEqual(new Map(elements), model);
    }),
  );
});
