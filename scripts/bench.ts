import { fs } from 'zx';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram } from '../src/numerics/base/program.ts';

const folder = new URL('./bench/', import.meta.url);
const benches = fs
  .readdirSync(folder)
  .filter((name) => /^(maxcut|budgets|embedding|networks|start)\.ts$/.test(name))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

await runProgram(async () => {
  // The benchmark reads its own options: its name is taken out of the arguments.
  const [name] = process.argv.splice(2, 1);
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(`Usage: npm run bench -- <${benches.join(' | ')}> [options]\n\nEach has --help.\n`);
    return name === undefined ? 2 : 0;
  }
  if (!benches.includes(name)) {
    throw new InputError({ source: 'bench', expected: `one of ${benches.join(', ')}`, got: `"${name}"` });
  }
  await import(new URL(`${name}.ts`, folder).href);
  return Number(process.exitCode ?? 0);
});
