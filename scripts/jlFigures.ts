import { mkdirSync, writeFileSync } from 'node:fs';
import { recordPublishedRun } from '../spec/paper/domains/embedding/embeddingRecording.ts';
import { runProgram } from '../src/numerics/base/program.ts';

/** Runs the procedure published for Figures 6 and 7 at its own size and writes `fixtures/embedding/published.json`. */
await runProgram(async () => {
  mkdirSync('fixtures/embedding', { recursive: true });
  writeFileSync('fixtures/embedding/published.json', `${JSON.stringify(recordPublishedRun(5000))}\n`);
  return 0;
});
