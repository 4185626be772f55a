import { Command, Option } from 'commander';
import { fs, path } from 'zx';
import { InputError } from '../../../numerics/base/inputError.ts';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { writeWhole } from '../../../numerics/base/writeWhole.ts';
import type { Catalogue } from '../../claims/catalogue.ts';
import { defaultSeed, type Profile, profiles } from '../../claims/settings.ts';
import { identityOf } from '../../evidence/runIdentity.ts';
import { specsQuoting } from '../claimSpecs.ts';
import { readJournal } from '../journal.ts';
import { evidenceFile, type Paper, shardsFolder } from '../paper.ts';
import { provenanceOf } from '../provenance.ts';
import type { RunRequest } from '../request.ts';

import { runVitest } from '../runVitest.ts';
import { parseShard, type ShardPosition, shardName, shardText } from '../shardFile.ts';
import { repeatFigure } from './figure.ts';
import { nearestWord } from './nearest.ts';
import { positive } from './positive.ts';
import { holdRun } from './runLock.ts';
import { missingBinding } from './runnerBinding.ts';

interface Options {
  readonly claim?: string;
  readonly figure?: string;
  readonly profile: Profile;
  readonly seed: string;
  readonly runs?: number;
  readonly replay?: string;
  readonly sabotage?: string;
  readonly evidence: string;
  readonly shard?: string;
  readonly shards: string;
  readonly resume?: true;
  readonly list?: true;
}

function command(): Command {
  return throwing(new Command(invocationOf('verify')))
    .description("Judge the paper's claims on randomized instances, each with its sabotages.")
    .argument('[specs...]', 'run these files or folders only; the evidence file is then left alone')
    .option('--claim <id>', 'judge this claim only; the usual evidence file is then left alone')
    .option('--figure <number>', 'repeat one figure of the paper: its numbers, and its charts as SVG and CSV')
    .addOption(
      new Option('--profile <name>', 'how many and how large the instances are')
        .choices(profiles)
        .default('quick'),
    )
    .option('--seed <text>', `root of all randomness; "random" draws one`, defaultSeed)
    .option('--runs <count>', 'number of instances of every claim, in place of the profile’s', positive)
    .option('--replay <json>', 'with --claim: judge exactly this instance, as printed in a report')
    .option('--sabotage <name>', 'with --replay: the instance belongs to this sabotage of the claim')
    .option('--evidence <file>', 'where the evidence goes: of a complete run, or of one claim', evidenceFile)
    .option('--shard <i/n>', 'run the i-th of n parts; npm run merge puts them together')
    .option('--shards <folder>', 'where the parts go', shardsFolder)
    .option('--resume', 'continue an interrupted run of the same sources, profile and seed')
    .option('--list', 'list the claims and stop')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run verify\n  npm run verify -- --claim lemma.pointwise --runs 5000 --seed 7\n' +
        '  npm run verify -- --figure 4\n' +
        '  npm run verify -- --profile smoke --seed 1 spec/instruments/lemma\n' +
        '  npm run verify -- --profile full --seed random\n' +
        '  npm run verify -- --shard 1/4; …; npm run verify -- --shard 4/4; npm run merge',
    );
}

/**
 * Judges the claims of a paper as the options of this process ask, and leaves its evidence or one shard of it.
 *
 * @param load gives the paper, once the options are read
 * @returns the exit code: 0 all is well, 1 something failed, above 128 interrupted
 * @throws InputError for options that name nothing or make sense only together, for a journal of another run, and while
 * another run writes the same evidence.
 */
