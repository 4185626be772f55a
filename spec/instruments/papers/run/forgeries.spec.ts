import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestProblems } from '../../../../scripts/recheck/manifest.ts';
import { type RecheckedEvidence, recheckEvidence } from '../../../../scripts/recheck/recheckEvidence.ts';
import { statedClaims as readClaims } from '../../../../scripts/recheck/statedClaims.ts';
import { type Evidence, parseEvidence } from '../../../../src/papers/evidence/evidence.ts';
import { evidenceProblems } from '../../../../src/papers/evidence/evidenceProblems.ts';
import { statedClaims } from '../../../../src/papers/run/statedClaims.ts';
import { type Ended, SmallProject, smallCatalogue } from './shardsProject.ts';

const project = new SmallProject();
afterAll(() => project.remove());

/** Evidence that may be written to. */
type Loose = { [key: string]: Loose } & Loose[];

/** Each answers for several files at once: starting a process takes longer than a refusal. */
const gates = {
  'npm run report': (files: readonly string[]) =>
    project.runs(
      'report',
      files.map((file) => ['--evidence', file, '--out', 'elsewhere']),
    ),
  'npm run report -- --check-badges': (files: readonly string[]) =>
    project.runs(
      'report',
      files.map((file) => ['--evidence', file, '--out', 'page', '--check-badges']),
    ),
  'npm run recheck': (files: readonly string[]) =>
    project.runs(
      'recheck',
      files.map((file) => [file]),
    ),
} as const;
const gateNames = Object.keys(gates) as (keyof typeof gates)[];

beforeAll(() => {
  project.commit();
  expect(project.run('verify', '--profile', 'smoke', '--seed', 'small').status).toBe(0);
  expect(project.run('report', '--evidence', 'reports/evidence.json', '--out', 'page').status).toBe(0);
}, 240_000);

/** Each makes evidence look better than the run was, or as if it were of other sources. */
const forgeries: Readonly<Record<string, (evidence: Loose) => void>> = {
  'green on a refuted claim': ({ claims }) => Object.assign(claims[0], { verdict: 'refuted' }),
  'a sabotage that is not refuted, under a green claim': ({ claims }) =>
    Object.assign(claims[1].sabotages[0], { verdict: 'holds' }),
  'all but one claim removed': (evidence) => Object.assign(evidence, { claims: [evidence.claims[0]] }),
  'every number reproduced, within 10⁹': ({ observations }) => {
    for (const observation of observations) {
      Object.assign(observation, { verdict: 'reproduced', tolerance: { value: 1e9, because: '' } });
    }
  },
  'the provenance of another commit': ({ provenance }) =>
    Object.assign(provenance, { commit: 'b'.repeat(40), inputs: '0123456789abcdef' }),
  '10⁹ instances': ({ claims }) =>
    Object.assign(claims[2], { instances: 1e9, histogram: [1e9, 0, 0, 0, 0, 0, 0, 0, 0, 0] }),
};

function forged(forge: (evidence: Loose) => void, name = 'forged'): string {
  const evidence = JSON.parse(project.read('reports/evidence.json')) as Loose;
  forge(evidence);
  project.write(`${name}.json`, JSON.stringify(evidence));
  return `${name}.json`;
}

const passedNull = {
  verdict: 'passes',
  reason: '',
  comparisons: [],
  share: 0.75,
  instances: 40,
  draws: 1,
  strata: [],
};

describe.for(gateNames)('%s', (gate) => {
  const ended = new Map<string, Ended>();
  beforeAll(() => {
    const names = Object.keys(forgeries);
    const files = Object.values(forgeries).map((forge, i) => forged(forge, `forged-${i}`));
    const [first, ...others] = gates[gate](['reports/evidence.json', ...files]);
    for (const [i, name] of ['as it is', ...names].entries()) ended.set(name, [first, ...others][i]);
  }, 120_000);

  test('lets evidence pass as a run leaves it', () => {
    expect(ended.get('as it is')).toMatchObject({ stderr: '', status: 0 });
  });

  test.for(Object.keys(forgeries))('refuses evidence with %s', (name) => {
    const { status, stdout, stderr } = ended.get(name) ?? expect.unreachable();
    expect(status, `${stdout}${stderr}`).toBe(gate === 'npm run recheck' ? 1 : 2);
    if (gate === 'npm run recheck') expect(stdout).toMatch(/[1-9]\d* contradictions/);
    else
      expect(stderr.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/^forged-\d\.json: expected evidence of/),
      ]);
  });
});

