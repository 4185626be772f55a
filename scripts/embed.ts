import { embed } from '../src/tools/embed.ts';
import { runTool } from '../src/tools/runTool.ts';
import { toolHost } from './lib/toolHost.ts';

process.exitCode = await runTool(embed, process.argv.slice(2), toolHost('embed'));
