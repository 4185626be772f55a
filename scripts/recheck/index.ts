/**
 * Checks evidence again, by a program that shares no code with what wrote it.
 *
 * @module
 */
export type { Certificate } from './certificate.ts';
export {
  type Claim,
  type Comparison,
  type Judged,
  type Null,
  type Observation,
  type Recheck,
  type RecheckedEvidence,
  recheckEvidence,
} from './recheckEvidence.ts';
export { recheckFile } from './recheckFile.ts';
