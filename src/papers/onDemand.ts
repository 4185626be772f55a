import type { ViteUserConfig } from 'vitest/config';
import type { Catalogue } from './claims/catalogue.ts';
import type { Evidence } from './evidence/evidence.ts';

/**
 * Configures vitest to judge the claims of one paper: what a project's `vitest.config.ts` exports.
 *
 *     export default paperConfig(catalogue);
 *
 * Specs in `spec/**` that use `language(catalogue)` are judged, a row is printed for each claim as it ends, and the
 * evidence of a complete run is written to `reports/evidence.json`.
 *
 * @param catalogue all claims of the paper
 */
export async function paperConfig(catalogue: Catalogue): Promise<ViteUserConfig> {
  // The reporter loads vitest's own runner, which a spec that asks this module for its words does not need.
  const { claimsConfig } = await import('./run/claimsConfig.ts');
  return claimsConfig(catalogue);
}

/**
 * Draws the report of a run: a page, Markdown, badges, charts, a JSON Schema of the evidence, JUnit and CTRF.
 *
 * Guarantee: a function of its argument; no clock, no disk.
 *
 * @returns the text of each file, by a path that holds nothing but `a–z 0–9 . - /`
 */
export async function drawReport(evidence: Evidence): Promise<ReadonlyMap<string, string>> {
  const { reportFiles } = await import('./report/reportFiles.ts');
  return await reportFiles(evidence);
}
