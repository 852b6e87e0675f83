/**
 * Commands that a page may send, with the rules for their arguments: a command outside this table is refused.
 *
 * A page may change its own nodes and buffers (of its client's part) and look at everything. A command that
 * would reach the other pages' sound, the server's files or its process is refused with the reason.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html
 */

import type { CommandArguments } from './commandArguments.js';

export type CommandRule = (args: CommandArguments) => void;

const INT32_MAX = 2 ** 31 - 1;

/** Repeats a rule until the arguments are over. */
const each =
  (rule: CommandRule): CommandRule =>
  (args) => {
    while (!args.isOver) rule(args);
  };

const nothing: CommandRule = () => {};
const own: CommandRule = (args) => args.own();
const nodes = each((args) => args.node());
const ownNodes = each(own);

const newGroups = each((args) => {
  args.own();
  args.place();
});

const set: CommandRule = (args) => {
  args.control();
  args.controlValue();
};

/** A node of the page's own and then the rule's arguments, in turn. */
const ofOwn =
  (rule: CommandRule): CommandRule =>
  (args) => {
    args.own();
    while (!args.isOver) rule(args);
  };

const readFile: CommandRule = (args) => {
  args.ownBuffer();
  args.path();
  args.whole('first frame', 0, INT32_MAX);
  args.whole('frames', -1, INT32_MAX);
};

const readIntoBuffer: CommandRule = (args) => {
  readFile(args);
  args.whole('first frame of the buffer', 0, INT32_MAX);
  args.whole('leave open', 0, 1);
};

const ownBuffer: CommandRule = (args) => {
  args.ownBuffer();
  args.completion();
};

export const commandRules: Readonly<Record<string, CommandRule>> = {
  '/status': nothing,
  '/version': nothing,
  '/sync': (args) => {
    // Those below 0 are the bridge's own.
    args.whole('id', 0, INT32_MAX);
  },
  '/notify': (args) => {
    args.whole('flag', 0, 1);
    args.wholes('client', -1, 31);
  },
  '/d_recv': (args) => {
    args.definition();
    args.completion();
  },
  '/d_load': (args) => {
    args.path();
    args.completion();
  },
  '/d_loadDir': (args) => {
    args.path();
    args.completion();
  },

  '/s_new': (args) => {
    args.name('synthdef');
    args.own();
    args.place();
    each(set)(args);
  },
  '/g_new': newGroups,
  '/p_new': newGroups,
  '/n_free': ownNodes,
  '/n_run': each((args) => {
    args.own();
    args.whole('flag', 0, 1);
  }),
  '/n_set': ofOwn(set),
  '/n_setn': ofOwn((args) => {
    args.control();
    args.countedNumbers();
  }),
  '/n_fill': ofOwn((args) => {
    args.control();
    args.count();
    args.number();
  }),
  '/n_map': ofOwn((args) => {
    args.control();
    args.controlBus();
  }),
  '/n_mapa': ofOwn((args) => {
    args.control();
    args.audioBus();
  }),
  '/n_mapn': ofOwn((args) => {
    args.control();
    args.controlBus();
    args.count();
  }),
  '/n_mapan': ofOwn((args) => {
    args.control();
    args.audioBus();
    args.count();
  }),
  '/n_before': each((args) => {
    args.own();
    args.node();
  }),
  '/n_after': each((args) => {
    args.own();
    args.node();
  }),
  '/g_head': each((args) => {
    args.node('group');
    args.own();
  }),
  '/g_tail': each((args) => {
    args.node('group');
    args.own();
  }),
  '/n_order': (args) => {
    args.whole('add action', 0, 3);
    args.node('target');
    ownNodes(args);
  },
  '/g_freeAll': ownNodes,
  '/g_deepFree': ownNodes,
  '/s_noid': ownNodes,
  '/n_trace': ownNodes,
  '/n_query': nodes,
  '/g_dumpTree': each((args) => {
    args.node();
    args.whole('flag', 0, 1);
  }),
  '/g_queryTree': each((args) => {
    args.node();
    args.whole('flag', 0, 1);
  }),
  '/s_get': (args) => {
    args.node();
    each((rest) => rest.control())(args);
  },
  '/s_getn': (args) => {
    args.node();
    each((rest) => {
      rest.control();
      rest.count();
    })(args);
  },

  '/c_set': each((args) => {
    args.whole('control bus', 0, args.rights.numControlBusChannels - 1);
    args.number();
  }),
  '/c_setn': each((args) => {
    const count = args.controlBuses();
    for (let index = 0; index < count; index++) args.number();
  }),
  '/c_fill': each((args) => {
    args.controlBuses();
    args.number();
  }),
  '/c_get': each((args) => {
    args.whole('control bus', 0, args.rights.numControlBusChannels - 1);
  }),
  '/c_getn': each((args) => {
    args.controlBuses();
  }),

  '/b_alloc': (args) => {
    args.ownBuffer();
    args.bufferSize();
    args.completion();
  },
  '/b_allocRead': (args) => {
    readFile(args);
    args.completion();
  },
  '/b_allocReadChannel': (args) => {
    readFile(args);
    args.wholes('channel', 0, 1023);
    args.completion();
  },
  '/b_read': (args) => {
    readIntoBuffer(args);
    args.completion();
  },
  '/b_readChannel': (args) => {
    readIntoBuffer(args);
    args.wholes('channel', 0, 1023);
    args.completion();
  },
  '/b_write': (args) => {
    args.buffer();
    args.path();
    args.name('header');
    args.name('format');
    args.whole('frames', -1, INT32_MAX);
    args.whole('first frame', 0, INT32_MAX);
    args.whole('leave open', 0, 1);
    args.completion();
  },
  '/b_free': ownBuffer,
  '/b_zero': ownBuffer,
  '/b_close': ownBuffer,
  '/b_gen': (args) => {
    args.ownBuffer();
    args.routine();
    args.completion();
  },
  '/b_set': (args) => {
    args.ownBuffer();
    each((rest) => {
      rest.whole('sample', 0, INT32_MAX);
      rest.number();
    })(args);
  },
  '/b_setn': (args) => {
    args.ownBuffer();
    each((rest) => {
      rest.whole('sample', 0, INT32_MAX);
      rest.countedNumbers();
    })(args);
  },
  '/b_fill': (args) => {
    args.ownBuffer();
    each((rest) => {
      rest.whole('sample', 0, INT32_MAX);
      rest.whole('count', 0, INT32_MAX);
      rest.number();
    })(args);
  },
  '/b_get': (args) => {
    args.buffer();
    args.wholes('sample', 0, INT32_MAX);
  },
  '/b_getn': (args) => {
    args.buffer();
    each((rest) => {
      rest.whole('sample', 0, INT32_MAX);
      rest.count();
    })(args);
  },
  '/b_query': each((args) => args.buffer()),
};

/** Why commands that servers know are not for pages. */
export const refusedCommands: Readonly<Record<string, string>> = {
  '/quit': 'it would end the server for everybody; start the bridge with --allow-quit to let pages do that',
  '/cmd': 'commands of plugins may do anything, with files too',
  '/u_cmd': 'commands of plugins may do anything, with files too',
  '/clearSched': 'it would take away what other pages have scheduled',
  '/d_free': 'definitions are shared by all pages; they go with the server',
  '/d_freeAll': 'definitions are shared by all pages; they go with the server',
  '/dumpOSC': "it would show other pages' messages and slow the server down",
  '/error': 'it would keep failures from everybody',
};
