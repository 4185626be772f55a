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
    id: 'embedding.gaussian-rows',
    kind: 'lemma',
    label: 'Section 5, JL lemma, rows',
    title: 'The exact union bound asks for O(ε⁻² log n) rows',
    statement: {
      words:
        'For ten to a million points the exact union bound asks for between 4 and 8/(1 − 2ε/3) times ε⁻² ln n rows.',
      tex: '4 \\le k\\,\\varepsilon^2/\\ln n \\le 8/(1 - 2\\varepsilon/3)',
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
        'Without variance, the sum of violations has second-order stationary matrices that violate pairs: 0, twice an isometry, one that collapses a pair of a simplex. The sampler’s descent from M = 0 starts below them all and ends within ε; started at a matrix that is too long it may stay there too.',
      tex: '\\nabla_M f(0, M) = 0,\\ \\nabla^2_M f(0, M) \\succeq 0 \\text{ with large distortion}',
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
        'At the point reached, the variance vanishes and the mean keeps every pair within ε, in fewer rows than the differences have rank.',
      tex: '\\sigma \\approx 0,\\quad \\max_i |\\|Mx_i\\|^2 - 1| = O(\\varepsilon)',
    },
    hypotheses: [],
    uses: ['lemma.derandomization', 'embedding.gaussian', 'embedding.gaussian-rows'],
  },
  {
    id: 'embedding.derandomized-diagonal',
    kind: 'theorem',
    label: 'Theorem 5.5, diagonal Σ',
    title: 'A random projection with a variance for every entry becomes deterministic',
    statement: {
      words:
        'The same holds for A ~ N(M, Σ) with Σ diagonal, on sets of eight different points: every one of the variances vanishes, and the mean keeps every pair within ε, in fewer rows than the differences have rank.',
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
        'Perturbed gradient descent on the sampler’s objective ends where the variance vanishes and the mean keeps every pair, on sets of eight different points, in fewer rows than the differences have rank: with ℓ measured at the start, √(ρε) = 1.8λ, ε = 0.3 and δ = ½, in the norm of the lemma.',
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
      words:
        'A simplex and its origin force ε⁻² ln n / (20 ln 1/ε) rows for ε from 0.01 to 0.2 and n from ε⁻² on, by powers of their Gram matrix; optimized matrices respect this and the rank bound. The factor ln 1/ε that the best bound is free of stays.',
      tex: 'k \\ge \\varepsilon^{-2} \\ln n / (20 \\ln \\varepsilon^{-1})',
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
