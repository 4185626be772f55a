import { runProgram } from '../src/numerics/base/program.ts';
import { mutate } from './mutate/mutate.ts';

await runProgram(mutate);
