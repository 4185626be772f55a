import { margin } from '../../src/papers/claims/comparison.ts';
import type { Evaluated } from '../../src/papers/claims/judge/evaluate.ts';
import { worstWitness } from '../../src/papers/claims/judge/witness.ts';
import type { RegisteredClaim } from '../../src/papers/claims/register.ts';
import type { Comparison, Raw, Witness } from '../../src/papers/evidence/shape/comparison.ts';
import { type Judged, type JudgeTask, roundProfile, type Seen } from '../protocol.ts';

/** Milliseconds between two reports of counts: more often than anybody reads them. */
const pause = 100;

/** The running counts of one judgement, as a page shows them. */
class Sight {
  comparisons: readonly Comparison[] = [];
  readonly drawn: Raw[] = [];
  #instances = 0;
  #missed = 0;
  #broken = 0;
  #tightest: Witness | null = null;
  readonly #breaks: string | undefined;

  /** @param breaks the comparison that counts, by its `what`; all where it is undefined */
  constructor(breaks: string | undefined) {
    this.#breaks = breaks;
  }

  see(evaluated: Evaluated, raw: Raw): void {
    this.drawn.push(raw);
    if (evaluated.kind !== 'compared') {
      this.#missed++;
      return;
    }
    this.comparisons = evaluated.comparisons;
    this.#instances++;
    if (evaluated.trivial !== undefined) return;
    const counted = evaluated.comparisons.filter(
      ({ what }) => this.#breaks === undefined || what === this.#breaks,
    );
    if (counted.length === 0) return;
    const witness = worstWitness(raw, '', counted);
    if (counted.some((comparison) => margin(comparison) < 0)) this.#broken++;
    if (this.#tightest === null || witness.tightness > this.#tightest.tightness) this.#tightest = witness;
  }

  report(): Seen {
    return {
      kind: 'seen',
      instances: this.#instances,
      missed: this.#missed,
      broken: this.#broken,
      tightest: this.#tightest,
    };
  }
}

/**
 * Judges a claim or a sabotage of it by the judge of the suite, and reports the counts on the way.
 *
 * @throws InputError for an instance that is none of the claim's.
 */
export async function judgeTask(
  claim: RegisteredClaim,
  { sabotage, seed, instance }: JudgeTask,
  report: (seen: Seen) => void,
): Promise<Judged> {
  const breaks = claim.sabotages.find(({ name }) => name === sabotage)?.breaks;
  const sight = new Sight(breaks || undefined);
  let last = performance.now();
  const judged = await claim.judge(
    {
      settings: { profile: roundProfile, seed },
      replay: instance,
      observe: (evaluated, raw) => {
        sight.see(evaluated, raw);
        const now = performance.now();
        if (now - last < pause) return;
        last = now;
        report(sight.report());
      },
    },
    { sabotage },
  );
  report(sight.report());
  return { kind: 'judged', judged, instances: sight.drawn, comparisons: sight.comparisons };
}
