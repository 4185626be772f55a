/** A part of the sources that is mutated in a run of its own, with the specs that are to notice. */
export interface MutationPart {
  readonly name: string;
  /** Mutated files, as paths from the top or patterns. */
  readonly mutate: readonly string[];
  /** Specs that are run. Everything that a spec covers is asked, whichever file it was written for. */
  readonly specs: readonly string[];
}

const paper = (...names: readonly string[]): string[] => names.map((name) => `spec/paper/${name}.spec.ts`);
const instruments = (...names: readonly string[]): string[] =>
  names.map((name) => `spec/instruments/${name}.spec.ts`);
const files = (folder: string, ...names: readonly string[]): string[] =>
  names.map((name) => `src/${folder}/${name}.ts`);

/**
 * What is mutated: the lemma, the certificates, the claims language and its judge, the recheck, streams, Lanczos, and the
 * applications' mathematics.
 *
 * Left out are readers, reports, printing, time budgets and thread pools, which have fuzz tests of their own, and
 * the optimizers: whatever they do wrong, it is the certificates that say so.
 */
export const mutationParts: readonly MutationPart[] = [
  {
    name: 'lemma',
    mutate: ['src/lemma/*.ts', 'src/numerics/optimize/certify/*.ts'],
    specs: [
      ...paper('lemma', 'toy', 'hypotheses'),
      ...instruments('lemma/*', 'numerics/optimize/certificate', 'numerics/optimize/derivatives*'),
    ],
  },
  {
    name: 'claims',
    mutate: ['src/papers/claims/*.ts', 'src/papers/claims/judge/*.ts'],
    specs: [...paper('lemma', 'toy'), ...instruments('papers/claims/*')],
  },
  {
    name: 'recheck',
    mutate: ['scripts/recheck/*.ts'],
    specs: instruments('scripts/recheck', 'scripts/certificates', 'papers/run/statedClaims'),
  },
  {
    name: 'numerics',
    mutate: files('numerics', 'random/stream', 'linalg/lanczos', 'linalg/lanczosRelativeError'),
    specs: instruments('numerics/random', 'numerics/linalg/*', 'applications/maxcut/stepLimit'),
  },
  {
    name: 'maxcut',
    mutate: [
      'src/applications/maxcut/bound/*.ts',
      ...files('applications/maxcut/graph', 'cut', 'reduction'),
      ...files('applications/maxcut/sampler', 'conditionalRounding', 'derandomizedCut'),
      ...files(
        'applications/maxcut/sampler',
        'limitPoint',
        'signLoss',
        'smoothed*',
        'smoothingBounds',
        'stationaryCut',
      ),
      ...files('applications/maxcut/search', 'exactCut', 'oneOpt'),
      ...files('numerics', 'statistics/normal', 'linalg/definiteness', 'quadrature/bivariateNormal'),
    ],
    specs: [...paper('maxcut'), ...instruments('applications/maxcut/*', 'numerics/bivariateNormal')],
  },
  {
    name: 'constraints',
    mutate: [
      'src/applications/constraints/problem/*.ts',
      'src/applications/constraints/bound/*.ts',
      'src/applications/constraints/sampler/*.ts',
      ...files('applications/constraints/search', 'exactAssignment', 'johnson'),
    ],
    specs: [...paper('beyond/constraints'), ...instruments('applications/constraints/*')],
  },
  {
    name: 'embedding',
    mutate: [
      'src/applications/embedding/tail/*.ts',
      ...files('applications/embedding/theorem', 'diagonalSampler', 'exactRow', 'pessimisticEstimator'),
      ...files('applications/embedding/theorem', 'rankBound', 'samplerObjective', 'unionDimension'),
      ...files('applications/embedding/points', 'pairDirections'),
      ...files('applications/embedding/search', 'spreadObjective'),
      ...files('numerics/quadrature', 'gaussLegendre'),
    ],
    specs: [...paper('embedding'), ...instruments('applications/embedding/*')],
  },
  {
    name: 'networks',
    mutate: [
      'src/applications/networks/risk/*.ts',
      ...files('applications/networks/model', 'activations', 'losses', 'networkLayout', 'networkPass'),
      ...files('applications/networks/model', 'networkTangent', 'lipschitzConstants'),
      ...files('applications/networks/study', 'matrixStudy', 'studentProblem'),
      ...files('numerics/linalg', 'matrixView'),
    ],
    specs: [...paper('networks', 'lemma'), ...instruments('applications/networks/*', 'lemma/derivatives')],
  },
];

/**
 * Tests that are not asked, though the suite itself runs them: each takes longer than all others of its part together,
 * or descends, which with a wrong derivative takes as long as a descent may. A test is meant when its full name
 * contains one of these.
 */
export const unasked: readonly string[] = [
  '(lemma.finite-sample)',
  '(maxcut.at-scale)',
  'gives the same cut for a seed and a number of rounds',
  'does not wait for a late bound',
  '(embedding.gaussian)',
  '(embedding.derandomized)',
  '(embedding.derandomized-diagonal)',
  '(embedding.perturbed-descent)',
  '(embedding.direct-descent-fails)',
  'never throw, hang or answer with NaN',
  '(network.any-optimizer)',
  '(network.low-rank)',
  '(network.structure-discovery)',
  '(network.perturbed-descent)',
  '(network.settles-it)',
  'vector products equal plain loops',
  'n samples in place of the population',
];
