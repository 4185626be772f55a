import { resolve } from 'node:path';
import { InputError } from '../numerics/base/inputError.ts';
import { visibleJson, visibleText } from '../numerics/base/visibleText.ts';
import { checkWritable, writeWhole } from '../numerics/base/writeWhole.ts';
import { randomStream } from '../numerics/random/stream.ts';
import type { OptionTable } from './contract/options.ts';
import type { Answer, Tool } from './contract/tool.ts';
import { parseCommand, type Request } from './runner/command.ts';
import { type Host, print, processHost } from './runner/host.ts';
import { ownDataOf } from './runner/ownDataFile.ts';
import { startProgress } from './runner/progressDisplay.ts';

/**
 * Runs a tool on the words of a command line: reads, runs, writes the files that were asked for, prints.
 *
 * What the user supplied wrongly is one line on standard error. Ctrl-C and SIGTERM end a run with the best so far,
 * which is written and printed like any other. Files are written whole or not at all, and checked before the run.
 *
 * @param words without the program's own name
 * @returns the exit code: 0; 2 for what the user supplied wrongly, or what could not be written
 */
export async function runTool<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  words: readonly string[],
  host: Host = processHost(`npm run -s ${tool.name} --`),
): Promise<number> {
  try {
    const printed: Promise<void>[] = [];
    const request = parseCommand(tool, words, host.invocation, {
      out: (text) => printed.push(print(host.stdout, text)),
      error: (text) => printed.push(print(host.stderr, text)),
    });
    await Promise.all(printed);
    if ('exitCode' in request) return request.exitCode;
    checkOutputs(request.outputs);
    const answer = await runToAnswer(tool, request, host);
    const result = tool.result.parse(answer.result);
    await writeOutputs(tool, request, { ...answer, result }, words, host);
    const text = request.common.json
      ? visibleJson(JSON.stringify(result))
      : tool.words(result).map(visibleText).join('\n');
    await print(host.stdout, `${text}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await print(host.stderr, `${error.message}\n`);
    return 2;
  }
}

async function runToAnswer<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  { options, common, budget, threads }: Request<Table>,
  host: Host,
): Promise<Answer<Result>> {
  const input = await tool.read(options);
  const display = await startProgress(host, 'starting');
  const interruption = host.interruption();
  try {
    return await tool.run(randomStream(common.seed), input, options, {
      budget,
      threads,
      seed: common.seed,
      signal: interruption.signal,
      progress: display.show,
    });
  } finally {
    display.stop();
    interruption.release();
  }
}

/** Writes the files that were asked for. */
async function writeOutputs<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  { options, outputs }: Request<Table>,
  answer: Answer<Result>,
  words: readonly string[],
  { invocation, drawChart }: Host,
): Promise<void> {
  const own =
    outputs.has('report') || outputs.has('chart')
      ? ownDataOf(tool, options, answer, [invocation, words])
      : undefined;
  for (const [name, file] of outputs) {
    if (name === 'report') writeWhole(file, `${JSON.stringify(own, undefined, 1)}\n`);
    else if (name !== 'chart') {
      const content = answer.outputs?.[name]?.(file);
      if (content !== undefined) writeWhole(file, content);
    } else if (own?.charts[0] !== undefined && drawChart !== undefined) {
      writeWhole(file, await drawChart(own.charts[0]));
    }
  }
}

/** Refuses files that cannot be written, and one file for two results, before any work. */
function checkOutputs(outputs: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const [name, file] of outputs) {
    checkWritable(file);
    if (seen.has(resolve(file))) {
      throw new InputError({ source: `--${name}`, expected: 'a file of its own', got: file });
    }
    seen.add(resolve(file));
  }
}
