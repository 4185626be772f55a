import { discover } from '../src/tools/discover.ts';
import { runTool } from '../src/tools/runTool.ts';
import { toolHost } from './lib/toolHost.ts';

process.exitCode = await runTool(discover, process.argv.slice(2), toolHost('discover'));
