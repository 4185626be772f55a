import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseOwnData } from '../../../src/papers/evidence/ownData.ts';
import { drawChart } from '../../../src/papers/report/charts/chart.ts';
import { discover } from '../../../src/tools/discover.ts';
import { embed } from '../../../src/tools/embed.ts';
import { maxcut } from '../../../src/tools/maxcut.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const weights = join(folder, "it's a <layer>.csv");
writeFileSync(weights, '1,2,3\n0.1,0.2,0.3\n0,1,0\n');

const tools: readonly { tool: string; words: readonly string[]; summary: Record<string, unknown> }[] = [
  {
    tool: 'maxcut',
    words: ['fixtures/graphs/petersen.txt', '--steps', '1'],
    summary: { vertices: 10, edges: 15, cut: 12, outcome: 'optimal' },
  },
  {
    tool: 'embed',
    words: ['fixtures/points/cluster.csv', '--k', '3', '--seconds', '0.3'],
    summary: { points: 12, dimension: 6, embeddingDimension: 3, pairs: 65 },
  },
  {
    tool: 'discover',
    words: ['--input', '3', '--teacher', '1', '--depth', '1', '--width', '2', '--seconds', '0.5'],
    summary: { inputs: 3, teacherDirections: 1, width: 2 },
  },
  { tool: 'discover', words: ['--weights', weights, '--teacher', '1'], summary: { units: 3, inputs: 3 } },
];

function run(tool: string, words: readonly string[], report: string) {
  const all = [...words, '--report', report];
  if (tool === 'maxcut') return toolRun(maxcut, all);
  return tool === 'embed' ? toolRun(embed, all) : toolRun(discover, all);
}

describe('a result on own data', () => {
  test.each(tools)('of $tool is written as the report reads it: $words', async ({ tool, words, summary }) => {
    const file = join(folder, 'own.json');
    const { code, stderr } = await run(tool, words, file);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const own = parseOwnData(readFileSync(file, 'utf8'), file);
    expect(own.tool).toBe(tool);
    expect(own.summary).toMatchObject(summary);
    // A shell that is given the command passes on the words that were given here.
    const printed = spawnSync('sh', ['-c', own.command.replace(/^npm run -s \w+ --/, "printf '%s\\n'")]);
    expect(printed.stdout.toString()).toBe(`${[...words, '--report', file].join('\n')}\n`);
    expect(own.charts.length).toBeGreaterThan(0);
    for (const chart of own.charts) {
      expect(chart.series.every(({ points }) => points.length > 0)).toBe(true);
      expect(drawChart(chart).svg).toContain('</svg>');
    }
  });

  test('that cannot be written is one line and exit code 2', async () => {
    const { code, stdout, stderr } = await run(
      'maxcut',
      ['fixtures/graphs/petersen.txt', '--steps', '1'],
      join(folder, 'none', 'own.json'),
    );
    expect(stderr).toMatch(/own\.json: expected a writable file, got .*ENOENT/);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('the charts on own data', () => {
  const read = async (tool: string, words: readonly string[]) => {
    const file = join(folder, `${tool}.json`);
    await run(tool, words, file);
    return parseOwnData(readFileSync(file, 'utf8'), file);
  };

  test('of a cut: it never falls, its bound never rises, and the two never cross', async () => {
    const { charts, summary } = await read('maxcut', ['fixtures/graphs/paper-15.txt', '--steps', '1']);
    const [bound, best] = charts[0].series;
    const heights = ({ points }: typeof bound) => points.map(([, y]) => y);
    const rises = (values: readonly number[]) => values.every((y, i) => i === 0 || y >= values[i - 1]);
    expect(rises(heights(best))).toBe(true);
    expect(rises(heights(bound).map((y) => -y))).toBe(true);
    expect(Math.max(...heights(best))).toBeLessThanOrEqual(Math.min(...heights(bound)));
    expect(heights(best).at(-1)).toBe(summary.cut);
  });

  test('of an embedding: shares of all pairs, within the distortion that is reported', async () => {
    const { charts, summary } = await read('embed', [
      'fixtures/points/cluster.csv',
      ...['--k', '3', '--seconds', '0.3'],
    ]);
    const [{ points }, gaussian] = charts[0].series;
    for (const series of [points, gaussian.points]) {
      const total = series.reduce((sum, [, share]) => sum + share, 0);
      expect(Math.abs(total - 1)).toBeLessThan(series.length * Number.EPSILON);
    }
    const halfBin = (points[1][0] - points[0][0]) / 2;
    const furthest = Math.max(...points.filter(([, y]) => y > 0).map(([x]) => Math.abs(x - 1)));
    expect(Math.abs(furthest - Number(summary.distortion))).toBeLessThanOrEqual(halfBin * (1 + 1e-9));
  });
});
