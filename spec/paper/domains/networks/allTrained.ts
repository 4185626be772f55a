import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import type { NetworkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Whether no block of parameters is frozen: every one of them that is not empty has a gradient somewhere. */
export function allTrained({
  stream,
  risk,
}: {
  readonly stream: RandomStream;
  readonly risk: NetworkRisk;
}): boolean {
  const x = initialParameters(stream.fork('anywhere'), risk.layout);
  const gradient = risk.gradientInto(new Float64Array(risk.dimension), x);
  return risk.layout.blocks.every(({ start, rows, columns }) => {
    const own = gradient.subarray(start, start + rows * columns);
    return own.length === 0 || own.some((entry) => entry !== 0);
  });
}
