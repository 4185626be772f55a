import { z } from 'zod';
import { number } from './scalars.ts';

/** A JSON value: what an instance is drawn as, stored as, and replayed from. */
export type Raw = number | string | readonly Raw[] | { readonly [name: string]: Raw };

const raw: z.ZodType<Raw> = z.lazy(() =>
  z.union([z.number(), z.string(), z.array(raw).readonly(), z.record(z.string(), raw)]),
);

export const toleranceShape = z.object({ value: number, because: z.string() });

export const comparisonShape = z.object({
  /** What is compared, in words: `norm of W against the bound`. */
  what: z.string(),
  left: number,
  relation: z.enum(['≤', '≥', '=']),
  right: number,
  tolerance: toleranceShape,
  /** Further numbers that a reader of a witness wants to see: the weight, the curvature, the gradient norm. */
  numbers: z.record(z.string(), number),
});

export const witnessShape = z.object({
  instance: raw,
  comparison: comparisonShape,
  margin: number,
  tightness: number,
  /** Where fast-check finds the instance again, given the seed. */
  path: z.string(),
});

/**
 * One inequality or equation with both of its sides evaluated.
 *
 * Statements return comparisons rather than booleans, so that a report can show what each side was and how close
 * the bound came to being attained.
 */
export type Comparison = z.output<typeof comparisonShape>;

/** An instance with the comparison that came closest to failing on it, or failed. */
export type Witness = z.output<typeof witnessShape>;
