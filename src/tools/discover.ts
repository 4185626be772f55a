import {
  activationsByName,
  losses,
  type StudentProblem,
  trainStudent,
} from '../applications/networks/index.ts';
import { tableFormatList } from '../formats/arrays/tableFormats.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { gradientDescent } from '../numerics/optimize/gradientDescent.ts';
import { hessianDescent } from '../numerics/optimize/hessianDescent.ts';
import { lbfgs } from '../numerics/optimize/lbfgs.ts';
import { noisyDescent } from '../numerics/optimize/noisyDescent.ts';
import type { Optimizer } from '../numerics/optimize/optimizer.ts';
import { trustRegion } from '../numerics/optimize/trustRegion.ts';
import { randomStream } from '../numerics/random/stream.ts';
import { type ThreadContext, threadFunction } from '../numerics/threads/threadFunction.ts';
import { WorkerPool } from '../numerics/threads/workerPool.ts';
import { choice, flag, number, type OptionsOf, whole } from './contract/options.ts';
import { tableFlags, tableReading } from './contract/readerFlags.ts';
import { inputFile, outputFile } from './contract/sourceFile.ts';
import type { Budget, Tool } from './contract/tool.ts';
import {
  type DiscoverResult,
  discoverExhibit,
  discoverResult,
  discoverWords,
} from './discovery/discoverResult.ts';
import {
  checkFactors,
  longestSide,
  type Matrices,
  readMatrices,
  studyMatrices,
} from './discovery/ownMatrices.ts';
import { type Trace, type Training, trainingResultOf } from './discovery/trainingResult.ts';

/** Each optimizer's chunk of at most `left` steps. */
const optimizers = {
  'l-bfgs': (left: number) => lbfgs({ stepLimit: Math.min(50, left) }),
  'trust-region': (left: number) => trustRegion({ stepLimit: Math.min(5, left) }),
  'hessian-descent': (left: number) => hessianDescent({ stepLimit: Math.min(50, left) }),
  noisy: (left: number) => noisyDescent({ stepSize: 0.1, stepLimit: Math.min(100, left) }),
  'gradient-descent': (left: number) => gradientDescent({ stepSize: 0.1, stepLimit: Math.min(100, left) }),
} as const satisfies Record<string, (left: number) => Optimizer>;

type OptimizerName = keyof typeof optimizers;

const optimizerNames = ['l-bfgs', 'trust-region', 'hessian-descent', 'noisy', 'gradient-descent'] as const;

const options = {
  input: whole('d', 'input dimension', { least: 2, most: 200 }, 20),
  teacher: whole('k', 'directions that the teacher sees', { least: 1, most: 20 }, 2),
  link: choice('name', 'link of each direction', [...activationsByName.keys()], 'tanh'),
  depth: whole('L', 'hidden layers', { least: 1, most: 12 }, 3),
  width: whole('h', 'units in each', { least: 1, most: 512 }, 64),
  activation: choice('name', 'activation', [...activationsByName.keys()], 'gelu'),
  loss: choice('name', 'loss', [...losses.keys()], 'pseudo-huber'),
  lambda: number('x', 'regularization of the first layer', { least: 0, most: 1e6 }, 1e-3),
  optimizer: choice('name', 'optimizer', optimizerNames, 'l-bfgs'),
  data: inputFile('X.csv', 'study this sample of inputs instead, one a row'),
  weights: inputFile('W.csv', 'study this matrix of weights instead, one unit a row: a checkpoint too'),
  rank: whole('r', 'directions of --weights to keep', { least: 1, most: longestSide }, undefined),
  change: number(
    'E',
    'instead of --rank: the part of the norm of --weights that may be dropped, in few directions (default 0.01)',
    { least: 0, below: 1 },
    undefined,
  ),
  out: outputFile('file', 'write the two factors of --weights, left and right: .npz or .safetensors', [
    '.npz',
    '.safetensors',
  ]),
  float32: flag('round the factors to float32 before they are measured, and write float32'),
  ...tableFlags,
};

type Options = OptionsOf<typeof options>;

/** What is to be done: a training of its own, or a study of matrices that exist. */
type Input = { readonly kind: 'training' } | (Matrices & { readonly kind: 'study' });

