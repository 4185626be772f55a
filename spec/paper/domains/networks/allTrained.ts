import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import type { NetworkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** Whether no block of parameters is frozen: every one of them has a gradient somewhere. */
export function allTrained({
  stream,
  risk,
}: {
  readonly stream: RandomStream;
  readonly risk: NetworkRisk;
}): boolean {
  const x = initialParameters(stream.fork('anywhere'), risk.layout);
  const gradient = risk.gradientInto(new Float64Array(risk.dimension), x);
  return risk.layout.blocks.every(({ start, rows, columns }) =>
    gradient.subarray(start, start + rows * columns).some((entry) => entry !== 0),
  );
}
