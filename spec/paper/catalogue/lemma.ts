import type { WrittenEntry } from './writtenEntry.ts';

/** The lemma, what it needs, and the toy of Figures 1 and 2. */
export const lemmaEntries: readonly WrittenEntry[] = [
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
      words:
        'With the bias trained, (w, b) = (0, 1) has zero loss for every λ > 0, and descents end with w = 0: at b = 1, or on the plateau b ≤ 0, where the loss is 1.',
      tex: '\\min_{w,b}\\; \\mathbb{E}\\left(\\mathrm{ReLU}^3(wx+b) - 1\\right)^2 + \\lambda w^2 = 0 \\text{ at } (0, 1)',
    },
    hypotheses: ['bias trained', 'λ > 0'],
    uses: ['lemma.derandomization'],
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
  {
    id: 'lemma.structured-weights',
    kind: 'corollary',
    label: 'Discussion, extensions',
    title: 'Sparse, block, Toeplitz, convolutional and tied weights obey the same bound',
    statement: {
      words:
        'For weights kept in any linear subspace of matrices, the slope of f along W is the regularized shift curvature along W, so that second-order stationary points over the free parameters and all shifts obey the bound of Lemma 3.1. Where the shift is tied too, they need not.',
      tex: '\\langle W, \\nabla_W f \\rangle = \\left\\langle W, (\\nabla_b^2 f + 2\\lambda I) W \\right\\rangle \\;\\Longrightarrow\\; \\|W\\|_F \\le \\frac{\\|P_S \\nabla_W f\\|_F}{2\\lambda - \\gamma}',
    },
    hypotheses: ['x is standard Gaussian', 'every entry of the shift b is trained on its own'],
    uses: ['lemma.stein-identity'],
  },
  {
    id: 'lemma.near-gaussian',
    kind: 'corollary',
    label: 'Extensions, inputs that are nearly Gaussian',
    title: 'The identity and the bound for other inputs, at the price of their Stein discrepancy',
    statement: {
      words:
        'For independent inputs whose Stein kernels differ from 1 by at most S in mean square, and ‖∇²g‖ ≤ L, the Stein identity holds to L·S·‖W‖, and the curvature that the bound needs rises by L·S.',
      tex: '\\|\\nabla_W f - (\\nabla_b^2 f + 2\\lambda I) W\\|_F \\le L S \\|W\\|_F, \\qquad S = \\sqrt{\\mathbb{E}(\\tau(x) - 1)^2}',
    },
    hypotheses: ['S is the Stein discrepancy of the inputs', 'inputs are independent'],
    uses: ['lemma.stein-identity'],
  },
  {
    id: 'lemma.non-gaussian-rate',
    kind: 'corollary',
    label: 'Extensions, rate',
    title: 'What the identity misses grows in proportion to the excess kurtosis',
    statement: {
      words:
        'From normal inputs towards ±1, mixtures of normals, or Student t, the residual of the Stein identity grows like the first power of the excess kurtosis.',
      tex: '\\|\\nabla_W f - (\\nabla_b^2 f + 2\\lambda I) W\\|_F = \\Theta(|\\kappa|), \\qquad \\kappa = \\mathbb{E}x^4 - 3 \\to 0',
    },
    hypotheses: [],
    uses: ['lemma.near-gaussian'],
  },
  {
    id: 'lemma.kurtosis-threshold',
    kind: 'corollary',
    label: 'Extensions, threshold',
    title: 'A weight of order one survives from excess kurtosis −3λ/2 on',
    statement: {
      words:
        'For the double well (u² − 1)² and inputs between normal and ±1, a second-order stationary point with w ≠ 0 exists exactly where the excess kurtosis is below −3λ/2, and it is at w² = (2 − λ)/(2(3 + κ)).',
      tex: '\\exists\\, w \\ne 0 \\iff \\kappa < -\\tfrac32 \\lambda',
    },
    hypotheses: [],
    uses: ['lemma.near-gaussian'],
  },
];
