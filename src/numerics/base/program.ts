import { type Command, CommanderError } from 'commander';
import { InputError } from './inputError.ts';

/**
 * Runs a command-line program and ends the process with its exit code.
 *
 * What the user supplied wrongly (an `InputError`, an unknown or ill-formed option, a file that cannot be read or
 * written) is one line on standard error and exit code 2; help is exit code 0. A fault of the program keeps its stack.
 *
 * @param main returns the exit code
 */
export async function runProgram(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its one line, or the help, already.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else if (error instanceof InputError || isFileError(error)) {
      process.stderr.write(`${visible(error.message)}\n`);
      process.exitCode = 2;
    } else {
      throw error;
    }
  }
}

/** Makes a command throw where commander would end the process, so that `runProgram` decides the exit code. */
export function throwing(command: Command): Command {
  return command
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ outputError: (text, write) => write(`${visible(text.trim())}\n`) })
    .showSuggestionAfterError(true)
    .allowExcessArguments(false);
}

/** What starts a command: the package's own program where this process is that, else npm in a checkout. */
export function invocationOf(name: string): string {
  return /[\\/](derandomize|bin\.[jt]s)$/.test(process.argv[1] ?? '')
    ? `derandomize ${name}`
    : `npm run ${name} --`;
}

/** One line, whatever a user typed or named a file: line ends and other control characters become readable. */
function visible(text: string): string {
  return text
    .replace(/\n(?=\(Did you mean)/, ' ')
    .replace(/\p{C}/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
