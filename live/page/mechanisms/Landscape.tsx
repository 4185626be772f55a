import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { toyObjective } from '../../../spec/paper/domains/lemma/toy.ts';
import { linearScale } from '../parts/scale.ts';
import { biasRange, type ToyView, weightRange } from './toyView.ts';

const [columns, rows] = [110, 90];
const [width, height] = [440, 360];

interface LandscapeProps {
  readonly regularization: number;
  readonly bias: number;
  readonly view: ToyView;
}

/** The loss over the plane of weight and bias, with the course of a descent on it. */
export function Landscape({ regularization, bias, view }: LandscapeProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, regularization);
  }, [regularization]);
  const across = linearScale(weightRange, 0, width);
  const up = linearScale(biasRange, height, 0);
  const course = view.path.map(([w, b]) => `${across.at(w).toFixed(1)} ${up.at(b).toFixed(1)}`).join('L');
  return (
    <div class="landscape">
      <canvas ref={canvas} width={columns} height={rows} />
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`The loss over weight (across) and bias (up). From weight 0.8 and bias ${bias.toFixed(2)} a descent leads to weight ${view.trained.w.toFixed(3)} and bias ${view.trained.b.toFixed(3)}.`}
      >
        <path d={`M0 ${up.at(bias)}H${width}`} class="held" />
        <path d={`M${course}`} class="course" />
        <circle cx={across.at(view.frozen[0])} cy={up.at(bias)} r={7} class="frozen-end" />
        <circle cx={across.at(view.trained.w)} cy={up.at(view.trained.b)} r={7} class="trained-end" />
      </svg>
    </div>
  );
}

/** Dark where the loss is low; its logarithm, since it grows with the sixth power. */
function paint(context: CanvasRenderingContext2D, regularization: number): void {
  const objective = toyObjective(regularization);
  const image = context.createImageData(columns, rows);
  const point = new Float64Array(2);
  for (let r = 0; r < rows; r++) {
    point[1] = biasRange[1] - ((biasRange[1] - biasRange[0]) * (r + 0.5)) / rows;
    for (let c = 0; c < columns; c++) {
      point[0] = weightRange[0] + ((weightRange[1] - weightRange[0]) * (c + 0.5)) / columns;
      const level = Math.max(0, Math.min(1, (Math.log10(objective.value(point) + 0.03) + 1.6) / 3.4));
      // Bands, so that the valley is seen.
      const band = Math.floor(level * 22) / 22;
      const at = 4 * (r * columns + c);
      image.data[at] = 24 + 225 * band;
      image.data[at + 1] = 40 + 190 * band ** 1.2;
      image.data[at + 2] = 90 + 90 * (1 - band) * band * 4;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
