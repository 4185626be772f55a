import { DefaultReporter, type TestModule, type TestRunEndReason } from 'vitest/node';

/** vitest's own output, which says nothing of a run that was refused: the one line of the refusal is enough. */
export class TestOutput extends DefaultReporter {
  override onTestModuleEnd(module: TestModule): void {
    if (refusalOf([module]) === undefined) super.onTestModuleEnd(module);
  }

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: Parameters<DefaultReporter['onTestRunEnd']>[1],
    reason: TestRunEndReason,
  ): void {
    if (refusalOf(modules) === undefined) super.onTestRunEnd([...modules], errors, reason);
  }
}

/** What is needed of a spec file that has run. */
interface RanFile {
  readonly errors: () => readonly { readonly name?: string; readonly message: string }[];
}

/** The one line in which a spec file refused what the user asked for; undefined where none did. */
export function refusalOf(files: readonly RanFile[]): string | undefined {
  return files.flatMap((file) => file.errors()).find(({ name }) => name === 'InputError')?.message;
}
