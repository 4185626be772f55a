import { live } from '../live/build/live.ts';
import { paper } from '../spec/paper/paper.ts';
import { runProgram } from '../src/numerics/base/program.ts';
import { report } from '../src/papers/run/commands/report.ts';

await runProgram(() => report(() => paper, live));
