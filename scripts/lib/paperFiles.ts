/**
 * The files of a paper with one claim, which is false, and a sabotage of it.
 *
 * @param name of the paper, for its title and the id of its claim
 * @param src the sources of this project, as seen from the paper's folder
 * @returns texts by their places in the paper's folder
 */
export function paperFiles(name: string, src: string): Readonly<Record<string, string>> {
  const below = `../../${src}`;
  return {
    'vitest.config.ts': `import { claimsConfig } from '${src}/papers/run/claimsConfig.ts';
import { catalogue } from './spec/paper/catalogue.ts';

export default claimsConfig(catalogue);
`,
    'spec/paper/paper.ts': `import type { Paper } from '${below}/papers/run/paper.ts';
import { catalogue } from './catalogue.ts';

export const paper: Paper = { catalogue, claimSpecs: ['spec/paper'] };
`,
    'spec/paper/catalogue.ts': `import type { Catalogue } from '${below}/papers/claims/catalogue.ts';

/** Every claim of the paper, under ids that are concepts; the only place with theorem numbers. */
export const catalogue: Catalogue = {
  paper: { title: '${name}', authors: ['Author'], version: '1', url: 'https://example.org' },
  entries: [
    {
      id: '${name}.example',
      kind: 'theorem',
      label: 'Theorem 1',
      title: 'A number is at least its square',
      statement: { words: 'Every positive number is at least its square.', tex: 'x \\\\ge x^2' },
      hypotheses: [],
      uses: [],
    },
  ],
};
`,
    'spec/paper/example.spec.ts': `import { rounding } from '${below}/numerics/base/tolerance.ts';
import { atLeast } from '${below}/papers/claims/comparison.ts';
import { logUniform } from '${below}/papers/claims/domain.ts';
import { language } from '${below}/papers/claims/vitest.ts';
import { catalogue } from './catalogue.ts';

const { section, theorem } = language(catalogue);
const compared = 'x against x²';

section('Example', () => {
  theorem('${name}.example', {
    // False as it stands: above 1 a square is larger. With logUniform(0.01, 1) it holds.
    let: { x: logUniform(0.01, 100) },
    define: ({ x }) => ({ square: x * x }),
    then: ({ x, square }) => atLeast(compared, x, square, rounding(2, square)),
    sabotage: {
      'x + 1 in place of x²': { breaks: compared, define: ({ x }) => ({ square: x + 1 }) },
    },
    instances: { smoke: 20, quick: 200, full: 2000 },
  });
});
`,
  };
}