export async function verify(load: () => Paper | Promise<Paper>): Promise<number> {
  const program = command().parse();
  const options = program.opts<Options>();
  const paper = await load();
  const { catalogue } = paper;
  if (options.list) {
    for (const { id, label, unstated } of catalogue.entries) {
      process.stdout.write(`${id.padEnd(38)} ${label}${unstated === undefined ? '' : ' (unstated)'}\n`);
    }
    return 0;
  }
  const { claim, profile, runs, replay, sabotage, evidence, resume } = options;
  const isPartial = claim !== undefined || options.figure !== undefined || program.args.length > 0;
  checkCombination(catalogue, options, isPartial);
  checkSpecs(program.args);
  const seed =
    options.seed === 'random' ? String(crypto.getRandomValues(new Uint32Array(1))[0]) : options.seed;
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const place = shard === undefined ? evidence : path.join(options.shards, shardName(shard));
  const journal = place.replace(/(\.json)?$/, '.journal.ndjson');
  const request = { profile, seed, runs, claim, replay, sabotage, evidence, resume };
  checkRunner();
  fs.ensureDirSync(path.dirname(place));
  // Evidence of one claim goes where it was asked for, and never where that of a complete run is looked for.
  const isAsked = program.getOptionValueSource('evidence') === 'cli';
  const partial = { ...request, evidence: isAsked ? evidence : undefined };
  const release = isPartial ? () => {} : holdRun(place);
  try {
    if (resume) readJournal(journal, identityOf(provenanceOf(request)));
    process.stderr.write(`seed ${seed}, profile ${profile}\n`);
    if (options.figure !== undefined) return await repeatFigure(paper, options.figure, request);
    if (shard !== undefined) return await verifyShard(shard, place, { ...request, journal });
    const specs =
      claim !== undefined && program.args.length === 0 ? specsQuoting(paper, claim) : program.args;
    const { exitCode } = await runVitest(specs, isPartial ? partial : { ...request, journal });
    if (exitCode > 2 && !isPartial) sayHowToResume(journal);
    return exitCode;
  } finally {
    release();
  }
}

/** The runner itself would say the same in a dozen lines. */
function checkRunner(): void {
  const got = missingBinding();
  if (got === undefined) return;
  const help = 'npm ci without --omit, and with install scripts';
  throw new InputError({ source: 'verify', expected: 'a test runner that can start here', got, help });
}

/** Runs one part of several and leaves its file. */
async function verifyShard(shard: ShardPosition, place: string, request: RunRequest): Promise<number> {
  // In a place of its own, so that the next run of the shard removes what a killed one leaves.
  const folder = `${place}.parts`;
  fs.removeSync(folder);
  try {
    const blob = path.join(folder, 'blob.json');
    const words = ['--shard', `${shard.index}/${shard.count}`];
    const { exitCode } = await runVitest(words, { ...request, blob });
    if (exitCode <= 1 && fs.existsSync(blob)) {
      writeWhole(place, shardText(shard, provenanceOf(request), fs.readFileSync(blob, 'utf8')));
      if (request.journal !== undefined) fs.removeSync(request.journal);
      process.stderr.write(`shard: ${place}\n`);
    } else if (exitCode > 2) sayHowToResume(request.journal);
    return exitCode;
  } finally {
    fs.removeSync(folder);
  }
}

function sayHowToResume(journal = ''): void {
  if (!fs.existsSync(journal)) return;
  process.stderr.write(`interrupted; with --resume beside the same options it continues from ${journal}\n`);
}

/** Refuses words that are no spec: the runner would take them for a part of a path and judge nothing. */
function checkSpecs(specs: readonly string[]): void {
  const missing = specs.find((spec) => spec === '' || !fs.existsSync(spec));
  if (missing === undefined) return;
  throw new InputError({
    source: 'verify',
    expected: 'a spec file or a folder of them',
    got: `"${missing}"`,
  });
}

/** Refuses options that name nothing, or that make sense only together. */
function checkCombination({ entries }: Catalogue, options: Options, isPartial: boolean): void {
  const { claim, figure, replay, sabotage, shard, resume } = options;
  const fail = (source: string, expected: string, got: string): never => {
    throw new InputError({ source, expected, got });
  };
  const entry = entries.find(({ id }) => id === claim);
  if (claim !== undefined && entry === undefined) {
    const near = nearestWord(
      claim,
      entries.map(({ id }) => id),
    );
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    fail('--claim', 'an id that --list shows', `"${claim}"${hint}`);
  }
  if (entry?.unstated !== undefined)
    fail('--claim', 'a claim that has a test', `"${claim}", which is unstated`);
  if (figure !== undefined && claim !== undefined) fail('--figure', 'no --claim beside it', 'both');
  if (isPartial && shard !== undefined) fail('--shard', 'a run of all claims', 'a part of them');
  if (isPartial && resume) fail('--resume', 'a run of all claims', 'a part of them');
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
