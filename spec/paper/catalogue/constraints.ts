import type { WrittenEntry } from './writtenEntry.ts';

/** Constraints on two literals, beyond the paper: MAX-2SAT and MAX-DICUT. */
export const constraintsEntries: readonly WrittenEntry[] = [
  {
    id: 'constraints.goemans-williamson',
    kind: 'lemma',
    label: 'Beyond the paper, MAX-2SAT and MAX-DICUT',
    title: 'Hyperplanes with a fixed vector are worth 0.878 and 0.796',
    statement: {
      words:
        'Rounding by a random hyperplane, with v₀ on the side of true, is worth at least 0.87856 of the relaxation on clauses and 0.79607 on conjunctions; some hyperplane with a fixed v₀·z is worth as much as all of them, smoothing aside.',
      tex: '\\mathbb{E}\\,Q(\\operatorname{sign}(v_i \\cdot z)) \\ge \\alpha\\, \\mathrm{SDP} \\ge \\alpha\\, \\mathrm{OPT}',
    },
    hypotheses: ['weights of constraints are not negative', 'v₀ is fixed'],
    uses: [],
  },
  {
    id: 'constraints.rotated',
    kind: 'lemma',
    label: 'Beyond the paper, rotated thresholds',
    title: 'Rotated thresholds are worth 0.9401 on clauses',
    statement: {
      words:
        'For three unit vectors with the triangle inequalities, the thresholds 2 cot(0.58831458 θ + 0.64667394) of Lewin, Livnat and Zwick are worth at least 0.9401 of what the vectors give a clause.',
      tex: '\\Pr[x_i \\vee x_j] \\ge 0.9401\\, \\tfrac{3 + v_0 \\cdot v_i + v_0 \\cdot v_j - v_i \\cdot v_j}{4}',
    },
    hypotheses: ['the triangle inequalities'],
    uses: [],
  },
  {
    id: 'constraints.derandomized',
    kind: 'corollary',
    label: 'Beyond the paper, derandomized assignments',
    title: 'Thresholds on two literals become deterministic',
    statement: {
      words:
        'At the end of the descent from a hyperplane with a fixed v₀·z, a point whose second-order stationarity jointly in vectors and thresholds is verified, the vectors are as small as the lemma says, and the rounded thresholds satisfy at least what the start is expected to, so at least α·SDP less losses of at most 2 % of the weights.',
      tex: 'Q(\\operatorname{sign} \\mu) \\ge -f(V_0, \\mu_0) - \\text{loss} \\ge \\alpha\\, \\mathrm{SDP} - \\text{losses}',
    },
    hypotheses: [
      'weights of constraints are not negative',
      'λ > 0',
      'the vectors are trained',
      'the thresholds are trained',
    ],
    uses: ['lemma.derandomization', 'constraints.goemans-williamson'],
  },
];
