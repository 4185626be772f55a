import { Command } from 'commander';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { examine } from './lib/examination.ts';

const program = throwing(new Command('npm run doctor --'))
  .description(
    'Says what this machine has for the suite, the report and the benches, and what each absence costs.',
  )
  .option('--json', 'print one JSON object and nothing else')
  .addHelpText(
    'after',
    '\nExit codes: 0 the suite can run here (what is optional may be missing), 1 it cannot, 2 bad input.',
  );

await runProgram(async () => {
  program.parse();
  const findings = await examine();
  const fit = findings.every(({ found, needed }) => found || !needed);
  if (program.opts().json) {
    process.stdout.write(`${JSON.stringify({ fit, findings }, null, 2)}\n`);
    return fit ? 0 : 1;
  }
  for (const { what, found, detail, needed, cost } of findings) {
    const mark = found ? 'found' : needed ? 'NEEDED' : 'absent';
    process.stdout.write(`${mark.padEnd(7)} ${what.padEnd(22)} ${detail}\n`);
    if (!found) process.stdout.write(`${''.padEnd(31)}${cost}\n`);
  }
  process.stdout.write(fit ? 'The suite can run here.\n' : 'The suite cannot run here.\n');
  return fit ? 0 : 1;
});
