import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ReportFiles } from '../report/badgeFiles.ts';

/** Writes the files of a report into a folder, each in one step. Returns their paths. */
export async function writeReport(files: ReportFiles, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    await writeFileAtomic(path, text);
    paths.push(path);
  }
  return paths;
}

/** Removes badges of claims that there are no more. */
export function pruneBadges(badges: ReportFiles, folder: string): void {
  for (const name of badgeNames(folder)) if (!badges.has(name)) rmSync(join(folder, name));
}

/** One line for each badge in a folder that is missing, says something else than the evidence, or has no claim. */
export function dishonestBadges(badges: ReportFiles, folder: string): string[] {
  const problems: string[] = [];
  for (const [name, text] of badges) {
    const path = join(folder, name);
    if (!existsSync(path)) problems.push(`${path}: missing`);
    else if (readFileSync(path, 'utf8') !== text) problems.push(`${path}: disagrees with the evidence`);
  }
  for (const name of badgeNames(folder)) {
    if (!badges.has(name)) problems.push(`${join(folder, name)}: no claim has this badge`);
  }
  return problems;
}

function badgeNames(folder: string): string[] {
  const place = join(folder, 'badges');
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => /\.(svg|json)$/.test(name))
    .map((name) => `badges/${name}`);
}
