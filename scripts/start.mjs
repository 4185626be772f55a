// Lets Node.js run the scripts as they are written: `node --import ./scripts/start.mjs scripts/maxcut.ts`. What is
// missing for that is said in one line. Written in JavaScript, for nothing else can be read yet.

const [, script = ''] = process.argv;
const name = /([\w-]+)\.ts$/.exec(script)?.[1] ?? 'scripts';

const problem = await problemOfStart();
if (problem !== undefined) {
  if (name === 'doctor') sayAsDoctor(problem);
  else process.stderr.write(`npm run ${name}: ${problem}\n`);
  process.exit(name === 'doctor' ? 1 : 2);
}

/** Loads what reads TypeScript, or says why it cannot be. */
async function problemOfStart() {
  // It takes what follows a question mark in a path for a query.
  if (/%3F/i.test(import.meta.url)) return 'expected a checkout in a folder without "?", got one with it';
  try {
    await import('tsx');
    return undefined;
  } catch (error) {
    const reason = String(error?.message ?? error).split('\n')[0];
    return `expected the development dependencies (npm ci without --omit), got none: ${reason}`;
  }
}

/** What the doctor says where it cannot examine anything. */
function sayAsDoctor(detail) {
  const cost = 'no script and no test runs without it; an installed package runs without';
  const finding = { what: 'development tools', found: false, detail, needed: true, cost };
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ fit: false, findings: [finding] }, null, 2)}\n`
      : `NEEDED  ${finding.what.padEnd(22)} ${detail}\n${''.padEnd(31)}${cost}\nThe suite cannot run here.\n`,
  );
}