describe('evidence', () => {
  const small: Readonly<Record<string, (evidence: Loose) => void>> = {
    'a sabotage fewer': ({ claims }) => Object.assign(claims[0], { sabotages: [claims[0].sabotages[0]] }),
    'a claim more': ({ claims }) => claims.push({ ...claims[0], id: 'small.more' } as unknown as Loose),
    'a number reproduced that is not': ({ observations }) =>
      Object.assign(observations[0], { verdict: 'reproduced' }),
    'instances that are not shown': ({ claims }) => Object.assign(claims[1], { instances: 41 }),
    'a worst instance that fails': ({ claims }) => Object.assign(claims[1].worst.comparison, { left: -1 }),
    'weakness denied': ({ claims }) =>
      Object.assign(claims[1], { nulls: [{ ...passedNull, name: 'nothing' }] }),
    'a null that passes and is called failing': ({ claims }) =>
      Object.assign(claims[1], { nulls: [{ ...passedNull, name: 'nothing', verdict: 'fails' }] }),
  };
  const specs = join(project.folder, 'spec');

  test('as a run leaves it is what the specs state, by both readers of them', () => {
    expect(problemsOf(() => undefined)).toEqual({ written: [], rechecked: [] });
  });

  test.for(Object.entries(small))('with %s contradicts itself or its specs', ([, forge]) => {
    const { written, rechecked } = problemsOf(forge);
    expect(written.length).toBeGreaterThan(0);
    expect(rechecked.length).toBeGreaterThan(0);
  });

  function problemsOf(forge: (evidence: Loose) => void) {
    const file = project.read(forged(forge));
    const rechecked = JSON.parse(file) as RecheckedEvidence;
    return {
      written: evidenceProblems(
        parseEvidence(file, 'forged.json'),
        smallCatalogue,
        statedClaims({ catalogue: smallCatalogue, claimSpecs: [specs] }),
      ),
      rechecked: [...recheckEvidence(rechecked).problems, ...manifestProblems(rechecked, readClaims(specs))],
    };
  }

  test('of a commit that there is not is refused', () => {
    const file = forged(({ provenance }) => Object.assign(provenance, { commit: 'b'.repeat(40) }));
    for (const gate of gateNames) expect(gates[gate]([file])[0].status, gate).not.toBe(0);
  });

  test('is refused by the check of badges where it is of uncommitted sources, unless it is told', () => {
    const dirty = forged(({ provenance }) => Object.assign(provenance, { dirty: true }));
    const check = ['--evidence', dirty, '--out', 'page', '--check-badges'] as const;
    const [untold, told] = project.runs('report', [check, [...check, '--any-sources']]);
    expect(untold.stderr).toMatch(/uncommitted/);
    expect(told.status).toBe(0);
  });

  test('is refused after the sources have changed, unless it is told', () => {
    const spec = project.read('spec/claim3.spec.ts');
    project.write('spec/claim3.spec.ts', `${spec}// changed\n`);
    try {
      for (const gate of gateNames)
        expect(gates[gate](['reports/evidence.json'])[0].status, gate).not.toBe(0);
      expect(project.run('recheck', 'reports/evidence.json', '--any-sources').status).toBe(0);
    } finally {
      project.write('spec/claim3.spec.ts', spec);
    }
  });
});

describe('the statement beside a report', () => {
  const statement = 'page/test-result.intoto.json';
  const attest = () => project.runs('recheck', [['--attestation', statement]])[0];

  test('names the digest of the evidence and of every file, and how each claim ended', () => {
    const { subject, predicate, predicateType } = JSON.parse(project.read(statement));
    expect(predicateType).toBe('https://in-toto.io/attestation/test-result/v0.1');
    expect(subject.map(({ name }: { name: string }) => name)).toContain('../reports/evidence.json');
    expect(predicate.result).toBe('PASSED');
    const { claims } = JSON.parse(project.read('reports/evidence.json')) as Evidence;
    expect(predicate.passedTests).toEqual(claims.map(({ id }) => id));
    const { status, stdout } = attest();
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`${subject.length} files`);
  });

  test.for(['page/badges/small.claim-1.svg', 'reports/evidence.json'])(
    'is refused where %s was changed',
    (file) => {
      const text = project.read(file);
      project.write(file, `${text} `);
      try {
        const { status, stdout } = attest();
        expect(stdout).toMatch(/not the file that the statement speaks of/);
        expect(status).toBe(1);
      } finally {
        project.write(file, text);
      }
    },
  );

  test('is refused where it says better than the evidence, or is none', () => {
    const text = project.read(statement);
    try {
      project.write(statement, text.replace('"PASSED"', '"FAILED"'));
      expect(attest().stdout).toMatch(/the statement says FAILED/);
      project.write(statement, text.replace('Statement/v1', 'Statement/v0'));
      expect(attest().status).toBe(1);
      project.write(statement, '{');
      expect(attest().status).toBe(2);
    } finally {
      project.write(statement, text);
    }
  });

  test('has an RO-Crate beside it that lists the same files', () => {
    const { subject } = JSON.parse(project.read(statement));
    const graph: readonly { '@id': string; '@type': string }[] = JSON.parse(
      project.read('page/ro-crate-metadata.json'),
    )['@graph'];
    const files = graph.filter((each) => each['@type'] === 'File').map((each) => each['@id']);
    for (const { name } of subject) expect(files).toContain(name);
    expect(graph.map((each) => each['@id'])).toEqual(
      expect.arrayContaining(['ro-crate-metadata.json', './']),
    );
  });
});
