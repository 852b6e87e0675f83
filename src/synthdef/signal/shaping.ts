/**
 * Signals scaled, limited and smoothed: what sclang has as methods of UGen.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/UGen.sc
 */

import { newUnit } from '../graph/build.js';
import { expand } from './expand.js';
import { Mapping } from './mapping.js';
import { binary, mulAdd } from './operators.js';
import { eachChannel, sameRate, shapingKinds } from './shapingUnits.js';
import { asSignal, Constant, type Signal, type SignalInput, UnitOutput } from './signal.js';

const isUnipolar = (signal: Signal): boolean =>
  signal instanceof UnitOutput && signal.unit.kind.unipolar === true;

export abstract class Shaping extends Mapping {
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
      if (channel instanceof Constant) return channel.add(fraction.mul(that.sub(channel)));
      const pan = fraction.linlin(0, 1, -1, 1);
      const unit = (className: string, rate: Signal['rate'], ...inputs: Signal[]) =>
        expand(inputs, (mono) => newUnit(shapingKinds[className]!, rate, mono).output);
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

/** A lag of a signal that moves; a constant needs none. */
function ofMoving(className: string, channel: Signal, ...times: Signal[]): Signal {
  return channel instanceof Constant ? channel : sameRate(className, channel, ...times);
}
