#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { Host } from './tools/runner/host.ts';

/** A subcommand. What it needs is loaded when it runs, so that help and errors wait for nothing. */
interface Subcommand {
  readonly says: string;
  /** Reads `process.argv`, and sets the exit code. */
  readonly run: () => Promise<void>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  maxcut: {
    says: 'cut a graph in two, with an upper bound and a certificate',
    run: async () => {
      const [{ maxcut }, { runTool }] = await Promise.all([import('./tools/maxcut.ts'), toolRunner()]);
      process.exitCode = await runTool(maxcut, process.argv.slice(2), await toolHost('maxcut'));
    },
  },
  maxsat: {
    says: 'satisfy weighted clauses of one or two literals, with an upper bound and a certificate',
    run: async () => {
      const [{ maxsat }, { runTool }] = await Promise.all([import('./tools/maxsat.ts'), toolRunner()]);
      process.exitCode = await runTool(maxsat, process.argv.slice(2), await toolHost('maxsat'));
    },
  },
  embed: {
    says: 'embed points by a matrix that keeps their distances',
    run: async () => {
      const [{ embed }, { runTool }] = await Promise.all([import('./tools/embed.ts'), toolRunner()]);
      process.exitCode = await runTool(embed, process.argv.slice(2), await toolHost('embed'));
    },
  },
  discover: {
    says: 'train a network and certify what its first layer forgot, or study your own',
    run: async () => {
      const [{ discover }, { runTool }] = await Promise.all([import('./tools/discover.ts'), toolRunner()]);
      process.exitCode = await runTool(discover, process.argv.slice(2), await toolHost('discover'));
    },
  },
  verify: {
    says: 'judge the claims of the paper in this folder on randomized instances',
    run: async () => {
      const [{ verify }, { loadPaper }] = await Promise.all([
        import('./papers/run/commands/verify.ts'),
        import('./papers/run/commands/loadPaper.ts'),
      ]);
      await runToExit(() => verify(loadPaper));
    },
  },
  merge: {
    says: 'put the shards of a verification together',
    run: async () => runToExit((await import('./papers/run/commands/merge.ts')).merge),
  },
  report: {
    says: 'draw the report of a verification: a page, Markdown, badges',
    run: async () => {
      const [{ report }, { loadPaper }] = await Promise.all([
        import('./papers/run/commands/report.ts'),
        import('./papers/run/commands/loadPaper.ts'),
      ]);
      await runToExit(() => report(loadPaper));
    },
  },
  compare: {
    says: 'compare two evidence files',
    run: async () => runToExit((await import('./papers/run/commands/compare.ts')).compare),
  },
  alarms: {
    says: 'count red runs of the paper in this folder over many seeds',
    run: async () => {
      const [{ alarms }, { loadPaper }] = await Promise.all([
        import('./papers/run/commands/alarms.ts'),
        import('./papers/run/commands/loadPaper.ts'),
      ]);
      await runToExit(() => alarms(loadPaper));
    },
  },
  recheck: {
    says: 'check an evidence file and its certificates again, in exact arithmetic',
    run: async () => {
      // It shares no code with this program, so it is found by its place and not by an import.
      const place = import.meta.url.endsWith('.ts') ? '../scripts/recheck/index.ts' : './recheck/index.js';
      const { recheckFile } = await import(new URL(place, import.meta.url).href);
      process.exitCode = recheckFile(process.argv.slice(2));
    },
  },
};

// A reader who has left (`| head`) is no fault of this program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// A subcommand reads its own options: its name is taken out of the words.
const [name] = process.argv.splice(2, 1);
if (name === '--version') {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else if (name === undefined || name === '--help' || name === '-h') {
  process.stdout.write(help());
  process.exitCode = name === undefined ? 2 : 0;
} else if (Object.hasOwn(subcommands, name)) {
  await subcommands[name].run();
} else {
  const known = Object.keys(subcommands).join(', ');
  process.stderr.write(`derandomize: expected one of ${known}, got ${JSON.stringify(name)}\n`);
  process.exitCode = 2;
}

function toolRunner() {
  return import('./tools/runTool.ts');
}

/** This process as a tool's host, with the report's charts. */
async function toolHost(tool: string): Promise<Host> {
  const { processHost } = await import('./tools/runner/host.ts');
  return {
    ...processHost(`derandomize ${tool}`),
    drawChart: async (chart) => (await import('./papers/report/charts/chart.ts')).drawChart(chart).svg,
  };
}

async function runToExit(main: () => Promise<number>): Promise<void> {
  const { runProgram } = await import('./numerics/base/program.ts');
  await runProgram(main);
}

function help(): string {
  const width = Math.max(...Object.keys(subcommands).map(({ length }) => length));
  const lines = Object.entries(subcommands).map(([word, { says }]) => `  ${word.padEnd(width)}  ${says}\n`);
  return `Usage: derandomize <command> [options]\n\n${lines.join('')}\nEach command has --help.\n`;
}
