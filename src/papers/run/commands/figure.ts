import { fs, path, tempdir } from 'zx';
import { InputError } from '../../../numerics/base/inputError.ts';
import { writeWhole } from '../../../numerics/base/writeWhole.ts';
import type { Catalogue } from '../../claims/catalogue.ts';
import { parseEvidence } from '../../evidence/evidence.ts';
import { chartCsv } from '../../report/charts/chartCsv.ts';
import { specsQuoting } from '../claimSpecs.ts';
import { type Paper, reportsFolder } from '../paper.ts';
import { readText } from '../readText.ts';
import type { RunRequest } from '../request.ts';
import { runVitest } from '../runVitest.ts';

/**
 * The claim of a figure of the paper.
 *
 * @throws InputError naming the figures that there are
 */
export function figureClaim({ entries }: Catalogue, figure: string): string {
  const figures = entries.filter(
    ({ label, unstated }) => /^Figure \d+$/.test(label) && unstated === undefined,
  );
  const found = figures.find(({ label }) => label === `Figure ${figure}`);
  if (found !== undefined) return found.id;
  const known = figures.map(({ label }) => label.slice('Figure '.length)).join(', ');
  throw new InputError({ source: '--figure', expected: `one of ${known}`, got: `"${figure}"` });
}

/**
 * Repeats one figure: judges its claim, prints its numbers beside the paper's, and writes each chart as SVG and CSV.
 *
 * @returns the exit code of the judgement
 */
export async function repeatFigure(paper: Paper, figure: string, request: RunRequest): Promise<number> {
  const claim = figureClaim(paper.catalogue, figure);
  const folder = tempdir();
  try {
    const evidence = path.join(folder, 'evidence.json');
    const { exitCode } = await runVitest(specsQuoting(paper, claim), { ...request, claim, evidence });
    if (!fs.existsSync(evidence)) return exitCode;
    const { charts } = parseEvidence(readText(evidence), evidence);
    // Drawing needs large libraries, which no other judgement waits for.
    const { drawChart } = await import('../../report/charts/chart.ts');
    const place = path.join(reportsFolder, `figure-${figure}`);
    fs.ensureDirSync(place);
    for (const chart of charts) {
      const name = path.join(place, chart.id.replace(/[^a-z0-9.-]+/gi, '-'));
      writeWhole(`${name}.svg`, `${drawChart(chart).svg}\n`);
      writeWhole(`${name}.csv`, chartCsv(chart));
      process.stdout.write(`${name}.svg and .csv: ${chart.title}\n`);
    }
    return exitCode;
  } finally {
    fs.removeSync(folder);
  }
}
