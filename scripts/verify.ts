import { paper } from '../spec/paper/paper.ts';
import { runProgram } from '../src/numerics/base/program.ts';
import { verify } from '../src/papers/run/commands/verify.ts';

await runProgram(() => verify(() => paper));
