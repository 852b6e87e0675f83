/**
 * Signals mapped from range to range, limited and smoothed: what sclang has as methods of UGen.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/UGen.sc
 */

import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { Arithmetic } from './arithmetic.js';
import { expand } from './expand.js';
import { binary, mulAdd, unary } from './operators.js';
import {
  asSignal,
  Channels,
  Constant,
  type Mono,
  type Signal,
  type SignalInput,
  UnitOutput,
} from './signal.js';

/** Which ends of a range limit the input before it is mapped. */
export type Limits = 'minmax' | 'min' | 'max' | 'none';

const kindOf = (className: string, more: Partial<UnitKind> = {}): [string, UnitKind] => [
  className,
  { className, ...more },
];
const filter = { pure: true, check: { audio: [0], first: 'control' }, inputNames: ['in'] } as const;
const kinds = Object.fromEntries([
  ...['Clip', 'Fold', 'Wrap', 'ModDif'].map((name) => kindOf(name)),
  ...['XFade2', 'LinXFade2'].map((name) => kindOf(name, { check: { audio: [0, 1] } })),
  ...['Lag', 'Lag2', 'Lag3', 'LagUD', 'Lag2UD', 'Lag3UD', 'Slew', 'LinExp'].map((name) =>
    kindOf(name, filter),
  ),
  kindOf('Select', { pure: true, check: { audioFrom: 1 }, inputNames: ['which', 'array'] }),
]) as Readonly<Record<string, UnitKind>>;

/** A unit with the rate of its first input. */
function sameRate(className: string, ...inputs: readonly SignalInput[]): Signal {
  const signals = inputs.map((input) => asSignal(input, `an input of ${className}`));
  const { rate } = signals[0]!;
  return expand(signals, (mono) => newUnit(kinds[className]!, rate, mono).output);
}

/** `shape` for each channel, with the channels of the other inputs beside it. */
function eachChannel(
  signal: Signal,
  inputs: readonly SignalInput[],
  shape: (channel: Signal, ...inputs: Signal[]) => Signal,
): Signal {
  const signals = inputs.map((input) => asSignal(input));
  if (!(signal instanceof Channels)) return shape(signal, ...signals);
  const width = Math.max(signal.length, ...signals.map((input) => input.length));
  return new Channels(
    Array.from({ length: width }, (_, index) =>
      shape(
        signal.channels[index % signal.length]!,
        ...signals.map((input) =>
          input instanceof Channels ? input.channels[index % input.length]! : input,
        ),
      ),
    ),
  );
}

const isUnipolar = (signal: Signal): boolean =>
  signal instanceof UnitOutput && signal.unit.kind.unipolar === true;

export abstract class Shaping extends Arithmetic {
  /** x · mul + add */
  madd(this: Signal, mul: SignalInput = 1, add: SignalInput = 0): Signal {
    return mulAdd(this, mul, add);
  }

