import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkAttestation } from './attestation.ts';
import { manifestProblems } from './manifest.ts';
import { type RecheckedEvidence, recheckEvidence } from './recheckEvidence.ts';
import { sourceProblems } from './sources.ts';
import { statedClaims } from './statedClaims.ts';

const usage = `Usage: recheck [evidence file] [--any-sources] [--attestation <file>]

Checks in exact arithmetic that evidence agrees with itself, its certificates from their numbers, and that it is of the
sources in the current folder and has every claim, sabotage, null and stratum that the specs there state.

  --any-sources         the evidence may be of other sources
  --attestation <file>  check instead that the files beside an in-toto statement are those that it speaks of

Exit codes: 0 nothing contradicts, 1 something does, 2 the file is not evidence.
`;

/**
 * Checks an evidence file, or a statement about one, again and prints what was found: the command `recheck`.
 *
 * @param words its arguments: the file's name and options
 * @returns the exit code: 0 nothing contradicts, 1 something does, 2 the file is not what it should be
 */
export function recheckFile(words: readonly string[]): number {
  let file = 'reports/evidence.json';
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        'any-sources': { type: 'boolean' },
        attestation: { type: 'string' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    file = values.attestation ?? positionals[0] ?? file;
    return values.attestation === undefined
      ? recheck(file, values['any-sources'] === true)
      : attested(values.attestation);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error))
      .replace(/\s+/g, ' ')
      .slice(0, 120);
    process.stderr.write(`${file}: expected an evidence file, got ${reason}\n`);
    return 2;
  }
}

function recheck(file: string, anySources: boolean): number {
  const evidence = JSON.parse(readFileSync(file, 'utf8')) as RecheckedEvidence;
  const { inequalities, certificates, problems } = recheckEvidence(evidence);
  const others = anySources
    ? []
    : [
        ...sourceProblems(evidence),
        ...manifestProblems(evidence, existsSync('spec') ? statedClaims('spec') : []),
      ];
  const kinds = Object.entries(certificates).map(([kind, count]) => `${count} of ${kind}`);
  return told(
    [...problems, ...others],
    `${inequalities} inequalities checked again exactly; certificates: ${kinds.join(', ') || 'none'}`,
  );
}

function attested(file: string): number {
  const { files, problems } = checkAttestation(file);
  return told(problems, `${files} files are those that the statement speaks of`);
}

function told(problems: readonly string[], summary: string): number {
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`${summary}; ${problems.length} contradictions.\n`);
  return problems.length > 0 ? 1 : 0;
}
