import { z } from 'zod';

/** A number, or the text that stands for one that JSON cannot write. */
export const number = z.union([z.number(), z.enum(['Infinity', '-Infinity', 'NaN'])]).transform(Number);
export const count = z.number().int().nonnegative();
export const id = z.string().regex(/^[a-z0-9.-]+$/);
