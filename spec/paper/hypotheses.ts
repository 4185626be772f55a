import type { Hypothesis } from '../../src/papers/claims/catalogue.ts';

/** The claim that drops the lemma's hypotheses one by one. */
const each = 'lemma.hypotheses';

const noise = 'Gaussian inputs: ±1 in their place';
const frozen = 'a trained shift: b frozen at 0';
const rough = 'smoothness: a triangle wave, whose Hessian is 0 wherever it exists';
const samples = 'the population expectation: three samples in three dimensions';
const firstOrder = 'second order: a stationary point is enough';
const nothing = 'λ > 0: no regularization, and g that ignores u';
const justEnough = 'λ > √(Kρ)/2: λ equal to it';

/** Sabotages that drop a hypothesis: of the claim itself where the id is listed, else of the first. */
const shown: Readonly<Record<string, readonly (readonly [id: string, sabotage: string])[]>> = {
  'x is standard Gaussian': [
    [each, noise],
    ['lemma.stein-identity', 'inputs ±1 in place of Gaussian ones'],
    ['lemma.pointwise', 'cos u at inputs ±1 in place of Gaussian ones'],
    ['lemma.derandomization', 'inputs ±1 in place of Gaussian ones: cos u near π'],
    ['lemma.structured-weights', 'inputs ±1 in place of Gaussian ones'],
  ],
  'the expectation is over the whole population': [[each, samples]],
  'g is smooth': [[each, rough]],
  'the point is a ρ-second-order stationary point, jointly in all parameters': [
    [each, firstOrder],
    ['lemma.derandomization', 'stationary to first order only: plain descent along b = 0'],
  ],
  'the shift b is trained': [[each, frozen]],
  'λ > √(Kρ)/2': [[each, justEnough]],
  'λ > 0': [
    [each, nothing],
    ['maxcut.derandomized', 'λ = 0'],
    ['constraints.derandomized', 'λ = 0'],
  ],
  'Gaussian x': [[each, noise]],
  'second-order stationarity': [[each, firstOrder]],
  'a trained shift': [[each, frozen]],
  smoothness: [[each, rough]],
  'the population expectation': [[each, samples]],
  'those of Lemma 3.1': [['lemma.limit', 'inputs ±1 in place of Gaussian ones: cos u near π']],
  'ignored inputs are standard Gaussian': [
    ['network.structure-discovery', 'inputs ±1 in place of Gaussian ones'],
  ],
  'biases are trained': [[each, frozen]],
  'λ > γ/2': [['lemma.three-layers', 'no regularization']],
  'every entry of the shift b is trained on its own': [
    ['lemma.structured-weights', 'a bias tied across the positions of a convolution'],
  ],
  'S is the Stein discrepancy of the inputs': [['lemma.near-gaussian', 'the law taken for normal']],
  'weights along the ignored inputs are within B': [
    ['network.generalization', 'weights along x⊥ as large as those along the teacher'],
  ],
  'n independent standard Gaussian samples': [
    ['lemma.finite-sample', 'inputs ±1: the residual does not vanish with n'],
  ],
  'bias frozen at 0': [['figure.frozen-bias', 'the bias is trained']],
  'bias trained': [['figure.trainable-bias', 'the bias is frozen at 0']],
  'MT19937 seeded with 42': [['figure.maxcut-graph', 'another seed']],
  'float32 uniforms below 0.6': [['figure.maxcut-graph', 'another edge probability']],
  'weights and biases are all trained': [['network.structure-discovery', 'biases frozen']],
  'smooth loss and activation': [[each, rough]],
  'the method ends at a second-order stationary point': [['network.any-optimizer', 'plain gradient descent']],
  'the stationary point is verified': [['network.settles-it', 'ended after 200 steps, its outcome ignored']],
  'the teacher depends on k directions': [['network.low-rank', 'one direction too few']],
  'strong weight decay': [['baseline.strong-decay', 'weak decay']],
  'non-negative weights': [
    ['maxcut.goemans-williamson', 'negative weights'],
    ['maxcut.derandomized', 'negative weights'],
  ],
  'zero mean': [
    ['maxcut.saddle', 'a perturbed mean'],
    ['maxcut.smoothing', 'a mean of size 1'],
  ],
  'unit vectors': [['maxcut.smoothing', 'vectors half as long']],
  'some weight is not zero': [['maxcut.saddle', 'no edge left']],
  'the mean is perturbed': [
    ['maxcut.derandomized', 'no perturbation'],
    ['maxcut.at-scale', 'no perturbation'],
  ],
  'the vectors are trained': [
    ['maxcut.derandomized', 'V frozen'],
    ['constraints.derandomized', 'V frozen'],
  ],
  'the thresholds are trained': [['constraints.derandomized', 'μ frozen']],
  'v₀ is fixed': [['constraints.goemans-williamson', 'true is one side of the plane, wherever v₀ is']],
  'weights of constraints are not negative': [
    ['constraints.goemans-williamson', 'negative weights'],
    ['constraints.derandomized', 'negative weights'],
  ],
  'the triangle inequalities': [['constraints.rotated', 'three vectors without the triangle inequalities']],
};

/** Hypotheses that no sabotage drops, each with why. */
export const undropped: Readonly<Record<string, string>> = {
  'smooth g': 'without it there is no derivative to compare with',
  'K may be any Hessian-Lipschitz constant, not only the smallest': 'it makes the claim wider, not narrower',
  'the activation is log(1 + e^{ιt})/ι': 'it names the function that is spoken of',
  'ReLU smoothed at a finite ι': 'it names the function that is spoken of',
  'λ = (√(Kρ) + Δ)/2': 'it names Δ',
  'w ≥ 0': 'it picks one of two minimisers, which differ by their sign',
  'published settings: d = 2, width 1000, 50 fresh samples a step': 'they say which runs are meant',
  'f is ℓ-smooth and ρ-Hessian-Lipschitz': 'of a theorem that is cited; no function without it is tried',
  'f is bounded below': 'of a theorem that is cited; no function without it is tried',
  'f is ℓ-smooth and has a Lipschitz Hessian': 'of a theorem that is cited; no function without it is tried',
  'inputs are independent': 'no law with dependent inputs is tried',
  'second layer and biases frozen': 'of the earlier result; no training without it is tried',
};

/** A hypothesis of a claim, with the sabotage that shows that it is needed, where one does. */
export function hypothesisOf(id: string, words: string): Hypothesis {
  const places = shown[words] ?? [];
  const place = places.find(([claim]) => claim === id) ?? places[0];
  return { words, shownBy: place === undefined ? null : { id: place[0], sabotage: place[1] } };
}
