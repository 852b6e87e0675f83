/**
 * Signals mapped from range to range.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/UGen.sc
 */

import { newUnit } from '../graph/build.js';
import { Arithmetic } from './arithmetic.js';
import { expand } from './expand.js';
import { binary, mulAdd, unary } from './operators.js';
import { eachChannel, sameRate, shapingKinds } from './shapingUnits.js';
import { asSignal, Constant, type Mono, type Signal, type SignalInput } from './signal.js';

/** Ends of a range limit the input before it is mapped. */
export type Limits = 'minmax' | 'min' | 'max' | 'none';

export abstract class Mapping extends Arithmetic {
  /** Within lo…hi. @default 0, 1 */
  clip(this: Signal, lo: SignalInput = 0, hi: SignalInput = 1): Signal {
    return eachChannel(this, [lo, hi], (channel, lo, hi) => {
      const plain =
        channel.rate === 'demand' || [channel, lo, hi].every((input) => input instanceof Constant);
      return plain ? lo.max(hi.min(channel)) : sameRate('Clip', channel, lo, hi);
    });
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
  return expand(inputs, (mono: readonly Mono[]) => newUnit(shapingKinds.Select!, channel.rate, mono).output);
}
