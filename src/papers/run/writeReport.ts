import { fs, path } from 'zx';
import { writeWhole } from '../../numerics/base/writeWhole.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { ReportFiles } from '../report/badgeFiles.ts';
import { readmeProblems, withReadmeTable } from '../report/markdown/readmeTable.ts';
import { readmeFile } from './paper.ts';
import { readText } from './readText.ts';

/** Writes the files of a report into a folder, each in one step. Returns their paths. */
export async function writeReport(files: ReportFiles, folder: string): Promise<string[]> {
  const places: string[] = [];
  for (const [name, text] of files) {
    const place = path.join(folder, name);
    fs.ensureDirSync(path.dirname(place));
    writeWhole(place, text);
    places.push(place);
  }
  return places;
}

/** Removes badges of claims that there are no more. */
export function pruneBadges(badges: ReportFiles, folder: string): void {
  for (const name of badgeNames(folder)) if (!badges.has(name)) fs.removeSync(path.join(folder, name));
}

/** One line for each badge in a folder that is missing, says something else than the evidence, or has no claim. */
export function staleBadges(badges: ReportFiles, folder: string): string[] {
  const problems: string[] = [];
  for (const [name, text] of badges) {
    const place = path.join(folder, name);
    if (!fs.existsSync(place)) problems.push(`${place}: missing`);
    else if (fs.readFileSync(place, 'utf8') !== text) problems.push(`${place}: disagrees with the evidence`);
  }
  for (const name of badgeNames(folder)) {
    if (!badges.has(name)) problems.push(`${path.join(folder, name)}: no claim has this badge`);
  }
  return problems;
}

function badgeNames(folder: string): string[] {
  const place = path.join(folder, 'badges');
  if (!fs.existsSync(place)) return [];
  return fs
    .readdirSync(place)
    .filter((name) => /\.(svg|json)$/.test(name))
    .map((name) => `badges/${name}`);
}

/** Writes the claims of a run into the table of the README, where it has one. */
export async function refreshReadme(evidence: Evidence): Promise<void> {
  if (!fs.existsSync(readmeFile)) return;
  const text = readText(readmeFile);
  const fresh = withReadmeTable(text, evidence);
  if (fresh !== undefined && fresh !== text) writeWhole(readmeFile, fresh);
}

/** One line for each row of the README's table that disagrees with the evidence. */
export function staleReadme(evidence: Evidence): string[] {
  if (!fs.existsSync(readmeFile)) return [];
  return readmeProblems(readText(readmeFile), evidence).map((problem) => `${readmeFile}: ${problem}`);
}
