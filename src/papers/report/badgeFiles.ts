import type { Evidence } from '../evidence/evidence.ts';
import { badgeSvg, badgesOf } from './badge.ts';

/** Every file of a report by its path relative to the report's folder. */
export type ReportFiles = ReadonlyMap<string, string>;

/** The badges of a run: an SVG and an endpoint's JSON for each. */
export function badgeFiles(evidence: Evidence): ReportFiles {
  return new Map(
    badgesOf(evidence).flatMap(({ name, badge }): [string, string][] => [
      [`badges/${name}.svg`, `${badgeSvg(badge)}\n`],
      [`badges/${name}.json`, `${JSON.stringify(badge, null, 2)}\n`],
    ]),
  );
}
