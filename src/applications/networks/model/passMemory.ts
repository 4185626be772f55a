import {
  backwardInto,
  forwardInto,
  type NetworkPass,
  type NetworkProblem,
  networkPass,
  selectBatchInto,
} from './networkPass.ts';
import { type NetworkTangent, networkTangent } from './networkTangent.ts';

/** The passes of a problem's batches at one point, kept as long as the point stays. */
export interface PassMemory {
  /** How many batches hold all nodes. */
  readonly batches: number;
  /** A pass for each batch, or one for all of them in turn. */
  readonly passes: readonly NetworkPass[];
  /** The tangent of each pass; they share their workspace. */
  readonly tangents: readonly NetworkTangent[];
  /** Brings the passes to the point x; what they hold of another point is forgotten. `x` is copied. */
  moveTo(x: Float64Array): void;
  /** The place in `passes` of a pass over the batch at the current point, forward and, if asked, backward. */
  passOver(batch: number, backward: boolean): number;
  /** To be told when a pass was used for something else. */
  forget(): void;
}

/** Hidden values up to which every batch keeps its pass: 4 MB an array, about 20 MB in all. */
const rememberedNumbers = 2 ** 19;

/**
 * Allocates passes that remember the last point: Krylov methods ask for many products at one, and passes are more
 * than half of a product.
 *
 * Cost: the workspace of one pass and one tangent; of a pass for every batch where the batches are remembered.
 */
export function passMemory(problem: NetworkProblem): PassMemory {
  const { layout, nodes } = problem;
  const first = networkPass(problem);
  const batches = Math.ceil(nodes.count / first.batch);
  const hidden = nodes.count * layout.widths.reduce((a, b) => a + b, 0);
  const remembers = batches === 1 || hidden <= rememberedNumbers;
  const passes = [first];
  for (let i = 1; remembers && i < batches; i++) passes.push(networkPass(problem));
  const tangent = networkTangent(first);
  const point = new Float64Array(layout.dimension);
  const state = passes.map((): 'nothing' | 'forward' | 'backward' => 'nothing');
  return {
    batches,
    passes,
    tangents: passes.map((pass) => ({ ...tangent, pass })),
    moveTo(x) {
      if (sameEntries(point, x)) return;
      // The passes keep reading their parameters, so they are given a copy that no caller can change.
      point.set(x);
      state.fill('nothing');
    },
    passOver(batch, backward) {
      const place = remembers ? batch : 0;
      const pass = passes[place];
      if (!remembers || state[place] === 'nothing') {
        const start = batch * pass.batch;
        selectBatchInto(pass, start, Math.min(pass.batch, nodes.count - start));
        forwardInto(pass, point);
        state[place] = 'forward';
      }
      if (backward && state[place] === 'forward') {
        backwardInto(pass);
        state[place] = 'backward';
      }
      return place;
    },
    forget() {
      state.fill('nothing');
    },
  };
}

function sameEntries(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
