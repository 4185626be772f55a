import { imageLength, isNear, type PointFrame, squaredLengths, unitDifferenceInto } from '../pairBlocks.ts';
import { imagesInto } from './imagesInto.ts';

/**
 * The ratios of single pairs under one matrix, in float64, as passes over all pairs have them.
 *
 * Cost: n·k numbers and n·k·dimension operations; then dimension + k a pair, k·dimension for one of near points.
 */
export class ExactRatios {
  /** |x_i − x_j|² of the last pair. */
  squared = 0;
  /** n·k: the images of the centred points. */
  readonly images: Float64Array;
  readonly #frame: PointFrame;
  readonly #matrix: Float64Array;
  readonly #k: number;
  readonly #lengths: Float64Array;
  readonly #difference: Float64Array;

  /** @param matrix k·dimension, row-major; read until the last ratio */
  constructor(frame: PointFrame, matrix: Float64Array, k: number, lengths = squaredLengths(frame)) {
    const { centred, pointCount, dimension } = frame;
    this.#frame = frame;
    this.#matrix = matrix;
    this.#k = k;
    this.#lengths = lengths;
    this.#difference = new Float64Array(dimension);
    this.images = imagesInto(new Float64Array(pointCount * k), centred, matrix, dimension, k);
  }

  /** |M(x_i − x_j)|²/|x_i − x_j|²; −1 for equal points. */
  ratio(i: number, j: number): number {
    const { centred, scaled, dimension: d } = this.#frame;
    const k = this.#k;
    const images = this.images;
    let squared = 0;
    for (let c = 0, a = i * d, b = j * d; c < d; c++, a++, b++) squared += (centred[a] - centred[b]) ** 2;
    this.squared = squared;
    if (isNear(squared, this.#lengths[i] + this.#lengths[j])) {
      const length = unitDifferenceInto(this.#difference, scaled, i, j);
      this.squared = length * length;
      return length === 0 ? -1 : imageLength(this.#matrix, this.#difference, k);
    }
    let image = 0;
    for (let c = 0, a = i * k, b = j * k; c < k; c++, a++, b++) image += (images[a] - images[b]) ** 2;
    return image / squared;
  }
}
