import { parentPort, workerData } from 'node:worker_threads';
import { embedPoints } from '../../src/applications/embedding/search/embedPoints.ts';
import { smallestEmbedding } from '../../src/applications/embedding/search/smallestEmbedding.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import type { SearchTask } from './embedSearch.ts';

const { points, goal, seconds, threads, seed, flag, progress } = workerData as SearchTask;
const options = {
  seconds,
  threads,
  interrupted: () => Atomics.load(flag, 0) !== 0,
  observe: ({ distortion }: { distortion: number }) => {
    progress[0] = Math.min(progress[0], distortion);
  },
};
const stream = randomStream(seed).fork('embed');
parentPort?.postMessage(
  'distortion' in goal
    ? smallestEmbedding(stream, points, { ...goal, ...options })
    : embedPoints(stream, points, { ...goal, ...options }),
);
