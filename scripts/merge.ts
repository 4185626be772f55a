import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { inputsHash } from '../src/papers/run/provenance.ts';
import { runVitest } from '../src/papers/run/runVitest.ts';
import { mergedProvenance, readShards } from '../src/papers/run/shardFile.ts';

const program = throwing(new Command('npm run merge --'))
  .description('Put the shards of a run together into its evidence, as if it had been run in one place.')
  .argument('[folder]', 'where the shards are', 'reports/shards')
  .option('--evidence <file>', 'where the evidence goes', 'reports/evidence.json')
  .addHelpText(
    'after',
    '\nExample:\n  npm run verify -- --shard 1/2; npm run verify -- --shard 2/2; npm run merge',
  );

await runProgram(async () => {
  const [folder = ''] = program.parse().processedArgs as [string];
  const shards = readShards(folder);
  const provenance = mergedProvenance(shards);
  if (provenance.inputs !== inputsHash()) {
    const expected = `shards of the sources here, hash ${inputsHash()}`;
    throw new InputError({ source: folder, expected, got: `of hash ${provenance.inputs}` });
  }
  const blobs = mkdtempSync(join(tmpdir(), 'shards-'));
  try {
    for (const { index, blob } of shards) writeFileSync(join(blobs, `blob-${index}.json`), blob);
    const environment = {
      CLAIMS_CLAIM: '',
      CLAIMS_REPLAY: '',
      CLAIMS_JOURNAL: '',
      CLAIMS_RESUME: '',
      CLAIMS_BLOB: '',
      CLAIMS_PROFILE: provenance.profile,
      CLAIMS_SEED: provenance.seed,
      CLAIMS_RUNS: provenance.runs === null ? '' : String(provenance.runs),
      CLAIMS_EVIDENCE: program.opts<{ evidence: string }>().evidence,
      CLAIMS_PROVENANCE: JSON.stringify(provenance),
    };
    const { exitCode, output } = await runVitest(['--merge-reports', blobs], environment, true);
    // Shards that are not all of a run have been refused in one line; nothing else is to be said then.
    if (exitCode !== 2) process.stdout.write(output);
    return exitCode;
  } finally {
    rmSync(blobs, { recursive: true, force: true });
  }
});
