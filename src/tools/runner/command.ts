import { availableParallelism } from 'node:os';
import { Command, CommanderError, Option } from 'commander';
import { InputError } from '../../numerics/base/inputError.ts';
import { visibleText } from '../../numerics/base/visibleText.ts';
import {
  flag,
  number,
  type OptionsOf,
  type OptionTable,
  type ToolOption,
  text,
  whole,
} from '../contract/options.ts';
import { outputFile } from '../contract/sourceFile.ts';
import type { Budget, Tool } from '../contract/tool.ts';

/** What the words of a command line say. */
export interface Request<Table extends OptionTable> {
  readonly options: OptionsOf<Table>;
  readonly common: CommonOptions;
  readonly budget: Budget;
  readonly threads: number;
  /** Files to be written, by the name of their option. */
  readonly outputs: ReadonlyMap<string, string>;
}

type CommonOptions = OptionsOf<ReturnType<typeof commonOptions>>;

/** A command line that asked for nothing to be run. */
export type Refusal = { readonly exitCode: number };

/** Where a command prints. */
export interface Printer {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** The options that every tool has. */
function commonOptions({ seconds, step }: { readonly seconds: number; readonly step: string }) {
  return {
    seconds: number('S', `time budget (default ${seconds})`, { least: 0, most: 1e6 }, undefined),
    steps: whole(
      'N',
      `step budget instead, ${step}: same seed, same result`,
      { least: 0, most: 1e9 },
      undefined,
    ),
    seed: text('text', 'seed of all random choices', '1'),
    threads: whole('N', 'worker threads; default the cores, at most 8', { least: 1, most: 64 }, undefined),
    report: outputFile('file.json', 'write the result for npm run report -- --add file.json'),
    chart: outputFile('file.svg', 'write the first chart of that result', ['.svg']),
    json: flag('print one JSON object and nothing else'),
  };
}

/**
 * Reads a command line.
 *
 * @param invocation what starts the tool, for the help
 * @returns the request; or, help or one line about what is wrong being printed, the exit code
 * @throws InputError in one line for a value that its option does not take
 */
export function parseCommand<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  words: readonly string[],
  invocation: string,
  printer: Printer,
): Request<Table> | Refusal {
  const common = commonOptions(tool);
  const command = new Command(invocation)
    .description(tool.says)
    .exitOverride()
    .showSuggestionAfterError(true)
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: printer.out,
      writeErr: printer.error,
      // Commander's suggestion stands on a line of its own; an error here is one line.
      outputError: (message) =>
        printer.error(`${visibleText(message.trim().replace(/\n(?=\(Did you mean)/, ' '))}\n`),
    });
  for (const [name, option] of Object.entries({ ...tool.options, ...common })) declare(command, name, option);
  // The name that a budget of steps had before.
  command.addOption(new Option('--rounds <N>').hideHelp());
  command.addHelpText('after', `\n${tool.notes.join('\n')}`);
  if (asksForFormats(words)) {
    printer.out(`${tool.formats().join('\n')}\n`);
    return { exitCode: 0 };
  }
  try {
    command.parse(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
  const { rounds, ...rest }: Readonly<Record<string, string | true>> = command.opts();
  const given = rounds === undefined ? rest : { ...rest, steps: rounds };
  const argument = command.args[0];
  const options = valuesOf(tool.options, given, argument);
  const shared = valuesOf(common, given, undefined);
  const outputs = Object.entries({ ...tool.options, ...common })
    .filter(([name, { kind }]) => kind === 'output' && given[name] !== undefined)
    .map(([name]): [string, string] => [name, String(given[name])]);
  return {
    options,
    common: shared,
    budget: budgetOf(shared, tool.seconds),
    threads: shared.threads ?? Math.min(8, availableParallelism()),
    outputs: new Map(outputs),
  };
}

function asksForFormats(words: readonly string[]): boolean {
  return (
    words.includes('--format=list') || words.some((word, i) => word === 'list' && words[i - 1] === '--format')
  );
}

function declare(command: Command, name: string, option: ToolOption<unknown>): void {
  if (option.kind === 'argument') command.argument(`<${option.placeholder}>`, option.says);
  else if (option.kind === 'flag') command.option(typed(name), option.says);
  else command.option(`${typed(name)} <${option.placeholder}>`, option.says);
}

/** The option as it is typed. */
function typed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function valuesOf<Table extends OptionTable>(
  table: Table,
  given: Readonly<Record<string, string | true | undefined>>,
  argument: string | undefined,
): OptionsOf<Table> {
  const values = Object.entries(table).map(([name, option]) => {
    const word = option.kind === 'argument' ? argument : given[name];
    return [name, word === undefined ? option.fallback : option.parse(typed(name), String(word))];
  });
  return Object.fromEntries(values) as OptionsOf<Table>;
}

function budgetOf({ seconds, steps }: CommonOptions, usual: number): Budget {
  if (steps === undefined) return { seconds: seconds ?? usual };
  if (seconds === undefined) return { steps };
  throw new InputError({ source: '--steps', expected: 'either a time or a step budget', got: 'both' });
}
