import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Catalogue, CatalogueEntry } from '../../../../src/papers/claims/catalogue.ts';
import { catalogueProblems } from '../../../../src/papers/claims/catalogue.ts';
import type { ClaimDefinition } from '../../../../src/papers/claims/claim.ts';
import { atLeast, atMost } from '../../../../src/papers/claims/comparison.ts';
import { integer, streams } from '../../../../src/papers/claims/domain.ts';
import { falseAlarmShare } from '../../../../src/papers/claims/falseAlarms.ts';
import { judge } from '../../../../src/papers/claims/judge/judge.ts';
import { judgeSabotage } from '../../../../src/papers/claims/judge/judgeSabotage.ts';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import type { Settings } from '../../../../src/papers/claims/settings.ts';
import { type Evidence, type Provenance, parseEvidence } from '../../../../src/papers/evidence/evidence.ts';
import { assembleEvidence } from '../../../../src/papers/evidence/ledger.ts';
import type { ClaimPart } from '../../../../src/papers/evidence/shape/part.ts';
import { reportFiles } from '../../../../src/papers/report/reportFiles.ts';
import { isSuiteGreen, summarize } from '../../../../src/papers/report/summary.ts';

/** A paper of two sentences, as far from the one of this project as a harness should be able to go. */
const elements: Catalogue = {
  paper: {
    title: 'Elements, Book I',
    authors: ['Euclid'],
    version: 'Heiberg 1883',
    url: 'https://www.perseus.tufts.edu/',
  },
  entries: [
    {
      id: 'triangle.inequality',
      kind: 'theorem',
      label: 'Proposition I.20',
      title: 'Two sides are longer than the third',
      statement: { words: 'In any triangle two sides together are at least the third.', tex: 'c \\le a + b' },
      hypotheses: [{ words: 'The sides are straight.', shownBy: null }],
      uses: [],
    },
    {
      id: 'triangle.perimeter',
      kind: 'corollary',
      label: 'Corollary',
      title: 'No side exceeds half the perimeter',
      statement: { words: 'No side is longer than half the perimeter.', tex: '2c \\le a + b + c' },
      hypotheses: [],
      uses: ['triangle.inequality'],
    },
  ],
};

