import { maxsat } from '../src/tools/maxsat.ts';
import { runTool } from '../src/tools/runTool.ts';
import { toolHost } from './lib/toolHost.ts';

process.exitCode = await runTool(maxsat, process.argv.slice(2), toolHost('maxsat'));
