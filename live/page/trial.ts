import type { Raw, Witness } from '../../src/papers/evidence/shape/comparison.ts';
import type { Judged, Seen } from '../protocol.ts';
import { type Helper, helpersAtOnce, startHelper } from './workers.ts';

/** What a reader wants tried. */
export interface Wish {
  readonly claim: string;
  readonly seed: string;
  readonly sabotage: string | undefined;
  readonly instance: Raw | undefined;
}

/** A witness with the seed of its round, which a replay needs. */
export interface Placed {
  readonly witness: Witness;
  readonly seed: string;
}

/** How far the attempts to refute a claim have come. */
export interface Trial {
  readonly status: 'running' | 'stopped' | 'ended';
  readonly seconds: number;
  readonly rounds: number;
  readonly instances: number;
  readonly missed: number;
  readonly broken: number;
  readonly tightest: Placed | null;
  /** The round that ended the trial: one that refutes the claim, or the only one. */
  readonly ended: (Judged & { readonly seed: string }) | null;
  /** Rounds that decided nothing, with their reasons. */
  readonly undecided: readonly string[];
  readonly failure: string;
}

type Counts = Pick<Seen, 'instances' | 'missed' | 'broken'>;
const nothing: Counts = { instances: 0, missed: 0, broken: 0 };

/** The seed of a round: the reader's own for the first, then `7+1`, `7+2`, … */
export function seedOfRound(seed: string, round: number): string {
  return round === 0 ? seed : `${seed}+${round}`;
}

/**
 * Tries to refute a claim until it is stopped, or refuted; a sabotage or a single instance is judged once.
 *
 * Every round is a judgement as a terminal makes it with the seed of the round.
 *
 * @param show shown the counts whenever they change
 * @returns what stops it
 */
export function tryToRefute(wish: Wish, show: (trial: Trial) => void): () => void {
  return new Trying(wish, show).begin();
}

function added(sum: Counts, { instances, missed, broken }: Counts): Counts {
  return {
    instances: sum.instances + instances,
    missed: sum.missed + missed,
    broken: sum.broken + broken,
  };
}

class Trying {
  readonly #wish: Wish;
  readonly #show: (trial: Trial) => void;
  readonly #helpers: Helper[] = [];
  readonly #underWay = new Map<string, Seen>();
  readonly #undecided: string[] = [];
  readonly #started = performance.now();
  #total = nothing;
  #begun = 0;
  #finished = 0;
  #tightest: Placed | null = null;
  #ended: Trial['ended'] = null;
  #failure = '';
  #status: Trial['status'] = 'running';
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(wish: Wish, show: (trial: Trial) => void) {
    this.#wish = wish;
    this.#show = show;
  }

  begin(): () => void {
    const threads = this.#isSingle ? 1 : helpersAtOnce();
    for (let i = 0; i < threads; i++) {
      const helper = startHelper();
      this.#helpers.push(helper);
      void this.#work(helper);
    }
    this.#clock = setInterval(() => this.#tell(), 250);
    this.#tell();
    return () => this.#finish('stopped');
  }

  get #isSingle(): boolean {
    return this.#wish.sabotage !== undefined || this.#wish.instance !== undefined;
  }

  /** One round after the other. */
  async #work(helper: Helper): Promise<void> {
    const { claim, sabotage, instance } = this.#wish;
    while (this.#status === 'running' && !(this.#isSingle && this.#begun > 0)) {
      const seed = seedOfRound(this.#wish.seed, this.#begun++);
      const outcome = await helper.ask({ kind: 'judge', claim, sabotage, instance, seed }, (seen) => {
        this.#underWay.set(seed, seen);
        this.#tighten(seen, seed);
      });
      if (this.#status !== 'running') return;
      this.#settle(seed);
      if (outcome.kind === 'failed') this.#failure = outcome.message;
      else if (outcome.kind === 'judged') this.#judge(outcome, seed);
      if (this.#failure !== '' || this.#ended !== null) this.#finish('ended');
    }
  }

  #judge(outcome: Judged, seed: string): void {
    const { verdict, reason } = outcome.judged.judgement;
    if (this.#isSingle || verdict === 'refuted') this.#ended = { ...outcome, seed };
    else if (verdict !== 'holds') this.#undecided.push(`Seed ${seed} is ${verdict}: ${reason}.`);
  }

  /** Adds a finished round to the totals. */
  #settle(seed: string): void {
    const seen = this.#underWay.get(seed);
    this.#underWay.delete(seed);
    if (seen !== undefined) this.#total = added(this.#total, seen);
    this.#finished++;
  }

  get #counts(): Counts {
    return [...this.#underWay.values()].reduce(added, this.#total);
  }

  #tighten({ tightest }: Seen, seed: string): void {
    if (tightest === null) return;
    if (this.#tightest === null || tightest.tightness > this.#tightest.witness.tightness)
      this.#tightest = { witness: tightest, seed };
  }

  #finish(status: 'stopped' | 'ended'): void {
    if (this.#status !== 'running') return;
    this.#status = status;
    clearInterval(this.#clock);
    for (const helper of this.#helpers) helper.end();
    this.#tell();
  }

  #tell(): void {
    this.#show({
      status: this.#status,
      seconds: (performance.now() - this.#started) / 1000,
      rounds: this.#finished,
      ...this.#counts,
      tightest: this.#tightest,
      ended: this.#ended,
      undecided: this.#undecided,
      failure: this.#failure,
    });
  }
}
