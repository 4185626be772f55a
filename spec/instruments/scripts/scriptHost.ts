/**
 * Runs a script for each list of words that the last argument holds, and prints how each run ended.
 *
 * The script is imported anew for every run, what it uses once. What a script lets through is told with its stack, as
 * Node.js would.
 */
const [script, cases]: [string, string[][]] = JSON.parse(process.argv.at(-1) ?? '');
const { stdout, stderr } = process;
const print = stdout.write.bind(stdout);
const runs: { status: unknown; stdout: string; stderr: string }[] = [];
for (const [i, words] of cases.entries()) {
  const said = { stdout: '', stderr: '' };
  stdout.write = (text: string | Uint8Array) => {
    said.stdout += text;
    return true;
  };
  stderr.write = (text: string | Uint8Array) => {
    said.stderr += text;
    return true;
  };
  process.argv = [process.execPath, script, ...words];
  process.exitCode = 0;
  try {
    await import(`${script}?${i}`);
  } catch (error) {
    process.exitCode = 1;
    said.stderr += error instanceof Error ? error.stack : error;
  }
  runs.push({ ...said, status: process.exitCode });
}
// Whatever a run has left open would keep the process alive.
print(JSON.stringify(runs), () => process.exit(0));
