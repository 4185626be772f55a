import { Writable } from 'node:stream';
import { toolHost } from '../../../scripts/lib/toolHost.ts';
import type { OptionTable } from '../../../src/tools/contract/options.ts';
import type { Tool } from '../../../src/tools/contract/tool.ts';
import type { Host } from '../../../src/tools/runner/host.ts';
import { runTool } from '../../../src/tools/runTool.ts';

/** How a run of a tool ended. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool in this process, as its script would. */
export async function toolRun<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  words: readonly string[],
  change: Partial<Host> = {},
): Promise<ToolRun> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const code = await runTool(tool, words, { ...toolHost(tool.name), stdout, stderr, ...change });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A stream that keeps what is written to it. */
export class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
