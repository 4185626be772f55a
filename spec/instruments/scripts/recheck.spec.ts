import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isAtMost, signOfSum } from '../../../scripts/recheck/exact.ts';
import { type RecheckedEvidence, recheckEvidence } from '../../../scripts/recheck/recheckEvidence.ts';
import type { Catalogue } from '../../../src/papers/claims/catalogue.ts';
import { atLeast, atMost, type Comparison, equals, margin } from '../../../src/papers/claims/comparison.ts';
import { worstWitness } from '../../../src/papers/claims/judge/witness.ts';
import { encodeNumbers } from '../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';
import { settingsSchema } from '../../../src/papers/claims/settings.ts';
import { assembleEvidence } from '../../../src/papers/evidence/ledger.ts';
import type { Judgement } from '../../../src/papers/evidence/shape/judgement.ts';
import type { ClaimPart } from '../../../src/papers/evidence/shape/part.ts';
import { randomEvidence } from '../papers/randomEvidence.ts';

const stream = rootStream('recheck');

/** Two claims, one resting on the other, each with a sabotage, as the ledger puts them together. */
function ledgerEvidence(): RecheckedEvidence {
  const entry = {
    kind: 'lemma',
    label: 'L',
    title: 't',
    statement: { words: 'w', tex: '' },
    hypotheses: [],
  } as const;
  const { paper, provenance } = randomEvidence(stream.fork('base'));
  const catalogue: Catalogue = {
    paper,
    entries: [
      { ...entry, id: 'a', uses: [] },
      { ...entry, id: 'b', uses: ['a'] },
    ],
  };
  const judgement = (comparison: Comparison): Judgement => {
    const worst = worstWitness({ seed: 1 }, '0', [comparison]);
    const verdict = margin(comparison) >= 0 ? 'holds' : 'refuted';
    const numbers = { instances: 3, hypothesisUnmet: 0, gaveUp: 0, trials: 0, seed: 1, falseAlarmRate: 1e-8 };
    return {
      verdict,
      reason: '',
      worst,
      tightness: worst.tightness,
      histogram: [2, 0, 1],
      trivial: 0,
      strata: [],
      comparisons: [],
      ...numbers,
    };
  };
  const unnamed = { comparison: '', share: 1, leastShare: 0, drops: '', restored: null };
  const part = (id: string, comparison: Comparison, sabotage?: string): ClaimPart => ({
    id,
    ...(sabotage === undefined
      ? { judgement: judgement(comparison) }
      : { sabotage, judgement: { ...judgement(comparison), ...unnamed } }),
    sabotages: ['s'],
    exhibit: {
      observations:
        id === 'a' && sabotage === undefined
          ? [
              {
                id: 'a.number',
                quantity: 'q',
                reported: 1,
                origin: { kind: 'printed', where: 's' },
                measured: 1.25,
                tolerance: { value: 0.25, because: 'a quarter' },
                verdict: 'reproduced',
                finding: 'f',
              },
            ]
          : [],
      charts: [],
    },
    milliseconds: 1,
    file: 'x.spec.ts',
  });
  const tolerance = { value: 1e-12, because: 'rounding' };
  const parts = [
    part('a', atMost('x', 1, 1 + 1e-9, tolerance)),
    part('a', atMost('x', 2, 1, tolerance), 's'),
    part('b', atLeast('x', 1, 1, { value: 0, because: 'exact' })),
    part('b', equals('x', 1, 1.5, tolerance), 's'),
  ];
  const evidence = assembleEvidence(catalogue, parts, settingsSchema.parse({}), provenance);
  return JSON.parse(encodeNumbers(evidence)) as RecheckedEvidence;
}

/** A value that may be written to, for tampering. */
type Loose = { [key: string]: Loose } & { [index: number]: Loose };

