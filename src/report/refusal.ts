import type { TestModule } from 'vitest/node';

/** The one line in which a spec file refused what the user asked for; undefined where none did. */
export function refusalOf(modules: readonly TestModule[]): string | undefined {
  for (const module of modules) {
    const error = module.errors().find(({ name }) => name === 'InputError');
    if (error !== undefined) return error.message;
  }
  return undefined;
}
