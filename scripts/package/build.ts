import { $, chalk, echo, fs, glob, path } from 'zx';

/**
 * Makes `dist`, what the package consists of: `npm run build`.
 *
 * One .js and one .d.ts for each source, so that an error's stack names the file that a reader finds in `src`. The
 * entries of threads are plain JavaScript already and are copied. `scripts/recheck` shares no code with `src`, so it
 * is compiled by itself, to `dist/recheck`.
 */
const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'dist');
$.cwd = root;
$.quiet = true;

await fs.emptyDir(target);
const compile = (words: readonly string[]) =>
  $({ nothrow: true })`node_modules/.bin/tsc -p tsconfig.build.json ${words}`;
const runs = await Promise.all([compile([]), compileRecheck()]);
for (const { exitCode, stdout } of runs) {
  if (exitCode === 0) continue;
  echo(stdout.trim());
  process.exit(1);
}

for (const file of await glob('src/**/*.{mjs,cjs}', { cwd: root })) {
  await fs.copy(path.join(root, file), path.join(target, path.relative('src', file)));
}
// The compiler rewrites the imports of what it emits as JavaScript, but not those of the declarations.
const declarations = await glob('**/*.d.ts', { cwd: target, absolute: true });
for (const file of declarations) {
  const text = await fs.readFile(file, 'utf8');
  await fs.writeFile(
    file,
    text.replaceAll(/((?:from|import) |import\()(['"])(\.[^'"]*)\.tsx?\2/g, '$1$2$3.js$2'),
  );
}
await fs.chmod(path.join(target, 'bin.js'), 0o755);
echo(chalk.dim(`dist: ${declarations.length} modules`));

/** The program that checks evidence again has a root folder of its own. */
function compileRecheck() {
  return $({ nothrow: true })`node_modules/.bin/tsc -p scripts/recheck/tsconfig.json`;
}
