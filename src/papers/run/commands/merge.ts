import { Command } from 'commander';
import { fs, path, tempdir } from 'zx';
import { InputError } from '../../../numerics/base/inputError.ts';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { evidenceFile, shardsFolder } from '../paper.ts';
import { inputsHash } from '../provenance.ts';
import { runVitest } from '../runVitest.ts';
import { mergedProvenance, readShards } from '../shardFile.ts';

/**
 * Puts the shards of a run together into its evidence, as if it had been run in one place.
 *
 * @returns the exit code of a run that judged what the shards judged
 * @throws InputError where the shards are not all of one run of the sources here.
 */
export async function merge(): Promise<number> {
  const program = throwing(new Command(invocationOf('merge')))
    .description('Put the shards of a run together into its evidence, as if it had been run in one place.')
    .argument('[folder]', 'where the shards are', shardsFolder)
    .option('--evidence <file>', 'where the evidence goes', evidenceFile)
    .addHelpText(
      'after',
      '\nExample:\n  npm run verify -- --shard 1/2; npm run verify -- --shard 2/2; npm run merge',
    )
    .parse();
  const [folder = ''] = program.processedArgs as [string];
  const shards = readShards(folder);
  const merged = mergedProvenance(shards);
  const { profile, seed, runs, inputs } = merged;
  if (inputs !== inputsHash()) {
    const expected = `shards of the sources here, hash ${inputsHash()}`;
    throw new InputError({ source: folder, expected, got: `of hash ${inputs}` });
  }
  const blobs = tempdir();
  try {
    for (const { index, blob } of shards) fs.writeFileSync(path.join(blobs, `blob-${index}.json`), blob);
    const { evidence } = program.opts<{ evidence: string }>();
    const request = { profile, seed, runs: runs ?? undefined, evidence, merged };
    const { exitCode, output } = await runVitest(['--merge-reports', blobs], request, true);
    // Shards that are not all of a run have been refused in one line; nothing else is to be said then.
    if (exitCode !== 2) process.stdout.write(output);
    return exitCode;
  } finally {
    fs.removeSync(blobs);
  }
}
