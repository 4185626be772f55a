import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseEvidence } from '../../../../src/papers/evidence/evidence.ts';
import type { Chart } from '../../../../src/papers/evidence/shape/exhibit.ts';
import { chartCsv } from '../../../../src/papers/report/charts/chartCsv.ts';
import { editDistance, nearestWord } from '../../../../src/papers/run/commands/nearest.ts';
import { cleanEnvironment } from '../../scripts/scriptRuns.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-figure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const words = fc.string({ maxLength: 8 });

describe('the distance of two words', () => {
  test('is 0 for equal ones alone, the same both ways, at most the longer length, and obeys the triangle', () => {
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, c)).toBeLessThanOrEqual(distance + editDistance(b, c));
      }),
    );
  });

  test('grows by at most one with each change, so that a slip is suggested away', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    const ids = ['lemma.pointwise', 'lemma.tight', 'maxcut.derandomized'];
    expect(nearestWord('lemma.pointwse', ids)).toBe('lemma.pointwise');
    expect(nearestWord('maxcut.derandomised', ids)).toBe('maxcut.derandomized');
    expect(nearestWord('something else entirely', ids)).toBeUndefined();
  });
});

test('the CSV of a chart holds its points, whatever the series are called', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const series = fc.array(
    fc.record({
      name: fc.string(),
      mark: fc.constant('line' as const),
      points: fc.array(fc.tuple(number, number)),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(series, fc.string({ minLength: 1 }), (all, label) => {
      const chart: Chart = {
        id: 'c',
        figure: 'f',
        origin: 'measured',
        title: '',
        caption: '',
        x: { label, scale: 'linear' },
        y: { label: 'y', scale: 'linear' },
        series: all,
        rules: [],
      };
      const [header, ...rows]: string[][] = parse(chartCsv(chart), { relax_column_count: true });
      expect(header).toEqual(['series', label, 'y']);
      const points = all.flatMap(({ name, points }) => points.map(([x, y]) => [name, x, y]));
      expect(rows.map(([name, x, y]) => [name, Number(x), Number(y)])).toEqual(points);
    }),
  );
});

/** `npm run verify` in a process of its own. */
function verify(...options: readonly string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/verify.ts', ...options], {
    encoding: 'utf8',
    env: cleanEnvironment,
  });
}

test('verify says which claim or figure was probably meant', () => {
  const claim = verify('--claim', 'lemma.pointwse');
  expect(claim.status).toBe(2);
  expect(claim.stderr).toContain('did you mean lemma.pointwise?');
  const figure = verify('--figure', '12');
  expect(figure.status).toBe(2);
  expect(figure.stderr).toMatch(/^--figure: expected one of 1, 2, .*got "12"/m);
});

test('verify repeats one figure: numbers beside the paper’s, evidence of that claim, charts as SVG and CSV', () => {
  const evidence = join(folder, 'evidence.json');
  const run = verify(
    '--claim',
    'figure.trainable-bias',
    '--profile',
    'smoke',
    '--seed',
    '1',
    '--evidence',
    evidence,
  );
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/reported 0 \(printed: Figure 2.*measured/);
  const { claims, charts } = parseEvidence(readFileSync(evidence, 'utf8'), evidence);
  expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([['figure.trainable-bias', 'holds']]);
  const again = verify('--figure', '2', '--profile', 'smoke', '--seed', '1');
  expect(again.status, again.stderr).toBe(0);
  const files = readdirSync('reports/figure-2');
  for (const chart of charts) {
    expect(files).toContain(`${chart.id}.svg`);
    expect(readFileSync(`reports/figure-2/${chart.id}.csv`, 'utf8')).toBe(chartCsv(chart));
  }
});
