import type { Evidence } from '../evidence/evidence.ts';
import { isCaught } from '../evidence/status.ts';
import { verdictInWords } from './summary.ts';

/** A claim or a sabotage as the case that other tools know. */
export interface TestOutcome {
  readonly claim: string;
  readonly name: string;
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly message: string;
  readonly milliseconds: number;
  readonly replay: string;
}

/**
 * Lists the run as test cases: one for each claim, passed where it is green and skipped where it is unstated,
 * one for each sabotage, passed where it was refuted, and one for each null, passed where it fails most instances. A claim's time includes its sabotages'.
 */
export function outcomesOf({ claims, timings }: Evidence): readonly TestOutcome[] {
  return claims.flatMap((claim): TestOutcome[] => {
    const { id, file } = claim;
    const own: TestOutcome = {
      claim: id,
      name: `${claim.label}: ${claim.title}`,
      file,
      status: claim.verdict === 'unstated' ? 'skipped' : claim.green ? 'passed' : 'failed',
      message: verdictInWords(claim),
      milliseconds: timings[id] ?? 0,
      replay: claim.replay,
    };
    const sabotages = claim.sabotages.map(
      (sabotage): TestOutcome => ({
        claim: id,
        name: `${claim.label}, sabotage: ${sabotage.name}`,
        file,
        status: isCaught(sabotage) ? 'passed' : 'failed',
        message: `${sabotage.verdict}: ${sabotage.reason}`,
        milliseconds: 0,
        replay: sabotage.replay,
      }),
    );
    const nulls = claim.nulls.map(
      ({ name, verdict, reason }): TestOutcome => ({
        claim: id,
        name: `${claim.label}, null: ${name}`,
        file,
        status: verdict === 'fails' ? 'passed' : 'failed',
        message: reason,
        milliseconds: 0,
        replay: '',
      }),
    );
    return [own, ...sabotages, ...nulls];
  });
}
