import { inject } from 'vitest';
import { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
import type { Settings } from './settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    claims: Settings;
  }
}

/** A stream for a test that is not a claim, forked from the run's root seed by a label of its own. */
export function rootStream(label: string): RandomStream {
  return randomStream(inject('claims').seed).fork('test').fork(label);
}
