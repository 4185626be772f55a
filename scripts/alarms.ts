import { paper } from '../spec/paper/paper.ts';
import { runProgram } from '../src/numerics/base/program.ts';
import { alarms } from '../src/papers/run/commands/alarms.ts';

await runProgram(() => alarms(() => paper));
