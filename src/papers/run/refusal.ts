/** What is needed of a spec file that has run. */
export interface RanFile {
  readonly errors: () => readonly { readonly name?: string; readonly message: string }[];
}

/** The one line in which a spec file refused what the user asked for; undefined where none did. */
export function refusalOf(files: readonly RanFile[]): string | undefined {
  return files.flatMap((file) => file.errors()).find(({ name }) => name === 'InputError')?.message;
}
