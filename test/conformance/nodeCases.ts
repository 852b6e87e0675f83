import type { Case } from './cases.js';

const onlyPrinted = 'failures of synchronous commands are printed, not told';
const laterVersion = 'it is scsynth 3.14';

export const nodeCases: readonly Case[] = [
  {
    id: 'C10',
    rows: ['N1', 'N4'],
    title: 'new nodes are told with their neighbours',
    run: (wire) => wire.ask(['/s_new', 'sine', 1000, 0, 1], ['/g_new', 2, 1, 1]),
    expected: [
      ['/n_go', 1000, 1, -1, -1, 0],
      ['/n_go', 2, 1, 1000, -1, 1, -1, -1],
    ],
  },
  {
    id: 'C11',
    rows: ['N6', 'N10'],
    title: 'controls that are set are read back',
    run: (wire) =>
      wire.answer(
        '/n_set',
        ['/s_new', 'sine', 1000, 0, 1],
        ['/n_set', 1000, 'freq', 333.5, 'amp', 0.25],
        ['/s_get', 1000, 'freq', 'amp'],
      ),
    expected: [1000, 'freq', 333.5, 'amp', 0.25],
  },
  {
    id: 'C13',
    rows: ['N9', 'U5'],
    title: 'maps to control and audio buses are told by the tree, slot by slot',
    run: async (wire) => {
      const mapped = await wire.answer(
        '/g_queryTree.reply',
        ['/s_new', 'sine', 1000, 0, 1],
        ['/n_map', 1000, 'freq', 5],
        ['/n_mapa', 1000, 'amp', 6],
        ['/g_queryTree', 1, 1],
      );
      const array = await wire.answer(
        '/g_queryTree.reply',
        ['/n_map', 1000, 'freq', -1],
        ['/n_mapn', 1000, 'arr', 10, 4],
        ['/g_queryTree', 1, 1],
      );
      return [mapped, array?.filter((value) => typeof value === 'string')];
    },
    expected: [
      [1, 1, 1, 1000, -1, 'sine', 7, 'freq', 'c5', 'amp', 'a6', 'out', 0, 'arr', 1, 4, 2, 5, 3, 6, 4],
      ['sine', 'freq', 'amp', 'a6', 'out', 'arr', 'c10', 'c11', 'c12', 'c13'],
    ],
    except: {
      supernova: { reason: '3.13 crashes at /g_queryTree with controls of a synth with an array control' },
    },
  },
  {
    id: 'C14',
    rows: ['N12'],
    title: 'pausing is told when it changes something',
    run: async (wire) => {
      // Before its first block, a synth that is paused twice and resumed crashes scsynth 3.13.
      await wire.ask(['/s_new', 'sine', 1000, 0, 1]);
      return wire.ask(['/n_run', 1000, 0], ['/n_run', 1000, 0], ['/n_run', 1000, 1]);
    },
    expected: [
      ['/n_off', 1000, 1, -1, -1, 0],
      ['/n_on', 1000, 1, -1, -1, 0],
    ],
    except: {
      supernova: {
        expected: [
          ['/n_off', 1000, 1, -1, -1, 0],
          ['/n_off', 1000, 1, -1, -1, 0],
          ['/n_on', 1000, 1, -1, -1, 0],
        ],
        reason: 'it is told each time',
      },
    },
  },
  {
    id: 'C15',
    rows: ['N18'],
    title: 'a node that is replaced is not told to end',
    // On supernova 3.13 no other node can have the id of one that was replaced.
    run: (wire) => wire.ask(['/s_new', 'sine', 1015, 0, 1], ['/s_new', 'sine', 1016, 4, 1015]),
    expected: [
      ['/n_go', 1015, 1, -1, -1, 0],
      ['/n_go', 1016, 1, -1, -1, 0],
    ],
    except: {
      supernova: {
        expected: [
          ['/n_go', 1015, 1, -1, -1, 0],
          ['/n_end', 1015, 1, -1, -1, 0],
          ['/n_go', 1016, 1, -1, -1, 0],
        ],
        reason: 'its end is told',
      },
      embedded: {
        expected: [
          ['/n_go', 1015, 1, -1, -1, 0],
          ['/n_end', 1015, 1, -1, -1, 0],
          ['/n_go', 1016, 1, -1, -1, 0],
        ],
        reason: `its end is told: ${laterVersion}`,
      },
    },
  },
  {
    id: 'C17',
    rows: ['N15'],
    title: '/n_free stops at the first id that is not there; our handles send one message for each',
    run: async (wire) => {
      await wire.ask(['/s_new', 'sine', 1001, 0, 1]);
      const heard = await wire.ask(['/n_free', 4242, 1001]);
      return [heard, await wire.tree(1)];
    },
    expected: [[['/fail', '/n_free', 'Node 4242 not found']], [1, 1001]],
    except: {
      supernova: {
        expected: [[['/n_end', 1001, 1, -1, -1, 0]], [1]],
        reason: 'it goes on after one that is not there',
      },
    },
  },
  {
    id: 'C18',
    rows: ['A5', 'N19'],
    title: 'the end of a node is waited for, and a wait has an end',
    run: async ({ server }) => {
      const synth = server.nodes.synth('sine');
      const late = await synth.ended(0.05).catch((error) => error.code);
      synth.free();
      await synth.ended(1);
      return [late, synth.isPlaying];
    },
    expected: ['timeout', false],
  },
  {
    id: 'C19',
    rows: ['N17'],
    title: 'nodes that end with their group are told without a parent',
    run: async (wire) => {
      await wire.ask(['/g_new', 2, 0, 1], ['/s_new', 'sine', 1000, 0, 2]);
      return (await wire.ask(['/g_freeAll', 1])).toSorted((a, b) => Number(a[1]) - Number(b[1]));
    },
    expected: [
      ['/n_end', 2, -1, -1, -1, 1, -1, -1],
      ['/n_end', 1000, -1, -1, -1, 0],
    ],
    except: {
      supernova: {
        expected: [
          ['/n_end', 2, 1, -1, -1, 1, -1, -1],
          ['/n_end', 1000, 2, -1, -1, 0],
        ],
        reason: 'parents are told',
      },
    },
  },
  {
    id: 'C45',
    rows: ['N14'],
    title: '/n_order keeps the order of its list; the first node is not told when it stays in its group',
    run: async (wire) => {
      await wire.ask(['/g_new', 10, 1, 1], ['/g_new', 11, 1, 1], ['/g_new', 12, 1, 1]);
      const heard = await wire.ask(['/n_order', 0, 1, 12, 10, 11]);
      return [heard.map(([address, id]) => [address, id]), await wire.tree(1)];
    },
    expected: [
      [
        ['/n_move', 10],
        ['/n_move', 11],
      ],
      [1, [12], [10], [11]],
    ],
    except: {
      supernova: {
        expected: [
          [
            ['/n_move', 12],
            ['/n_move', 10],
            ['/n_move', 11],
          ],
          [1, [11], [10], [12]],
        ],
        reason: '3.13 reverses the list, but at the tail; our handles send it in reverse',
      },
    },
  },
  {
    id: 'C46',
    rows: ['N5'],
    title: 'a parallel group is a group like another',
    run: (wire) => wire.ask(['/p_new', 5, 0, 1], ['/g_new', 6, 0, 5]),
    expected: [
      ['/n_go', 5, 1, -1, -1, 1, -1, -1],
      ['/n_go', 6, 5, -1, -1, 1, -1, -1],
    ],
    except: {
      supernova: {
        expected: [
          ['/n_go', 5, 1, -1, -1, 1, -2, -2],
          ['/n_go', 6, 5, -2, -2, 1, -1, -1],
        ],
        reason: 'what is in it runs side by side and has no neighbours (-2)',
      },
    },
  },
  {
    id: 'C51',
    rows: ['I9'],
    title: '/n_query answers for a node, and fails for one that is not there',
    run: async (wire) => [
      await wire.ask(['/g_new', 10, 0, 1], ['/n_query', 10]),
      await wire.ask(['/n_query', 4242]),
    ],
    expected: [
      [
        ['/n_go', 10, 1, -1, -1, 1, -1, -1],
        ['/n_info', 10, 1, -1, -1, 1, -1, -1],
      ],
      [['/fail', '/n_query', 'Node 4242 not found']],
    ],
    except: {
      supernova: {
        expected: [
          [
            ['/n_go', 10, 1, -1, -1, 1, -1, -1],
            ['/n_info', 10, 1, -1, -1, 1, -1, -1],
          ],
          [],
        ],
        reason: `a node that is not there is no answer: ${onlyPrinted}`,
      },
    },
  },
  {
    id: 'C52',
    rows: ['N8'],
    title: '/n_fill sets nothing to what it should; our handles send /n_setn instead',
    run: async (wire) => {
      const synth = wire.server.nodes.synth('sine');
      synth.fill('arr', 4, 9);
      return synth.getRange('arr', 4);
    },
    expected: [9, 9, 9, 9],
  },
  {
    id: 'C53',
    rows: ['N2'],
    title: 'a synth without an id is there and is not told',
    run: async (wire) => {
      const heard = await wire.hear(() => wire.server.nodes.grain('sine'));
      return [
        heard.map(([address, id]) => [address, Math.sign(Number(id))]),
        (await wire.server.status()).synths,
      ];
    },
    expected: [[], 1],
    except: { supernova: { expected: [[['/n_go', -1]], 1], reason: 'it is told, with a negative id' } },
  },
];
