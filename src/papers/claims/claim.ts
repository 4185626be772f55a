import type { RandomStream } from '../../numerics/random/stream.ts';
import type { Exhibit } from '../evidence/shape/exhibit.ts';
import type { Comparison } from './comparison.ts';
import type { Domain } from './domain.ts';
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
  /** One trial, which succeeds where its comparison holds. */
  readonly trial: (scope: S, stream: RandomStream) => Comparison;
}

/** States that each trial succeeds with at least the asserted probability. */
export function withProbability<S>(probable: Probable<S>): Probable<S> {
  return probable;
}

/** What a claim says of its instances. */
export type Statement<S> = Universal<S> | Probable<S>;

/** The domains a claim quantifies over, by the name each instance has in the statement. */
export type Domains<L> = { readonly [K in keyof L]: Domain<L[K]> };

/**
 * A class of instances that a claim is judged on by name, drawn by construction.
 *
 * The judge divides the instances among the strata in proportion to their quotas, so that a class is met for certain.
 */
export interface Stratum<L, S> {
  /** A positive integer. */
  readonly quota: number;
  /** Domains in place of some of the claim's own. */
  readonly let?: Partial<Domains<L>>;
  /** Whether an instance drawn for the stratum is of it. One that is not makes the claim vacuous. */
  readonly when?: (scope: S) => boolean;
}

/** A change to a claim's instances: `let` changes what was drawn, before `define`; `define` what was defined. */
export interface Change<L, D> {
  /** Changes what was drawn. */
  readonly let?: (drawn: L) => Partial<L>;
  /** Changes what was defined. */
  readonly define?: (scope: L & D) => Partial<L & D>;
}

/** A change that makes the statement false: a hypothesis dropped, a sign flipped. The same judge must refute it. */
export interface Sabotage<L, D> extends Change<L, D> {
  /** The comparison that it must break, by its `what`. */
  readonly breaks: string;
  /** Least share of the instances it applies to on which it must break it, in (0, 1]; ½ by default. */
  readonly share?: number;
  /** The strata it is judged on; all by default. */
  readonly strata?: readonly string[];
  /** Which instances it applies to, seen before its `define`; all by default. */
  readonly applies?: (scope: L & D) => boolean;
  /** How many instances it is judged on, in every profile; by default as many as the claim, at most 20. */
  readonly instances?: number;
  /** The hypothesis of the catalogue that it drops, and nothing else. */
  readonly drops?: string;
  /** With `drops`: the same example with the hypothesis in force; by default the claim itself. */
  readonly restored?: Change<L, D>;
}

/** A trivial method in place of the claim's own, under the same comparisons. */
export interface Null<L, D> {
  /** What it puts in place of the method, with a stream of its own for every draw. */
  readonly define: (scope: L & D, stream: RandomStream) => Partial<L & D>;
  /** The comparisons it is judged by, by their `what`; all by default. */
  readonly compares?: readonly string[];
  /** How often a random method is drawn: it passes an instance when 99 % of its draws do. 1 by default. */
  readonly draws?: number;
  /** How many instances it is judged on; by default as many as the claim, at most 20. */
  readonly instances?: number;
}

/** Properties of instances, named in words. */
export type Conditions<S> = Readonly<Record<string, (scope: S) => boolean>>;

/** Strata by their names, which are the same in every profile. */
export type Strata<L, S> = Readonly<Record<string, Stratum<L, S>>>;

/**
 * A claim as data, in a paper's own order: let … define … assume … then …
 *
 * It holds no seed, no loop and no test: the judge evaluates it, the binding makes tests of it.
 */
export interface ClaimDefinition<L extends object, D extends object> {
  /** Instances, valid by construction; larger ones may be drawn in a larger profile. */
  readonly let: Domains<L> | ((profile: Profile) => Domains<L>);
  /** The classes that instances are drawn from; one class of all instances by default. */
  readonly strata?:
    | Strata<NoInfer<L>, NoInfer<L & D>>
    | ((profile: Profile) => Strata<NoInfer<L>, NoInfer<L & D>>);
  /** Names for what the statement speaks of, computed from what was drawn. */
  readonly define?: (drawn: L) => D | Promise<D>;
  /** Hypotheses in words that an instance may fail to meet; such an instance says nothing and is counted. */
  readonly assume?: Conditions<NoInfer<L & D>>;
  /** What makes an instance one that any method satisfies: it must satisfy the claim too, and is counted apart. */
  readonly trivial?: Conditions<NoInfer<L & D>>;
  readonly then: Statement<NoInfer<L & D>>;
  /** At least one, named in words. */
  readonly sabotage: Readonly<Record<string, Sabotage<NoInfer<L>, NoInfer<D>>>>;
  /** Trivial methods, named in words, where the claim is about what a method achieves. */
  readonly nulls?: Readonly<Record<string, Null<NoInfer<L>, NoInfer<D>>>>;
  /** Rate at which one instance of a true claim fails because its tolerance comes from samples; default 0. */
  readonly sampledFailureRate?: number;
  /** How many instances to draw in each profile. */
  readonly instances: Readonly<Record<Profile, number>>;
  /** Numbers to hold against the paper's and charts, computed once beside the judgement. */
  readonly exhibit?: (stream: RandomStream, profile: Profile) => Exhibit | Promise<Exhibit>;
}
