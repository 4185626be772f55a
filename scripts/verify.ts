import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { catalogue } from '../spec/paper/catalogue.ts';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { defaultSeed, readSettings } from '../src/papers/claims/settings.ts';
import { readJournal } from '../src/papers/evidence/journal.ts';
import { identityOf } from '../src/papers/evidence/runIdentity.ts';
import { provenanceOf } from '../src/papers/run/provenance.ts';
import { runVitest } from '../src/papers/run/runVitest.ts';
import { parseShard, shardName, shardText } from '../src/papers/run/shardFile.ts';

const program = throwing(new Command('npm run verify --'))
  .description("Judge the paper's claims on randomized instances, each with its sabotages.")
  .addOption(new Option('--claim <id>', 'judge this claim only; the evidence file is then left alone'))
  .addOption(
    new Option('--profile <name>', 'how many and how large the instances are')
      .choices(['smoke', 'quick', 'full'])
      .default('quick'),
  )
  .option('--seed <text>', `root of all randomness; "random" draws one`, defaultSeed)
  .option('--runs <count>', 'number of instances of every claim, in place of the profile’s')
  .option('--replay <json>', 'with --claim: judge exactly this instance, as printed in a report')
  .option('--sabotage <name>', 'with --replay: the instance belongs to this sabotage of the claim')
  .option('--evidence <file>', 'where the evidence of a complete run goes', 'reports/evidence.json')
  .option('--shard <i/n>', 'run the i-th of n parts; npm run merge puts them together')
  .option('--shards <folder>', 'where the parts go', 'reports/shards')
  .option('--resume', 'continue an interrupted run of the same sources, profile and seed')
  .option('--list', 'list the claims and stop')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run verify\n  npm run verify -- --claim lemma.pointwise --runs 5000 --seed 7\n  npm run verify -- --profile full --seed random\n  npm run verify -- --shard 1/4; …; npm run verify -- --shard 4/4; npm run merge',
  );

/** Specs without claims of the paper: of no use where one of these is judged. */
const besideClaims = ['spec/instruments/**', 'spec/house/**'];

interface Options {
  readonly claim?: string;
  readonly profile: string;
  readonly seed: string;
  readonly runs?: string;
  readonly replay?: string;
  readonly sabotage?: string;
  readonly evidence: string;
  readonly shard?: string;
  readonly shards: string;
  readonly resume?: boolean;
  readonly list?: boolean;
}

await runProgram(async () => {
  const options = program.parse().opts<Options>();
  if (options.list) {
    for (const { id, label, unstated } of catalogue.entries) {
      process.stdout.write(`${id.padEnd(38)} ${label}${unstated === undefined ? '' : ' (unstated)'}\n`);
    }
    return 0;
  }
  checkCombination(options);
  const seed =
    options.seed === 'random' ? String(crypto.getRandomValues(new Uint32Array(1))[0]) : options.seed;
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const place = shard === undefined ? options.evidence : join(options.shards, shardName(shard));
  const journal = place.replace(/(\.json)?$/, '.journal.ndjson');
  mkdirSync(dirname(place), { recursive: true });
  const blobs = mkdtempSync(join(tmpdir(), 'blob-'));
  const environment = {
    CLAIMS_PROFILE: options.profile,
    CLAIMS_SEED: seed,
    CLAIMS_RUNS: options.runs ?? '',
    CLAIMS_CLAIM: options.claim ?? '',
    CLAIMS_REPLAY: options.replay ?? '',
    CLAIMS_SABOTAGE: options.sabotage ?? '',
    CLAIMS_EVIDENCE: options.evidence,
    CLAIMS_JOURNAL: options.claim === undefined ? journal : '',
    CLAIMS_RESUME: options.resume ? 'yes' : '',
    CLAIMS_PROVENANCE: '',
    CLAIMS_BLOB: shard === undefined ? '' : join(blobs, 'blob.json'),
  };
  try {
    const settings = readSettings(environment);
    if (options.resume) readJournal(journal, identityOf(provenanceOf(settings)));
    process.stderr.write(`seed ${seed}, profile ${options.profile}\n`);
    const words = shard === undefined ? [] : ['--shard', `${shard.index}/${shard.count}`];
    const kind = catalogue.entries.find(({ id }) => id === options.claim)?.kind;
    if (kind !== undefined && kind !== 'instrument')
      words.push(...besideClaims.flatMap((folder) => ['--exclude', folder]));
    const { exitCode } = await runVitest(words, environment);
    if (shard !== undefined && exitCode <= 1 && existsSync(environment.CLAIMS_BLOB)) {
      const text = shardText(shard, provenanceOf(settings), readFileSync(environment.CLAIMS_BLOB, 'utf8'));
      await writeFileAtomic(place, text);
      rmSync(journal, { force: true });
      process.stderr.write(`shard: ${place}\n`);
    } else if (exitCode > 2 && existsSync(journal)) {
      process.stderr.write(
        `interrupted; with --resume beside the same options it continues from ${journal}\n`,
      );
    }
    return exitCode;
  } finally {
    rmSync(blobs, { recursive: true, force: true });
  }
});

/** Refuses options that name nothing, or that make sense only together. */
function checkCombination({ claim, replay, sabotage, shard, resume }: Options): void {
  const fail = (source: string, expected: string, got: string): never => {
    throw new InputError({ source, expected, got });
  };
  const entry = catalogue.entries.find(({ id }) => id === claim);
  if (claim !== undefined && entry === undefined) fail('--claim', 'an id that --list shows', `"${claim}"`);
  if (entry?.unstated !== undefined)
    fail('--claim', 'a claim that has a test', `"${claim}", which is unstated`);
  if (claim !== undefined && shard !== undefined) fail('--shard', 'a run of all claims', '--claim beside it');
  if (claim !== undefined && resume) fail('--resume', 'a run of all claims', '--claim beside it');
  if (replay !== undefined && claim === undefined) fail('--replay', '--claim beside it', 'no --claim');
  if (sabotage !== undefined && replay === undefined) fail('--sabotage', '--replay beside it', 'no --replay');
  if (replay !== undefined) {
    try {
      JSON.parse(replay);
    } catch {
      fail('--replay', 'JSON as printed in a report', `"${replay}"`);
    }
  }
}
