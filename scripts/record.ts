import { Argument, Command } from 'commander';
import { fs } from 'zx';
import { recordPublishedRun } from '../spec/paper/domains/embedding/embeddingRecording.ts';
import { recordFigure3 } from '../spec/paper/domains/figure3/figure3Recording.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';

const program = throwing(new Command('npm run record --'))
  .description(
    'Makes a recorded run of fixtures/ again: minutes for the embedding, half an hour for figure3.',
  )
  .addArgument(new Argument('<name>', 'which').choices(['embedding', 'figure3']));

await runProgram(async () => {
  if (program.parse().args[0] === 'embedding') {
    fs.outputFileSync('fixtures/embedding/published.json', `${JSON.stringify(recordPublishedRun(5000))}\n`);
    return 0;
  }
  for await (const recording of recordFigure3(20)) {
    fs.outputFileSync('fixtures/networks/figure3.json', `${JSON.stringify(recording, null, 1)}\n`);
  }
  return 0;
});
