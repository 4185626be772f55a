import type { RandomizedObjective } from '../../../src/lemma/randomizedObjective.ts';
import { rounding } from '../../../src/numerics/base/tolerance.ts';
import {
  checkDerivatives,
  type TaylorPiece,
} from '../../../src/numerics/optimize/certify/derivativeCheck.ts';
import { gaveUp } from '../../../src/papers/claims/claim.ts';
import { atLeast, atMost, type Comparison } from '../../../src/papers/claims/comparison.ts';
import { streams } from '../../../src/papers/claims/domain.ts';
import { smoothFamilies } from '../../paper/domains/lemma/smoothFamilies.ts';
import { instrument, section } from '../../paper/language.ts';

const ofGradient = 'of the gradient';
const ofProduct = 'of the Hessian product';
const slopeOf = (what: string): string => `slope of the Taylor remainder ${what}`;

section('The objectives on which the lemma is tried', () => {
  instrument('instrument.derivatives', {
    let: { family: smoothFamilies(5), stream: streams() },
    define: ({ family, stream }) => {
      const objective = family.gaussian(family.regularization);
      return { objective, point: family.point(stream, objective) };
    },
    then: ({ objective, point, stream }) => {
      const check = checkDerivatives(stream.fork('line'), objective, point, 0.1);
      const gradient = remainder(ofGradient, check.gradient);
      const hessian = remainder(ofProduct, check.hessian);
      if (gradient === undefined || hessian === undefined) return gaveUp('not finite');
      const symmetry = atMost(
        'asymmetry of the Hessian product',
        check.asymmetry,
        0,
        rounding(2 ** 20 * objective.dimension, 1),
      );
      return [gradient, hessian, symmetry];
    },
    sabotage: {
      'the gradient is one percent too long': {
        breaks: slopeOf(ofGradient),
        share: 0.9,
        define: ({ objective }) => ({ objective: { ...objective, gradientInto: scaled(objective) } }),
      },
      'one entry of the Hessian is off by a hundredth': {
        breaks: slopeOf(ofProduct),
        define: ({ objective }) => ({ objective: { ...objective, hessianVectorInto: disturbed(objective) } }),
      },
    },
    instances: { smoke: 20, quick: 150, full: 1500 },
  });
});

/** The Taylor remainder vanishes to second order; where it drowns in rounding, the derivative is that exact. */
function remainder(what: string, piece: TaylorPiece): Comparison | undefined {
  switch (piece.outcome) {
    case 'measured':
      return atLeast(slopeOf(what), piece.slope, 2, {
        value: 0.5,
        because: 'a wrong derivative has slope 1, and half way between is the fairest line',
      });
    case 'below-rounding':
      return atMost(`relative error ${what}`, piece.relativeError, 0, {
        value: 1e-4,
        because: 'the remainder is rounding on every length, and a sabotage is a hundred times this',
      });
    case 'non-finite':
      return undefined;
  }
}

function scaled(objective: RandomizedObjective): RandomizedObjective['gradientInto'] {
  return (out, x) => {
    objective.gradientInto(out, x);
    for (let i = 0; i < out.length; i++) out[i] *= 1.01;
    return out;
  };
}

function disturbed(objective: RandomizedObjective): RandomizedObjective['hessianVectorInto'] {
  return (out, x, direction) => {
    objective.hessianVectorInto(out, x, direction);
    out[0] += 0.01 * direction[direction.length - 1];
    return out;
  };
}
