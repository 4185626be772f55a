import { checkAbove } from '../../../numerics/base/checks.ts';
import { gaussianInto } from '../../../numerics/random/fills.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { NetworkLayout } from './networkLayout.ts';

/**
 * Draws starting parameters: each weight matrix N(0, scale²/fan-in), each shift N(0, scale²/4).
 *
 * With scale 1 every layer's sums have variance of about 1 whatever the widths; large scales start far from the
 * origin, where W⊥ is large and the theorem has most to do.
 *
 * @returns a fresh vector laid out by `layout`
 * @throws RangeError when `scale` is not positive
 */
export function initialParameters(stream: RandomStream, layout: NetworkLayout, scale = 1): Float64Array {
  checkAbove('scale', scale, 0);
  const x = new Float64Array(layout.dimension);
  for (const [index, block] of layout.blocks.entries()) {
    const part = x.subarray(block.start, block.start + block.rows * block.columns);
    const fanIn =
      block.name === 'weights' || block.name === 'relevant' ? layout.inputDimension : block.columns;
    const isShift = block.name.includes('shift');
    const deviation = isShift ? scale / 2 : scale / Math.sqrt(fanIn);
    gaussianInto(part, stream.fork(`${index}:${block.name}`), deviation);
  }
  return x;
}
