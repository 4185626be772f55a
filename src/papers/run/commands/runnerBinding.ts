import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Looks for the native part that vitest's bundler has for each kind of machine, and that an installation without
 * optional packages lacks. Loads nothing.
 *
 * @param from URL of a module that sees vitest
 * @returns what is missing, in words; undefined where all is there, and where this bundler is not the one in use
 */
export function missingBinding(from: string = import.meta.url): string | undefined {
  const vitest = find(from, 'vitest/package.json');
  if (vitest === undefined) return 'no vitest';
  const bundler = find(find(vitest, 'vite/package.json') ?? vitest, 'rolldown/package.json');
  if (bundler === undefined) return undefined;
  const { optionalDependencies = {} }: { readonly optionalDependencies?: Readonly<Record<string, string>> } =
    JSON.parse(readFileSync(bundler, 'utf8'));
  const names = Object.keys(optionalDependencies);
  const isThere = names.length === 0 || names.some((name) => find(bundler, name) !== undefined);
  return isThere ? undefined : 'no native part of rolldown, which it is built on';
}

function find(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
