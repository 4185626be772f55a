import type { Survivor } from '../../src/papers/evidence/mutationRecord.ts';

/** Text, or its beginning up to …, what it becomes, and why nothing notices it. */
type Explanation = readonly [text: string, becomes: string, because: string];

const beyondTheEnd =
  'The same: the index beyond the end writes to no entry of a typed array, or reads what is not used.';
const inAnotherProcess =
  'Replayed and resumed runs are tested in processes of their own, which a mutant does not reach.';
const onTheEdge =
  'Differs only where a tail probability equals its rate to the last bit, and then either answer is right.';
const testedSince = (spec: string): string =>
  `A gap, found by this draw; ${spec} has been written for it since and notices it.`;

/** Why each mutant that nothing notices is no gap in the suite, or which gap it showed, by file. */
const explanations: Readonly<Record<string, readonly Explanation[]>> = {
  'src/numerics/optimize/certify/derivativeCheck.ts': [
    ['i < 9', 'false', testedSince('derivativesNoise.spec.ts')],
    [
      'i < 9',
      'i <= 9',
      'One more length in the measurement of the noise, which is a maximum: the same to a constant.',
    ],
  ],
  'src/papers/claims/judge.ts': [
    [
      'binomialTail(tally.instances, demanded, count) < rate',
      'binomialTail(tally.instances, demanded, count) <= rate',
      onTheEdge,
    ],
    [
      'binomialTail(instances, 1 - share, instances - count) < shareRate',
      'binomialTail(instances, 1 - share, instances - count) <= shareRate',
      onTheEdge,
    ],
    ['{ noNullPrototype: true }', '{}', 'Only the prototype of a drawn record, which nothing asks for.'],
    [
      'tally.instances > 0',
      'tally.instances >= 0',
      'Shows 0/0 in place of 0 for the coverage of a claim without instances, which is not green anyway.',
    ],
  ],
  'src/papers/claims/vitest.ts': [
    ['sabotage === undefined', 'sabotage !== undefined', inAnotherProcess],
    ['selected', 'true', inAnotherProcess],
    [
      '{ shrinks: settings.shrinks }',
      '{}',
      'Only how small a counterexample is made, where a run asks for other than the usual number of trials.',
    ],
    [
      'sabotage === undefined && replay === undefined && settings.withoutExhibits !== true',
      'false',
      'Mutants are run without exhibits; claimsBinding.spec.ts notices it wherever they are shown.',
    ],
    ['replay === undefined', 'true', inAnotherProcess],
    ['kept !== undefined', 'false', inAnotherProcess],
    ['{ id: entry.id }', '{}', inAnotherProcess],
  ],
  'src/applications/embedding/tail/ballContour.ts': [
    [
      'newton > farthest',
      'newton >= farthest',
      'Another step of a search for the same crossing, where two numbers are equal to the last bit.',
    ],

    [
      'a > square + spread',
      'a >= square + spread',
      'Equal only at one radius, where both sides of the contour give the probability.',
    ],
    [
      'this.logScale > logSmallest',
      'this.logScale >= logSmallest',
      'Equal only where the integral is at the edge of underflow: 0 either way.',
    ],
    [
      'Math.abs(productReal) > 1e100',
      'false',
      'Factors of the product turn, so the other part exceeds 1e100 soon after and the product is scaled then.',
    ],
  ],
  'src/applications/embedding/tail/ballProbability.ts': [
    [
      'start < -745 - 355 - longest',
      'start <= -745 - 355 - longest',
      'Equal only at the edge of underflow: 0 either way.',
    ],
    [
      'Math.min(longest, fallen / Math.max(decline, fallen / longest))',
      'Math.max(longest, fallen / Math.max(decline, fallen / longest))',
      'The inner maximum already keeps the length at or below the longest, which is then always taken: a wider interval that the rule still resolves to the tested tolerances.',
    ],
  ],
  'src/applications/embedding/tail/contourSums.ts': [
    [
      '!contour.prepare(a, mean, variance)',
      'contour.prepare(a, mean, variance)',
      testedSince('embeddingCertificates.spec.ts'),
    ],
  ],
  'src/applications/embedding/theorem/rankBound.ts': [
    ['!(c > 0)', 'false', testedSince('embeddingMathematics.spec.ts')],

    ['k >= rest', 'false', 'The same: the formula below gives 0 there, as no bound is below 0.'],
    ['step >= 0', 'true', beyondTheEnd],
  ],
  'src/applications/embedding/theorem/pessimisticEstimator.ts': [
    ['1 / rows - smoothing ** 2', '1 / rows + smoothing ** 2', testedSince('embeddingCertificates.spec.ts')],
    ['i < goals.length', 'false', testedSince('embeddingCertificates.spec.ts')],
    ['i < goals.length', 'i >= goals.length', testedSince('embeddingCertificates.spec.ts')],
    ['i < weightCount(weights)', 'false', testedSince('embeddingCertificates.spec.ts')],
  ],
  'src/applications/embedding/search/spreadObjective.ts': [
    ['p < count', 'p <= count', beyondTheEnd],

    ['b + c', 'b - c', testedSince('embeddingDescent.spec.ts, with more rows than a block of the loop,')],
    ['weight === 0', 'false', 'The same, slower: a weight of 0 adds nothing.'],
  ],
  'src/applications/maxcut/sampler/bivariateNormal.ts': [
    [
      'size < 0.75',
      'size <= 0.75',
      'Equal at one correlation only, where either rule has the stated accuracy.',
    ],
    [
      'size < 0.3',
      'size <= 0.3',
      'Equal at one correlation only, where either rule has the stated accuracy.',
    ],
    ['r < 0', 'r <= 0', 'The same: the expansion is used near ±1 only, so r is not 0.'],
    ['h >= k', 'h > k', 'The same: where both are equal there is nothing between them.'],
    ['i < nodes.length', 'i <= nodes.length', beyondTheEnd],
  ],
  'src/applications/maxcut/bound/cutCertificate.ts': [['i < n', 'i <= n', beyondTheEnd]],
  'src/applications/maxcut/sampler/smoothedCutHessian.ts': [['i < n', 'i <= n', beyondTheEnd]],
  'src/applications/maxcut/sampler/smoothingBounds.ts': [
    ['i < vertexCount', 'i <= vertexCount', beyondTheEnd],
  ],
  'src/applications/maxcut/sampler/limitPoint.ts': [
    [
      'reached <= lowest + slack',
      'reached < lowest + slack',
      'Differs only where the value equals its allowance for rounding to the last bit.',
    ],
  ],
  'src/applications/maxcut/sampler/conditionalRounding.ts': [['i < n', 'i <= n', beyondTheEnd]],
  'src/applications/maxcut/bound/dualBound.ts': [
    [
      'graph.absoluteWeight + sum + n * Math.abs(shift)',
      'graph.absoluteWeight + sum - n * Math.abs(shift)',
      'An allowance for the rounding of one sum, which the sum itself does not come near.',
    ],
    [
      'i < n',
      'false',
      'A gap: the floor of the ladder matters only where the residual of an estimate is exactly 0; no graph was found.',
    ],
    ['i < n', 'i <= n', beyondTheEnd],

    [
      'spectrum.highest - spectrum.ritz',
      'spectrum.highest + spectrum.ritz',
      'A gap: an allowance for rounding, some 1e-13 of the bound, which no test computes that exactly.',
    ],
    [
      'spectrum === undefined',
      'spectrum !== undefined',
      'Reached only where Lanczos meets numbers that are not finite, which weights within their limits do not give.',
    ],
  ],
  'src/applications/maxcut/bound/definiteness.ts': [
    ['n + 3', 'n - 3', testedSince('maxcutMathematics.spec.ts')],

    ['gone[i] === 0', 'gone[i] !== 0', testedSince('maxcutCertificates.spec.ts')],
    ['j < i', 'true', beyondTheEnd],
    ['i + 1', 'i - 1', testedSince('maxcutCertificates.spec.ts')],
    [
      '{ row[j] = (row[j] - dotPrefix(row, factor[j], j)) / factor[j][j]; }',
      '{}',
      testedSince('maxcutCertificates.spec.ts'),
    ],
  ],
  'src/applications/maxcut/graph/reduction.ts': [
    [
      'rows[j].size <= 3',
      'true',
      'The same, slower: a vertex in the queue is looked at again before it is eliminated.',
    ],
  ],
  'src/applications/maxcut/bound/semidefinite.ts': [
    ['start < vectors.length', 'start <= vectors.length', beyondTheEnd],
    ['squared === 0', 'false', 'For rows of Gaussian numbers that are all 0, which no stream draws.'],
  ],
  'src/applications/networks/model/networkPass.ts': [
    ['pass.relevant.columns > 0', 'true', 'The same: a product with no columns writes nothing.'],

    [
      'Math.min(batch, Math.max(...layout.widths)) < simdLeastSize',
      'true',
      'The same to the last bit, slower: vector instructions are used where they pay.',
    ],
    [
      'Math.min(batch, Math.max(...layout.widths)) < simdLeastSize',
      'false',
      'The same to the last bit: each product is looked at again before vector instructions are used.',
    ],
  ],
  'src/applications/networks/risk/productNodes.ts': [['p < count', 'p <= count', beyondTheEnd]],
  'src/applications/networks/risk/frame.ts': [
    [
      'spanned < least',
      'spanned <= least',
      'Which of two axes that are equally far from the span comes first: either completes the frame.',
    ],
  ],
  'src/applications/networks/study/studentProblem.ts': [
    [
      "certificate.outcome === 'certified'",
      'true',
      'The same: what is not certified has no bound, and no bound is not below what is wanted.',
    ],
  ],
  'src/applications/networks/risk/labelledNodes.ts': [
    [
      'Math.max(largestLabel, Math.abs(noise.scales[j] * labels[n] + noise.offsets[j]))',
      'Math.min(largestLabel, Math.abs(noise.scales[j] * labels[n] + noise.offsets[j]))',
      testedSince('networksMathematics.spec.ts'),
    ],
  ],
  'src/applications/networks/model/lipschitzConstants.ts': [
    ['one += size', 'one -= size', testedSince('networksMathematics.spec.ts')],
    ['size * size', 'size / size', testedSince('networksMathematics.spec.ts')],
  ],
  'src/applications/maxcut/sampler/derandomizedCut.ts': [
    ['{ outcome, steps, undone }', '{}', testedSince('maxcutMathematics.spec.ts')],
  ],
  'src/lemma/nodeExpectation.ts': [
    [
      'hessianLipschitz === undefined',
      'false',
      'A property that is undefined in place of none, which nothing tells apart.',
    ],
  ],
  'src/lemma/steinResidual.ts': [
    [
      '16 * (dimension + rows * columns)',
      '16 / (dimension + rows * columns)',
      testedSince('lemmaMathematics.spec.ts'),
    ],
    [
      'rows * columns',
      'rows / columns',
      'An allowance for rounding, smaller by a factor below 2: the dimension counts the weights already.',
    ],
  ],
};

/** The committed reason why a mutant survives, by what it changes and not by where its line has moved to. */
export function explanationOf({
  file,
  text,
  becomes,
}: Omit<Survivor, 'line' | 'because'>): string | undefined {
  const isSaid = (from: string): boolean =>
    from.endsWith('…') ? text.startsWith(from.slice(0, -1)) : from === text;
  return explanations[file]?.find(([from, to]) => isSaid(from) && to === becomes)?.[2];
}
