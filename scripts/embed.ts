import { runProgram } from '../src/numerics/base/program.ts';

// Loaded in here, so that a failure to open a file of it is one line as well.
await runProgram(async () => {
  const [{ embed }, { runTool }, { toolHost }] = await Promise.all([
    import('../src/tools/embed.ts'),
    import('../src/tools/runTool.ts'),
    import('./lib/toolHost.ts'),
  ]);
  return runTool(embed, process.argv.slice(2), toolHost('embed'));
});
