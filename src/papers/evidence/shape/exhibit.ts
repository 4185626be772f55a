import { z } from 'zod';
import { toleranceShape } from './comparison.ts';
import { id, number } from './scalars.ts';

/** How the words for a number's origin read. */
export const originKinds = ['printed', "from the authors' program", 'derived'] as const;

export const originShape = z.object({
  kind: z.enum(originKinds),
  /** The place in the paper, the file of the program, or what it is derived from. */
  where: z.string(),
});

export const observationShape = z.object({
  /** The claim's id, or the claim's id and a further word: `figure.frozen-bias.jump`. */
  id,
  quantity: z.string(),
  reported: number,
  /** Where the reported number comes from. */
  origin: originShape,
  measured: number,
  tolerance: toleranceShape,
  /** How our number relates to the other; only a published one is reproduced or not. */
  verdict: z.enum(['reproduced', 'qualified', 'not-reproduced', 'agrees', 'differs']),
  /** What was found, in neutral words. */
  finding: z.string(),
});

const axis = z.object({ label: z.string(), scale: z.enum(['linear', 'log']) });
const point = z.tuple([number, number]).readonly();
const series = z.object({
  name: z.string(),
  mark: z.enum(['line', 'dots', 'bars']),
  points: z.array(point).readonly(),
});
const rule = z.object({ axis: z.enum(['x', 'y']), at: number, label: z.string() });

export const chartShape = z.object({
  /** Unique among all charts; charts with the same `figure` stand beside each other. */
  id: z.string(),
  figure: id,
  origin: z.enum(['measured', 'redrawn']),
  title: z.string(),
  /** What is seen, in one or two sentences: the alternative text too. */
  caption: z.string(),
  x: axis,
  y: axis,
  series: z.array(series).readonly(),
  rules: z.array(rule).readonly(),
});

export const certificateShape = z.object({
  /** The claim's id, or the claim's id and a further word; unique. */
  id,
  /** What the numbers mean: a word that `npm run recheck` knows. */
  kind: z.string().regex(/^[a-z-]+$/),
  /** What follows from them, in words. */
  says: z.string(),
  numbers: z.record(z.string(), number),
  arrays: z.record(z.string(), z.array(number).readonly()),
});

export const exhibitShape = z.object({
  observations: z.array(observationShape).readonly(),
  charts: z.array(chartShape).readonly(),
  certificates: z.array(certificateShape).readonly().exactOptional(),
});

/** Where a number comes from that ours is held against. */
export type Origin = z.output<typeof originShape>;
/** A published or derived number beside ours. */
export type Observation = z.output<typeof observationShape>;
/** One line or cloud of a chart. */
export type Series = z.output<typeof series>;
/** An axis of a chart. */
export type Axis = z.output<typeof axis>;
/** A chart as data; how it is drawn is the report's business. */
export type Chart = z.output<typeof chartShape>;
/** Numbers from which one inequality can be checked again by a program that knows only what they mean. */
export type Certificate = z.output<typeof certificateShape>;
/** What a claim shows beside its judgement. */
export type Exhibit = z.output<typeof exhibitShape>;
