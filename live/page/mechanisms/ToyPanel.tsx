import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { readable } from '../../../src/papers/report/wording.ts';
import { Legend, Plot, type PlotSeries } from '../parts/Plot.tsx';
import { Slider } from '../parts/Slider.tsx';
import { Landscape } from './Landscape.tsx';
import type { MechanismProps } from './mechanisms.ts';
import { minimiserCurve, toyView, weightRange } from './toyView.ts';

/** Figures 1 and 2: one weight and one bias, the loss between them, and where its minimum goes. */
export function ToyPanel({ settings, change }: MechanismProps): VNode {
  const exponent = within(settings.lambda, -4, 0, -2);
  const bias = within(settings.bias, -0.5, 1.5, 0);
  const regularization = 10 ** exponent;
  const view = useMemo(() => toyView(regularization, bias), [regularization, bias]);
  const set = (name: string, value: number): void => change({ ...settings, [name]: String(value) });
  const sliceSeries: readonly PlotSeries[] = [
    { name: 'loss at this bias', colour: 1, mark: 'line', points: view.slice },
    { name: 'minimiser, found by a descent', colour: 2, mark: 'dots', points: [view.frozen] },
  ];
  const figureSeries: readonly PlotSeries[] = [
    { name: 'bias frozen at 0: closed form', colour: 1, mark: 'line', points: minimiserCurve },
    {
      name: 'bias frozen at the slider: found by a descent',
      colour: 2,
      mark: 'dots',
      points: [[regularization, view.frozen[0]]],
    },
    { name: 'bias trained', colour: 3, mark: 'dots', points: [[regularization, view.trained.w]] },
  ];
  return (
    <article aria-labelledby="toy-title">
      <h2 id="toy-title">Figures 1 and 2: the trained bias does it</h2>
      <p class="statement">
        One weight w, one bias b, and the loss E(max(0, wx + b)³ − 1)² + λw² over Gaussian x. The input x says
        nothing about the target 1. While the bias is frozen, the weight that minimises the loss keeps away
        from 0 however small λ is. Once the bias is trained, the weight goes to 0 for every λ.
      </p>
      <div class="panels">
        <Slider
          id="lambda"
          label="Regularization λ"
          shown={readable(Number(regularization.toPrecision(3)))}
          value={exponent}
          least={-4}
          most={0}
          step={0.02}
          change={(value) => set('lambda', value)}
        />
        <Slider
          id="bias"
          label="Bias b while it is frozen"
          shown={bias.toFixed(2).replace('-', '−')}
          value={bias}
          least={-0.5}
          most={1.5}
          step={0.05}
          change={(value) => set('bias', value)}
        />
      </div>
      <div class="panels">
        <figure>
          <Plot
            label={`Loss over the weight at bias ${bias.toFixed(2)}; least at weight ${view.frozen[0].toFixed(4)}`}
            x={{ label: 'weight w', range: weightRange }}
            y={{ label: 'loss', range: [0, 3] }}
            series={sliceSeries}
          />
          <Legend series={sliceSeries} />
        </figure>
        <figure>
          <Plot
            label={`Minimising weight over λ; at λ ${readable(regularization)} it is ${view.frozen[0].toFixed(4)} frozen and ${view.trained.w.toExponential(1)} trained`}
            x={{ label: 'regularization λ', range: [1e-4, 1], isLog: true }}
            y={{ label: 'minimising |w|', range: [0, 1] }}
            series={figureSeries}
          />
          <Legend series={figureSeries} />
        </figure>
        <figure>
          <Landscape regularization={regularization} bias={bias} view={view} />
          <figcaption>
            The loss over weight (−1 to 1, across) and bias (−0.5 to 1.5, up); darker is lower. The dashed
            line is the frozen bias with its minimiser; the solid course starts at weight 0.8 with the bias
            trained.
          </figcaption>
        </figure>
      </div>
      <dl class="measures">
        <Measure name="Minimiser, bias frozen" value={readable(view.frozen[0])} />
        <Measure
          name="By the closed form"
          value={view.closedForm === null ? 'for b = 0 only' : readable(view.closedForm)}
        />
        <Measure name="Its loss" value={readable(view.frozen[1])} />
        <Measure name="Weight, bias trained" value={readable(view.trained.w)} />
        <Measure name="Bias, trained" value={readable(view.trained.b)} />
        <Measure name="Loss, bias trained" value={readable(view.trained.loss)} />
      </dl>
    </article>
  );
}

function Measure({ name, value }: { readonly name: string; readonly value: string }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A number from an address, or the usual one where it is none in the range. */
function within(text: string | undefined, least: number, most: number, usual: number): number {
  const value = Number(text ?? Number.NaN);
  return value >= least && value <= most ? value : usual;
}
