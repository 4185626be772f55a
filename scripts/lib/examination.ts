import { $, fs, path } from 'zx';
import { backendNames, loadTensors } from '../../src/applications/networks/tensors/tensorBackend.ts';
import { missingBinding } from '../../src/papers/run/commands/runnerBinding.ts';
import { browserPath } from '../../src/papers/run/pagePicture.ts';

/** One thing that was looked for. */
export interface Finding {
  readonly what: string;
  readonly found: boolean;
  /** Its version or place, or why it was not found. */
  readonly detail: string;
  /** Whether the suite cannot run without it. */
  readonly needed: boolean;
  /** What is lost without it. */
  readonly cost: string;
}

/** Looks for everything that the suite, the report and the benches use where it is there. Writes nothing. */
export async function examine(): Promise<Finding[]> {
  return [node(), runner(), ...(await tensors()), await git(), await browser(), ...(await python())];
}

/**
 * Whether a version of Node.js is one that package.json names.
 *
 * @param range alternatives of `^a.b.c` and `>=a.b.c`, joined by `||`
 * @param version `a.b.c`, with or without a leading `v`
 */
export function satisfies(version: string, range: string): boolean {
  const [major = 0, ...rest] = parts(version);
  return range.split('||').some((alternative) => {
    const [, sign, least = ''] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(alternative) ?? [];
    const [leastMajor = 0, ...leastRest] = parts(least);
    if (sign === undefined || major < leastMajor) return false;
    if (major > leastMajor) return sign === '>=';
    const [minor = 0, patch = 0] = rest;
    const [leastMinor = 0, leastPatch = 0] = leastRest;
    return minor > leastMinor || (minor === leastMinor && patch >= leastPatch);
  });
}

function parts(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}

function node(): Finding {
  const { engines } = fs.readJsonSync(path.join(import.meta.dirname, '../../package.json'));
  return {
    what: 'Node.js',
    found: satisfies(process.version, engines.node),
    detail: `${process.version}, and ${engines.node} is supported`,
    needed: true,
    cost: 'nothing is tested on this version, and an older one does not start',
  };
}

function runner(): Finding {
  const missing = missingBinding();
  return {
    what: 'test runner',
    found: missing === undefined,
    detail: missing ?? 'vitest, and a native part of it for this machine',
    needed: true,
    cost: 'npm test and npm run verify cannot start; npm ci without --omit installs it',
  };
}

/** One finding a backend; each is loaded in a process of its own, for a native library fails in its own ways. */
async function tensors(): Promise<Finding[]> {
  const costs = {
    tensorflow: 'npm run native builds it; without it WebAssembly runs the tensors, several times slower',
    wasm: 'plain JavaScript runs the tensors, much slower',
    cpu: 'with no other backend the comparisons with a tensor library cannot run',
  };
  const findings: Finding[] = [];
  for (const name of backendNames) {
    const detail = name === 'tensorflow' ? await nativeTensors() : await scriptTensors(name);
    const found = !('missing' in detail);
    const text = 'missing' in detail ? detail.missing : detail.version;
    findings.push({ what: `tensors: ${name}`, found, detail: text, needed: false, cost: costs[name] });
  }
  return findings;
}

type Looked = { readonly version: string } | { readonly missing: string };

async function scriptTensors(name: 'wasm' | 'cpu'): Promise<Looked> {
  try {
    const { tf } = await loadTensors([name]);
    return { version: `TensorFlow.js ${tf.version_core}` };
  } catch (error) {
    return { missing: reasonOf(error) };
  }
}

async function nativeTensors(): Promise<Looked> {
  const address = new URL('../../src/applications/networks/tensors/tensorBackend.ts', import.meta.url).href;
  const program = `const { loadTensors } = await import(${JSON.stringify(address)});
    const { tf } = await loadTensors(['tensorflow']);
    process.stdout.write('TensorFlow.js ' + tf.version_core + ' on libtensorflow');`;
  return output(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program],
    'cannot be loaded',
  );
}

async function git(): Promise<Finding> {
  const cost = 'evidence does not say which commit it is of';
  return finding('git', await output('git', ['--version'], 'no git on the path'), cost);
}

/** The places where the suite's own browser test looks. */
async function browser(): Promise<Finding> {
  const place = browserPath();
  const looked: Looked =
    place === undefined ? { missing: 'no Chromium found; CHROMIUM names one' } : { version: place };
  const cost = 'the tests of the page in a browser (layout, accessibility, print) are skipped';
  return finding('browser', looked, cost);
}

const packages = {
  numpy: 'the check of matrices by NumPy is skipped, and benches have fewer peers',
  networkx: 'npm run bench -- maxcut does not compare with its local search',
  MQLib: 'npm run bench -- maxcut does not compare with its heuristics',
  sklearn: 'npm run bench -- embedding does not compare with its projections',
  torch: 'npm run bench -- networks does not compare with its gradients',
};

async function python(): Promise<Finding[]> {
  const command = process.env.PYTHON ?? 'python3';
  const looked = await output(command, ['--version'], `no ${command} on the path; PYTHON names one`);
  const own = finding('Python', looked, 'everything below; only benches and one check use it');
  const others = Object.entries(packages).map(async ([name, cost]) => {
    const program = `import importlib.metadata as m, ${name}
names = m.packages_distributions().get('${name}', ['${name}']) if hasattr(m, 'packages_distributions') else ['${name}']
print(m.version(names[0]))`;
    const version = own.found
      ? await output(command, ['-c', program], 'not installed')
      : { missing: 'no Python' };
    return finding(`Python: ${name}`, version, cost);
  });
  return [own, ...(await Promise.all(others))];
}

function finding(what: string, looked: Looked, cost: string): Finding {
  const found = !('missing' in looked);
  return { what, found, detail: 'missing' in looked ? looked.missing : looked.version, needed: false, cost };
}

/** The first line that a program prints; or the given words where it does not start, fails or hangs. */
async function output(command: string, words: readonly string[], missing: string): Promise<Looked> {
  try {
    const { stdout, stderr } = await $({ quiet: true, timeout: '60s' })`${command} ${[...words]}`;
    return { version: (stdout.trim() || stderr.trim()).split('\n')[0] ?? '' };
  } catch {
    return { missing };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
