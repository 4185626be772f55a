import fc from 'fast-check';
import { rootStream } from '../src/papers/claims/rootStream.ts';

/** Properties of the instruments draw from the run's root seed too: no test is random by itself. */
fc.configureGlobal({
  seed: rootStream('instruments').integer(0, 0x7fffffff),
  markInterruptAsFailure: true,
});
