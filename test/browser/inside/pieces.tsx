import {
  Component,
  createContext,
  type ReactNode,
  Suspense,
  use,
  useContext,
  useEffect,
  useState,
} from 'react';
import {
  type BufferHandle,
  Group,
  ServerProvider,
  Sound,
  Synth,
  useBeat,
  useBuffer,
  useServer,
} from 'react-collider/browser';
import { sine, stereoSampler } from 'react-collider/library';
import { DC, DoneAction, Env, EnvGen, Impulse, OffsetOut, Out, synthDef } from 'react-collider/synthdef';

/** A single sample, to be found to the frame. */
const click = synthDef('click', { amp: 0.5 }, ({ amp }) => {
  EnvGen.kr(Env.linen(0, 0.02, 0), { doneAction: DoneAction.freeSelf });
  OffsetOut.ar(0, Impulse.ar(0).mul(amp));
});

const Frequency = createContext(100);

const Page = ({ children }: { readonly children: ReactNode }) => (
  <ServerProvider server={window.server}>{children}</ServerProvider>
);

class Boundary extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <p role="alert">{this.state.error.message}</p> : this.props.children;
  }
}

function FromContext() {
  return <Synth def={sine} name="voice" freq={useContext(Frequency)} />;
}

/** A context of the page, whose value a button changes, in a sound. */
export function Context() {
  const [frequency, setFrequency] = useState(300);
  return (
    <Page>
      <Frequency value={frequency}>
        <button type="button" onClick={() => setFrequency(500)}>
          Higher
        </button>
        <Sound>
          <FromContext />
        </Sound>
      </Frequency>
    </Page>
  );
}

function Fails({ on }: { readonly on: boolean }): ReactNode {
  if (on) throw new Error('this voice is broken');
  return <Synth def={sine} name="second" freq={400} />;
}

/** Two sounds without a boundary around them, one of which buttons break and repair. */
export function Unguarded() {
  const [wrong, setWrong] = useState({});
  return (
    <Page>
      <button type="button" onClick={() => setWrong({ frq: 1 })}>
        Break
      </button>
      <button type="button" onClick={() => setWrong({})}>
        Repair
      </button>
      <Sound>
        <Synth def={sine} name="first" freq={300} />
      </Sound>
      <Sound>
        <Synth def={sine} name="second" freq={400} {...wrong} />
      </Sound>
    </Page>
  );
}

/** Two sounds, one of which a button breaks. */
export function Boundaries() {
  const [isBroken, setBroken] = useState(false);
  return (
    <Page>
      <button type="button" onClick={() => setBroken(true)}>
        Break
      </button>
      <Boundary>
        <Sound>
          <Synth def={sine} name="first" freq={300} />
        </Sound>
      </Boundary>
      <Boundary>
        <Sound>
          <Fails on={isBroken} />
        </Sound>
      </Boundary>
    </Page>
  );
}

function Count() {
  useEffect(() => {
    const { dataset } = document.body;
    dataset.effects = `${Number(dataset.effects ?? 0) + 1}`;
  }, []);
  return <Synth def={sine} name="only" />;
}

/** Effects that count how often they run. */
export const Strict = () => (
  <Page>
    <Sound>
      <Count />
    </Sound>
  </Page>
);

/** A hundred synths in one sound. */
export const Hundred = () => (
  <Page>
    <Sound>
      <Group name="all">
        {Array.from({ length: 100 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
          <Synth key={index} def={sine} freq={200 + index} amp={0.001} exit="free" />
        ))}
      </Group>
    </Sound>
  </Page>
);

/** Three sounds of one commit. */
export const Many = () => (
  <Page>
    {['a', 'b', 'c'].map((name) => (
      <Sound key={name}>
        <Synth def={sine} name={name} />
      </Sound>
    ))}
  </Page>
);

/** A click on each beat, ten a second. */
export function Beats() {
  return (
    <Page>
      <Sound>
        <Clicks />
      </Sound>
    </Page>
  );
}

function Clicks() {
  const [count, setCount] = useState(0);
  useBeat(0.1, () => setCount((before) => before + 1));
  return count > 0 && <Synth key={count} def={click} exit="free" />;
}

function Playing({ path }: { readonly path: string }) {
  const tone: BufferHandle = useBuffer(path);
  document.body.dataset.duration = `${tone.duration ?? ''}`;
  return <Synth def={stereoSampler} name="tone" buf={tone} />;
}

/** A sample by its address, and one that is not there. */
export const Sample = () => (
  <Page>
    <Boundary>
      <Sound>
        <Playing path="tone.wav" />
      </Sound>
    </Boundary>
    <Boundary>
      <Sound>
        <Playing path="missing.wav" />
      </Sound>
    </Boundary>
  </Page>
);

/** A server of its own. */
export function Server() {
  useEffect(() => {
    document.body.dataset.mounted = 'yes';
  }, []);
  return (
    <Sound sampleRate={48_000}>
      <Whose />
      <Synth def={sine} name="own" />
    </Sound>
  );
}

function Whose() {
  const server = useServer();
  document.body.dataset.engine = (server as { engine?: { description?: string } }).engine?.description ?? '';
  return null;
}

/** A promise that a button resolves, which a sound waits for. */
export function Suspended() {
  const [{ promise, resolve }] = useState(() => {
    let resolve!: (frequency: number) => void;
    const promise = new Promise<number>((settle) => {
      resolve = settle;
    });
    return { promise, resolve };
  });
  return (
    <Page>
      <button type="button" onClick={() => resolve(250)}>
        Resolve
      </button>
      <Sound>
        <Synth def={sine} name="other" />
      </Sound>
      <Suspense fallback={<p>Waiting</p>}>
        <p>Ready</p>
        <Sound>
          <Waits for={promise} />
        </Sound>
      </Suspense>
    </Page>
  );
}

const Waits = (props: { readonly for: Promise<number> }) => (
  <Synth def={sine} name="late" freq={use(props.for)} />
);

const twin = (level: number) =>
  synthDef('twin', { out: 0, level }, (c) => Out.ar(c.out, DC.ar(1).mul(c.level)));
const quiet = twin(0.25);
const loud = twin(0.5);

const quietest = twin(0.125);

/** One more definition of that name. */
export const Twin = () => (
  <Page>
    <Sound>
      <Synth def={quietest} out={0} />
    </Sound>
  </Page>
);

/** Two definitions of one name. */
export const Twins = () => (
  <Page>
    <Sound>
      <Synth def={quiet} out={0} />
    </Sound>
    <Sound>
      <Synth def={loud} out={0} />
    </Sound>
  </Page>
);
