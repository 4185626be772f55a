import { runProgram } from '../src/numerics/base/program.ts';

// Loaded in here, so that a failure to open a file of it is one line as well.
await runProgram(async () => {
  const [{ discover }, { runTool }, { toolHost }] = await Promise.all([
    import('../src/tools/discover.ts'),
    import('../src/tools/runTool.ts'),
    import('./lib/toolHost.ts'),
  ]);
  return runTool(discover, process.argv.slice(2), toolHost('discover'));
});
