import { readFileSync } from 'node:fs';
import { type RecheckedEvidence, recheckEvidence } from './recheck/recheckEvidence.ts';

// This program shares no code with the rest of the project, its option parsing included.
const file = process.argv[2] ?? 'reports/evidence.json';
if (file === '--help' || file === '-h') {
  process.stdout.write(
    'Usage: npm run recheck -- [evidence file]\n\nChecks in exact arithmetic that evidence agrees with itself, and its certificates from their numbers.\n' +
      'Exit codes: 0 it does, 1 it does not, 2 the file is not evidence.\n',
  );
} else {
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
    process.exitCode = problems.length > 0 ? 1 : 0;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error))
      .replace(/\s+/g, ' ')
      .slice(0, 120);
    process.stderr.write(`${file}: expected an evidence file, got ${reason}\n`);
    process.exitCode = 2;
  }
}
