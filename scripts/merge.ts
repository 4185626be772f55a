import { runProgram } from '../src/numerics/base/program.ts';
import { merge } from '../src/papers/run/commands/merge.ts';

await runProgram(merge);
