import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import {
  activationsByName,
  losses,
  type StudentProblem,
  trainStudent,
} from '../src/applications/networks/index.ts';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { gradientDescent } from '../src/numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../src/numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../src/numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../src/numerics/optimize/noisyDescent.ts';
import type { Optimizer } from '../src/numerics/optimize/optimizer.ts';
import { trustRegion } from '../src/numerics/optimize/trustRegion.ts';
import { randomStream } from '../src/numerics/random/stream.ts';
import { describeDiscovery, describeStudy, studyFiles } from './lib/discovery.ts';
import { discoveryOwnData, studyOwnData } from './lib/discoveryOwnData.ts';
import { reportOption, writeOwnData } from './lib/writeOwnData.ts';

const optimizers: ReadonlyMap<string, () => Optimizer> = new Map([
  ['l-bfgs', () => lbfgs({ stepLimit: 50 })],
  ['trust-region', () => trustRegion({ stepLimit: 5 })],
  ['hessian-descent', () => hessianDescent({ stepLimit: 50 })],
  ['noisy', () => noisyDescent({ stepSize: 0.1, stepLimit: 100 })],
  ['gradient-descent', () => gradientDescent({ stepSize: 0.1, stepLimit: 100 })],
]);

interface Flags {
  readonly input: number;
  readonly teacher: number;
  readonly link: string;
  readonly depth: number;
  readonly width: number;
  readonly activation: string;
  readonly loss: string;
  readonly lambda: number;
  readonly optimizer: string;
  readonly seconds: number;
  readonly seed: string;
  readonly json?: true;
  readonly report?: string;
  readonly data?: string;
  readonly weights?: string;
}

await runProgram(async () => {
  const command = throwing(new Command('discover'))
    .description('Trains a network on a teacher, certifies what its first layer forgot, or studies your own.')
    .option('--input <d>', 'input dimension', integer(2, 200), 20)
    .option('--teacher <k>', 'directions that the teacher sees', integer(1, 20), 2)
    .option('--link <name>', `of each direction: ${names(activationsByName)}`, 'tanh')
    .option('--depth <L>', 'hidden layers', integer(1, 12), 3)
    .option('--width <h>', 'units in each', integer(1, 512), 64)
    .option('--activation <name>', names(activationsByName), 'gelu')
    .option('--loss <name>', names(losses), 'pseudo-huber')
    .option('--lambda <x>', 'regularization of the first layer', number(0, 1e6), 1e-3)
    .option('--optimizer <name>', names(optimizers), 'l-bfgs')
    .option('--seconds <S>', 'time for the descent; the certificate comes after it', number(0, 1e6), 60)
    .option('--seed <text>', 'seed of all random choices', '1')
    .option(reportOption.flags, reportOption.description)
    .option('--json', 'print one JSON object and nothing else')
    .option('--data <X.csv>', 'study this sample of inputs instead, one a row')
    .option('--weights <W.csv>', 'study this first-layer matrix instead, one unit a row')
    .addHelpText(
      'after',
      '\nExample:\n  npm run -s discover -- --input 5 --teacher 1 --depth 2 --width 8 --seconds 10',
    )
    .parse();
  const flags = command.opts<Flags>();
  const print = (report: object, text: string) =>
    process.stdout.write(`${flags.json ? JSON.stringify(report) : text}\n`);
  if (flags.data !== undefined || flags.weights !== undefined) {
    const study = studyFiles(flags.data, flags.weights, flags.teacher, flags.lambda);
    const name = [flags.data, flags.weights].filter((file) => file !== undefined).join(' and ');
    await writeOwnData(flags.report, 'discover', name, studyOwnData(study, flags.teacher));
    print(study, describeStudy(study));
    return 0;
  }
  if (flags.teacher >= flags.input) {
    throw new InputError({
      source: '--teacher',
      expected: `fewer than the ${flags.input} inputs`,
      got: `${flags.teacher}`,
    });
  }
  const problem: StudentProblem = {
    input: flags.input,
    teacher: flags.teacher,
    depth: flags.depth,
    width: flags.width,
    link: known(activationsByName, '--link', flags.link),
    activation: known(activationsByName, '--activation', flags.activation),
    loss: known(losses, '--loss', flags.loss),
    regularization: flags.lambda,
  };
  const optimizer = known(optimizers, '--optimizer', flags.optimizer);
  const spinner = process.stderr.isTTY ? ora({ text: 'descending', discardStdin: false }).start() : undefined;
  const clock = () => performance.now();
  const trace: [number, number][] = [];
  const discovered = await trainStudent(randomStream(flags.seed), problem, {
    optimizer,
    seconds: flags.seconds,
    clock,
    observe: ({ gradientNorm, value, seconds }) => {
      trace.push([seconds, gradientNorm]);
      const text = `f ${value.toPrecision(6)}  |∇f| ${gradientNorm.toExponential(1)}  ${seconds.toFixed(0)} s`;
      if (spinner) spinner.text = seconds < flags.seconds ? text : `${text}  certifying`;
    },
  });
  spinner?.stop();
  const { report, text } = describeDiscovery(discovered, problem, flags);
  const name = `${flags.teacher} of ${flags.input} inputs, ${flags.link}`;
  await writeOwnData(flags.report, 'discover', name, discoveryOwnData(discovered, problem, flags, trace));
  print(report, text);
  return 0;
});

function names(of: ReadonlyMap<string, unknown>): string {
  return [...of.keys()].join(', ');
}

function known<T>(of: ReadonlyMap<string, T>, source: string, name: string): T {
  const value = of.get(name);
  if (value === undefined)
    throw new InputError({ source, expected: `one of ${names(of)}`, got: `"${name}"` });
  return value;
}

function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,12}(\.\d{0,15})?(e[-+]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a number from ${least} to ${most}`);
  };
}
