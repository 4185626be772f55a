import type { Certificate, Checked } from './certificate.ts';
import { checkCut } from './cut.ts';
import { checkEmbedding } from './embedding.ts';
import { checkStationaryCut } from './stationaryCut.ts';
import { checkWeights } from './weights.ts';

const checkers: Readonly<Record<string, (certificate: Certificate) => Checked>> = {
  embedding: checkEmbedding,
  cut: checkCut,
  'stationary-cut': checkStationaryCut,
  weights: checkWeights,
};

/**
 * Checks every certificate of an evidence file by its kind.
 *
 * @param claims ids of the claims, to one of which each certificate has to belong
 */
export function recheckCertificates(
  certificates: readonly Certificate[],
  claims: readonly string[],
): Checked {
  const problems: string[] = [];
  const seen = new Set<string>();
  let inequalities = 0;
  for (const certificate of certificates) {
    const { id, kind } = certificate;
    if (seen.has(id)) problems.push(`${id}: a second certificate of this name`);
    seen.add(id);
    if (!claims.some((claim) => id === claim || id.startsWith(`${claim}.`))) {
      problems.push(`${id}: belongs to no claim`);
    }
    const check = Object.hasOwn(checkers, kind) ? checkers[kind] : undefined;
    if (check === undefined) {
      problems.push(`${id}: of no kind that is known here`);
      continue;
    }
    try {
      const checked = check(certificate);
      inequalities += checked.inequalities;
      problems.push(...checked.problems.map((problem) => `${id}: ${problem}`));
    } catch (error) {
      problems.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { inequalities, problems };
}
