import { existsSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Evidence } from '../evidence/evidence.ts';
import { readmeProblems, withReadmeTable } from '../report/markdown/readmeTable.ts';
import { readText } from './readText.ts';

const readme = 'README.md';

/** Writes the claims of a run into the table of the README, where it has one. */
export async function refreshReadme(evidence: Evidence): Promise<void> {
  if (!existsSync(readme)) return;
  const text = readText(readme);
  const fresh = withReadmeTable(text, evidence);
  if (fresh !== undefined && fresh !== text) await writeFileAtomic(readme, fresh);
}

/** One line for each row of the README's table that disagrees with the evidence. */
export function dishonestReadme(evidence: Evidence): string[] {
  if (!existsSync(readme)) return [];
  return readmeProblems(readText(readme), evidence).map((problem) => `${readme}: ${problem}`);
}
