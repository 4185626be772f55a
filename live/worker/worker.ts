// The claims register themselves as these are loaded; the bundler puts the register where the test runner stands.
import '../../spec/paper/lemma.spec.ts';
import '../../spec/paper/derandomization.spec.ts';
import '../../spec/paper/toy.spec.ts';
import '../../spec/paper/networks.spec.ts';
import '../../spec/paper/maxcut.spec.ts';
import '../../spec/paper/embedding.spec.ts';
import { registeredClaims } from '../../src/papers/claims/register.ts';
import { type Answer, roundProfile, type Task } from '../protocol.ts';
import { cutFrames } from './cutFrames.ts';
import { judgeTask } from './judging.ts';
import { pointsFrames } from './pointsFrames.ts';

self.onmessage = async ({ data }: MessageEvent<Task>): Promise<void> => {
  const say = (answer: Answer): void => self.postMessage(answer);
  try {
    say(await done(data, say));
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};

async function done(task: Task, say: (answer: Answer) => void): Promise<Answer> {
  if (task.kind === 'describe') {
    const claims = [...registeredClaims().values()].map(({ entry: { id }, sabotages, instances }) => ({
      id,
      sabotages,
      instances: instances[roundProfile],
    }));
    return { kind: 'described', claims };
  }
  if (task.kind === 'cut') return cutFrames(task);
  if (task.kind === 'points') return pointsFrames(task);
  const claim = registeredClaims().get(task.claim);
  if (claim === undefined) throw new RangeError(`${task.claim}: expected a claim of this page`);
  return judgeTask(claim, task, say);
}
