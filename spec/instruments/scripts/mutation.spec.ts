import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { explanationOf, mutantKey } from '../../../scripts/mutate/explanations.ts';
import { filesOf, mutantsOf, rangeOf } from '../../../scripts/mutate/mutants.ts';
import { mutationParts } from '../../../scripts/mutate/mutationPlan.ts';
import { countMutants, type PartResult } from '../../../scripts/mutate/mutationResult.ts';
import { drawOf, notDrawn } from '../../../scripts/mutate/mutationSample.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';
import { type MutationRecord, parseMutationRecord } from '../../../src/papers/evidence/mutationRecord.ts';
import { reportFiles } from '../../../src/papers/report/reportFiles.ts';
import { randomEvidence } from '../papers/randomEvidence.ts';

const tests = {
  'spec/paper/lemma.spec.ts': {
    tests: [
      { id: '1', name: 'section Lemma 1, title (lemma.one) holds' },
      { id: '2', name: 'section Lemma 1, title (lemma.one) is refuted when sabotaged: a sign' },
      { id: '3', name: 'section Lemma 2, title (lemma.two) holds' },
    ],
  },
  'spec/instruments/tool.spec.ts': { tests: [{ id: '4', name: 'a tool holds (somehow) water' }] },
};
type Mutant = PartResult['report']['files'][string]['mutants'][number];
function mutant(changes: Partial<Mutant>): Mutant {
  const location = { start: { line: 1, column: 1 }, end: { line: 1, column: 6 } };
  return { status: 'Killed', location, replacement: 'a - b', testsCompleted: 4, ...changes };
}
function counted(...mutants: readonly Mutant[]) {
  const source = 'a + b;\nc\n  * d;';
  const files = { 'src/lemma/x.ts': { source, mutants } };
  return countMutants([
    { report: { files, testFiles: tests }, mutants: { 'src/lemma/x.ts': 9 }, minutes: 1 },
  ]);
}

describe('mutants', () => {
  test('are killed by the claims and specs whose tests failed, each counted once', () => {
    const { killers, files, score } = counted(
      mutant({ killedBy: ['1', '2'] }),
      mutant({ killedBy: ['1', '3', '4'] }),
      mutant({ killedBy: ['4'] }),
    );
    expect(killers).toEqual([
      { name: 'lemma.one', kind: 'claim', kills: { lemma: 2 }, alone: 1 },
      { name: 'lemma.two', kind: 'claim', kills: { lemma: 1 }, alone: 0 },
      { name: 'spec/instruments/tool.spec.ts', kind: 'instrument', kills: { lemma: 2 }, alone: 1 },
    ]);
    expect(files['src/lemma/x.ts']).toMatchObject({ room: 'lemma', mutants: 9, drawn: 3, killed: 3 });
    expect(score).toMatchObject({ noticed: 3, run: 3, upper: 1 });
  });

  test('that end in an endless loop are noticed; those that survive or are not reached are not', () => {
    const { files, score, survivors } = counted(
      mutant({ status: 'Timeout' }),
      mutant({ status: 'Survived' }),
      mutant({ status: 'NoCoverage' }),
      mutant({ status: 'RuntimeError' }),
    );
    expect(files['src/lemma/x.ts']).toMatchObject({ drawn: 4, timedOut: 1, survived: 2, invalid: 1 });
    expect(score).toMatchObject({ noticed: 1, run: 3 });
    expect(survivors).toHaveLength(2);
    expect(survivors[0]).toMatchObject({ file: 'src/lemma/x.ts', line: 1, text: 'a + b', becomes: 'a - b' });
  });

  test('that were not drawn, or are of a kind left out, are in no count', () => {
    const { files, score } = counted(
      mutant({ status: 'CompileError', statusReason: notDrawn }),
      mutant({ status: 'Ignored' }),
    );
    expect(files['src/lemma/x.ts']).toMatchObject({ mutants: 9, drawn: 0, invalid: 0 });
    expect(score).toMatchObject({ noticed: 0, run: 0, lower: 0, upper: 1 });
  });

  test('with which a spec cannot be loaded are noticed, though no test of it fails', () => {
    const lost = mutant({ status: 'Survived', static: true, testsCompleted: 3 });
    const kept = mutant({ status: 'Survived', static: true, testsCompleted: 4 });
    const { killers, survivors } = counted(lost, kept, mutant({ killedBy: ['4'] }));
    expect(killers.find(({ kind }) => kind === 'loading')).toMatchObject({ kills: { lemma: 1 }, alone: 1 });
    expect(survivors).toHaveLength(1);
  });

  test('of several lines are told on one', () => {
    const location = { start: { line: 2, column: 1 }, end: { line: 3, column: 6 } };
    const { survivors } = counted(mutant({ status: 'Survived', location, replacement: 'c\n  / d' }));
    expect(survivors[0]).toMatchObject({ line: 2, text: 'c * d', becomes: 'c / d' });
  });
});

