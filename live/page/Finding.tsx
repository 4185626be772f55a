import type { VNode } from 'preact';
import { margin } from '../../src/papers/claims/comparison.ts';
import { replayCommand } from '../../src/papers/evidence/ledger.ts';
import type { Comparison } from '../../src/papers/evidence/shape/comparison.ts';
import { Scrolls } from '../../src/papers/report/page/parts/Scrolls.tsx';
import { negated, Witness } from '../../src/papers/report/page/parts/Witness.tsx';
import { readable } from '../../src/papers/report/wording.ts';
import { writePlace } from '../fragment.ts';
import { roundProfile } from '../protocol.ts';
import { CopyCommand } from './CopyCommand.tsx';
import type { Placed, Trial, Wish } from './trial.ts';

interface FindingProps {
  readonly trial: Trial;
  readonly wish: Wish;
}

/** What the trial has found: a verdict in a sentence, the instance behind it, and how to see it again. */
export function Finding({ trial, wish }: FindingProps): VNode {
  const { tone, sentence } = verdictOf(trial, wish);
  const placed = shownOf(trial);
  return (
    <section aria-label="What was found" class={`found ${tone}`}>
      <p class="verdict" aria-live="polite" id="verdict">
        {sentence}
      </p>
      {wish.instance !== undefined && trial.ended !== null && (
        <Comparisons comparisons={trial.ended.comparisons} />
      )}
      {placed !== null && (
        <>
          <h3>{headingOf(trial, placed)}</h3>
          <Witness witness={placed.witness} />
          {wish.instance === undefined && (
            <p>
              <a href={linkOf(placed, wish)} target="_blank" rel="noopener" id="witness-link">
                Open this instance in a tab of its own
              </a>
              , as a link that can be sent.
            </p>
          )}
          <CopyCommand
            label="In a terminal"
            text={replayCommand(
              wish.claim,
              { profile: roundProfile, seed: placed.seed },
              placed.witness,
              wish.sabotage,
            )}
          />
        </>
      )}
    </section>
  );
}

/** The witness of the verdict where there is one, else the tightest instance so far. */
function shownOf({ ended, tightest }: Trial): Placed | null {
  const judgement = ended?.judged.judgement;
  const worst = judgement !== undefined && 'worst' in judgement ? judgement.worst : null;
  return ended !== null && worst !== null ? { witness: worst, seed: ended.seed } : tightest;
}

function headingOf({ ended }: Trial, { witness }: Placed): string {
  if (witness.margin >= 0) return 'The instance that came closest to failing';
  return ended === null ? 'An instance that fails' : 'The counterexample';
}

function linkOf({ witness, seed }: Placed, { claim, sabotage }: Wish): string {
  return writePlace({
    claim,
    seed,
    ...(sabotage === undefined ? {} : { sabotage }),
    instance: witness.instance,
    settings: {},
  });
}

/** Red where something failed: under a sabotage that is as it must be, and the sentence says so. */
function verdictOf(trial: Trial, { sabotage, instance }: Wish): { tone: string; sentence: string } {
  const { ended, broken, status, instances } = trial;
  const judgement = ended?.judged.judgement;
  if (judgement === undefined) {
    if (broken > 0)
      return { tone: 'red', sentence: sabotage === undefined ? 'Refuted.' : 'The sabotage shows.' };
    const so = status === 'running' ? 'so far' : 'when it was stopped';
    return {
      tone: 'plain',
      sentence: instances === 0 ? 'Nothing is known yet.' : `Not refuted ${so}.`,
    };
  }
  const { verdict, reason } = judgement;
  if (verdict === 'refuted') {
    return sabotage === undefined
      ? { tone: 'red', sentence: 'Refuted: the claim fails on the instance below.' }
      : { tone: 'red', sentence: 'Refuted, as a sabotaged claim must be.' };
  }
  if (verdict === 'holds' && sabotage === undefined)
    return {
      tone: 'green',
      sentence: instance === undefined ? 'It holds on every instance.' : 'The claim holds on this instance.',
    };
  if (verdict === 'holds')
    return {
      tone: 'amber',
      sentence: `Not refuted: ${reason}.`,
    };
  return { tone: 'amber', sentence: `Nothing was decided (${verdict}): ${reason}.` };
}

/** Every comparison on one instance, with by how much it holds. */
function Comparisons({ comparisons }: { readonly comparisons: readonly Comparison[] }): VNode | null {
  if (comparisons.length === 0) return null;
  return (
    <Scrolls label="All comparisons on this instance">
      <table id="comparisons">
        <caption>All comparisons on this instance</caption>
        <thead>
          <tr>
            <th scope="col">Compared</th>
            <th scope="col">Sides</th>
            <th scope="col">Margin</th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((comparison) => {
            const { what, left, relation, right } = comparison;
            const slack = margin(comparison);
            return (
              <tr key={what} class={slack < 0 ? 'fails' : ''}>
                <th scope="row">{what}</th>
                <td class="numbers">
                  {readable(left)} {slack < 0 ? negated[relation] : relation} {readable(right)}
                </td>
                <td class="numbers">{readable(slack)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolls>
  );
}
