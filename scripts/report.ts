import { live } from '../live/build/live.ts';
import { paper } from '../spec/paper/paper.ts';
import { runProgram } from '../src/numerics/base/program.ts';
import { report } from '../src/papers/run/commands/report.ts';
import { paperAsked, runInFolder } from './lib/paperPlace.ts';

await runProgram(async () => {
  const asked = paperAsked(process.argv.slice(2));
  return asked === undefined ? report(() => paper, live) : runInFolder('report', asked);
});