describe('the draw', () => {
  const location = { start: { line: 3, column: 1 }, end: { line: 3, column: 9 } };
  const one = { fileName: '/here/src/lemma/x.ts', location, mutatorName: 'M', replacement: 'x' };

  test('depends on what a mutant is, and not on where the sources lie', () => {
    for (const fileName of ['/elsewhere/deep/src/lemma/x.ts', '/a/src/b/scripts/c/src/lemma/x.ts'])
      expect(drawOf('a', { ...one, fileName })).toBe(drawOf('a', one));
    const script = { ...one, fileName: '/here/scripts/recheck/x.ts' };
    expect(drawOf('a', { ...script, fileName: '/there/scripts/recheck/x.ts' })).toBe(drawOf('a', script));
    const others = [
      { ...one, fileName: '/here/src/lemma/y.ts' },
      { ...one, mutatorName: 'N' },
      { ...one, replacement: 'y' },
      { ...one, location: { ...location, end: { line: 3, column: 8 } } },
      { ...one, location: { ...location, start: { line: 2, column: 1 } } },
    ];
    expect(new Set([one, ...others].flatMap((each) => [drawOf('a', each), drawOf('b', each)])).size).toBe(12);
  });

  test('is spread evenly: no decile of 10,000 mutants is emptier or fuller than by chance', () => {
    const counts = new Array<number>(10).fill(0);
    for (let line = 1; line <= 10_000; line++) {
      const start = { line, column: 0 };
      counts[Math.floor(10 * drawOf('a', { ...one, location: { start, end: start } }))]++;
    }
    // Hoeffding's inequality at rate 1e-12 for each side of ten deciles; the hash is fixed, so this never flickers.
    const slack = Math.sqrt((10_000 * Math.log(20 / 1e-12)) / 2);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThanOrEqual(slack);
  });
});

describe('an explanation', () => {
  const change = { file: 'src/a/b/x.ts', text: 'f(a,  b)', becomes: '{ }' };

  test('belongs to what is changed, wherever its file lies and however it is formatted', () => {
    for (const same of [{ file: 'src/x.ts' }, { text: 'f(\n a, b\n)' }, { becomes: '{}' }])
      expect(mutantKey({ ...change, ...same })).toBe(mutantKey(change));
    const others = [{ file: 'src/a/b/y.ts' }, { text: 'f(a, c)' }, { becomes: '' }];
    expect(new Set([change, ...others.map((other) => ({ ...change, ...other }))].map(mutantKey)).size).toBe(
      4,
    );
  });

  test('is found under the key that is made from its own text, and says something', () => {
    const known = JSON.parse(readFileSync('fixtures/mutation/explained.json', 'utf8'));
    expect(Object.keys(known).length).toBeGreaterThan(0);
    for (const [key, { because, ...of }] of Object.entries<typeof change & { because: string }>(known)) {
      expect(mutantKey(of)).toBe(key);
      expect(explanationOf(of)).toBe(because);
    }
    expect(explanationOf(change)).toBeUndefined();
  });
});

test('the parts name files that exist, no file twice, and every file has mutants with a place', async () => {
  const files = mutationParts.flatMap(({ mutate }) => filesOf(mutate));
  expect(new Set(files).size).toBe(files.length);
  const [some] = mutationParts;
  const mutants = await mutantsOf(filesOf(some.mutate).slice(0, 2));
  expect(mutants.length).toBeGreaterThan(10);
  for (const each of mutants) expect(rangeOf(each)).toMatch(/\.ts:\d+:\d+-\d+:\d+$/);
});

describe('the record', () => {
  const stream = rootStream('mutation record');
  const record: MutationRecord = {
    schemaVersion: 1,
    tool: 'Stryker 0',
    commit: '0'.repeat(40),
    dirty: false,
    node: 'v0',
    finished: '2026-01-01T00:00:00.000Z',
    minutes: 1,
    command: 'npm run mutate',
    draw: 'x',
    share: 0.1,
    leftOut: ['StringLiteral'],
    ...counted(mutant({ killedBy: ['1', '4'] }), mutant({ status: 'Survived', replacement: '<b>|x</b>' })),
  };

  test('reads back as it was written, and damaged is refused in one line', () => {
    expect(parseMutationRecord(JSON.stringify(record), 'r')).toEqual(record);
    const text = JSON.stringify(record);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (cut) => {
        expect(() => parseMutationRecord(text.slice(0, cut), 'r')).toThrow(/^r: [^\n]*$/);
      }),
    );
    const worse = { ...record, score: { ...record.score, lower: 2 } };
    expect(() => parseMutationRecord(JSON.stringify(worse), 'r')).toThrow(/score\.lower/);
  });

  test('is in the report: who noticed what, and every survivor with its reason, escaped', async () => {
    const evidence = randomEvidence(stream);
    const files = await reportFiles(evidence, { mutation: record });
    const { document } = parseHTML(files.get('index.html') ?? '');
    const section = document.querySelector('#mutants');
    const rows = Array.from(section?.querySelectorAll('tbody tr') ?? []).map((row) =>
      Array.from(row.children, (cell) => (cell.textContent ?? '').trim()),
    );
    expect(rows).toEqual([
      ['lemma.one', '1', '0'],
      ['spec/instruments/tool.spec.ts', '1', '0'],
      ['src/lemma/x.ts:1', 'a + b', '<b>|x</b>', 'Not explained yet.'],
    ]);
    expect(section?.textContent).toContain('1 of 2 mutants noticed (50.0 %)');
    const validator = new HtmlValidate({
      extends: ['html-validate:standard'],
      rules: { 'no-raw-characters': 'off' },
    });
    const { results } = await validator.validateString(files.get('index.html') ?? '');
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
    const markdown = files.get('report.md') ?? '';
    expect(markdown).toContain('| lemma.one | 1 | 0 |');
    expect(markdown).toContain('` <b>\\|x</b> `');
    expect((await reportFiles(evidence)).get('index.html')).not.toContain('id="mutants"');
  });
});
