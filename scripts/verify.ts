import { paper } from '../spec/paper/paper.ts';
import { runProgram } from '../src/numerics/base/program.ts';
import { verify } from '../src/papers/run/commands/verify.ts';
import { paperAsked, runInFolder } from './lib/paperPlace.ts';

await runProgram(async () => {
  const asked = paperAsked(process.argv.slice(2));
  return asked === undefined ? verify(() => paper) : runInFolder('verify', asked);
});