  /** From what its unit puts out (-1…1, or 0…1 for LFPulse and the like) to lo…hi. @default 0, 1 */
  range(this: Signal, lo: SignalInput = 0, hi: SignalInput = 1): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) => {
      const mul = isUnipolar(channel) ? hi.sub(lo) : hi.sub(lo).mul(0.5);
      return mulAdd(channel, mul, isUnipolar(channel) ? lo : mul.add(lo));
    });
  }

  /** As `range`, exponentially; both ends positive. @default 0.01, 1 */
  exprange(this: Signal, lo: SignalInput = 0.01, hi: SignalInput = 1): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) =>
      channel.linexp(isUnipolar(channel) ? 0 : -1, 1, lo, hi, 'none'),
    );
  }

  /** As `range`, bent by `curve`: 0 is straight. @default 0, 1, -4 */
  curverange(this: Signal, lo: SignalInput = 0, hi: SignalInput = 1, curve: SignalInput = -4): Signal {
    return eachChannel(this, [lo, hi, curve], (channel, lo, hi, curve) =>
      channel.lincurve(isUnipolar(channel) ? 0 : -1, 1, lo, hi, curve, 'none'),
    );
  }

  /** 0…mul */
  unipolar(this: Signal, mul: SignalInput = 1): Signal {
    return this.range(0, mul);
  }

  /** -mul…mul */
  bipolar(this: Signal, mul: SignalInput = 1): Signal {
    return this.range(asSignal(mul).neg(), mul);
  }

  /** Within lo…hi. @default 0, 1 */
  clip(this: Signal, lo: SignalInput = 0, hi: SignalInput = 1): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) => {
      const plain =
        channel.rate === 'demand' || [channel, lo, hi].every((input) => input instanceof Constant);
      return plain ? lo.max(hi.min(channel)) : sameRate('Clip', channel, lo, hi);
    });
  }

  /** Reflected at lo and hi. @default 0, 0 */
  fold(this: Signal, lo: SignalInput = 0, hi: SignalInput = 0): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) => sameRate('Fold', channel, lo, hi));
  }

  /** Going on at lo after hi. @default 0, 1 */
  wrap(this: Signal, lo: SignalInput = 0, hi: SignalInput = 1): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) => sameRate('Wrap', channel, lo, hi));
  }

  /** Degrees → radians */
  degrad(this: Signal): Signal {
    return this.mul(Math.PI / 180);
  }

  /** Radians → degrees */
  raddeg(this: Signal): Signal {
    return this.mul(180 / Math.PI);
  }

  /** Never above half the sample rate, in Hz. */
  minNyquist(this: Signal): Signal {
    return this.min(newUnit({ className: 'SampleRate' }, 'scalar', []).output.mul(0.5));
  }

  /** Crossfade to `that`: 0 is this, 1 is that. @default 0.5 */
  blend(this: Signal, that: SignalInput, fraction: SignalInput = 0.5): Signal {
    return eachChannel(this, [that, fraction], (channel, that, fraction) => {
      const pan = fraction.linlin(0, 1, -1, 1);
      const unit = (className: string, rate: Signal['rate'], ...inputs: Signal[]) =>
        expand(inputs, (mono) => newUnit(kinds[className]!, rate, mono).output);
      if (channel.rate === 'audio') return unit('XFade2', 'audio', channel, that, pan, new Constant(1));
      if (that.rate === 'audio') return unit('XFade2', 'audio', that, channel, pan.neg(), new Constant(1));
      return unit('LinXFade2', channel.rate, channel, that, pan);
    });
  }

  /** Follows exponentially, 60 dB in `time` seconds; with `down`, that time on the way down. @default 0.1 */
  lag(this: Signal, time: SignalInput = 0.1, down?: SignalInput): Signal {
    return lagged('Lag', this, time, down);
  }

  /** Two lags one after the other. */
  lag2(this: Signal, time: SignalInput = 0.1, down?: SignalInput): Signal {
    return lagged('Lag2', this, time, down);
  }

  /** Three lags one after the other. */
  lag3(this: Signal, time: SignalInput = 0.1, down?: SignalInput): Signal {
    return lagged('Lag3', this, time, down);
  }

  /** Rises at most `up`, falls at most `down` a second. @default 1, 1 */
  slew(this: Signal, up: SignalInput = 1, down: SignalInput = 1): Signal {
    return eachChannel(this, [up, down], (channel, up, down) => sameRate('Slew', channel, up, down));
  }

  /** inMin…inMax → outMin…outMax, straight. */
  linlin(
    this: Signal,
    inMin: SignalInput,
    inMax: SignalInput,
    outMin: SignalInput,
    outMax: SignalInput,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(this, [inMin, inMax, outMin, outMax], (channel, inMin, inMax, outMin, outMax) => {
      const pruned = prune(channel, inMin, inMax, limits);
      if (channel.rate === 'demand' || channel instanceof Constant) {
        return pruned.sub(inMin).div(inMax.sub(inMin)).mul(outMax.sub(outMin)).add(outMin);
      }
      const scale = outMax.sub(outMin).div(inMax.sub(inMin));
      const offset = outMin.sub(scale.mul(inMin));
      return channel.rate === 'audio' ? mulAdd(pruned, scale, offset) : pruned.mul(scale).add(offset);
    });
  }

  /** inMin…inMax → outMin…outMax, exponentially; outMin and outMax of one sign, not 0. */
  linexp(
    this: Signal,
    inMin: SignalInput,
    inMax: SignalInput,
    outMin: SignalInput,
    outMax: SignalInput,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(this, [inMin, inMax, outMin, outMax], (channel, inMin, inMax, outMin, outMax) => {
      if (channel.rate === 'demand' || channel instanceof Constant) {
        const at = prune(channel, inMin, inMax, limits).sub(inMin).div(inMax.sub(inMin));
        return binary('pow', outMax.div(outMin), at).mul(outMin);
      }
      return sameRate('LinExp', prune(channel, inMin, inMax, limits), inMin, inMax, outMin, outMax);
    });
  }

  /** inMin…inMax, exponential, → outMin…outMax; inMin and inMax of one sign, not 0. */
  explin(
    this: Signal,
    inMin: SignalInput,
    inMax: SignalInput,
    outMin: SignalInput,
    outMax: SignalInput,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(this, [inMin, inMax, outMin, outMax], (channel, inMin, inMax, outMin, outMax) =>
      prune(channel, inMin, inMax, limits)
        .div(inMin)
        .log()
        .div(inMax.div(inMin).log())
        .mul(outMax.sub(outMin))
        .add(outMin),
    );
  }

  /** inMin…inMax → outMin…outMax, both exponential. */
  expexp(
    this: Signal,
    inMin: SignalInput,
    inMax: SignalInput,
    outMin: SignalInput,
    outMax: SignalInput,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(this, [inMin, inMax, outMin, outMax], (channel, inMin, inMax, outMin, outMax) => {
      const base = outMax.div(outMin);
      const at = prune(channel, inMin, inMax, limits).div(inMin).log().div(inMax.div(inMin).log());
      return base.pow(at).mul(outMin);
    });
  }

  /** inMin…inMax → outMin…outMax, bent by `curve`: 0 is straight. @default 0, 1, 0, 1, -4 */
  lincurve(
    this: Signal,
    inMin: SignalInput = 0,
    inMax: SignalInput = 1,
    outMin: SignalInput = 0,
    outMax: SignalInput = 1,
    curve: SignalInput = -4,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(
      this,
      [inMin, inMax, outMin, outMax, curve],
      (channel, inMin, inMax, outMin, outMax, curve) => {
        if (isNearlyStraight(curve)) return channel.linlin(inMin, inMax, outMin, outMax, limits);
        const grow = curve.exp();
        const a = outMax.sub(outMin).div(asSignal(1).sub(grow));
        const b = outMin.add(a);
        const scaled = prune(channel, inMin, inMax, limits).sub(inMin).div(inMax.sub(inMin));
        const bent = b.sub(a.mul(grow.pow(scaled)));
        return orStraight(channel, curve, () => channel.linlin(inMin, inMax, outMin, outMax, limits), bent);
      },
    );
  }

  /** The inverse of `lincurve`. @default 0, 1, 0, 1, -4 */
  curvelin(
    this: Signal,
    inMin: SignalInput = 0,
    inMax: SignalInput = 1,
    outMin: SignalInput = 0,
    outMax: SignalInput = 1,
    curve: SignalInput = -4,
    limits: Limits = 'minmax',
  ): Signal {
    return eachChannel(
      this,
      [inMin, inMax, outMin, outMax, curve],
      (channel, inMin, inMax, outMin, outMax, curve) => {
        if (isNearlyStraight(curve)) return channel.linlin(inMin, inMax, outMin, outMax, limits);
        const grow = curve.exp();
        const a = inMax.sub(inMin).div(asSignal(1).sub(grow));
        const b = inMin.add(a);
        const bent = b
          .sub(prune(channel, inMin, inMax, limits))
          .div(a)
          .log()
          .mul(outMax.sub(outMin))
          .div(curve)
          .add(outMin);
        return orStraight(channel, curve, () => channel.linlin(inMin, inMax, outMin, outMax, limits), bent);
      },
    );
  }

  /** inMin…inCenter…inMax → outMin…outCenter…outMax, straight on either side. */
  bilin(
    this: Signal,
    inCenter: SignalInput,
    inMin: SignalInput,
    inMax: SignalInput,
    outCenter: SignalInput,
    outMin: SignalInput,
    outMax: SignalInput,
    limits: Limits = 'minmax',
  ): Signal {
    const isBelow = this.lt(inCenter);
    const above = this.linlin(inCenter, inMax, outCenter, outMax, limits);
    return sameRate('Select', isBelow, above, this.linlin(inMin, inCenter, outMin, outCenter, limits));
  }

  /** The smaller distance to `that` on a circle of `mod`. @default 0, 1 */
  moddif(this: Signal, that: SignalInput = 0, mod: SignalInput = 1): Signal {
    return eachChannel(this, [that, mod], (channel, that, mod) => sameRate('ModDif', channel, that, mod));
  }

  /** Drawn to multiples of `resolution` from within `margin`. @default 1, 0.05, 1 */
  snap(
    this: Signal,
    resolution: SignalInput = 1,
    margin: SignalInput = 0.05,
    strength: SignalInput = 1,
  ): Signal {
    return eachChannel(this, [resolution, margin, strength], (channel, resolution, margin, strength) => {
      const difference = channel.round(resolution).sub(channel);
      const isNear = difference.abs().lt(margin);
      return sameRate('Select', isNear, channel, channel.add(strength.mul(difference)));
    });
  }

  /** Drawn to multiples of `resolution` from beyond `margin`. @default 1, 0.05, 1 */
  softRound(
    this: Signal,
    resolution: SignalInput = 1,
    margin: SignalInput = 0.05,
    strength: SignalInput = 1,
  ): Signal {
    return eachChannel(this, [resolution, margin, strength], (channel, resolution, margin, strength) => {
      const difference = channel.round(resolution).sub(channel);
      const isFar = difference.abs().gt(margin);
      return sameRate('Select', isFar, channel, channel.add(strength.mul(difference)));
    });
  }

  /** `then` where this is 1, `otherwise` where it is 0. */
  if(this: Signal, then: SignalInput, otherwise: SignalInput): Signal {
    return this.mul(asSignal(then).sub(otherwise)).add(otherwise);
  }

  /** All channels added to one. */
  sum(this: Signal): Signal {
    return this.channels.reduce<Signal>((total, channel) => binary('+', total, channel), new Constant(0));
  }
}

