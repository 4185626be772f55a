import type { RandomStream } from '../../../src/numerics/random/stream.ts';
import { ancestors } from '../../../src/papers/claims/catalogue.ts';
import type {
  ClaimEvidence,
  Evidence,
  NullEvidence,
  SabotageEvidence,
} from '../../../src/papers/evidence/evidence.ts';
import type { Witness } from '../../../src/papers/evidence/shape/comparison.ts';
import { originKinds } from '../../../src/papers/evidence/shape/exhibit.ts';

/** Texts that break renderers which forget to escape; each has to arrive at the reader as it is. */
export const hostileTexts: readonly string[] = [
  '<script>globalThis.broken = 1</script>',
  '"><img src=x onerror="globalThis.broken = 1">',
  'it\'s "quoted" & <b>bold</b> &amp; &lt;',
  '</style></title></svg><h1>outside</h1>',
  '[link](javascript:alert(1)) ![x](y) `code` **bold** | cell',
  '`'.repeat(5),
  'two\nlines\r\nand\ttabs',
  '- # 1. @someone $x^2$ ~~gone~~',
  '1. first',
  '2.5 and more',
  ']]> <!-- comment --> <?xml ?>',
  '#{injected} \\N \\G \\" \\',
  'a very-long-word'.repeat(20),
  'λ ≤ ρ/(2λ − √(Kρ)) 🙂',
  'control \u0000\u0007\u001b[31m and \ud800 lone',
];

/** Draws evidence that is valid and otherwise as wild as its schema allows: hostile texts, odd numbers, cycles none. */
export function randomEvidence(stream: RandomStream): Evidence {
  const draw = drawing(stream);
  const ids = Array.from({ length: stream.integer(1, 12) }, (_, i) => `group-${i % 3}.claim-${i}`);
  const claims = ids.map((id, i) => randomClaim(draw, id, ids.slice(0, i)));
  settleGreen(claims);
  return {
    schemaVersion: 2,
    paper: {
      title: draw.text(),
      authors: [draw.text(), draw.text()],
      version: draw.text(),
      url: draw.oneOf(['https://arxiv.org/abs/2510.19382v2', 'javascript:alert(1)', draw.text()]),
    },
    provenance: {
      commit: 'b88b696aa4c6a9b0d16a5ac1b8e2a9ec25a3a0e1',
      dirty: draw.chance(0.5),
      inputs: '0123456789abcdef',
      lockFile: 'fedcba9876543210',
      node: 'v20.20.2',
      os: draw.text(),
      cpu: draw.text(),
      cores: 2,
      profile: draw.oneOf(['smoke', 'quick', 'full']),
      seed: draw.text(),
      runs: draw.chance(0.5) ? null : 7,
      backend: draw.text(),
      finished: '2026-01-02T03:04:05.678Z',
    },
    timings: Object.fromEntries(ids.map((id) => [id, 1e4 * stream.uniform()])),
    falseAlarm: { budget: 1e-6, spent: 1e-6 * stream.uniform() },
    claims,
    observations: Array.from({ length: stream.integer(0, 4) }, (_, i) => ({
      id: draw.oneOf([...ids.map((id) => `${id}.number-${i}`), ...ids, `nobody.number-${i}`]),
      quantity: draw.text(),
      reported: draw.number(),
      origin: { kind: draw.oneOf(originKinds), where: draw.text() },
      measured: draw.number(),
      tolerance: { value: 1e-3, because: draw.text() },
      verdict: draw.oneOf(['reproduced', 'qualified', 'not-reproduced', 'agrees', 'differs'] as const),
      finding: draw.text(),
    })),
    charts: Array.from({ length: stream.integer(0, 4) }, () => randomChart(draw, ids)),
    certificates: Array.from({ length: stream.integer(0, 3) }, (_, i) => ({
      id: `${draw.oneOf(ids)}.certificate-${i}`,
      kind: 'unheard-of',
      says: draw.text(),
      numbers: { [draw.text()]: draw.number() },
      arrays: { [draw.text()]: [draw.number(), draw.number()], none: [] },
    })),
    badInputs: draw.chance(0.5) ? {} : { [draw.text()]: 1000, 'options of verify': 18 },
  };
}

