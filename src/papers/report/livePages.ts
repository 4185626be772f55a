import type { ReportFiles } from './badgeFiles.ts';

/** Pages beside the report on which readers try claims themselves. */
export interface LivePages {
  /** The page's file, beside the report. */
  readonly file: string;
  /** Ids of the claims that can be tried on it, each at `#claim=<id>`. */
  readonly claims: readonly string[];
  /** Makes the files; called once a report. */
  readonly build: () => Promise<ReportFiles>;
}

/** The address of a claim on the live page, relative to the report; undefined where it cannot be tried there. */
export function liveAddress(live: LivePages | undefined, id: string): string | undefined {
  return live?.claims.includes(id) ? `${live.file}#claim=${encodeURIComponent(id)}` : undefined;
}
