import { hermite, smoothRelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { logCosh, squared } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import {
  gaussianLaw,
  heavyTailedLaw,
  laplaceLaw,
  rademacherLaw,
  sampleNodes,
  uniformLaw,
} from '../../../../src/applications/networks/training/inputSamples.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart, Series } from '../../../../src/papers/claims/exhibit.ts';

const goal = { gradientTolerance: 1e-7, curvatureTolerance: 1e-3 };

/** ‖W⊥‖ where a descent on n equally weighted inputs of a law ends, over a few starts: root mean square. */
function endNorm(stream: RandomStream, law: typeof gaussianLaw, count: number, wells: boolean): number {
  const starts = 3;
  let squaredSum = 0;
  for (let s = 0; s < starts; s++) {
    const own = stream.fork(`${law.name} ${count} ${s}`);
    const risk = networkRisk({
      inputDimension: 2,
      relevantDimension: 1,
      widths: [wells ? 1 : 3],
      activation: wells ? hermite(2) : smoothRelu(2),
      loss: wells ? squared : logCosh,
      // (u² − 1)² for the wells: a label that u² − 1 has to vanish for.
      teacher: wells ? () => 0 : indexTeacher([tanh]).label,
      regularization: 0.02,
      deeperRegularization: wells ? 0 : 0.02,
      frozen: wells ? ['output-weights', 'output-shift'] : [],
      nodes: sampleNodes(own.fork('nodes'), count, 2, law),
    });
    const x = initialParameters(own.fork('start'), risk.layout);
    if (wells) {
      x[risk.layout.outputWeights.start] = 1;
      x[risk.layout.outputShift.start] = 0;
    }
    const { point } = trustRegion({ stepLimit: 60 }).minimize(own, risk, x, goal);
    squaredSum += irrelevantNorm(risk.layout, point) ** 2 / starts;
  }
  return Math.sqrt(squaredSum);
}

/** What is left of W⊥ with the wrong inputs, or with a sample for the population, against the sample's size. */
export function limitCharts(stream: RandomStream): Chart[] {
  const laws = [gaussianLaw, rademacherLaw, uniformLaw, laplaceLaw, heavyTailedLaw];
  const sizes = [50, 200, 800];
  const chart = (wells: boolean, title: string, caption: string): Chart => {
    const series = laws.map(
      (law): Series => ({
        name: law.name,
        mark: 'line',
        points: sizes.map((count) => [count, Math.max(1e-9, endNorm(stream, law, count, wells))]),
      }),
    );
    return {
      id: `network.structure-discovery.${wells ? 'wells' : 'inputs'}`,
      figure: 'network.structure-discovery',
      origin: 'measured',
      title,
      caption,
      series,
      rules: [],
      x: { label: 'samples', scale: 'log' },
      y: { label: '‖W⊥‖', scale: 'log' },
    };
  };
  return [
    chart(
      false,
      'Irrelevant weights against the number of samples: a tanh teacher',
      'Three smoothed ReLU units on a sample instead of the population. For Gaussian inputs the line falls like 1/√n.',
    ),
    chart(
      true,
      'Irrelevant weights against the number of samples: (u² − 1)²',
      'The double well. Inputs ±1 keep their weights however many samples there are; Gaussian ones lose them.',
    ),
  ];
}
