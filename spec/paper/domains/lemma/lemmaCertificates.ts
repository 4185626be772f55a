import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { weightsCertificate } from '../networks/weightsCertificate.ts';
import { smoothFamilies } from './smoothFamilies.ts';

/** Points drawn in search of one of each family at which the lemma bounds ‖W‖: elsewhere it says nothing. */
const mostTries = 200;

/** The lemma at a random point of every family of objectives, with W, gradient and Hessian block. */
export function lemmaCertificates(stream: RandomStream): readonly Certificate[] {
  const families = ['trigonometric', 'polynomial', 'quadratic', 'Geman–McClure', 'network'];
  return families.flatMap((family, number) => {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const own = stream.fork(family).fork(attempt);
      const seed = own.integer(0, 0x7fffffff);
      const drawn = { family, rows: 4, columns: 3, terms: 6, depth: 2, stream: seed };
      const { regularization, gaussian, point } = smoothFamilies(4).realize(drawn);
      const objective = gaussian(regularization);
      const found = weightsCertificate(
        `lemma.pointwise.point-${number}`,
        `a random point (${family})`,
        objective,
        point(own.fork('point'), objective),
      );
      if (found.length > 0) return found;
    }
    return [];
  });
}
