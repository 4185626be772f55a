import type { RandomStream } from '../../numerics/random/stream.ts';
import type { Comparison } from './comparison.ts';
import type { Domain } from './domain.ts';
import type { Exhibit } from './exhibit.ts';
import type { Profile } from './settings.ts';

/** An instance on which a statement says nothing. */
export interface NotApplicable {
  /** `hypothesis-unmet`: the instance is outside the claim. `gave-up`: a method did not get as far as the claim. */
  readonly notApplicable: 'hypothesis-unmet' | 'gave-up';
  readonly reason: string;
}

/** The instance does not satisfy the claim's hypotheses. */
export function hypothesisUnmet(reason: string): NotApplicable {
  return { notApplicable: 'hypothesis-unmet', reason };
}

/** A method used by the statement ended before the statement could be evaluated. */
export function gaveUp(reason: string): NotApplicable {
  return { notApplicable: 'gave-up', reason };
}

/** What a statement says of one instance: every comparison has to hold. */
export type Said = Comparison | readonly Comparison[] | NotApplicable;

/** "For every instance": evaluated on each drawn instance. */
export type Universal<S> = (scope: S) => Said | Promise<Said>;

/** "With probability at least p, for every instance": evaluated on many independent trials of each instance. */
export interface Probable<S> {
  /** The asserted success probability p, in (0, 1), possibly depending on the instance. */
  readonly atLeast: (scope: S) => number;
  /** The gap g: a success probability of p − g or less must be noticed. In (0, p). */
  readonly detecting: number;
  /** Rate at which a gap may be missed, in (0, 1). */
  readonly missRate: number;
  readonly trial: (scope: S, stream: RandomStream) => Comparison;
}

/** States that each trial succeeds with at least the asserted probability. */
export function withProbability<S>(probable: Probable<S>): Probable<S> {
  return probable;
}

export type Statement<S> = Universal<S> | Probable<S>;

/** The domains a claim quantifies over, by the name each instance has in the statement. */
export type Domains<L> = { readonly [K in keyof L]: Domain<L[K]> };

/**
 * A change to a claim's instances that makes the statement false: a hypothesis dropped, a sign flipped.
 *
 * `let` changes what was drawn, before `define`; `define` changes what was defined. The same judge must refute the
 * claim so changed.
 */
export interface Sabotage<L, D> {
  readonly let?: (drawn: L) => Partial<L>;
  readonly define?: (scope: L & D) => Partial<L & D>;
}

/** A demand that an interesting class of instances is really met. */
export interface Coverage<S> {
  /** Least share of the instances, in (0, 1). */
  readonly atLeast: number;
  readonly when: (scope: S) => boolean;
}

/**
 * A claim as data, in a paper's own order: let … define … assume … then …
 *
 * It holds no seed, no loop and no test: the judge evaluates it, the binding makes tests of it.
 */
export interface ClaimDefinition<L extends object, D extends object> {
  /** Instances, valid by construction; larger ones may be drawn in a larger profile. */
  readonly let: Domains<L> | ((profile: Profile) => Domains<L>);
  readonly define?: (drawn: L) => D | Promise<D>;
  /** Hypotheses in words that an instance may fail to meet; such an instance says nothing and is counted. */
  readonly assume?: Readonly<Record<string, (scope: NoInfer<L & D>) => boolean>>;
  readonly then: Statement<NoInfer<L & D>>;
  /** At least one, named in words. */
  readonly sabotage: Readonly<Record<string, Sabotage<NoInfer<L>, NoInfer<D>>>>;
  readonly covers?: Readonly<Record<string, Coverage<NoInfer<L & D>>>>;
  /** Rate at which one instance of a true claim fails because its tolerance comes from samples; default 0. */
  readonly sampledFailureRate?: number;
  /** How many instances to draw in each profile. */
  readonly instances: Readonly<Record<Profile, number>>;
  /** Numbers to hold against the paper's and charts, computed once beside the judgement. */
  readonly exhibit?: (stream: RandomStream, profile: Profile) => Exhibit | Promise<Exhibit>;
}
