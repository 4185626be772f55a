import type { Catalogue, CatalogueEntry } from '../../src/papers/claims/catalogue.ts';
import { hypothesisOf } from './hypotheses.ts';

/** What each claim of an application rests on; those that are not listed stand by themselves. */
const rests: Readonly<Record<string, readonly string[]>> = {
  'network.structure-discovery': ['lemma.derandomization', 'lemma.three-layers'],
  'network.perturbed-descent': ['network.structure-discovery', 'descent.perturbed'],
  'network.any-optimizer': ['network.structure-discovery'],
  'network.relu-smoothing': ['network.structure-discovery', 'lemma.smoothness-limit'],
  'network.low-rank': ['network.structure-discovery'],
  'network.settles-it': ['network.structure-discovery'],
  'figure.structure-discovery': ['network.structure-discovery'],
  'maxcut.derandomized': [
    'lemma.derandomization',
    'maxcut.goemans-williamson',
    'maxcut.smoothing',
    'maxcut.saddle',
  ],
  'maxcut.at-scale': ['maxcut.derandomized'],
  'figure.maxcut-cut': ['figure.maxcut-graph', 'maxcut.derandomized'],
  'figure.maxcut-variance': ['figure.maxcut-graph', 'maxcut.derandomized'],
  'embedding.direct-descent-fails': ['lemma.derandomization'],
  'embedding.derandomized': ['lemma.derandomization', 'embedding.gaussian'],
  'embedding.perturbed-descent': ['embedding.derandomized'],
  'embedding.derandomized-diagonal': ['lemma.derandomization', 'embedding.gaussian'],
  'figure.jl-distortion': ['embedding.derandomized'],
  'figure.jl-variance': ['embedding.derandomized'],
};

/** An entry before its hypotheses are put beside what shows that they are needed. */
type WrittenEntry = Omit<CatalogueEntry, 'hypotheses'> & { readonly hypotheses: readonly string[] };

/**
 * Every claim of the paper, under ids that are concepts; the only place with theorem numbers.
 *
 * Statements are restated in this project's words. A claim without a test says why under `unstated`.
 */
