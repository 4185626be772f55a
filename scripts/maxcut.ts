import { maxcut } from '../src/tools/maxcut.ts';
import { runTool } from '../src/tools/runTool.ts';
import { toolHost } from './lib/toolHost.ts';

process.exitCode = await runTool(maxcut, process.argv.slice(2), toolHost('maxcut'));
