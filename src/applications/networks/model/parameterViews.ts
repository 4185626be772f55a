import { type MatrixView, rowMajor } from '../../../numerics/linalg/matrixView.ts';
import type { Block, NetworkLayout } from './networkLayout.ts';

/** A parameter vector (or a gradient, or a direction) seen as the matrices of its network. */
export interface ParameterViews {
  readonly layout: NetworkLayout;
  /** The vector under the views; set by `bindInto`. */
  data: Float64Array;
  readonly weights: MatrixView;
  readonly relevant: MatrixView;
  /** Weights into hidden layer l; entry 0 is not used and repeats `weights`. */
  readonly deeper: readonly MatrixView[];
  /** Where the shifts of hidden layer l start. */
  readonly shiftStarts: readonly number[];
}

/** Makes views of the layout's matrices over no data yet. */
export function parameterViews(layout: NetworkLayout): ParameterViews {
  const none = new Float64Array(0);
  const view = (block: Block) => rowMajor(none, block.start, block.rows, block.columns);
  return {
    layout,
    data: none,
    weights: view(layout.weights),
    relevant: view(layout.relevant),
    deeper: [view(layout.weights), ...layout.deeperWeights.map(view)],
    shiftStarts: [layout.shift.start, ...layout.deeperShifts.map((block) => block.start)],
  };
}

/** Lays the views over `data` (not copied). Allocates nothing. */
export function bindInto(views: ParameterViews, data: Float64Array): ParameterViews {
  views.data = data;
  views.weights.data = data;
  views.relevant.data = data;
  for (let l = 0; l < views.deeper.length; l++) views.deeper[l].data = data;
  return views;
}
