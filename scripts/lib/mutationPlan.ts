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
 * What is mutated: the lemma, the certificates, the claims language, and the applications' mathematics.
 *
 * Left out are readers, reports, printing, time budgets and thread pools, which have fuzz tests of their own, and
 * the optimizers: whatever they do wrong, it is the certificates that say so.
 */
export const mutationParts: readonly MutationPart[] = [
  {
    name: 'lemma',
    mutate: [
      'src/lemma/*.ts',
      ...files('optimize', 'certificate', 'blockSpectrum', 'hessianBlock', 'derivativeCheck'),
    ],
    specs: [...paper('lemma', 'toy', 'hypotheses'), ...instruments('lemma*', 'certificate*', 'derivatives*')],
  },
  {
    name: 'claims',
    mutate: ['src/claims/*.ts'],
    specs: [...paper('lemma', 'toy'), ...instruments('claims*', 'secondPaper')],
  },
  {
    name: 'maxcut',
    mutate: [
      ...files(
        'applications/maxcut',
        'cut',
        'cutCertificate',
        'definiteness',
        'derandomizedCut',
        'dualBound',
      ),
      ...files(
        'applications/maxcut',
        'conditionalRounding',
        'oneOpt',
        'reduction',
        'semidefinite',
        'settlement',
      ),
      ...files('applications/maxcut', 'bivariateNormal', 'smoothedCut*', 'smoothingBounds'),
      ...files('applications/maxcut/search', 'exactCut'),
      ...files('statistics', 'normal'),
    ],
    specs: [
      ...paper('maxcut'),
      ...instruments(
        'maxcutNormal',
        'maxcutObjective',
        'maxcutSearch',
        'maxcutCertificates',
        'maxcutMathematics',
      ),
    ],
  },
  {
    name: 'embedding',
    mutate: [
      ...files('applications/embedding', 'ballContour', 'ballProbability', 'besselExpansion', 'contourSums'),
      ...files('applications/embedding', 'diagonalSampler', 'diagonalViolation', 'exactRow', 'gaussLegendre'),
      ...files(
        'applications/embedding',
        'pairDirections',
        'pessimisticEstimator',
        'radialDensity',
        'rankBound',
      ),
      ...files('applications/embedding', 'samplerObjective', 'spreadObjective', 'unionDimension'),
      ...files('applications/embedding', 'violationProbability'),
    ],
    specs: [
      ...paper('embedding'),
      ...instruments('embeddingProbability', 'embeddingSampler', 'embeddingDescent', 'embeddingDiagonal*'),
      ...instruments('embeddingCertificates', 'embeddingMathematics'),
    ],
  },
  {
    name: 'networks',
    mutate: [
      ...files(
        'applications/networks',
        'activations',
        'losses',
        'networkLayout',
        'networkPass',
        'networkTangent',
      ),
      ...files('applications/networks', 'networkRisk', 'lipschitzConstants', 'expectationErrors', 'frame'),
      ...files('applications/networks', 'labelledNodes', 'productNodes', 'sphericalNodes', 'studentProblem'),
      ...files('applications/networks', 'matrixStudy', 'matrixView', 'teacher'),
    ],
    specs: [
      ...paper('networks', 'lemma'),
      ...instruments(
        'networks',
        'networksLimits',
        'networksMathematics',
        'networksNodes',
        'networksRisk',
        'networksStudies',
        'networksTraining',
        'networksExpectation',
        'lemmaDerivatives',
      ),
    ],
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
