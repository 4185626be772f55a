import { Command, Option } from 'commander';
import { $ } from 'zx';
import { catalogue } from '../spec/paper/catalogue.ts';
import { InputError } from '../src/base/inputError.ts';
import { defaultSeed, readSettings } from '../src/claims/settings.ts';
import { runScript, throwing } from './lib/runScript.ts';

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
  .option('--list', 'list the claims and stop')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run verify\n  npm run verify -- --claim lemma.pointwise --runs 5000 --seed 7\n  npm run verify -- --profile full --seed random',
  );

interface Options {
  readonly claim?: string;
  readonly profile: string;
  readonly seed: string;
  readonly runs?: string;
  readonly replay?: string;
  readonly sabotage?: string;
  readonly evidence: string;
  readonly list?: boolean;
}

await runScript(async () => {
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
  const environment = {
    CLAIMS_PROFILE: options.profile,
    CLAIMS_SEED: seed,
    CLAIMS_RUNS: options.runs ?? '',
    CLAIMS_CLAIM: options.claim ?? '',
    CLAIMS_REPLAY: options.replay ?? '',
    CLAIMS_SABOTAGE: options.sabotage ?? '',
    CLAIMS_EVIDENCE: options.evidence,
  };
  readSettings(environment);
  const folder = options.claim === undefined ? [] : ['spec/paper'];
  process.stderr.write(`seed ${seed}, profile ${options.profile}\n`);
  const suite = $({ nothrow: true, stdio: 'inherit', env: { ...process.env, ...environment } });
  const { exitCode } = await suite`npx vitest run ${folder}`;
  return exitCode ?? 1;
});

/** Refuses options that name nothing, or that make sense only together. */
function checkCombination({ claim, replay, sabotage }: Options): void {
  const fail = (source: string, expected: string, got: string): never => {
    throw new InputError({ source, expected, got });
  };
  const entry = catalogue.entries.find(({ id }) => id === claim);
  if (claim !== undefined && entry === undefined) fail('--claim', 'an id that --list shows', `"${claim}"`);
  if (entry?.unstated !== undefined)
    fail('--claim', 'a claim that has a test', `"${claim}", which is unstated`);
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
