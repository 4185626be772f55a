import type { RandomStream } from '../../../numerics/random/stream.ts';
import { irrelevantNorm } from '../model/networkLayout.ts';
import type { NetworkRisk } from '../risk/networkRisk.ts';
import { type CertifiedStructure, certifyStructure, firstLayerSpectrum } from './discoverStructure.ts';
import { type StudentProblem, studentRisk } from './studentProblem.ts';

/** Seconds that a certificate may always take. */
const granted = 0.5;

/** Most of the time for the certificate by the finer rule, and by the coarser one, which is all there is then. */
const [finePart, coarsePart] = [0.4, 0.8] as const;

/** Estimates are off by up to this factor on a machine with other work. */
const caution = 1.3;

/** What a certificate of a training is made with, and how long it is expected to take. */
export interface CertificatePlan {
  readonly rule: 'fine' | 'coarse' | 'none';
  readonly seconds: number;
}

/**
 * Plans the certificate of a training: by the finer rule, by a coarser one of half its nodes, or none. The plan
 * follows what evaluations of the risk take on this machine, as they are made.
 */
export class CertificatePlanner {
  readonly #problem: StudentProblem;
  readonly #budget: number;
  readonly #clock: () => number;
  readonly #cost: number;
  #gradients = 0;
  #spent = 0;

  /**
   * @param budget seconds for everything, infinite where steps are counted
   * @param clock seconds
   */
  constructor(problem: StudentProblem, budget: number, clock: () => number) {
    this.#problem = problem;
    this.#budget = budget;
    this.#clock = clock;
    this.#cost = certificateCost(problem);
  }

  /** Evaluates, and notes what it took. */
  timed<T>(gradients: 0 | 1, evaluate: () => T): T {
    const before = this.#clock();
    const found = evaluate();
    // The first gradient is partly interpreted: it counts only until there is another.
    if (this.#gradients === 1 && gradients === 1) {
      this.#spent = 0;
      this.#gradients = 0;
    }
    this.#spent += this.#clock() - before;
    this.#gradients += gradients;
    return found;
  }

  get plan(): CertificatePlan {
    const { input, teacher } = this.#problem;
    const fine = (caution * this.#cost * this.#spent) / Math.max(1, this.#gradients);
    if (fine <= Math.max(granted, finePart * this.#budget)) return { rule: 'fine', seconds: fine };
    const coarse = input - teacher > 2 ? fine / 2 : fine;
    if (coarse <= Math.max(granted, coarsePart * this.#budget)) return { rule: 'coarse', seconds: coarse };
    return { rule: 'none', seconds: coarse };
  }
}

/** Certifies where a training ended, as planned; `not-affordable` in place of the certificate where none was. */
export function certifyAsPlanned(
  stream: RandomStream,
  { rule, seconds }: CertificatePlan,
  problem: StudentProblem,
  {
    risk,
    start,
    point,
  }: { readonly risk: NetworkRisk; readonly start: Float64Array; readonly point: Float64Array },
): CertifiedStructure {
  if (rule === 'fine') return certifyStructure(risk, start, point);
  if (rule === 'coarse') return certifyStructure(studentRisk(stream, problem, 'coarse'), start, point);
  return {
    point,
    certificate: { outcome: 'not-affordable', seconds },
    startNorm: irrelevantNorm(risk.layout, start),
    spectrum: firstLayerSpectrum(risk.layout, point),
  };
}

/**
 * How many times as long as a value with its gradient a certificate takes: the b-block over the rule's nodes, twice,
 * and over the finer rules that tell its error. Operations are counted a node, an activation as sixty of them.
 */
function certificateCost({ input, teacher, width: h, depth }: StudentProblem): number {
  const gradient = 2 * h * input + 3 * (depth - 1) * h * h + 60 * depth * h;
  const block = h * h * (h * Math.max(0, 2 * depth - 3) + 8 * depth);
  // Grids of 12, 24 and 13 nodes an axis, or frames of which the finer rule has two.
  const nodes = input - teacher > 2 ? 4 : 2 + 2 ** (input - teacher) + (13 / 12) ** (input - teacher);
  return nodes * (1 + block / gradient);
}
