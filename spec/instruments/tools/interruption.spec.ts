import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { cleanEnvironment } from '../scripts/scriptRuns.ts';

const folder = mkdtempSync(join(tmpdir(), 'interruption-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasTerminal = spawnSync('python3', ['-c', 'import pty, signal'], { timeout: 30_000 }).status === 0;

/**
 * Runs a command in a terminal of its own, so many columns wide; once the terminal shows the text `cue`, presses
 * Ctrl-C (or sends the named signal); prints the exit code (negative: the signal that ended it), then all that the
 * terminal showed.
 */
const terminal = `
import fcntl, os, pty, signal, struct, sys, termios, time
cue, key, columns, *command = sys.argv[1:]
child, master = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(columns), 0, 0))
shown = b''
pressed = False
deadline = time.time() + 100
while time.time() < deadline:
    try:
        part = os.read(master, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not pressed and cue.encode() in shown:
        pressed = True
        time.sleep(0.3)
        if key == 'ctrl-c':
            os.write(master, b'\\x03')
        else:
            os.kill(child, getattr(signal, key))
else:
    os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
print(os.waitstatus_to_exitcode(status), flush=True)
sys.stdout.buffer.write(shown)
`;

/** In continuous integration spinners are not drawn, whatever the terminal. */
const { CI: _, ...rest } = cleanEnvironment;
const asAPerson = { ...rest, TERM: 'xterm' };

function inTerminal(columns: number, cue: string, key: string, words: readonly string[]) {
  const command = [process.execPath, '--import', 'tsx', ...words];
  return new Promise<{ readonly code: number; readonly shown: string }>((resolve) => {
    execFile(
      'python3',
      ['-c', terminal, cue, key, String(columns), ...command],
      { env: asAPerson, timeout: 120_000 },
      (_, stdout) => {
        const [code, ...shown] = stdout.split('\n');
        resolve({ code: Number(code), shown: shown.join('\n') });
      },
    );
  });
}

const numbers = (rows: number, columns: number): string => {
  const stream = randomStream('interruption');
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => stream.gaussian().toFixed(9)).join(','),
  ).join('\n');
};

/** Large enough that no search of it ends by itself. */
const points = join(folder, 'points.csv');
writeFileSync(points, numbers(300, 40));
const graph = join(folder, 'graph.csv');
const pairs = Array.from({ length: 300 }, (_, i) =>
  [1, 2, 31].map((step) => `${i},${(i + step) % 300}`).join('\n'),
);
writeFileSync(graph, pairs.join('\n'));

const clauses = join(folder, 'clauses.wcnf');
const differing = pairs.map((three) =>
  three.replace(/(\d+),(\d+)/g, '1 $1 $2 0\n1 -$1 -$2 0').replace(/ -?0 /g, ' 300 '),
);
writeFileSync(clauses, differing.join('\n'));

/** Plain descent goes on for ever: it needs many steps to the goal. */
const student = ['--input', '6', '--depth', '1', '--width', '8', '--optimizer', 'gradient-descent'];

const runs = [
  { tool: 'maxcut', words: [graph, '--out'], cue: 'bound', key: 'ctrl-c' },
  { tool: 'maxcut', words: [graph, '--out'], cue: 'bound', key: 'SIGTERM' },
  { tool: 'maxsat', words: [clauses, '--out'], cue: 'bound', key: 'ctrl-c' },
  { tool: 'embed', words: [points, '--k', '5', '--out'], cue: 'distortion', key: 'ctrl-c' },
  { tool: 'discover', words: [...student, '--report'], cue: '∇f', key: 'ctrl-c' },
];

describe.skipIf(!hasTerminal).concurrent('in a terminal with a spinner', () => {
  test.each(runs)(
    '$key ends $tool with the best so far, written and printed',
    async ({ tool, words, cue, key }) => {
      const out = join(folder, `${tool}-${key}.csv`);
      const all = [`scripts/${tool}.ts`, ...words, out, '--seconds', '36000'];
      const { code, shown } = await inTerminal(80, cue, key, all);
      expect(shown.slice(-600)).toMatch(/interrupted/);
      expect(code).toBe(0);
      expect(readFileSync(out, 'utf8').length).toBeGreaterThan(100);
      // The cursor that the spinner hid is back.
      expect(shown).toContain('\u001b[?25l');
      expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'));
    },
    150_000,
  );

  test('a terminal without a width gets no spinner, and a run ends', async () => {
    const words = ['scripts/maxcut.ts', 'fixtures/graphs/petersen.txt', '--steps', '1'];
    const { code, shown } = await inTerminal(0, 'never shown', 'ctrl-c', words);
    expect(code).toBe(0);
    expect(shown).toMatch(/^cut +12 \(optimal\)/);
  }, 150_000);
});
