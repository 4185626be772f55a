import { Command } from 'commander';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { encodeNumbers } from '../../claims/numbers.ts';
import { compareEvidence, hasRegressed } from '../../evidence/compare.ts';
import { parseEvidence } from '../../evidence/evidence.ts';
import { compareText } from '../../report/compareText.ts';
import { readText } from '../readText.ts';

/**
 * Compares two evidence files that the options of this process name.
 *
 * @returns the exit code: 0 nothing is worse, 1 a verdict is worse or a claim is gone
 */
export async function compare(): Promise<number> {
  const program = throwing(new Command(invocationOf('compare')))
    .description('Compares two evidence files: changed verdicts, margins that shrank, speed ratios.')
    .argument('<old>', 'evidence of the earlier run')
    .argument('<new>', 'evidence of the later run')
    .option('--json', 'print the changes as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is worse, 1 a verdict is worse or a claim is gone, 2 bad input.',
    )
    .parse();
  const [before, after] = program.args.map((file) => parseEvidence(readText(file), file));
  if (before === undefined || after === undefined) throw new TypeError('compare: expected two files');
  const changes = compareEvidence(before, after);
  process.stdout.write(`${program.opts().json ? encodeNumbers(changes, 2) : compareText(changes)}\n`);
  return hasRegressed(changes) ? 1 : 0;
}