type Drawing = ReturnType<typeof drawing>;

function drawing(stream: RandomStream) {
  const oneOf = <T>(values: readonly T[]): T => values[stream.integer(0, values.length - 1)] as T;
  const number = (): number =>
    oneOf([
      0,
      -1.5,
      stream.gaussian(),
      1e300,
      -4.9e-324,
      1e-7 * stream.uniform(),
      123456789,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  return {
    stream,
    oneOf,
    number,
    chance: (p: number) => stream.uniform() < p,
    text: () => oneOf(hostileTexts),
  };
}

function randomClaim(draw: Drawing, id: string, earlier: readonly string[]): ClaimEvidence {
  const verdict = draw.oneOf([
    'holds',
    'holds',
    'holds',
    'refuted',
    'vacuous',
    'inconclusive',
    'unstated',
  ] as const);
  const sabotages = verdict === 'unstated' ? 0 : draw.stream.integer(1, 3);
  return {
    id,
    kind: draw.oneOf(['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument'] as const),
    label: draw.text(),
    title: draw.text(),
    statement: {
      words: draw.text(),
      tex: draw.oneOf(['\\|W\\|_F \\le \\frac{\\rho}{2\\lambda}', draw.text()]),
    },
    hypotheses: draw.chance(0.5)
      ? [
          { words: draw.text(), shownBy: null, needed: false },
          {
            words: draw.text(),
            shownBy: { id: draw.oneOf([...earlier, 'nothing']), sabotage: draw.text() },
            needed: draw.chance(0.5),
          },
        ]
      : [],
    uses: earlier.filter(() => draw.chance(0.3)),
    file: verdict === 'unstated' ? '' : draw.text(),
    ...randomJudged(draw, verdict),
    weak: false,
    accepted: draw.chance(0.3) ? draw.text() : '',
    green: false,
    blockedBy: [],
    sabotages: Array.from({ length: sabotages }, (_, i) => ({
      name: `${i} ${draw.text()}`,
      ...randomJudged(draw, draw.oneOf(['refuted', 'refuted', 'refuted', 'holds', 'inconclusive'] as const)),
      comparison: draw.oneOf(['', draw.text()]),
      share: draw.stream.uniform(),
      leastShare: 0.5,
      drops: draw.oneOf(['', draw.text()]),
      restored: draw.chance(0.3) ? randomWitness(draw, false) : null,
    })),
    nulls: Array.from({ length: verdict === 'unstated' ? 0 : draw.stream.integer(0, 2) }, (_, i) =>
      randomNull(draw, i),
    ),
  };
}

function randomNull(draw: Drawing, i: number): NullEvidence {
  const verdict = draw.oneOf(['passes', 'fails', 'fails', 'inconclusive'] as const);
  return {
    name: `${i} ${draw.text()}`,
    verdict,
    reason: draw.text(),
    comparisons: draw.chance(0.5) ? [] : [draw.text()],
    share: verdict === 'passes' ? 0.75 : 0.25,
    instances: draw.oneOf([1, 20]),
    draws: draw.oneOf([1, 100]),
    strata: [{ name: draw.text(), share: 0.5, instances: 4 }],
  };
}

/** Sets `weak`, `green` and `blockedBy` from the rule, independently of the ledger. */
function settleGreen(claims: readonly ClaimEvidence[]): void {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const sound = (claim: ClaimEvidence): boolean =>
    claim.verdict === 'holds' &&
    claim.sabotages.every(({ verdict }) => verdict === 'refuted') &&
    claim.nulls.every(({ verdict }) => verdict !== 'inconclusive');
  for (const claim of claims) {
    const unsound = [...ancestors(claim.id, byId)].filter((id) => {
      const ancestor = byId.get(id);
      return ancestor !== undefined && !sound(ancestor);
    });
    claim.blockedBy = [...(sound(claim) ? [] : ['itself']), ...unsound.map((id) => `rests on ${id}`)];
    claim.weak = claim.nulls.some(({ verdict }) => verdict === 'passes');
    claim.green = claim.blockedBy.length === 0 && !claim.weak;
  }
}

function randomJudged<V extends ClaimEvidence['verdict']>(
  draw: Drawing,
  verdict: V,
): Omit<SabotageEvidence, 'name' | 'verdict' | SabotageField> & { verdict: V } {
  const judged = verdict !== 'unstated';
  const instances = judged ? draw.oneOf([0, 1, 2000, 1234567]) : 0;
  const worst = judged && instances > 0 ? randomWitness(draw, verdict === 'refuted') : null;
  return {
    verdict,
    reason: draw.text(),
    instances,
    trivial: judged ? draw.stream.integer(0, 3) : 0,
    hypothesisUnmet: judged ? draw.stream.integer(0, 3) : 0,
    gaveUp: judged ? draw.stream.integer(0, 3) : 0,
    trials: draw.oneOf([0, 5000]),
    tightness: worst?.tightness ?? 0,
    worst,
    histogram: judged ? [instances, 0, 0, 0, 3, 0, 0, 0, 0, 1] : [],
    strata: judged ? [randomStratum(draw)] : [],
    comparisons: judged ? [{ what: draw.text(), tightness: 0.5, instances }] : [],
    falseAlarmRate: 0,
    seed: draw.stream.integer(0, 0x7fffffff),
    replay: judged ? `npm run verify -- --seed '${draw.text()}'` : '',
  };
}

type SabotageField = 'comparison' | 'share' | 'leastShare' | 'drops' | 'restored';

function randomStratum(draw: Drawing): ClaimEvidence['strata'][number] {
  return {
    name: draw.text(),
    demanded: draw.stream.integer(0, 9),
    met: draw.stream.integer(0, 9),
    gaveUp: draw.stream.integer(0, 3),
    hypothesisUnmet: 0,
    trivial: 0,
    outside: 0,
    reasons: { [draw.text()]: 2 },
  };
}

function randomWitness(draw: Drawing, fails: boolean): Witness {
  return {
    instance: draw.oneOf([{ seed: 17, name: draw.text() }, [1, 2, 'three'], draw.text()]),
    comparison: {
      what: draw.text(),
      left: draw.number(),
      relation: draw.oneOf(['≤', '≥', '='] as const),
      right: draw.number(),
      tolerance: { value: 1e-9, because: draw.text() },
      numbers: { [draw.text()]: draw.number(), weight: draw.number() },
    },
    margin: fails ? -0.25 : 0.25,
    tightness: fails
      ? draw.oneOf([1.25, Number.POSITIVE_INFINITY, 1 + Number.EPSILON])
      : draw.stream.uniform(),
    path: '0:1',
  };
}

function randomChart(draw: Drawing, ids: readonly string[]): Evidence['charts'][number] {
  const axis = () => ({ label: draw.text(), scale: draw.oneOf(['linear', 'log'] as const) });
  return {
    id: draw.text(),
    figure: draw.oneOf([...ids, 'nobody']),
    origin: draw.oneOf(['measured', 'redrawn'] as const),
    title: draw.text(),
    caption: draw.text(),
    x: axis(),
    y: axis(),
    series: Array.from({ length: draw.stream.integer(0, 8) }, (_, i) => ({
      name: `${i} ${draw.text()}`,
      mark: draw.oneOf(['line', 'dots', 'bars'] as const),
      points: Array.from({ length: draw.stream.integer(0, 30) }, (): [number, number] => [
        draw.number(),
        draw.number(),
      ]),
    })),
    rules: [{ axis: draw.oneOf(['x', 'y'] as const), at: draw.number(), label: draw.text() }],
  };
}