describe('checking evidence again', () => {
  test('finds nothing in what the ledger writes', () => {
    expect(recheckEvidence(ledgerEvidence())).toEqual({ inequalities: 5, certificates: {}, problems: [] });
  });

  const tampers: Readonly<Record<string, (evidence: Loose) => void>> = {
    'a worst instance that fails': ({ claims }) => Object.assign(claims[0].worst.comparison, { left: 1.1 }),
    'a counterexample that does not fail': ({ claims }) =>
      Object.assign(claims[1].sabotages[0].worst.comparison, { right: 1 }),
    'a counterexample that does not fail, its tightness neither': ({ claims }) => {
      Object.assign(claims[1].sabotages[0].worst, { tightness: 0.5 });
      Object.assign(claims[1].sabotages[0].worst.comparison, { right: 1 });
    },
    'a tightness on the wrong side of 1': ({ claims }) => Object.assign(claims[0].worst, { tightness: 1.01 }),
    'green that does not follow': ({ claims }) => Object.assign(claims[0].sabotages[0], { verdict: 'holds' }),
    'green withheld': ({ claims }) => Object.assign(claims[1], { green: false }),
    'green over a parent that is not': ({ claims }) =>
      Object.assign(claims[0], { verdict: 'vacuous', green: false }),
    'green over a parent that is gone': (evidence) =>
      Object.assign(evidence, { claims: [evidence.claims[1]] }),
    'an instance less': ({ claims }) => Object.assign(claims[0], { instances: 2 }),
    'a verdict without an instance': ({ claims }) => Object.assign(claims[0], { worst: null }),
    'a number called reproduced': ({ observations }) =>
      Object.assign(observations[0], { measured: 1.2500000001 }),
    'a number called not reproduced': ({ observations }) =>
      Object.assign(observations[0], { verdict: 'not-reproduced' }),
    'a budget said to be spent less': ({ falseAlarm }) => Object.assign(falseAlarm, { spent: 1e-8 }),
    'a budget exceeded': ({ falseAlarm }) => Object.assign(falseAlarm, { budget: 1e-8 }),
  };
  test.for(Object.entries(tampers))('finds %s', ([, tamper]) => {
    const evidence = ledgerEvidence();
    tamper(evidence as unknown as Loose);
    expect(recheckEvidence(evidence).problems.length).toBeGreaterThan(0);
  });

  test('counts certificates, and finds what they do not show', () => {
    const certificate = { id: 'a.points', kind: 'embedding', numbers: {}, arrays: {} };
    const { certificates, problems } = recheckEvidence({ ...ledgerEvidence(), certificates: [certificate] });
    expect(certificates).toEqual({ embedding: 1 });
    expect(problems).toEqual(['a.points: expected a finite number pointCount, got undefined']);
  });

  test('shares no code with the project', () => {
    const files = [
      'scripts/recheck.ts',
      ...readdirSync('scripts/recheck').map((name) => `scripts/recheck/${name}`),
    ];
    const imports = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)]);
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports.map(([, from]) => from).filter((from) => !/^(node:|\.\/)/.test(from))).toEqual([]);
  });
});

describe('exact comparison', () => {
  test('has the sign of the real sum where doubles lose it', () => {
    expect(signOfSum(1, 2 ** -60, -1)).toBe(1);
    expect(1 + 2 ** -60 - 1).toBe(0);
    expect(signOfSum(0.1, 0.2, -0.3)).toBe(1);
    expect(signOfSum(5e-324, -5e-324)).toBe(0);
    expect(signOfSum(1e308, -5e-324, -1e308)).toBe(-1);
    expect(signOfSum(2 ** -1022, -(2 ** -1022 - 2 ** -1074), -(2 ** -1074))).toBe(0);
    // 1 − 2⁻⁵³ + 2⁻⁵⁴ + 2⁻⁶⁰ is below 1 and rounds to 1.
    expect(isAtMost(1, 1 - 2 ** -53, 2 ** -54 + 2 ** -60)).toBe(false);
    expect(isAtMost(1, 1 - 2 ** -53, 2 ** -53)).toBe(true);
  });

  test('agrees with integers, and with doubles wherever they are far apart', () => {
    for (let i = 0; i < 500; i++) {
      const [a, b, c] = [0, 1, 2].map(() => stream.integer(-1e6, 1e6));
      expect(signOfSum(a ?? 0, b ?? 0, c ?? 0)).toBe(Math.sign((a ?? 0) + (b ?? 0) + (c ?? 0)));
      const left = stream.gaussian();
      expect(isAtMost(left, left + 1e-3, 0)).toBe(true);
      expect(isAtMost(left + 1e-3, left, 0)).toBe(false);
      expect(isAtMost(left + 1e-3, left, 2e-3)).toBe(true);
    }
    expect(isAtMost(Number.NaN, 1, 1)).toBe(false);
    expect(isAtMost(1, Number.POSITIVE_INFINITY, 0)).toBe(true);
    expect(isAtMost(Number.POSITIVE_INFINITY, 1, 0)).toBe(false);
  });
});
