import type { Witness } from '../../evidence/shape/comparison.ts';
import type { ComparisonTightness, Judgement, StratumCounts } from '../../evidence/shape/judgement.ts';
import { type Comparison, tightness } from '../comparison.ts';
import type { Batch } from './draws.ts';
import type { Evaluated, Miss } from './evaluate.ts';

const histogramBins = 10;

type Counted = 'met' | 'gaveUp' | 'hypothesisUnmet' | 'trivial' | 'outside';
type Counts = Record<Counted, number>;

const countOf: Readonly<Record<Miss, Counted | undefined>> = {
  'gave-up': 'gaveUp',
  'hypothesis-unmet': 'hypothesisUnmet',
  outside: 'outside',
  'not-affected': undefined,
};

/** The running counts of one judgement. */
export class Tally {
  trials = 0;
  worst: Witness | null = null;
  lastMiss = '';
  readonly histogram: number[] = new Array(histogramBins).fill(0);
  readonly #counts = new Map<string, Counts>();
  readonly #demanded = new Map<string, number>();
  readonly #reasons = new Map<string, Map<string, number>>();
  readonly #tightness = new Map<string, ComparisonTightness>();

  constructor(batches: readonly Batch[]) {
    for (const { stratum, instances } of batches) {
      this.#demanded.set(stratum, instances);
      this.#counts.set(stratum, { met: 0, gaveUp: 0, hypothesisUnmet: 0, trivial: 0, outside: 0 });
      this.#reasons.set(stratum, new Map());
    }
  }

  /** Counts an instance that was compared; the witness of its tightest comparison. */
  compared(stratum: string, witness: Witness, said: Extract<Evaluated, { kind: 'compared' }>): void {
    this.trials += said.trials;
    if (said.trivial !== undefined) {
      this.#add(stratum, 'trivial', said.trivial);
      return;
    }
    this.#add(stratum, 'met');
    this.histogram[Math.min(histogramBins - 1, Math.floor(witness.tightness * histogramBins))]++;
    this.#tighten(said.comparisons);
    if (this.worst === null || witness.tightness > this.worst.tightness) this.worst = witness;
  }

  /** Counts an instance of which the statement says nothing. */
  missed(stratum: string, why: Miss, reason: string): void {
    const counted = countOf[why];
    this.lastMiss = reason;
    if (counted !== undefined) this.#add(stratum, counted, reason);
  }

  /** How many instances of all strata there are of a kind. */
  total(counted: Counted): number {
    return [...this.#counts.values()].reduce((sum, counts) => sum + counts[counted], 0);
  }

  /** Instances that were gone through, whatever became of them. */
  get runs(): number {
    return this.instances + this.total('gaveUp') + this.total('hypothesisUnmet') + this.total('outside');
  }

  /** Instances on which the statement was evaluated, trivial ones included. */
  get instances(): number {
    return this.total('met') + this.total('trivial');
  }

  strata(): StratumCounts[] {
    return [...this.#counts].map(([name, counts]) => ({
      name,
      demanded: this.#demanded.get(name) ?? 0,
      ...counts,
      reasons: Object.fromEntries(this.#reasons.get(name) ?? []),
    }));
  }

  /** Everything of a judgement that is counted. */
  counts(): Omit<Judgement, 'verdict' | 'reason' | 'falseAlarmRate' | 'seed'> {
    return {
      instances: this.total('met'),
      trivial: this.total('trivial'),
      hypothesisUnmet: this.total('hypothesisUnmet'),
      gaveUp: this.total('gaveUp'),
      trials: this.trials,
      tightness: this.worst?.tightness ?? 0,
      worst: this.worst,
      histogram: this.histogram,
      strata: this.strata(),
      comparisons: [...this.#tightness.values()],
    };
  }

  #add(stratum: string, counted: Counted, reason?: string): void {
    const counts = this.#counts.get(stratum);
    const reasons = this.#reasons.get(stratum);
    if (counts === undefined || reasons === undefined)
      throw new RangeError(`${stratum}: expected a stratum that is being drawn`);
    counts[counted]++;
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  #tighten(comparisons: readonly Comparison[]): void {
    const here = new Map<string, number>();
    for (const each of comparisons) here.set(each.what, Math.max(here.get(each.what) ?? 0, tightness(each)));
    for (const [what, used] of here) {
      const before = this.#tightness.get(what) ?? { what, tightness: 0, instances: 0 };
      this.#tightness.set(what, {
        what,
        tightness: Math.max(before.tightness, used),
        instances: before.instances + 1,
      });
    }
  }
}
