import type { WrittenEntry } from './writtenEntry.ts';

/** Structure discovery in networks, and the earlier result it is held against. */
export const networksEntries: readonly WrittenEntry[] = [
  {
    id: 'network.structure-discovery',
    kind: 'theorem',
    label: 'Theorem 4.1',
    title: 'Networks forget what the teacher ignores',
    statement: {
      words:
        'At every ρ-second-order stationary point of a network of any depth, the first-layer weights along directions that the teacher ignores have norm at most ρ/(2λ − √(Kρ)).',
      tex: '\\|W_\\perp\\|_F \\le \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}}',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'λ > √(Kρ)/2',
    ],
    uses: ['lemma.derandomization', 'lemma.three-layers'],
  },
  {
    id: 'network.perturbed-descent',
    kind: 'theorem',
    label: 'Theorem 4.2',
    title: 'Perturbed descent discovers the structure',
    statement: {
      words:
        'With λ = (√(Kρ) + Δ)/2, perturbed gradient descent reaches ‖W⊥‖ < ε with high probability in O((L/ρ²) log⁴ d) steps.',
      tex: 'T = O\\!\\left(\\tfrac{L}{\\rho^2} \\log^4 d\\right)',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'λ = (√(Kρ) + Δ)/2',
      'f is ℓ-smooth and has a Lipschitz Hessian',
    ],
    uses: ['network.structure-discovery', 'descent.perturbed'],
  },
  {
    id: 'network.any-optimizer',
    kind: 'corollary',
    label: 'Section 4, remark',
    title: 'Any method that reaches such a point will do',
    statement: {
      words: 'The conclusion holds for any method that ends at a second-order stationary point.',
      tex: '\\text{SOSP} \\Rightarrow \\|W_\\perp\\| \\approx 0',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the method ends at a second-order stationary point',
    ],
    uses: ['network.structure-discovery'],
  },
  {
    id: 'network.relu-smoothing',
    kind: 'observation',
    label: 'Section 4, ReLU',
    title: 'Smoothed ReLU stands in for ReLU',
    statement: {
      words: 'ReLU smoothed at sharpness ι satisfies the hypotheses, at a constant that grows with ι.',
      tex: '\\mathrm{ReLU}_\\iota(x) = \\tfrac1\\iota \\log(1 + e^{\\iota x})',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'ReLU smoothed at a finite ι',
    ],
    uses: ['network.structure-discovery', 'lemma.smoothness-limit'],
  },
  {
    id: 'network.low-rank',
    kind: 'corollary',
    label: 'Section 4, compression',
    title: 'The first layer has the rank of the teacher',
    statement: {
      words: 'A first layer trained on a teacher of k directions can be stored and served as k directions.',
      tex: '\\operatorname{rank} W \\to k',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the teacher depends on k directions',
    ],
    uses: ['network.structure-discovery'],
  },
  {
    id: 'network.settles-it',
    kind: 'observation',
    label: 'Public review',
    title: 'Descent to a verified stationary point at tiny λ',
    statement: {
      words:
        'Trained to a verified second-order stationary point at tiny regularization, the irrelevant weights vanish.',
      tex: '\\lambda \\to 0:\\; \\|W_\\perp\\| \\le \\rho/(2\\lambda - \\gamma)',
    },
    hypotheses: [
      'ignored inputs are standard Gaussian',
      'weights and biases are all trained',
      'smooth loss and activation',
      'the stationary point is verified',
    ],
    uses: ['network.structure-discovery'],
  },
  {
    id: 'network.not-recovery',
    kind: 'observation',
    label: 'Section 4, what is not claimed',
    title: 'Forgetting what the teacher ignores is not learning the teacher',
    statement: {
      words:
        'One He₂ unit on an He₄ teacher, trained to a second-order stationary point, loses its weights along ignored inputs and predicts 0: the structure is discovered and nothing is learned.',
      tex: '\\|W_\\perp\\| \\to 0, \\qquad \\mathbb{E}\\,(p - \\mathrm{He}_4)^2 = 4!',
    },
    hypotheses: ['ignored inputs are standard Gaussian', 'weights and biases are all trained'],
    uses: ['network.structure-discovery'],
  },
  {
    id: 'figure.structure-discovery',
    kind: 'observation',
    label: 'Figure 3',
    title: 'The irrelevant weights of a wide network shrink',
    statement: {
      words:
        'A network of width 1000 on a single-index teacher in two dimensions loses weight along the irrelevant direction in training, faster than decay alone would take it, but not all of it: at the settings of the paper 0.89 of the start is left, and at those of two versions of the program 0.12 and 0.06.',
      tex: '0.05 \\le \\|W_\\perp^{(T)}\\| / \\|W_\\perp^{(0)}\\| \\le 0.98\\,(1 - \\eta\\lambda)^T',
    },
    hypotheses: ['published settings: d = 2, width 1000, 50 fresh samples a step'],
    uses: ['network.structure-discovery'],
  },
  {
    id: 'baseline.strong-decay',
    kind: 'observation',
    label: 'Mousavi-Hosseini et al. 2023',
    title: 'The earlier two-layer result',
    statement: {
      words:
        'With strong weight decay, online gradient descent on the first of two layers learns the teacher’s direction and loses the others. With biases frozen it needs strong decay; with everything trained any decay is enough.',
      tex: '\\lambda = \\Omega(1)',
    },
    hypotheses: ['second layer and biases frozen', 'strong weight decay'],
    uses: [],
  },
  {
    id: 'network.generalization',
    kind: 'corollary',
    label: 'Section 4, discussion',
    title: 'Within the bound, a network generalizes like one on the teacher’s directions',
    statement: {
      words:
        'For two-layer tanh networks with weights of norm at most ω along k directions and at most B along the d − k others, the largest generalization gap under a 1-Lipschitz loss is in expectation at most that of a class on k inputs plus a term in B. That fewer samples therefore suffice is cited by the paper, and shown here as measured gaps.',
      tex: '\\mathbb{E} \\sup_p \\left(R(p) - R_n(p)\\right) \\le \\frac{2A\\left(\\omega\\sqrt{k} + B\\sqrt{d - k} + \\beta\\right)}{\\sqrt{n}}',
    },
    hypotheses: ['weights along the ignored inputs are within B'],
    uses: ['network.structure-discovery'],
  },
];
