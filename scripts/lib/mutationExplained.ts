import type { Survivor } from '../../src/report/mutationRecord.ts';

/** Text, what it becomes, and why nothing notices it. */
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
  'src/optimize/derivativeCheck.ts': [
    ['i < 9', 'false', testedSince('derivativesNoise.spec.ts')],
    [
      'i < 9',
      'i <= 9',
      'One more length in the measurement of the noise, which is a maximum: the same to a constant.',
    ],
  ],
  'src/claims/judge.ts': [
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
  'src/claims/vitest.ts': [
    ['sabotage === undefined', 'sabotage !== undefined', inAnotherProcess],
    ['replay === undefined', 'true', inAnotherProcess],
    ['kept !== undefined', 'false', inAnotherProcess],
    ['{ id: entry.id }', '{}', inAnotherProcess],
  ],
  'src/applications/maxcut/dualBound.ts': [
    [
      'spectrum === undefined',
      'spectrum !== undefined',
      'Reached only where Lanczos meets numbers that are not finite, which weights within their limits do not give.',
    ],
  ],
  'src/applications/maxcut/definiteness.ts': [
    ['gone[i] === 0', 'gone[i] !== 0', testedSince('maxcutCertificates.spec.ts')],
    ['i + 1', 'i - 1', testedSince('maxcutCertificates.spec.ts')],
    [
      '{ row[j] = (row[j] - dotPrefix(row, factor[j], j)) / factor[j][j]; }',
      '{}',
      testedSince('maxcutCertificates.spec.ts'),
    ],
  ],
  'src/applications/maxcut/reduction.ts': [
    [
      'rows[j].size <= 3',
      'true',
      'The same, slower: a vertex in the queue is looked at again before it is eliminated.',
    ],
  ],
  'src/applications/maxcut/semidefinite.ts': [
    ['start < vectors.length', 'start <= vectors.length', beyondTheEnd],
  ],
};

/** The committed reason why a mutant survives, by what it changes and not by where its line has moved to. */
export function explanationOf({
  file,
  text,
  becomes,
}: Omit<Survivor, 'line' | 'because'>): string | undefined {
  return explanations[file]?.find(([from, to]) => from === text && to === becomes)?.[2];
}
