import { $, echo, fs, os, path } from 'zx';

/**
 * Builds the package and looks at its tarball as its users' tools will: publint at the fields of package.json, and
 * "are the types wrong" at what every import resolves to. The package is of ES modules alone.
 */
const root = path.resolve(import.meta.dirname, '../..');
$.cwd = root;
$.quiet = true;
await $`npm run build`;
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'package-'));
try {
  const packed = await $`npm pack --ignore-scripts --json --pack-destination ${folder}`;
  const [{ filename, size, entryCount }] = packed.json() as [
    { filename: string; size: number; entryCount: number },
  ];
  const tarball = path.join(folder, filename);
  const runs = await Promise.all([
    $({ nothrow: true })`node_modules/.bin/publint ${tarball} --strict`,
    $({ nothrow: true })`node_modules/.bin/attw ${tarball} --profile esm-only`,
  ]);
  for (const { exitCode, stdout, stderr } of runs) {
    if (exitCode === 0) continue;
    echo(`${stdout}${stderr}`.trim());
    process.exitCode = 1;
  }
  if (process.exitCode === undefined)
    echo(`${filename}: ${entryCount} files, ${size} bytes; its fields and types are in order`);
} finally {
  await fs.remove(folder);
}
