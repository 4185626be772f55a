import type { Judgement, StratumCounts } from '../../evidence/shape/judgement.ts';

/** A verdict with the sentence that says why. */
export interface Reasoned {
  readonly verdict: Judgement['verdict'];
  readonly reason: string;
}

/** Share of the instances beyond which giving up leaves a claim undecided. */
const mostGivenUp = 0.1;
/** Share of the instances beyond which those that say nothing leave a claim vacuous. */
const mostSilent = 0.5;

/**
 * What the counts of the strata say against a claim none of whose comparisons failed; undefined where nothing.
 *
 * Guarantee: exact. In every stratum at most a tenth of the instances gave up, none is outside, at most half miss the
 * hypotheses or are trivial, and at least one says something.
 */
export function shortcoming(strata: readonly StratumCounts[]): Reasoned | undefined {
  for (const stratum of strata) {
    const { gaveUp, demanded } = stratum;
    if (gaveUp > mostGivenUp * demanded)
      return {
        verdict: 'inconclusive',
        reason: `gave up on ${gaveUp} of ${demanded} instances${placed(stratum)}: ${commonest(stratum)}`,
      };
  }
  for (const stratum of strata) {
    const { name, demanded, met, outside, hypothesisUnmet, trivial } = stratum;
    const silent = hypothesisUnmet + trivial;
    if (demanded === 0) return { verdict: 'vacuous', reason: `no instance was drawn of the stratum ${name}` };
    if (outside > 0) {
      const reason = `${outside} of ${demanded} instances drawn for the stratum ${name} are not of it`;
      return { verdict: 'vacuous', reason };
    }
    if (silent > mostSilent * demanded || met === 0)
      return {
        verdict: 'vacuous',
        reason: `hypotheses unmet or trivial on ${silent} of ${demanded} instances${placed(stratum)}: ${commonest(stratum)}`,
      };
  }
  return undefined;
}

function placed({ name }: StratumCounts): string {
  return name === 'all instances' ? '' : ` of the stratum ${name}`;
}

/** The reason that was given most often. */
function commonest({ reasons }: StratumCounts): string {
  const [first] = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return first?.[0] ?? 'for no reason given';
}