interface Drawn {
  readonly dimension: number;
  readonly stream: RandomStream;
}
interface Sides {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
type Claim = ClaimDefinition<Drawn, Sides>;

/** Sides of a triangle of Gaussian corners. */
function sides({ dimension, stream }: Drawn): Sides {
  const corner = (label: string) => {
    const from = stream.fork(label);
    return Array.from({ length: dimension }, () => from.gaussian());
  };
  const [p, q, r] = [corner('p'), corner('q'), corner('r')];
  const distance = (x: readonly number[], y: readonly number[]) =>
    Math.hypot(...x.map((each, i) => each - y[i]));
  return { a: distance(q, r), b: distance(r, p), c: distance(p, q) };
}

const common = {
  let: { dimension: integer(1, 6), stream: streams() },
  define: sides,
  instances: { smoke: 100, quick: 100, full: 1000 },
};
const detour = (breaks: string) => ({
  'the third side is a detour': { breaks, define: ({ a, b }: Sides) => ({ c: 1.5 * (a + b) }) },
});
// Differences, squares, a sum of six and a root for each of three sides.
const error = ({ a, b, c }: Sides) => rounding(3 * 24, a + b + c);

const claims: Readonly<Record<string, Claim>> = {
  'triangle.inequality': {
    ...common,
    then: (triangle) => atMost('third side', triangle.c, triangle.a + triangle.b, error(triangle)),
    sabotage: detour('third side'),
    strata: {
      'on a line': { quota: 1, let: { dimension: integer(1, 1) } },
      'in the plane or higher': { quota: 4, let: { dimension: integer(2, 6) } },
    },
  },
  'triangle.perimeter': {
    ...common,
    then: (triangle) => {
      const { a, b, c } = triangle;
      return [a, b, c].map((side) => atLeast('half the perimeter', (a + b + c) / 2, side, error(triangle)));
    },
    sabotage: detour('half the perimeter'),
  },
};

const settings: Settings = { profile: 'quick', seed: 'a second paper' };
const provenance: Provenance = {
  commit: '0'.repeat(40),
  dirty: false,
  inputs: '',
  lockFile: '',
  node: process.version,
  os: 'any',
  cpu: 'any',
  cores: 1,
  profile: 'quick',
  seed: settings.seed,
  runs: null,
  backend: 'float64',
  finished: '2026-01-01T00:00:00.000Z',
};

/** What the binding to the test runner does, in a few lines: judge each claim and each sabotage of it. */
async function parts(of: Readonly<Record<string, Claim>>): Promise<ClaimPart[]> {
  const told: ClaimPart[] = [];
  for (const [id, definition] of Object.entries(of)) {
    const sabotages = Object.keys(definition.sabotage);
    const request = (label: string) => ({
      definition,
      profile: settings.profile,
      instances: definition.instances.quick,
      seed: rootStream('second paper').fork(`${id} ${label}`).integer(0, 0x7fffffff),
      streamKey: id,
      falseAlarmRate: falseAlarmShare(elements.entries.length),
    });
    const exhibit = { observations: [], charts: [] };
    const about = { id, sabotages, exhibit, milliseconds: 1, file: 'elements.spec.ts' };
    told.push({ ...about, judgement: await judge(request('undefined')) });
    for (const sabotage of sabotages)
      told.push({ ...about, sabotage, judgement: await judgeSabotage(request(sabotage), sabotage) });
  }
  return told;
}

async function evidenceOf(of: Readonly<Record<string, Claim>>): Promise<Evidence> {
  const evidence = assembleEvidence(elements, await parts(of), settings, provenance);
  return parseEvidence(encodeNumbers(evidence), 'elements');
}

describe('another paper', () => {
  test('has a catalogue in order', () => {
    expect(catalogueProblems(elements)).toEqual([]);
  });

  test('is judged, and every claim of it is green', async () => {
    const evidence = await evidenceOf(claims);
    expect(evidence.claims.map(({ id, verdict, green }) => [id, verdict, green])).toEqual([
      ['triangle.inequality', 'holds', true],
      ['triangle.perimeter', 'holds', true],
    ]);
    for (const { sabotages } of evidence.claims)
      expect(sabotages.map((each) => each.verdict)).toEqual(['refuted']);
    expect(isSuiteGreen(summarize(evidence))).toBe(true);
    // In one dimension one side is the sum of the other two: the bound is attained.
    expect(evidence.claims[0].tightness).toBeGreaterThan(0.999);
  });

  test('is refuted where it is wrong, and so is what rests on it', async () => {
    const wrong: Claim = {
      ...claims['triangle.inequality'],
      then: (triangle) => atMost('third side', triangle.c, (triangle.a + triangle.b) / 2, error(triangle)),
    };
    const { claims: judged } = await evidenceOf({ ...claims, 'triangle.inequality': wrong });
    expect(judged[0]).toMatchObject({ verdict: 'refuted', green: false });
    expect(judged[1]).toMatchObject({
      verdict: 'holds',
      green: false,
      blockedBy: ['rests on triangle.inequality'],
    });
  });

  test('is reported under its own name and words, on the page, in Markdown and on badges', async () => {
    const files = await reportFiles(await evidenceOf(claims));
    const page = parseHTML(files.get('index.html') ?? '').document.body.textContent ?? '';
    const markdown = files.get('report.md') ?? '';
    for (const text of [page, markdown]) {
      for (const { label, title, statement } of elements.entries) {
        for (const words of [label, title, statement.words]) expect(text).toContain(words);
      }
      expect(text).toContain('Elements, Book I');
      expect(text).toContain('Euclid');
    }
    const badges = [...files.keys()].filter((name) => /^badges\/.*\.svg$/.test(name)).sort();
    expect(badges).toEqual([
      'badges/suite.svg',
      'badges/triangle.inequality.svg',
      'badges/triangle.perimeter.svg',
    ]);
    expect(files.get('badges/triangle.inequality.svg')).toContain('holds');
  });

  test('finds nothing of this project’s paper in its report', async () => {
    const { catalogue } = await import('../../../paper/catalogue.ts');
    const text = [...(await reportFiles(await evidenceOf(claims))).values()].join('\n');
    const foreign = (entry: CatalogueEntry) => [entry.id, entry.statement.words];
    const words = [catalogue.paper.title, catalogue.paper.version, ...catalogue.paper.authors];
    for (const word of [...words, ...catalogue.entries.flatMap(foreign)]) expect(text).not.toContain(word);
    expect(text).not.toMatch(/MAXCUT|Johnson|Lindenstrauss|derandomi|2510\.19382/i);
  });
});
