/**
 * What runs any paper: the language in which its claims are stated, the judge, the evidence and the report.
 *
 * vitest and fast-check are peer dependencies of this door and of no other: whoever states claims has both.
 *
 * @module
 */
export { exact, rounding, sum, type Tolerance } from '../numerics/base/tolerance.ts';
export { type RandomStream, randomStream } from '../numerics/random/stream.ts';
export {
  type Accepted,
  type Catalogue,
  type CatalogueEntry,
  type ClaimKind,
  catalogueProblems,
  type Hypothesis,
} from './claims/catalogue.ts';
export {
  type Change,
  type ClaimDefinition,
  type Domains,
  gaveUp,
  hypothesisUnmet,
  type NotApplicable,
  type Null,
  type Probable,
  type Sabotage,
  type Said,
  type Statement,
  type Strata,
  type Stratum,
  type Universal,
  withProbability,
} from './claims/claim.ts';
export { atLeast, atMost, type Comparison, equals } from './claims/comparison.ts';
export {
  choice,
  type Domain,
  type Draw,
  drawn,
  integer,
  logUniform,
  map,
  oneOf,
  type Raw,
  record,
  streams,
} from './claims/domain.ts';
export {
  type Axis,
  type Certificate,
  type Chart,
  compareWithReported,
  type Exhibit,
  type Observation,
  type Series,
} from './claims/exhibit.ts';
export type { Bind, Language } from './claims/language.ts';
export { rootStream } from './claims/rootStream.ts';
export type { Profile, Settings } from './claims/settings.ts';
export { language } from './claims/vitest.ts';
export {
  compareEvidence,
  type EvidenceChanges,
  hasRegressed,
  type ShrunkMargin,
  type SpeedRatio,
  type VerdictChange,
} from './evidence/compare.ts';
export { type Evidence, parseEvidence } from './evidence/evidence.ts';
export type { ObservationStatus, Status } from './evidence/status.ts';
export { drawReport, paperConfig } from './onDemand.ts';

export { isSuiteGreen, type Summary, summarize } from './report/summary.ts';
export type { Paper } from './run/paper.ts';
