/**
 * Everything that a client of the server can do, a row each: what sclang, sc3, sc3nb and supriya offer, and what
 * GenCaster's fleet does. `rows.test.ts` holds it against the tests, so that none is without one.
 */

/** Rows that are left out on purpose, and why. */
export const notOffered: Readonly<Record<string, string>> = {
  L19: 'shared memory with the server is reached from programs in C only; buses and buffers are asked by messages',
  G12: 'what a fleet knows is in memory: each point tells of itself anew within seconds, and onEvent has all else to be kept',
  P26: 'scope buffers are in shared memory; the inspector hears buses by synths that read them',
};

const list = (rows: string): readonly (readonly [id: string, what: string])[] =>
  rows
    .trim()
    .split('\n')
    .map((line) => {
      const [, id, what] = /^\s*(\S+) (.+)$/.exec(line)!;
      return [id!, what!];
    });

export const sections: Readonly<Record<string, readonly (readonly [id: string, what: string])[]>> = {
  Options: list(`
    O1 UDP port (-u)
    O2 TCP port (-t)
    O3 address to bind to (-B)
    O4 control bus channels (-c)
    O5 audio bus channels (-a)
    O6 input channels (-i)
    O7 output channels (-o)
    O8 block size (-z)
    O9 hardware buffer size (-Z)
    O10 sample rate (-S)
    O11 buffers (-b)
    O12 nodes (-n)
    O13 definitions (-d)
    O14 real-time memory (-m)
    O15 wire buffers (-w)
    O16 random generators (-r)
    O17 definitions at start (-D)
    O18 zeroConf (-R)
    O19 logins (-l)
    O20 password (-p)
    O21 offline rendering (-N)
    O22 memory locking (-L)
    O23 device (-H)
    O24 verbosity (-V)
    O25 plugin folders (-U)
    O26 restricted path (-P)
    O27 threads of supernova (-T)
    O28 clock of supernova (-C)
    O29 masks of streams on macOS (-I, -O)
    O30 safety clip on macOS (-s)
    O31 version and help (-v, -h)
    O32 flags of other builds
    O33 reserved buses, buffers and ids
    O34 which flags are sent, as other clients do
    O35 first private bus
    O36 the executable
    O37 environment`),
  Lifecycle: list(`
    L1 booting
    L2 why it did not boot
    L3 a port in use
    L4 a free port
    L5 connecting
    L6 leaving
    L7 quitting
    L8 somebody else quits it
    L9 rebooting
    L10 finding and killing others
    L11 the end of the process
    L12 the end of our program
    L13 heartbeats
    L14 states and events
    L15 guards
    L16 registry
    L17 as text
    L18 no JACK of its own
    L19 shared memory
    L20 options of a fleet's server`),
  Clients: list(`
    M1 registering
    M2 client id
    M3 number of clients
    M4 default groups
    M5 parts of all numbers
    M6 nodes of others
    M7 freeing for everybody
    M8 other peers, such as sclang`),
  Inspection: list(`
    I1 status
    I2 version
    I3 query tree
    I4 tree as text
    I5 tree as the server prints it
    I6 messages as they are printed
    I7 root, default group, outputs and inputs
    I8 latency
    I9 asking for a node
    I10 trace
    I11 counters
    I12 address, process id, owner
    I13 real-time memory`),
  Messages: list(`
    B1 messages and bundles, by address or number
    B2 sync
    B3 answers matched with questions
    B4 at, bind and Bundler
    B5 time tags
    B6 nested bundles
    B7 failures in a bundle
    B8 clearing the schedule
    B9 silencing failures
    B10 splitting what is too large
    B11 completion messages
    B12 listening
    B13 the answer of each command`),
  Nodes: list(`
    N1 synths
    N2 synths without an id
    N3 paused synths
    N4 groups
    N5 parallel groups
    N6 setting controls
    N7 setting slots in a row
    N8 filling
    N9 mapping
    N10 reading controls
    N11 setting one slot
    N12 pausing and resuming
    N13 moving
    N14 ordering
    N15 freeing
    N16 releasing
    N17 freeing what is in a group
    N18 replacing
    N19 following nodes
    N20 ids
    N21 controls as properties
    N22 forgetting synths
    N23 commands to units
    N24 commands as data
    N25 triggers and replies`),
  Buses: list(`
    U1 allocating
    U2 setting
    U3 reading
    U4 filling
    U5 symbols for mapping
    U6 parts of buses
    U7 outputs and inputs
    U8 freeing twice`),
  Buffers: list(`
    P1 allocating
    P2 reading a file into a new one
    P3 reading channels into a new one
    P4 reading a file
    P5 reading channels
    P6 writing
    P7 freeing
    P8 zeroing
    P9 closing
    P10 setting samples
    P11 filling
    P12 waves, copies, spectra
    P13 reading samples
    P14 asking for its size
    P15 streaming from disk
    P16 streaming to disk
    P17 numbers in a row
    P18 data by file
    P19 data by messages
    P20 reading data back
    P21 taking and copying others
    P22 what is known of it
    P23 playing
    P24 guards
    P25 setting the sample rate
    P26 scope buffers`),
  Definitions: list(`
    D1 sending
    D2 files and folders
    D3 freeing
    D4 sending again
    D5 definitions of our own
    D6 completion
    D7 names`),
  'Volume and recording': list(`
    V1 volume
    V2 mute
    V3 over a reboot
    V4 recording
    V5 how it is recorded
    V6 the end of a recording`),
  Scores: list(`
    T1 score files
    T2 rendering
    T3 the end
    T4 default group
    T5 the same objects
    T6 a file on the inputs`),
  'Freeing everything': list(`
    R1 all nodes
    R2 default groups
    R3 reset
    R4 hooks
    R5 sending the default groups
    R6 blip
    R7 ping`),
  'Waiting and errors': list(`
    A1 promises
    A2 boots and ends as promises
    A3 failures
    A4 errors
    A5 time-outs`),
  Fleets: list(`
    G1 listening
    G2 pairs of names and values
    G3 beacons
    G4 points
    G5 live and free points
    G6 acknowledgements
    G7 states of instructions
    G8 remote actions
    G9 what they do
    G10 instructions
    G11 clients
    G12 what is kept
    G13 streams and speech`),
};

export const rowIds: readonly string[] = Object.values(sections).flatMap((rows) => rows.map(([id]) => id));
