import { fs, path } from 'zx';
import type { Paper } from './paper.ts';

/** The spec files that state claims of a paper, folders opened. */
export function claimSpecsOf({ claimSpecs }: Paper): string[] {
  return claimSpecs.flatMap(specsBelow);
}

/**
 * The spec files in which a claim's id stands in quotes: the one that states it is among them, so that a run of this
 * claim loads no other. All files where none quotes it, for ids that a spec computes.
 */
export function specsQuoting(paper: Paper, id: string): string[] {
  const files = claimSpecsOf(paper);
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${id}${quote}`);
  const quoting = files.filter((file) => {
    const text = fs.readFileSync(file, 'utf8');
    return quoted.some((word) => text.includes(word));
  });
  return quoting.length === 0 ? files : quoting;
}

function specsBelow(place: string): string[] {
  if (fs.statSync(place).isFile()) return [place];
  const names = fs.readdirSync(place, { encoding: 'utf8', recursive: true });
  return names
    .filter((name) => name.endsWith('.spec.ts'))
    .sort()
    .map((name) => path.join(place, name));
}
