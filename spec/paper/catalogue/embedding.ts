import type { WrittenEntry } from './writtenEntry.ts';

/** Johnson–Lindenstrauss embeddings: random, smoothed and derandomized. */
export const embeddingEntries: readonly WrittenEntry[] = [
  {
    id: 'embedding.gaussian',
    kind: 'lemma',
    label: 'Section 5, JL lemma',
    title: 'Gaussian matrices preserve distances',
    statement: {
      words:
        'A Gaussian matrix with O(ε⁻² log n) rows preserves all pairwise distances up to ε with positive probability.',
      tex: '\\Pr\\left[\\max_i |\\|Ax_i\\|^2 - 1| \\le \\varepsilon\\right] > 0',
    },
    hypotheses: [],
    uses: [],
  },
  {
    id: 'embedding.direct-descent-fails',
    kind: 'observation',
    label: 'Section 5, direct descent',
    title: 'Optimizing the matrix itself can get stuck',
    statement: {
      words:
        'The distortion as a function of the matrix has bad stationary points, which the sampler objective leaves.',
      tex: '\\nabla_M = 0 \\text{ with large distortion}',
    },
    hypotheses: [],
    uses: ['lemma.derandomization'],
  },
  {
    id: 'embedding.derandomized',
    kind: 'theorem',
    label: 'Theorem 5.5',
    title: 'A random projection becomes deterministic',
    statement: {
      words:
        'At the point reached, the variance vanishes and the mean satisfies the JL guarantee with distortion O(ε).',
      tex: '\\sigma \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
    hypotheses: [],
    uses: ['lemma.derandomization', 'embedding.gaussian'],
  },
  {
    id: 'embedding.derandomized-diagonal',
    kind: 'theorem',
    label: 'Theorem 5.5, diagonal Σ',
    title: 'A random projection with a variance for every entry becomes deterministic',
    statement: {
      words:
        'The same holds for A ~ N(M, Σ) with Σ diagonal: every one of the variances vanishes, and the mean satisfies the JL guarantee.',
      tex: '\\max_{ij} \\Sigma_{ij,ij} \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
    hypotheses: [],
    uses: ['lemma.derandomization', 'embedding.gaussian'],
  },
  {
    id: 'embedding.perturbed-descent',
    kind: 'theorem',
    label: 'Theorem 5.5, perturbed descent',
    title: 'Perturbed gradient descent gets there too, with practical constants',
    statement: {
      words:
        'Perturbed gradient descent on the sampler’s objective ends where the variance vanishes and the mean satisfies the JL guarantee: with ℓ measured at the start, √(ρε) = 1.8λ, ε = 0.3 and δ = ½.',
      tex: '\\sigma \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
    hypotheses: [],
    uses: ['embedding.derandomized'],
  },
  {
    id: 'embedding.lower-bound',
    kind: 'observation',
    label: 'Section 5, dimension',
    title: 'The dimension cannot be much smaller',
    statement: {
      words: 'Some point sets force a dimension of order ε⁻² log n.',
      tex: 'k = \\Omega(\\varepsilon^{-2} \\log n)',
    },
    hypotheses: [],
    uses: [],
  },
  {
    id: 'figure.jl-distortion',
    kind: 'observation',
    label: 'Figure 6',
    title: 'The distortion along the optimization',
    statement: {
      words: 'The optimized mean matrix has far smaller distortion than random matrices.',
      tex: '\\max_i |\\|Mx_i\\|^2 - 1|',
    },
    hypotheses: [],
    uses: ['embedding.derandomized'],
  },
  {
    id: 'figure.jl-variance',
    kind: 'observation',
    label: 'Figure 7',
    title: 'The variance along the optimization',
    statement: {
      words: 'The variance of the sampler shrinks along the optimization.',
      tex: '\\sigma \\to 0',
    },
    hypotheses: [],
    uses: ['embedding.derandomized'],
  },
];
