import { runProgram } from '../src/numerics/base/program.ts';
import { compare } from '../src/papers/run/commands/compare.ts';

await runProgram(compare);
