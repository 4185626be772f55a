import { readdirSync, readFileSync } from 'node:fs';

/** A claim as the text of a spec states it. */
export interface StatedClaim {
  readonly id: string;
  readonly sabotages: readonly string[];
  readonly nulls: readonly string[];
  readonly strata: readonly string[];
  /** How many instances it is judged on, by profile. */
  readonly instances: Readonly<Record<string, number>>;
}

const opening = /\b(?:definition|lemma|theorem|corollary|observation|instrument)\(\s*'([^']+)',\s*\{/g;

/** Reads the claims that the specs below a folder state, by looking at brackets and quotes only. */
export function statedClaims(folder: string): StatedClaim[] {
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  return names
    .filter((name) => name.endsWith('.spec.ts'))
    .sort()
    .flatMap((name) => claimsIn(readFileSync(`${folder}/${name}`, 'utf8')));
}

/** Reads the claims of one spec from its text. */
export function claimsIn(source: string): StatedClaim[] {
  const text = withoutComments(source);
  // What stands in a string or template is no code.
  const code = new Set<number>();
  for (let at = 0; at < text.length; at = after(text, at)) code.add(at);
  const openings = [...text.matchAll(opening)].filter(({ index }) => code.has(index));
  return openings.map((match) => {
    const fields = entriesAt(text, match.index + match[0].length - 1);
    const names = (field: string): string[] => {
      // An object literal, or a function that gives one; names that are computed are not seen.
      const [before] = /^(?:(?:\([^()]*\)|\w+)\s*=>\s*\(\s*)?(?=\{)/.exec(fields.get(field) ?? '') ?? [];
      return before === undefined ? [] : [...entriesAt(fields.get(field) ?? '', before.length).keys()];
    };
    const counts = entriesAt(fields.get('instances') ?? '{}', 0);
    return {
      id: match[1] ?? '',
      sabotages: names('sabotage'),
      nulls: names('nulls'),
      strata: names('strata'),
      instances: Object.fromEntries(
        [...counts].map(([profile, count]) => [profile, Number(count.replaceAll('_', ''))]),
      ),
    };
  });
}

/** The entries of the object literal that opens at a place of a text: their values' text by their names. */
function entriesAt(text: string, open: number): Map<string, string> {
  const entries = new Map<string, string>();
  let start = open + 1;
  let depth = 0;
  for (let at = open; at < text.length; at = after(text, at)) {
    const c = text[at] ?? '';
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c)) depth--;
    if ((c === ',' && depth === 1) || depth === 0) {
      const entry = text.slice(start, at).trim();
      const [whole = '', quoted, double, bare] = /^(?:'([^']*)'|"([^"]*)"|(\w+))\s*:?\s*/.exec(entry) ?? [];
      const name = quoted ?? double ?? bare;
      if (name !== undefined) entries.set(name, entry.slice(whole.length));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return entries;
}

/** The place after the token at a place: strings, templates and regular expressions are one token. */
function after(text: string, at: number): number {
  const c = text[at] ?? '';
  const isRegex = c === '/' && /[(,=:[!&|?{};]$/.test(text.slice(0, at).trimEnd());
  if (!'\'"`'.includes(c) && !isRegex) return at + 1;
  let end = at + 1;
  for (; end < text.length && text[end] !== c; end++) {
    if (text[end] === '\\') end++;
    else if (c === '`' && text.startsWith('${', end)) {
      let depth = 0;
      for (end++; end < text.length; end = after(text, end)) {
        if (text[end] === '{') depth++;
        if (text[end] === '}' && --depth === 0) break;
      }
    }
  }
  return end + 1;
}

function withoutComments(text: string): string {
  let kept = '';
  for (let at = 0; at < text.length; ) {
    const comment = text.startsWith('//', at) ? '\n' : text.startsWith('/*', at) ? '*/' : undefined;
    if (comment !== undefined) {
      const end = text.indexOf(comment, at);
      at = end < 0 ? text.length : end + (comment === '\n' ? 0 : comment.length);
      continue;
    }
    const next = after(text, at);
    kept += text.slice(at, next);
    at = next;
  }
  return kept;
}
