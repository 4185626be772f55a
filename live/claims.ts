/** The claims that the page tries, in the order of the paper. */
export const liveClaims = [
  'lemma.stein-identity',
  'lemma.pointwise',
  'lemma.tight',
  'lemma.derandomization',
  'network.structure-discovery',
  'maxcut.derandomized',
  'embedding.derandomized',
  'figure.frozen-bias',
  'figure.trainable-bias',
] as const;

/** The claim that is shown to a reader who comes without a wish. */
export const firstClaim = 'maxcut.derandomized';
