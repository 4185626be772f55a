import { DefaultReporter, type TestModule, type TestRunEndReason } from 'vitest/node';
import { refusalOf } from './refusal.ts';

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