function lagged(
  className: 'Lag' | 'Lag2' | 'Lag3',
  signal: Signal,
  up: SignalInput,
  down?: SignalInput,
): Signal {
  if (down === undefined) return eachChannel(signal, [up], (channel, up) => ofMoving(className, channel, up));
  return eachChannel(signal, [up, down], (channel, up, down) =>
    ofMoving(`${className}UD`, channel, up, down),
  );
}

/** What never changes needs no lag. */
function ofMoving(className: string, channel: Signal, ...times: Signal[]): Signal {
  return channel instanceof Constant ? channel : sameRate(className, channel, ...times);
}

function prune(signal: Signal, min: Signal, max: Signal, limits: Limits): Signal {
  switch (limits) {
    case 'minmax':
      return signal.clip(min, max);
    case 'min':
      return signal.max(min);
    case 'max':
      return signal.min(max);
    case 'none':
      return signal;
  }
}

const isNearlyStraight = (curve: Signal): boolean =>
  curve instanceof Constant && Math.abs(curve.value) < 0.125;

/** A curve that changes may come near 0, where the formula divides by nearly nothing. */
function orStraight(channel: Signal, curve: Signal, straight: () => Signal, bent: Signal): Signal {
  if (curve.rate === 'scalar') return bent;
  const isBent = unary('abs', curve).ge(0.125);
  const inputs = [isBent, straight(), bent];
  return expand(inputs, (mono: readonly Mono[]) => newUnit(kinds.Select!, channel.rate, mono).output);
}
