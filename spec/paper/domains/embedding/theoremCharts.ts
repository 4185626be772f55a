import type { Point } from '../../../../src/applications/embedding/published/publishedProcedure.ts';
import type { StartOptions } from '../../../../src/applications/embedding/theorem/pessimisticEstimator.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { clopperPearson } from '../../../../src/numerics/statistics/clopperPearson.ts';
import type { Chart, Exhibit } from '../../../../src/papers/claims/exhibit.ts';
import type { Profile } from '../../../../src/papers/claims/settings.ts';
import { worstDistortion } from './embedding.ts';
import { embeddingCertificates } from './embeddingCertificates.ts';
import { leastReducing, type ReducingSet, reducingSets } from './reducingSets.ts';
import { descend, spannedSet } from './theoremDescents.ts';

const figure = 'embedding.derandomized';

/** Certificates of Theorem 5.5 and its curves: what is reached, and how far below the union bound's k it still works. */
export function theoremExhibit(stream: RandomStream, profile: Profile): Exhibit {
  return {
    observations: [],
    charts: [reachedChart(stream.fork('reached')), successChart(stream.fork('success'), profile)],
    certificates: embeddingCertificates(stream),
  };
}

function reached(stream: RandomStream, set: ReducingSet, options: StartOptions = {}): number {
  const { matrix } = descend(stream, set, trustRegion({ stepLimit: 5000 }), options);
  return worstDistortion(spannedSet(set), matrix);
}

/** The distortion at the end of the descent against ε, for two numbers of points. */
function reachedChart(stream: RandomStream): Chart {
  const distortions = [0.8, 0.85, 0.9];
  const series = [24, 48].map((n) => ({
    name: `${n} points`,
    mark: 'line' as const,
    points: distortions.map((epsilon): Point => {
      const domain = reducingSets('Gaussian', { distortion: [epsilon, epsilon], points: [n, n] });
      const set = domain.realize(stream.fork(`set ${n} ${epsilon}`).integer(0, 0x7fffffff));
      return [epsilon, reached(stream.fork(`descent ${n} ${epsilon}`), set)];
    }),
  }));
  const begins = distortions.map((epsilon) => leastReducing(epsilon)).join(', ');
  return {
    id: 'jl-reached',
    figure,
    origin: 'measured',
    title: 'Worst distortion at the end of the descent, against the ε asked for',
    caption: `Gaussian points; at ε = ${distortions.join(', ')} reduction begins with ${begins} points. The descent keeps what it promised, and has no reason to go far below.`,
    x: { label: 'ε', scale: 'linear' },
    y: { label: 'worst distortion over pairs', scale: 'linear' },
    series: [
      ...series,
      { name: 'ε itself', mark: 'line', points: distortions.map((epsilon): Point => [epsilon, epsilon]) },
    ],
    rules: [],
  };
}

/** The share of descents that end within ε, against their rows below the union bound's k, with exact intervals. */
function successChart(stream: RandomStream, profile: Profile): Chart {
  const trials = { smoke: 3, quick: 10, full: 60 }[profile];
  const parts = [0.2, 0.3, 0.4, 0.5, 0.75, 1];
  const domain = reducingSets('Gaussian', { distortion: [0.9, 0.9], points: [14, 14] });
  const shares = parts.map((part) => {
    let successes = 0;
    for (let trial = 0; trial < trials; trial++) {
      const set = domain.realize(stream.fork(`set ${trial}`).integer(0, 0x7fffffff));
      const rows = Math.ceil(part * set.rows);
      if (reached(stream.fork(`${part} ${trial}`), set, { rows }) <= set.distortion) successes++;
    }
    return { part, share: successes / trials, interval: clopperPearson(successes, trials, 0.05) };
  });
  const line = (name: string, of: (entry: (typeof shares)[number]) => number, mark: 'line' | 'dots') => ({
    name,
    mark,
    points: shares.map((entry): Point => [entry.part, of(entry)]),
  });
  return {
    id: 'jl-below-union',
    figure,
    origin: 'measured',
    title: 'How far below the union bound’s rows the same descent still succeeds',
    caption: `14 Gaussian points at ε = 0.9, ${trials} point sets a fraction, with exact 95 % intervals. The theorem promises success at 1; below, the start’s union bound is above ½ and nothing is promised.`,
    x: { label: 'rows, as a part of the union bound’s k', scale: 'linear' },
    y: { label: 'share within ε', scale: 'linear' },
    series: [
      line('share', ({ share }) => share, 'dots'),
      line('lower end', ({ interval }) => interval.lower, 'line'),
      line('upper end', ({ interval }) => interval.upper, 'line'),
    ],
    rules: [],
  };
}
