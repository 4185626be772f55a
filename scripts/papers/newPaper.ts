import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../../src/numerics/base/inputError.ts';
import { runProgram } from '../../src/numerics/base/program.ts';
import { writeWhole } from '../../src/numerics/base/writeWhole.ts';
import { paperFiles } from '../lib/paperFiles.ts';
import { papersFolder } from '../lib/paperPlace.ts';

/** `npm run new-paper -- NAME` writes a paper with one claim, which is false, and its sabotage. */
await runProgram(async () => {
  const [name, ...others] = process.argv.slice(2);
  if (name === undefined || others.length > 0 || !/^[a-z][a-z0-9-]{0,60}$/.test(name)) {
    const got = name === undefined ? 'nothing' : `"${[name, ...others].join(' ')}"`;
    throw new InputError({
      source: 'new-paper',
      expected: 'one name of small letters, digits and dashes',
      got,
    });
  }
  const folder = join(papersFolder, name);
  if (existsSync(folder)) {
    throw new InputError({ source: 'new-paper', expected: 'a new name', got: `${folder}, which exists` });
  }
  const sources = relative(resolve(folder), resolve('src')).replaceAll('\\', '/');
  for (const [file, text] of Object.entries(paperFiles(name, sources))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeWhole(join(folder, file), text);
    process.stdout.write(`${join(folder, file)}\n`);
  }
  process.stdout.write(`\nIts one claim is false. See it refuted:\n  npm run verify -- --paper ${name}\n`);
  return 0;
});
