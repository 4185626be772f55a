import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Catalogue } from '../../../../src/papers/claims/catalogue.ts';
import { type Evidence, parseEvidence } from '../../../../src/papers/evidence/evidence.ts';
import { cleanEnvironment, type Place, scriptRuns, tsx } from '../../scripts/scriptRuns.ts';

const house = resolve(import.meta.dirname, '../../../..');
const from = (path: string): string => JSON.stringify(join(house, path));

/** How many spec files the small paper has; each states one claim with two sabotages and a null. */
export const fileCount = 4;

/** The catalogue of the small paper. */
export const smallCatalogue: Catalogue = {
  paper: { title: 'A small paper', authors: ['A. Nobody'], version: '1', url: 'https://example.org' },
  entries: Array.from({ length: fileCount }, (_, i) => ({
    id: `small.claim-${i}`,
    kind: 'theorem',
    label: `Theorem ${i}`,
    title: 'Squares are nonnegative',
    statement: { words: 'A square is nonnegative.', tex: 'x^2 \\ge 0' },
    hypotheses: [],
    uses: i === 0 ? [] : ['small.claim-0'],
  })),
};

/** Instances take a while, so that a run can be killed between any two of its tests. */
const specText = (i: number): string => `
import { atLeast } from ${from('src/papers/claims/comparison.ts')};
import { logUniform } from ${from('src/papers/claims/domain.ts')};
import { test } from 'vitest';
import { language } from ${from('src/papers/claims/vitest.ts')};
import { catalogue } from './catalogue.ts';

language(catalogue).theorem('small.claim-${i}', {
  let: { x: logUniform(1e-9, 1e9) },
  define: ({ x }) => ({ square: x * x / 3 }),
  strata: { small: { quota: 1, let: { x: logUniform(1e-9, 1) } }, any: { quota: 3 } },
  trivial: { 'x is 0': ({ x }) => x === 0 },
  then: async ({ x, square }) => {
    await new Promise((done) => setTimeout(done, 4));
    return atLeast('square', square, 0, { value: 0, because: 'exact' }, { x, infinite: Infinity, none: NaN });
  },
  sabotage: {
    'its negative': { breaks: 'square', define: ({ square }) => ({ square: -square }) },
    'less ${i + 1}': {
      breaks: 'square', share: 0.9, strata: ['small'], define: ({ square }) => ({ square: square - ${i + 1} }),
    },
  },
  nulls: { 'one below': { instances: 2, define: (_) => ({ square: -1 }) } },
  instances: { smoke: 40, quick: 80, full: 160 },
  exhibit: (stream) => ({
    observations: [{
      id: 'small.claim-${i}.third', quantity: 'a third', reported: 0.3, origin: { kind: 'printed', where: 'here' },
      measured: 1 / 3, tolerance: { value: 0.01, because: 'digits' }, verdict: 'not-reproduced', finding: 'f',
    }],
    charts: [{
      id: 'chart-${i}', figure: 'small.claim-${i}', origin: 'measured', title: 'T', caption: 'C',
      x: { label: 'x', scale: 'linear' }, y: { label: 'y', scale: 'log' }, rules: [],
      series: [{ name: 's', mark: 'dots', points: [[stream.uniform(), 5e-324], [-Infinity, 0.1 + 0.2]] }],
    }],
    certificates: [{
      id: 'small.claim-${i}.c', kind: 'embedding', says: 's',
      numbers: { pointCount: 3, dimension: 2, rows: 1, rank: 2, distortion: 0.5 },
      arrays: { points: [0, 0, 0.1 + 0.2, 0, 0, 0.1 + 0.2], matrix: [0.8, -0.8] },
    }],
  }),
});

test('reads bad input', ({ task }) => {
  task.meta.badInputs = { things: ${i + 1}, 'of ${i}': 1 };
});
`;

/** What a script ended with. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A second paper in a project of its own, with the real language, the real reporter and the real commands. */
export class SmallProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'small-paper-'));

  constructor() {
    for (const name of ['spec', 'scripts']) mkdirSync(join(this.folder, name));
    this.write('package.json', '{ "type": "module" }');
    this.write('package-lock.json', '{}');
    this.write('spec/catalogue.ts', `export const catalogue = ${JSON.stringify(smallCatalogue)} as const;`);
    this.write(
      'vitest.config.ts',
      `import { claimsConfig } from ${from('src/papers/run/claimsConfig.ts')};
       import { catalogue } from './spec/catalogue.ts';
       export default claimsConfig(catalogue);`,
    );
    this.write(
      'scripts/verify.ts',
      `import { runProgram } from ${from('src/numerics/base/program.ts')};
       import { verify } from ${from('src/papers/run/commands/verify.ts')};
       import { catalogue } from '../spec/catalogue.ts';
       await runProgram(() => verify(() => ({ catalogue, claimSpecs: ['spec'] })));`,
    );
    this.write(
      'scripts/report.ts',
      `import { runProgram } from ${from('src/numerics/base/program.ts')};
       import { report } from ${from('src/papers/run/commands/report.ts')};
       import { catalogue } from '../spec/catalogue.ts';
       await runProgram(() => report(() => ({ catalogue, claimSpecs: ['spec'] })));`,
    );
    this.write(
      'scripts/recheck.ts',
      `await import(\`\${${from('scripts/recheck.ts')}}\${new URL(import.meta.url).search}\`);`,
    );
    this.write(
      'scripts/merge.ts',
      `import { runProgram } from ${from('src/numerics/base/program.ts')};
       import { merge } from ${from('src/papers/run/commands/merge.ts')};
       await runProgram(merge);`,
    );
    for (let i = 0; i < fileCount; i++) this.write(`spec/claim${i}.spec.ts`, specText(i));
  }

  /** Runs a script in the project to its end. */
  run(script: string, ...words: string[]): Ended {
    return spawnSync(process.execPath, this.#words(script, words), { ...this.#options(), encoding: 'utf8' });
  }

  /** Runs a script in the project once for each list of words, in one process. */
  runs(script: string, cases: readonly (readonly string[])[]): Ended[] {
    return scriptRuns(script, cases, this.#options());
  }

  /** Starts a script in the project, as leader of a process group of its own. */
  start(script: string, ...words: string[]): ChildProcess {
    const options = { ...this.#options(), detached: true, stdio: 'ignore' } as const;
    return spawn(process.execPath, this.#words(script, words), options);
  }

  evidence(file: string): Evidence {
    return parseEvidence(this.read(file), file);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Makes a repository of the project, with all of it in one commit. */
  commit(): void {
    this.write('.gitignore', 'reports\n');
    const who = ['-c', 'user.name=n', '-c', 'user.email=n@example.org'];
    for (const words of [
      ['init', '--quiet'],
      ['add', '.'],
      [...who, 'commit', '--quiet', '--message', 'all'],
    ]) {
      const { status, stderr } = spawnSync('git', words, { cwd: this.folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #words(script: string, words: readonly string[]): string[] {
    return ['--import', tsx, `scripts/${script}.ts`, ...words];
  }

  #options(): Place {
    // JSX is read as this project's configuration says.
    return {
      cwd: this.folder,
      env: { ...cleanEnvironment, TSX_TSCONFIG_PATH: join(house, 'tsconfig.json') },
    };
  }
}
