/** What the page is told of a claim when it is built. */
export interface ClaimData {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly words: string;
  /** The formula as MathML; empty where there is none. */
  readonly formula: string;
}

/** Everything that the page is told when it is built. */
export interface PageData {
  readonly paper: { readonly title: string; readonly version: string; readonly url: string };
  readonly claims: readonly ClaimData[];
}
