#!/usr/bin/env node
import { readFileSync } from 'node:fs';

/** A subcommand; what it needs is loaded when it is run, so that help and errors need none of it. */
interface Subcommand {
  readonly says: string;
  /** @returns the exit code */
  readonly run: (words: readonly string[]) => Promise<number>;
}

/** The program that checks evidence again: it shares no code with this one, so its types are not seen here. */
const recheckUrl = import.meta.url.endsWith('.ts') ? '../scripts/recheck/index.ts' : './recheck/index.js';

const subcommands: Readonly<Record<string, Subcommand>> = {
  recheck: {
    says: 'checks an evidence file and its certificates again, in exact arithmetic',
    run: async (words) => {
      const { recheckFile } = await import(new URL(recheckUrl, import.meta.url).href);
      return recheckFile(words);
    },
  },
};

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...words]: readonly string[]): Promise<number> {
  if (name === '--version') {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand !== undefined) return await subcommand.run(words);
  const names = Object.keys(subcommands).join(', ');
  process.stderr.write(`derandomize: expected one of ${names}, got ${JSON.stringify(name)}\n`);
  return 2;
}

function help(): string {
  const width = Math.max(...Object.keys(subcommands).map(({ length }) => length));
  const lines = Object.entries(subcommands).map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}\n`);
  return `Usage: derandomize <command> [options]\n\n${lines.join('')}\nEach command has --help.\n`;
}