const entries: readonly WrittenEntry[] = [
  {
    id: 'instrument.derivatives',
    kind: 'instrument',
    label: 'Instrument, derivatives',
    title: 'Gradients and Hessian products belong to the values',
    statement: {
      words:
        'On every family on which the lemma is tried, Taylor remainders of the value and of the gradient vanish to second order, and Hessian products are symmetric.',
      tex: 'f(x + td) - f(x) - t\\,\\nabla f \\cdot d = O(t^2), \\qquad \\nabla f(x + td) - \\nabla f(x) - t\\,\\nabla^2 f\\, d = O(t^2)',
    },
    hypotheses: ['smooth g'],
    uses: [],
  },
  {
    id: 'lemma.stein-identity',
    kind: 'lemma',
    label: 'Lemma 3.1, first step',
    title: 'Stein identity of the randomized objective',
    statement: {
      words:
        'For Gaussian x and smooth g, the gradient with respect to the random weights is the regularized Hessian with respect to the shift, applied to the weights; at every point.',
      tex: '\\nabla_W f = \\left(\\nabla_b^2 f + 2\\lambda I\\right) W',
    },
    hypotheses: ['x is standard Gaussian', 'g is smooth', 'the expectation is over the whole population'],
    uses: ['instrument.derivatives'],
  },
  {
    id: 'lemma.pointwise',
    kind: 'corollary',
    label: 'Lemma 3.1, second step',
    title: 'Pointwise inequality, whatever the other parameters do',
    statement: {
      words:
        'At every point, the weight gradient is at least the weight norm times 2λ plus the lowest shift curvature: no deeper layer can compensate for a nonzero W.',
      tex: '\\|\\nabla_W f\\|_F \\ge \\left(2\\lambda + \\lambda_{\\min}(\\nabla_b^2 f)\\right)\\|W\\|_F',
    },
    hypotheses: ['x is standard Gaussian', 'g is smooth'],
    uses: ['lemma.stein-identity'],
  },
  {
    id: 'lemma.derandomization',
    kind: 'lemma',
    label: 'Lemma 3.1',
    title: 'Second-order stationary points have small random weights',
    statement: {
      words:
        'If 2λ exceeds √(Kρ), the random weights of every ρ-second-order stationary point have norm at most ρ/(2λ − √(Kρ)).',
      tex: '\\lambda > \\tfrac12\\sqrt{K\\rho} \\;\\Longrightarrow\\; \\|W\\|_F \\le \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}}',
    },
    hypotheses: [
      'x is standard Gaussian',
      'the point is a ρ-second-order stationary point, jointly in all parameters',
      'the shift b is trained',
      'λ > 0',
      'λ > √(Kρ)/2',
      'g is smooth',
      'the expectation is over the whole population',
    ],
    uses: ['lemma.stein-identity', 'lemma.pointwise'],
  },
  {
    id: 'lemma.three-layers',
    kind: 'corollary',
    label: "Lemma 3.1, the referees' case",
    title: 'Three layers, a non-convex smooth loss, everything trained',
    statement: {
      words:
        'At certified stationary points of three-layer networks under a bounded non-convex loss, with every weight and bias trained, the weights along ignored inputs obey the bound.',
      tex: '\\|W_\\perp\\|_F \\le \\frac{\\rho}{2\\lambda - \\gamma}, \\qquad \\nabla_b^2 f \\succeq -\\gamma I',
    },
    hypotheses: ['ignored inputs are standard Gaussian', 'biases are trained', 'λ > γ/2'],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'lemma.limit',
    kind: 'corollary',
    label: 'Lemma 3.1, ρ → 0',
    title: 'The weights shrink in proportion to the accuracy',
    statement: {
      words:
        'As the stationarity ρ tends to 0 the bound, and with it the weight norm, shrinks linearly in ρ.',
      tex: '\\|W\\|_F \\le \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}} = \\frac{\\rho}{2\\lambda}\\,(1 + o(1)), \\qquad \\rho \\to 0',
    },
    hypotheses: ['those of Lemma 3.1'],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'lemma.tight',
    kind: 'corollary',
    label: 'Lemma 3.1, sharpness',
    title: 'The bound is attained',
    statement: {
      words: 'For the concave quadratic with curvature −√(Kρ), the bound holds with equality.',
      tex: 'g(u) = -\\tfrac12\\sqrt{K\\rho}\\,\\|u\\|^2 \\;\\Longrightarrow\\; \\|W\\|_F = \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}}',
    },
    hypotheses: ['K may be any Hessian-Lipschitz constant, not only the smallest'],
    uses: ['lemma.stein-identity'],
  },
  {
    id: 'lemma.hypotheses',
    kind: 'corollary',
    label: 'Lemma 3.1, hypotheses',
    title: 'Every hypothesis is needed',
    statement: {
      words:
        'With all hypotheses in force the bound holds; with any one of them dropped there is a point that satisfies the others and breaks it.',
      tex: '\\nabla f = 0,\\ \\nabla^2 f \\succeq 0,\\ \\lambda > 0 \\;\\Longrightarrow\\; W = 0',
    },
    hypotheses: [
      'Gaussian x',
      'second-order stationarity',
      'a trained shift',
      'λ > 0',
      'λ > √(Kρ)/2',
      'smoothness',
      'the population expectation',
    ],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'lemma.finite-sample',
    kind: 'observation',
    label: 'Lemma 3.1, samples',
    title: 'With n samples the identity holds to order 1/√n',
    statement: {
      words:
        'Over n samples in place of the population, the residual of the Stein identity shrinks like one over √n.',
      tex: '\\left\\|\\nabla_W f_n - (\\nabla_b^2 f_n + 2\\lambda I)W\\right\\| = \\Theta(n^{-1/2})',
    },
    hypotheses: ['n independent standard Gaussian samples'],
    uses: ['lemma.stein-identity'],
  },
  {
    id: 'lemma.smoothness-limit',
    kind: 'observation',
    label: 'Lemma 3.1, smoothness',
    title: 'The admissible accuracy shrinks as the activation sharpens',
    statement: {
      words:
        'With ReLU smoothed at sharpness ι the Hessian-Lipschitz constant grows with ι, and the largest ρ at which the lemma says anything shrinks to nothing.',
      tex: '\\rho < \\frac{4\\lambda^2}{K(\\iota)}, \\qquad K(\\iota) \\propto \\iota^2',
    },
    hypotheses: ['the activation is log(1 + e^{ιt})/ι'],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'figure.frozen-bias',
    kind: 'observation',
    label: 'Figure 1',
    title: 'Without a trained bias the weight stays away from zero',
    statement: {
      words:
        'Fitting the constant 1 by ReLU³(wx) with the bias frozen at 0, the global minimiser tends to 0.4738 as λ tends to 0 and jumps to 0 near λ = 0.4501.',
      tex: '\\min_w\\; 1 - \\tfrac{4}{\\sqrt{2\\pi}}\\, w^3 + \\tfrac{15}{2}\\, w^6 + \\lambda w^2',
    },
    hypotheses: ['bias frozen at 0', 'w ≥ 0'],
    uses: [],
  },
  {
    id: 'figure.trainable-bias',
    kind: 'observation',
    label: 'Figure 2',
    title: 'With a trained bias the weight vanishes for every λ > 0',
    statement: {
      words: 'With the bias trained, (w, b) = (0, 1) has zero loss for every λ > 0, and descents end there.',
      tex: '\\min_{w,b}\\; \\mathbb{E}\\left(\\mathrm{ReLU}^3(wx+b) - 1\\right)^2 + \\lambda w^2 = 0 \\text{ at } (0, 1)',
    },
    hypotheses: ['bias trained', 'λ > 0'],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'figure.maxcut-graph',
    kind: 'observation',
    label: 'Figures 4–5, instance',
    title: "The paper's 15-node graph",
    statement: {
      words:
        'The graph of Figures 4 and 5, rebuilt from its published seed, has 62 edges and a maximum cut of 41.',
      tex: '|V| = 15,\\quad |E| = 62,\\quad \\mathrm{OPT} = 41',
    },
    hypotheses: ['MT19937 seeded with 42', 'float32 uniforms below 0.6'],
    uses: [],
  },
  {
    id: 'descent.perturbed',
    kind: 'theorem',
    label: 'Jin et al. 2017, Theorem 3',
    title: 'Perturbed gradient descent reaches second-order stationary points',
    statement: {
      words:
        'With its published constants, perturbed gradient descent ends at an ε-second-order stationary point with probability at least 1 − δ, within its published number of steps.',
      tex: '\\Pr\\left[\\|\\nabla f\\| \\le \\varepsilon,\\ \\lambda_{\\min} \\ge -\\sqrt{\\rho\\varepsilon}\\right] \\ge 1 - \\delta',
    },
    hypotheses: ['f is ℓ-smooth and ρ-Hessian-Lipschitz', 'f is bounded below'],
    uses: [],
  },
  ...stated(
    'network.structure-discovery',
    'theorem',
    'Theorem 4.1',
    'Networks forget what the teacher ignores',
    {
      words:
        'At every ρ-second-order stationary point of a network of any depth, the first-layer weights along directions that the teacher ignores have norm at most ρ/(2λ − √(Kρ)).',
      tex: '\\|W_\\perp\\|_F \\le \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}}',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'λ > √(Kρ)/2',
    ],
  ),
  ...stated(
    'network.perturbed-descent',
    'theorem',
    'Theorem 4.2',
    'Perturbed descent discovers the structure',
    {
      words:
        'With λ = (√(Kρ) + Δ)/2, perturbed gradient descent reaches ‖W⊥‖ < ε with high probability in O((L/ρ²) log⁴ d) steps.',
      tex: 'T = O\\!\\left(\\tfrac{L}{\\rho^2} \\log^4 d\\right)',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'λ = (√(Kρ) + Δ)/2',
      'f is ℓ-smooth and has a Lipschitz Hessian',
    ],
  ),
  ...stated(
    'network.any-optimizer',
    'corollary',
    'Section 4, remark',
    'Any method that reaches such a point will do',
    {
      words: 'The conclusion holds for any method that ends at a second-order stationary point.',
      tex: '\\text{SOSP} \\Rightarrow \\|W_\\perp\\| \\approx 0',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the method ends at a second-order stationary point',
    ],
  ),
  ...stated(
    'network.relu-smoothing',
    'observation',
    'Section 4, ReLU',
    'Smoothed ReLU stands in for ReLU',
    {
      words: 'ReLU smoothed at sharpness ι satisfies the hypotheses, at a constant that grows with ι.',
      tex: '\\mathrm{ReLU}_\\iota(x) = \\tfrac1\\iota \\log(1 + e^{\\iota x})',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'ReLU smoothed at a finite ι',
    ],
  ),
  ...stated(
    'network.low-rank',
    'corollary',
    'Section 4, compression',
    'The first layer has the rank of the teacher',
    {
      words: 'A first layer trained on a teacher of k directions can be stored and served as k directions.',
      tex: '\\operatorname{rank} W \\to k',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the teacher depends on k directions',
    ],
  ),
  ...stated(
    'network.settles-it',
    'observation',
    'Public review',
    'Descent to a verified stationary point at tiny λ',
    {
      words:
        'Trained to a verified second-order stationary point at tiny regularization, the irrelevant weights vanish.',
      tex: '\\lambda \\to 0:\\; \\|W_\\perp\\| \\le \\rho/(2\\lambda - \\gamma)',
    },
    [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the stationary point is verified',
    ],
  ),
  ...stated(
    'figure.structure-discovery',
    'observation',
    'Figure 3',
    'The irrelevant weights of a wide network shrink',
    {
      words:
        'A network of width 1000 on a single-index teacher in two dimensions loses the irrelevant direction in training.',
      tex: '\\|W_\\perp^{(T)}\\| / \\|W_\\perp^{(0)}\\| \\to 0',
    },
    ["the paper's settings: d = 2, width 1000, 50 fresh samples a step"],
  ),
  ...stated(
    'baseline.strong-decay',
    'observation',
    'Mousavi-Hosseini et al. 2023',
    'The earlier two-layer result',
    {
      words:
        'With strong weight decay, online gradient descent on the first of two layers learns the teacher subspace.',
      tex: '\\lambda = \\Omega(1)',
    },
    ['second layer and biases frozen', 'strong weight decay'],
  ),
  ...stated(
    'maxcut.goemans-williamson',
    'lemma',
    'Section 5, rounding',
    'Random hyperplanes are worth 0.878',
    {
      words:
        'Random hyperplane rounding is worth at least 0.87856 of the semidefinite optimum in expectation, for non-negative weights.',
      tex: '\\sum_{ij} w_{ij} \\frac{\\arccos(v_i \\cdot v_j)}{\\pi} \\ge \\alpha\\, \\mathrm{SDP} \\ge \\alpha\\, \\mathrm{OPT}',
    },
    ['non-negative weights'],
  ),
  ...stated(
    'maxcut.smoothing',
    'lemma',
    'Section 5, smoothing',
    'The smooth indicator is close to the hard one',
    {
      words:
        'The expected cut under the smoothed indicator differs from the hard one by at most a constant times the smoothing scale times the total weight.',
      tex: '|F_\\tau - F_0| \\le C\\,\\tau \\sum_{ij} |w_{ij}|',
    },
    ['unit vectors', 'zero mean'],
  ),
  ...stated(
    'maxcut.saddle',
    'lemma',
    'Section 5, saddle',
    'The start is a saddle',
    {
      words:
        'The semidefinite vectors with zero mean are first-order stationary in the mean, with negative curvature.',
      tex: '\\nabla_\\mu f(V, 0) = 0,\\quad \\lambda_{\\min}(\\nabla^2_\\mu f) < 0',
    },
    ['non-negative weights, not all zero'],
  ),
  ...stated(
    'maxcut.derandomized',
    'theorem',
    'Theorem 5.2',
    'Hyperplane rounding becomes deterministic',
    {
      words:
        'Near a second-order stationary point the vectors vanish and the signs of the mean are a cut worth at least OPT·(α − O(ε)).',
      tex: '\\mathrm{cut}(\\operatorname{sign} \\mu) \\ge (\\alpha - O(\\varepsilon))\\, \\mathrm{OPT}',
    },
    ['non-negative weights', 'λ > 0', 'the mean is perturbed', 'the vectors are trained'],
  ),
  ...stated(
    'maxcut.at-scale',
    'corollary',
    'Theorem 5.2, sizes',
    'The same on graphs of up to 20,000 vertices',
    {
      words:
        'On sparse graphs of hundreds to tens of thousands of vertices, where no optimum is known, the deterministic cut keeps the guarantee against the relaxation it started from.',
      tex: '\\mathrm{cut}(\\operatorname{sign} \\mu) \\ge \\alpha \\sum_{ij} w_{ij} \\frac{1 - v_i \\cdot v_j}{2} - C\\tau W - \\lambda n',
    },
    ['non-negative weights', 'λ > 0', 'the mean is perturbed'],
  ),
  ...stated('maxcut.certificate', 'corollary', 'Section 5, bound', 'Every cut is below its upper bound', {
    words: 'No cut exceeds the dual bound that is reported beside it.',
    tex: '\\mathrm{cut} \\le \\mathrm{OPT} \\le \\mathrm{dual}',
  }),
  ...stated('figure.maxcut-cut', 'observation', 'Figure 4', 'Cut values along the optimization', {
    words: "On the paper's graph the derandomized cut reaches the optimum and beats random hyperplanes.",
    tex: '\\mathrm{cut} = 41',
  }),
  ...stated('figure.maxcut-variance', 'observation', 'Figure 5', 'The variance along the optimization', {
    words: "On the paper's graph the variance of the sampler vanishes.",
    tex: '\\sigma \\to 0',
  }),
  ...stated('embedding.gaussian', 'lemma', 'Section 5, JL lemma', 'Gaussian matrices preserve distances', {
    words:
      'A Gaussian matrix with O(ε⁻² log n) rows preserves all pairwise distances up to ε with positive probability.',
    tex: '\\Pr\\left[\\max_i |\\|Ax_i\\|^2 - 1| \\le \\varepsilon\\right] > 0',
  }),
  ...stated(
    'embedding.direct-descent-fails',
    'observation',
    'Section 5, direct descent',
    'Optimizing the matrix itself can get stuck',
    {
      words:
        'The distortion as a function of the matrix has bad stationary points, which the sampler objective leaves.',
      tex: '\\nabla_M = 0 \\text{ with large distortion}',
    },
  ),
  ...stated('embedding.derandomized', 'theorem', 'Theorem 5.5', 'A random projection becomes deterministic', {
    words:
      'At the point reached, the variance vanishes and the mean satisfies the JL guarantee with distortion O(ε).',
    tex: '\\sigma \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
  }),
  ...stated(
    'embedding.derandomized-diagonal',
    'theorem',
    'Theorem 5.5, diagonal Σ',
    'A random projection with a variance for every entry becomes deterministic',
    {
      words:
        'The same holds for A ~ N(M, Σ) with Σ diagonal: every one of the variances vanishes, and the mean satisfies the JL guarantee.',
      tex: '\\max_{ij} \\Sigma_{ij,ij} \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
  ),
  ...stated(
    'embedding.perturbed-descent',
    'theorem',
    'Theorem 5.5, perturbed descent',
    'Perturbed gradient descent gets there too, with practical constants',
    {
      words:
        'Perturbed gradient descent on the sampler’s objective ends where the variance vanishes and the mean satisfies the JL guarantee: with ℓ measured at the start, √(ρε) = 1.8λ, ε = 0.3 and δ = ½.',
      tex: '\\sigma \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
  ),
  ...stated(
    'embedding.lower-bound',
    'observation',
    'Section 5, dimension',
    'The dimension cannot be much smaller',
    {
      words: 'Some point sets force a dimension of order ε⁻² log n.',
      tex: 'k = \\Omega(\\varepsilon^{-2} \\log n)',
    },
  ),
  ...stated('figure.jl-distortion', 'observation', 'Figure 6', 'The distortion along the optimization', {
    words: 'The optimized mean matrix has far smaller distortion than random matrices.',
    tex: '\\max_i |\\|Mx_i\\|^2 - 1|',
  }),
  ...stated('figure.jl-variance', 'observation', 'Figure 7', 'The variance along the optimization', {
    words: 'The variance of the sampler shrinks along the optimization.',
    tex: '\\sigma \\to 0',
  }),
  {
    id: 'network.generalization',
    kind: 'observation',
    label: 'Section 4, discussion',
    title: 'Lower rank lowers the sample complexity',
    statement: {
      words: 'A first layer of lower rank needs fewer samples to generalize.',
      tex: 'n = O(k) \\text{ rather than } O(d)',
    },
    hypotheses: [],
    uses: [],
    unstated: 'The paper cites this and does not prove it; there is no inequality with constants to test.',
  },
  {
    id: 'lemma.other-structures',
    kind: 'observation',
    label: 'Discussion, extensions',
    title: 'Sparsity and block structure by the same template',
    statement: {
      words: 'The same argument is expected to give sparse or block-structured solutions.',
      tex: '\\text{sparsity, blocks}',
    },
    hypotheses: [],
    uses: [],
    unstated: 'Named as an extension, without a statement to test.',
  },
];

/** Claims that rest on the lemma. */
function stated(
  id: string,
  kind: CatalogueEntry['kind'],
  label: string,
  title: string,
  statement: CatalogueEntry['statement'],
  hypotheses: readonly string[] = [],
): WrittenEntry[] {
  return [{ id, kind, label, title, statement, hypotheses, uses: rests[id] ?? [] }];
}

export const catalogue: Catalogue = {
  paper: {
    title: 'A Derandomization Framework for Structure Discovery: Applications in Neural Networks and Beyond',
    authors: ['N. Tsikouras', 'Y. Pantis', 'I. Mitliagkas', 'C. Tzamos'],
    version: 'arXiv:2510.19382v2',
    url: 'https://arxiv.org/abs/2510.19382v2',
  },
  entries: entries.map((entry) => ({
    ...entry,
    hypotheses: entry.hypotheses.map((words) => hypothesisOf(entry.id, words)),
  })),
};
