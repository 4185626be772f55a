import { readFileSync } from 'node:fs';
import { type RecheckedEvidence, recheckEvidence } from './recheckEvidence.ts';

/**
 * Checks an evidence file again and prints what was found: the command `recheck`.
 *
 * @param words its arguments: the file's name, or `--help`
 * @returns the exit code: 0 nothing contradicts, 1 something does, 2 the file is not evidence
 */
export function recheckFile([file = 'reports/evidence.json']: readonly string[]): number {
  if (file === '--help' || file === '-h') {
    process.stdout.write(
      'Usage: recheck [evidence file]\n\nChecks in exact arithmetic that evidence agrees with itself, and its certificates from their numbers.\n' +
        'Exit codes: 0 it does, 1 it does not, 2 the file is not evidence.\n',
    );
    return 0;
  }
  try {
    const { inequalities, certificates, problems } = recheckEvidence(
      JSON.parse(readFileSync(file, 'utf8')) as RecheckedEvidence,
    );
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    const kinds = Object.entries(certificates).map(([kind, count]) => `${count} of ${kind}`);
    process.stdout.write(
      `${inequalities} inequalities checked again exactly; certificates: ${kinds.join(', ') || 'none'}; ` +
        `${problems.length} contradictions.\n`,
    );
    return problems.length > 0 ? 1 : 0;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error))
      .replace(/\s+/g, ' ')
      .slice(0, 120);
    process.stderr.write(`${file}: expected an evidence file, got ${reason}\n`);
    return 2;
  }
}
