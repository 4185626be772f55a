import { Command } from 'commander';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { encodeNumbers } from '../src/papers/claims/numbers.ts';
import { compareEvidence, hasRegressed } from '../src/papers/evidence/compare.ts';
import { parseEvidence } from '../src/papers/evidence/evidence.ts';
import { compareText } from '../src/papers/report/compareText.ts';
import { readText } from '../src/papers/run/readText.ts';

const program = throwing(new Command('npm run compare --'))
  .description('Compares two evidence files: changed verdicts, margins that shrank, speed ratios.')
  .argument('<old>', 'evidence of the earlier run')
  .argument('<new>', 'evidence of the later run')
  .option('--json', 'print the changes as JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing is worse, 1 a verdict is worse or a claim is gone, 2 bad input.',
  );

await runProgram(async () => {
  const [before, after] = program.parse().args.map((file) => parseEvidence(readText(file), file));
  if (before === undefined || after === undefined) throw new TypeError('compare: expected two files');
  const changes = compareEvidence(before, after);
  process.stdout.write(`${program.opts().json ? encodeNumbers(changes, 2) : compareText(changes)}\n`);
  return hasRegressed(changes) ? 1 : 0;
});
