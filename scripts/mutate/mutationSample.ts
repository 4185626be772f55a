import { createHash } from 'node:crypto';
import type { Checker, CheckResult } from '@stryker-mutator/api/check';
import { CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** What is recorded of a mutant that was not drawn. */
export const notDrawn = 'not drawn';

/** What a mutant is, whatever its number in a run and wherever the sources lie. */
type Identity = Pick<Mutant, 'fileName' | 'location' | 'mutatorName' | 'replacement'>;

/**
 * A number in [0, 1) that belongs to a mutant: a hash of its file, place, kind and text, and of the draw's name.
 *
 * Guarantee: the same mutant of the same sources has the same number on every machine, so a larger share only adds
 * mutants, and what is drawn does not depend on what any test says of it. Tests that were written for the survivors of
 * one draw are measured by another: they notice more of the mutants that they were written for.
 */
export function drawOf(draw: string, { fileName, location, mutatorName, replacement }: Identity): number {
  const { start, end } = location;
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  const file = /(?:src|scripts)\/(?!.*\/(?:src|scripts)\/).*$/.exec(fileName)?.[0] ?? fileName;
  const identity = `${draw}: ${file} ${place} ${mutatorName} ${replacement ?? ''}`;
  return createHash('sha256').update(identity).digest().readUInt32BE() / 2 ** 32;
}

/** What the processes that Stryker starts have to know: which part is mutated, and which of its mutants are drawn. */
export interface Draw {
  readonly part: string;
  /** Name of the draw: another name draws other mutants. */
  readonly draw: string;
  /** Share of the mutants that is drawn. */
  readonly share: number;
}

/** The one environment variable that carries a draw. */
const variable = 'MUTATION';

/** Tells all processes started from here on of a draw. */
export function announce(draw: Draw): void {
  process.env[variable] = JSON.stringify(draw);
}

/** The draw that this process is a part of. */
export function announced(): Draw {
  return JSON.parse(process.env[variable] ?? 'null') as Draw;
}

/** Lets Stryker run the drawn mutants alone: those whose number is below the share. */
export class Sample implements Checker {
  async init(): Promise<void> {}

  async group(mutants: Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    const { draw, share } = announced();
    return Object.fromEntries(
      mutants.map((mutant): [string, CheckResult] => [
        mutant.id,
        drawOf(draw, mutant) < share
          ? { status: CheckStatus.Passed }
          : { status: CheckStatus.CompileError, reason: notDrawn },
      ]),
    );
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
