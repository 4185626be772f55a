import { Command } from 'commander';
import { $, chalk, echo, fs, path } from 'zx';
import { runProgram, throwing } from '../src/numerics/base/program.ts';

/**
 * Makes the native tensor backend available: `npm run native`.
 *
 * Builds tfjs-node's binding from source against the libtensorflow inside a TensorFlow CPU wheel, for machines
 * that reach a package registry but not the host of its prebuilt binaries. Writes inside node_modules only, does
 * nothing where the backend already loads, and can be repeated after a failure.
 */
const version = '4.22.0';
/** The wheel's own Python version does not matter: only its shared libraries and headers are used. */
const wheel = {
  requirement: 'tensorflow-cpu==2.15.1',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  tags: ['--platform', 'manylinux2014_x86_64', '--implementation', 'cp', '--python-version', '311'],
};
const root = path.resolve(import.meta.dirname, '..');
const addon = path.join(root, 'node_modules/@tensorflow/tfjs-node');
const cache = path.join(root, 'node_modules/.cache/native');

$.cwd = root;
$.quiet = true;

async function backendLoads(): Promise<string | undefined> {
  const program = `const { loadTensors } = await import('./src/applications/networks/tensors/tensorBackend.ts');
    const { tf, backend } = await loadTensors(['tensorflow']);
    const sum = tf.matMul(tf.ones([3, 5]), tf.ones([5, 2])).sum().dataSync()[0];
    if (sum !== 30) throw new Error('a product of ones came out as ' + sum);
    console.log(backend);`;
  const run = await $({ nothrow: true })`node --import tsx --input-type=module -e ${program}`;
  return run.exitCode === 0 ? run.stdout.trim() : undefined;
}

async function step<T>(what: string, action: () => T | Promise<T>): Promise<T> {
  echo(chalk.dim(`- ${what}`));
  try {
    return await action();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    echo(`native: could not ${what}: ${text.trim().split('\n').slice(-6).join('\n  ')}`);
    process.exit(1);
  }
}

function refuse(expected: string, got: string): never {
  echo(`native: expected ${expected}, got ${got}; the wasm backend stays the default`);
  process.exit(2);
}

/** Builds the binding where it does not load already. */
async function build(): Promise<void> {
  const loaded = await backendLoads();
  if (loaded !== undefined) {
    echo(`native: backend '${loaded}' already loads; nothing to do`);
    return;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    refuse('linux on x64', `${process.platform} on ${process.arch}`);
  }
  for (const tool of ['python3 -m pip', 'make', 'g++']) {
    if ((await $({ nothrow: true })`sh -c ${`${tool} --version`}`).exitCode !== 0)
      refuse(tool, 'nothing of that name');
  }

  if (!fs.existsSync(path.join(addon, 'binding.gyp'))) {
    // Optional dependencies whose install script fails are dropped; without scripts the lock file's entry installs.
    await step(
      `install @tensorflow/tfjs-node ${version} without its download`,
      () => $`npm install --ignore-scripts --no-save --no-audit --no-fund @tensorflow/tfjs-node@${version}`,
    );
  }
  fs.mkdirSync(cache, { recursive: true });
  await step(`fetch ${wheel.requirement}`, () => {
    fs.writeFileSync(path.join(cache, 'wheel.txt'), `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
    return $`python3 -m pip download --no-deps --only-binary :all: ${wheel.tags} --require-hashes -r ${cache}/wheel.txt -d ${cache}`;
  });
  await step('unpack libtensorflow and its headers', async () => {
    const unpack = `import glob, sys, zipfile
keep = ('libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include/tensorflow/c/', 'include/tensorflow/core/platform/', 'include/tensorflow/tsl/', 'include/tsl/', 'include/xla/c/')
with zipfile.ZipFile(glob.glob(sys.argv[1] + '/tensorflow_cpu-*.whl')[0]) as wheel:
    wheel.extractall(sys.argv[1], [n for n in wheel.namelist() if n.startswith(tuple('tensorflow/' + k for k in keep))])`;
    await $`python3 -c ${unpack} ${cache}`;
    const deps = path.join(addon, 'deps');
    fs.rmSync(deps, { recursive: true, force: true });
    fs.mkdirSync(path.join(deps, 'lib'), { recursive: true });
    fs.renameSync(path.join(cache, 'tensorflow/include'), path.join(deps, 'include'));
    // The binding links against libtensorflow; in the wheel that library carries the name of its C++ superset.
    for (const [library, link] of [
      ['libtensorflow_cc', 'libtensorflow'],
      ['libtensorflow_framework', 'libtensorflow_framework'],
    ]) {
      fs.renameSync(path.join(cache, `tensorflow/${library}.so.2`), path.join(deps, `lib/${library}.so.2`));
      fs.symlinkSync(`${library}.so.2`, path.join(deps, `lib/${link}.so`));
    }
  });
  await step('build the binding', async () => {
    const prefix = path.dirname(path.dirname(process.execPath));
    const headers = fs.existsSync(path.join(prefix, 'include/node/node_api.h'))
      ? [`--nodedir=${prefix}`]
      : [];
    const globalModules = (await $`npm root -g`).stdout.trim();
    const gyp =
      process.env.npm_config_node_gyp ??
      path.join(globalModules, 'npm/node_modules/node-gyp/bin/node-gyp.js');
    // Node-API 8 is the newest that tfjs-node's package.json lists, and the one its loader looks for.
    const target = ['--napi_build_version=8', '--module_name=tfjs_binding', '--module_path=./lib/napi-v8'];
    await $({ cwd: addon })`node ${gyp} rebuild ${headers} ${target}`;
    fs.mkdirSync(path.join(addon, 'lib/napi-v8'), { recursive: true });
    fs.renameSync(
      path.join(addon, 'build/Release/tfjs_binding.node'),
      path.join(addon, 'lib/napi-v8/tfjs_binding.node'),
    );
  });
  fs.rmSync(cache, { recursive: true, force: true });
  const works = await backendLoads();
  if (works === undefined)
    refuse('the built binding to load', 'an error; see the output of a run of the suite');
  echo(`native: built; backend '${works}' loads`);
}

const program = throwing(new Command('npm run native --')).description(
  'Builds the native tensor backend from a registry package into node_modules: minutes, and a download of 200 MB.',
);

await runProgram(async () => {
  program.parse();
  await build();
  return 0;
});