/** Trains a network on a teacher and certifies what its first layer forgot, or studies a user's own. */
export const discover: Tool<Input, typeof options, DiscoverResult> = {
  name: 'discover',
  says: 'Trains a network on a teacher, certifies what its first layer forgot, or studies your own.',
  notes: [
    'The budget is for everything: time for the certificate is kept free, and where it does not fit the answer says so.',
    'Ctrl-C ends the descent and certifies where it stands; again, it ends the program.',
    'Example:',
    '  npm run -s discover -- --input 5 --teacher 1 --depth 2 --width 8 --seconds 10',
    '  npm run -s discover -- --weights model.safetensors --array fc1.weight --rank 20 --out factors.safetensors',
  ],
  options,
  formats: tableFormatList,
  seconds: 60,
  step: 'in steps of the optimizer',
  read: async (given) => {
    const { data, weights, input, teacher, ...flags } = given;
    checkFactors(given);
    if (data !== undefined || weights !== undefined) {
      return {
        kind: 'study',
        ...(await readMatrices({ data, weights, rank: given.rank }, tableReading(flags))),
      };
    }
    if (teacher < input) return { kind: 'training' };
    throw new InputError({
      source: '--teacher',
      expected: `fewer than the ${input} inputs`,
      got: `${teacher}`,
    });
  },
  run: async (_, input, flags, { budget, seed, signal, progress }) => {
    if (input.kind === 'study') return studyMatrices(input, flags, signal);
    const trace: Trace[] = [];
    const pool = new WorkerPool(1);
    try {
      const training = await pool.run(
        train,
        { request: requestOf(flags), budget, seed },
        {
          signal,
          progress: (now) => {
            trace.push(now);
            progress(
              `f ${now.value.toPrecision(6)}  |∇f| ${now.gradientNorm.toExponential(1)}  ${now.seconds.toFixed(0)} s`,
            );
          },
        },
      );
      return { result: trainingResultOf(training, requestOf(flags), trace, seed) };
    } finally {
      await pool.close();
    }
  },
  result: discoverResult,
  words: discoverWords,
  exhibit: discoverExhibit,
  subject: ({ data, weights, teacher, input, link }) => {
    const files = [data, weights].flatMap((file) => (file === undefined ? [] : [file.source]));
    return files.length > 0 ? files.join(' and ') : `${teacher} of ${input} inputs, ${link}`;
  },
};

/** What is trained, in words that cross threads. */
export interface TrainingRequest extends Omit<StudentProblem, 'link' | 'activation' | 'loss'> {
  readonly link: string;
  readonly activation: string;
  readonly loss: string;
  readonly optimizer: OptimizerName;
}

function requestOf(flags: Options): TrainingRequest {
  const { input, teacher, depth, width, link, activation, loss, lambda, optimizer } = flags;
  return { input, teacher, depth, width, link, activation, loss, regularization: lambda, optimizer };
}

interface TrainingTask {
  readonly request: TrainingRequest;
  readonly budget: Budget;
  readonly seed: string;
}

/** Trains a student, on a thread of its own; its messages tell where it stands. */
export async function trainOnThread(
  { request, budget, seed }: TrainingTask,
  { signal, progress }: ThreadContext<Trace>,
): Promise<Training> {
  const problem: StudentProblem = {
    ...request,
    link: named(activationsByName, request.link),
    activation: named(activationsByName, request.activation),
    loss: named(losses, request.loss),
  };
  const { risk, outcome, found, loss, seconds, steps } = await trainStudent(randomStream(seed), problem, {
    optimizer: optimizers[request.optimizer],
    ...('steps' in budget ? { seconds: Infinity, steps: budget.steps } : budget),
    clock: () => performance.now(),
    observe: progress,
    signal,
  });
  return { widths: risk.layout.widths, outcome, found, loss, seconds, steps };
}

const train = threadFunction(import.meta.url, trainOnThread);

function named<T>(of: ReadonlyMap<string, T>, name: string): T {
  const value = of.get(name);
  if (value === undefined) throw new RangeError(`name: expected one of ${[...of.keys()]}, got ${name}`);
  return value;
}
