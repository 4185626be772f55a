import { Command, Option } from 'commander';
import { fs, path, tempdir } from 'zx';
import { InputError } from '../../src/numerics/base/inputError.ts';
import { throwing } from '../../src/numerics/base/program.ts';
import { writeWhole } from '../../src/numerics/base/writeWhole.ts';
import { defaultSeed } from '../../src/papers/claims/settings.ts';
import { type MutationRecord, mutationText } from '../../src/papers/evidence/mutationRecord.ts';
import { shellWord } from '../../src/papers/report/wording.ts';
import { mutationFile } from '../../src/papers/run/paper.ts';
import { provenanceOf } from '../../src/papers/run/provenance.ts';
import { mutantKey } from './explanations.ts';
import { excludedKinds, filesOf, mutantsOf } from './mutants.ts';
import { type MutationPart, mutationParts } from './mutationPlan.ts';
import { countMutants, type PartResult } from './mutationResult.ts';
import { type Run, runStryker, strykerVersion } from './mutationRun.ts';

interface Options {
  readonly draw: string;
  readonly share: string;
  readonly part?: readonly string[];
  readonly concurrency: string;
  readonly out: string;
  readonly reports?: string;
}

/** Least share of the mutants that the suite has to notice. */
const leastScore = 0.85;

function command(): Command {
  return throwing(new Command('npm run mutate --'))
    .description('Makes small changes to the sources, one at a time, and counts how many the suite notices.')
    .option('--draw <name>', 'another name draws other mutants', 'first')
    .option('--share <number>', 'of all mutants that is drawn, in (0, 1]', '0.03')
    .addOption(
      new Option('--part <name...>', 'these parts only; the record is then left alone').choices(
        mutationParts.map(({ name }) => name),
      ),
    )
    .option('--concurrency <count>', 'processes that run tests', '2')
    .option('--out <file>', 'where the record goes', mutationFile)
    .option('--reports <folder>', 'keep Stryker’s own reports here, and take what is there already as run')
    .addHelpText(
      'after',
      `\nExit codes: 0 at least ${100 * leastScore} % are noticed and every other one is explained, 1 not so, 2 something given was wrong.`,
    );
}

/**
 * Mutates the sources as the options of this process ask, and writes what noticed each change.
 *
 * @returns the exit code: 0 enough is noticed and the rest explained, 1 not so
 */
export async function mutate(): Promise<number> {
  const options = command().parse().opts<Options>();
  const share = numberIn('--share', options.share, 0, 1);
  const concurrency = Math.floor(numberIn('--concurrency', options.concurrency, 0, 64));
  const chosen = mutationParts.filter(({ name }) => options.part?.includes(name) ?? true);
  const folder = options.reports ?? tempdir();
  fs.ensureDirSync(folder);
  try {
    const results: PartResult[] = [];
    for (const part of chosen)
      results.push(await resultOf(part, { draw: options.draw, share, concurrency, folder }));
    const { commit, dirty, node, finished } = provenanceOf({ profile: 'smoke', seed: defaultSeed });
    const record: MutationRecord = {
      schemaVersion: 1,
      tool: `Stryker ${strykerVersion}`,
      commit,
      dirty,
      node,
      finished,
      share,
      minutes: Math.round(10 * results.reduce((sum, { minutes }) => sum + minutes, 0)) / 10,
      draw: options.draw,
      command: `npm run mutate -- --share ${share} --draw ${shellWord(options.draw)}`,
      leftOut: [...excludedKinds],
      ...countMutants(results),
    };
    if (options.part === undefined) {
      fs.ensureDirSync(path.dirname(options.out));
      writeWhole(options.out, `${JSON.stringify(record, undefined, 1)}\n`);
    }
    return judge(record);
  } finally {
    if (options.reports === undefined) fs.removeSync(folder);
  }
}

/** Runs one part, or reads what an earlier run of it left. */
async function resultOf(part: MutationPart, run: Run): Promise<PartResult> {
  const place = path.join(run.folder, `${part.name}.json`);
  if (fs.existsSync(place)) return fs.readJsonSync(place) as PartResult;
  const all = await mutantsOf(filesOf(part.mutate));
  const mutants: Record<string, number> = {};
  for (const { fileName } of all) {
    const file = path.relative(process.cwd(), fileName);
    mutants[file] = (mutants[file] ?? 0) + 1;
  }
  const started = performance.now();
  const report = await runStryker(part, all, run);
  const result: PartResult = { report, mutants, minutes: (performance.now() - started) / 60_000 };
  fs.writeJsonSync(place, result);
  return result;
}

/** Prints what came out, and decides whether it is enough. */
function judge(record: MutationRecord): number {
  const unexplained = record.survivors.filter(({ because }) => because === '');
  for (const survivor of unexplained) {
    const { file, line, text, becomes } = survivor;
    process.stdout.write(`unexplained: ${mutantKey(survivor)} ${file}:${line} ${text} → ${becomes}\n`);
  }
  const { noticed, run } = record.score;
  process.stdout.write(`${mutationText(record)}; ${record.minutes} minutes\n`);
  process.stdout.write(
    `${record.survivors.length - unexplained.length} of ${record.survivors.length} survivors explained\n`,
  );
  return unexplained.length === 0 && noticed >= leastScore * run ? 0 : 1;
}

function numberIn(source: string, text: string, above: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value > above && value <= most) return value;
  throw new InputError({ source, expected: `a number in (${above}, ${most}]`, got: `"${text}"` });
}
