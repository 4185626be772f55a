import fc from 'fast-check';
import { beforeEach } from 'vitest';
import { unasked } from './mutationPlan.ts';

// A failure is enough; what it looks like when made smaller is for those who mend it.
fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 20, endOnFailure: true });

beforeEach(({ task, skip }) => {
  let name = task.name;
  for (let suite = task.suite; suite !== undefined; suite = suite.suite) name = `${suite.name} ${name}`;
  if (unasked.some((words) => name.includes(words))) skip();
});
