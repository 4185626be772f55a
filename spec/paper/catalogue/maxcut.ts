import type { WrittenEntry } from './writtenEntry.ts';

/** MAXCUT: hyperplanes, smoothed and derandomized. */
export const maxcutEntries: readonly WrittenEntry[] = [
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
    id: 'maxcut.goemans-williamson',
    kind: 'lemma',
    label: 'Section 5, rounding',
    title: 'Random hyperplanes are worth 0.878',
    statement: {
      words:
        'Random hyperplane rounding is worth at least 0.87856 of the semidefinite optimum in expectation, for non-negative weights.',
      tex: '\\sum_{ij} w_{ij} \\frac{\\arccos(v_i \\cdot v_j)}{\\pi} \\ge \\alpha\\, \\mathrm{SDP} \\ge \\alpha\\, \\mathrm{OPT}',
    },
    hypotheses: ['non-negative weights'],
    uses: [],
  },
  {
    id: 'maxcut.smoothing',
    kind: 'lemma',
    label: 'Section 5, smoothing',
    title: 'The smooth indicator is close to the hard one',
    statement: {
      words:
        'The expected cut under the smoothed indicator differs from the hard one by at most a constant times the smoothing scale times the total weight.',
      tex: '|F_\\tau - F_0| \\le C\\,\\tau \\sum_{ij} |w_{ij}|',
    },
    hypotheses: ['unit vectors', 'zero mean'],
    uses: [],
  },
  {
    id: 'maxcut.saddle',
    kind: 'lemma',
    label: 'Section 5, saddle',
    title: 'The start is a saddle',
    statement: {
      words:
        'On a graph with an edge, the semidefinite vectors with zero mean are first-order stationary in the mean, with negative curvature; on the graphs drawn, weights of both signs change nothing about it.',
      tex: '\\nabla_\\mu f(V, 0) = 0,\\quad \\lambda_{\\min}(\\nabla^2_\\mu f) < 0',
    },
    hypotheses: ['zero mean', 'some weight is not zero'],
    uses: [],
  },
  {
    id: 'maxcut.derandomized',
    kind: 'theorem',
    label: 'Theorem 5.2',
    title: 'Hyperplane rounding becomes deterministic',
    statement: {
      words:
        'At a point whose second-order stationarity, jointly in vectors and mean, is verified, the vectors are as small as the lemma says, and the signs of the mean cut at least what the start is expected to cut, so at least OPT·(α − O(ε)), where all that is lost is below 2 % of the weights.',
      tex: '\\mathrm{cut}(\\operatorname{sign} \\mu) \\ge -f(V_0, 0) - \\text{loss} \\ge (\\alpha - O(\\varepsilon))\\, \\mathrm{OPT}',
    },
    hypotheses: ['non-negative weights', 'λ > 0', 'the mean is perturbed', 'the vectors are trained'],
    uses: ['lemma.derandomization', 'maxcut.goemans-williamson', 'maxcut.smoothing', 'maxcut.saddle'],
  },
  {
    id: 'maxcut.at-scale',
    kind: 'corollary',
    label: 'Theorem 5.2, sizes',
    title: 'The same on sparse graphs of hundreds to thousands of vertices',
    statement: {
      words:
        'On uniform, regular, geometric, power-law and toroidal graphs the descent ends at a verified stationary point and its cut keeps the guarantees against its start and the relaxation; one instance has 5,000 vertices in the quick profile, two have 20,000 in the full one.',
      tex: '\\mathrm{cut}(\\operatorname{sign} \\mu) \\ge \\alpha \\sum_{ij} w_{ij} \\frac{1 - v_i \\cdot v_j}{2} - C\\tau W - \\lambda n',
    },
    hypotheses: ['non-negative weights', 'λ > 0', 'the mean is perturbed'],
    uses: ['maxcut.derandomized'],
  },
  {
    id: 'maxcut.losses',
    kind: 'observation',
    label: 'Theorem 5.2, O(ε)',
    title: 'The losses of the start are linear in ε',
    statement: {
      words:
        'With τ = ε and λ = ε·Σ|w|/n, what the start loses against the expected cut of hyperplanes grows like ε.',
      tex: '\\mathbb{E}\\,\\mathrm{cut} + f(V_0, 0) = O(\\varepsilon) \\sum_{ij} |w_{ij}|',
    },
    hypotheses: [],
    uses: ['maxcut.smoothing'],
  },
  {
    id: 'maxcut.evaluations',
    kind: 'observation',
    label: 'Theorem 5.2, cost',
    title: 'Evaluations to a stationary point',
    statement: {
      words:
        'From 30 to 240 vertices the number of gradients and Hessian products to a stationary point grows slower than the graph, and over ten orders of magnitude of ρ it hardly changes.',
      tex: 'T \\ll \\rho^{-2}',
    },
    hypotheses: [],
    uses: ['maxcut.derandomized'],
  },
  {
    id: 'maxcut.certificate',
    kind: 'corollary',
    label: 'Section 5, bound',
    title: 'Every cut is below its upper bound',
    statement: {
      words: 'No cut exceeds the dual bound that is reported beside it.',
      tex: '\\mathrm{cut} \\le \\mathrm{OPT} \\le \\mathrm{dual}',
    },
    hypotheses: [],
    uses: [],
  },
  {
    id: 'figure.maxcut-cut',
    kind: 'observation',
    label: 'Figure 4',
    title: 'Cut values along the optimization',
    statement: {
      words:
        "On the paper's graph one descent reaches the optimum, 41: more than random hyperplanes are worth in expectation, and no less than the best of as many of them as it made evaluations.",
      tex: '\\mathrm{cut} = 41',
    },
    hypotheses: [],
    uses: ['figure.maxcut-graph', 'maxcut.derandomized'],
  },
  {
    id: 'figure.maxcut-variance',
    kind: 'observation',
    label: 'Figure 5',
    title: 'The variance along the optimization',
    statement: {
      words: "On the paper's graph the variance of the sampler vanishes.",
      tex: '\\sigma \\to 0',
    },
    hypotheses: [],
    uses: ['figure.maxcut-graph', 'maxcut.derandomized'],
  },
];
