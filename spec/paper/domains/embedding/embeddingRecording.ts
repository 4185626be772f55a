import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { pointDirections, worstOver } from '../../../../src/applications/embedding/points/pairDirections.ts';
import { publishedRun } from '../../../../src/applications/embedding/published/publishedProcedure.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';
import { pairRange, paperPoints } from './embeddingFigures.ts';

const curve = z.array(z.tuple([z.number(), z.number()]));
const recording = z.object({
  pointCount: z.number(),
  dimension: z.number(),
  rows: z.number(),
  steps: z.number(),
  losses: curve,
  distortions: curve,
  deviations: curve,
  /** |Mu|² over all unit differences of the points, M the mean at the end. */
  leastPair: z.number(),
  mostPair: z.number(),
  /** Worst ||Mx|² − 1| over the points at the end. */
  distortion: z.number(),
});

/** The published procedure at its published size, as recorded or replayed. */
export type PublishedRecording = z.infer<typeof recording>;

const place = new URL('../../../../fixtures/embedding/published.json', import.meta.url);

/** The recorded run of 5000 steps or fewer; made again by `npm run record -- embedding`. */
export function recordedRun(): PublishedRecording {
  return recording.parse(JSON.parse(readFileSync(place, 'utf8')));
}

/** Runs the published procedure from the recording's own seed: 100 normalised uniform rows in R^500, 30 rows. */
export function recordPublishedRun(steps: number): PublishedRecording {
  const stream = randomStream('jl figures');
  const [pointCount, dimension, rows] = [100, 500, 30];
  const points = paperPoints(stream.fork('points'), pointCount, dimension);
  const directions = pointDirections(points);
  const { losses, distortions, deviations, matrix } = publishedRun(
    stream.fork('run'),
    directions,
    rows,
    steps,
  );
  const { least, most } = pairRange(points, matrix);
  return {
    pointCount,
    dimension,
    rows,
    steps,
    losses: losses.map(([step, y]) => [step, y]),
    distortions: distortions.map(([step, y]) => [step, y]),
    deviations: deviations.map(([step, y]) => [step, y]),
    leastPair: least,
    mostPair: most,
    distortion: worstOver(directions, matrix),
  };
}
