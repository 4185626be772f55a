import { Command, InvalidArgumentError } from 'commander';
import { runProgram, throwing } from '../../src/numerics/base/program.ts';
import { certifiedNetworks, stepTimes, table, threadsUsed } from './networkTimes.ts';

await runProgram(async () => {
  const command = throwing(new Command('bench -- networks'))
    .description('Times one gradient step on everything that runs here, and ten networks until certified.')
    .option('--seconds <S>', 'measuring time of one entry of the step table', positive, 1)
    .option('--budget <S>', 'most seconds that one of the ten networks may descend', positive, 60)
    .option('--steps-only', 'leave out the ten networks')
    .addHelpText('after', '\nPYTHON names a Python that has torch, for the column beside ours.')
    .parse();
  const { seconds, budget, stepsOnly } = command.opts<{
    seconds: number;
    budget: number;
    stepsOnly?: true;
  }>();
  const print = (text: string) => process.stdout.write(`${text}\n\n`);
  print(`## One gradient step, milliseconds\n\n${table(await stepTimes(seconds))}\n\n${await threadsUsed()}`);
  if (stepsOnly === undefined) {
    print(`## From a random start to a certified point\n\n${table(await certifiedNetworks(budget))}`);
  }
  return 0;
});

function positive(text: string): number {
  const value = /^\d{1,6}(\.\d{0,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0');
}
