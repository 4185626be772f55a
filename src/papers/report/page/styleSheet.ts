/** The page's style: light and dark by variables, one column that fits 360 px, wide things scroll inside themselves. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --card: #ffffff; --ink: #1c1c1a; --quiet: #595955; --line: #d9d6cd; --link: #1a4f8b;
  --good: #1d5e22; --good-soft: #e7f3e7; --warn: #8a3d08; --warn-soft: #fcecdf; --bad: #981616; --bad-soft: #fbe7e6;
  --open: #665000; --open-soft: #f8f0d3; --none: #55534d; --none-soft: #efede6;
  --series-1: #1f5fa8; --series-2: #b3541e; --series-3: #2e7d32; --series-4: #7b3fa0; --series-5: #8a6d00; --series-6: #555555;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --card: #1e2024; --ink: #e9e7e1; --quiet: #a9a8a2; --line: #3a3c42; --link: #8fbdf0;
    --good: #9ed8a2; --good-soft: #1a3220; --warn: #f3b184; --warn-soft: #3b2415; --bad: #f5a3a0; --bad-soft: #421a1a;
    --open: #e6cf7c; --open-soft: #352d10; --none: #b9b7af; --none-soft: #2a2c31;
    --series-1: #7db4ef; --series-2: #f0a06a; --series-3: #86cf8b; --series-4: #cf9bee; --series-5: #dcc35c; --series-6: #b5b5b5;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; font-weight: 600; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.4rem, 3vw, 2rem); margin: 0.2rem 0; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.2rem; margin: 1.5rem 0 0.5rem; }
h4 { font-size: 0.85rem; letter-spacing: 0.02em; margin: 1.2rem 0 0.4rem; color: var(--quiet); }
p { margin: 0.4rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, [tabindex]:focus-visible, summary:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.wraps { overflow-wrap: anywhere; }
.quiet, figcaption { color: var(--quiet); font-size: 0.88rem; }
.numbers { font-variant-numeric: tabular-nums; }
.scrolls { overflow-x: auto; max-width: 100%; }
.kicker { font-size: 0.85rem; color: var(--quiet); margin: 0; }
.authors { color: var(--quiet); margin: 0; }
.headline { font: 1.25rem/1.4 var(--serif); margin: 0.9rem 0; max-width: 60ch; }
nav ul { list-style: none; padding: 0; margin: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; }
nav[aria-label='Sections'] { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); font-size: 0.92rem; }
nav input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 0.3rem; padding: 0.1rem 0.5rem; max-width: 11rem; }
@media (max-width: 34rem) { nav[aria-label='Sections'] { position: static; } }
.found-box { border: 2px solid var(--warn); border-radius: 0.5rem; padding: 0.2rem clamp(0.8rem, 2.5vw, 1.4rem) 0.8rem; margin-top: 1.5rem; background: var(--card); }
.found-box h2 { margin-top: 0.6rem; }
.found-box ul { list-style: none; padding: 0; margin: 0; }
.found-box li { border-top: 1px solid var(--line); padding: 0.35rem 0; }
.found-box li:first-child { border: 0; }
.theorems { min-width: 44rem; }
.claim > details > summary h3, details > summary > h3 { display: inline; margin: 0 0.5rem 0 0; font-size: 1.08rem; }
.run-facts, .measures { display: grid; gap: 0.5rem 1.5rem; margin: 0.8rem 0; }
.run-facts { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); font-size: 0.88rem; align-content: start; }
@media (min-width: 60rem) {
  .masthead { display: grid; grid-template-columns: minmax(0, 1fr) 30rem; gap: 0 3rem; }
  .run-facts { grid-template-columns: 1fr 1fr; gap: 0.3rem 1.5rem; font-size: 0.82rem; line-height: 1.4; margin: 0.3rem 0 0; }
  .masthead + main > section:first-child h2 { margin-top: 1.5rem; }
}
.measures { grid-template-columns: repeat(auto-fit, minmax(8rem, max-content)); }
dt { color: var(--quiet); font-size: 0.8rem; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.measures dd { font-size: 1.1rem; }
.terms > div { display: grid; grid-template-columns: minmax(10rem, 14rem) 1fr; gap: 0.2rem 1rem; padding: 0.4rem 0;
  border-bottom: 1px solid var(--line); }
.terms dt { font-size: 0.9rem; color: var(--ink); }
.pill { display: inline-block; white-space: nowrap; border: 1.5px solid currentColor; border-radius: 0.3rem;
  padding: 0 0.5em; font-size: 0.85rem; font-weight: 600; line-height: 1.5; }
.pill.status-green, .pill.status-reproduced { color: var(--good); background: var(--good-soft); border-radius: 1rem; }
.pill.status-blocked, .pill.status-not-reproduced { color: var(--warn); background: var(--warn-soft); border-style: double; border-width: 3px; }
.pill.status-refuted { color: var(--bad); background: var(--bad-soft); border-radius: 0; border-width: 2px; }
.pill.status-vacuous, .pill.status-inconclusive, .pill.status-qualified { color: var(--open); background: var(--open-soft); border-style: dotted; }
.pill.status-unstated { color: var(--none); background: var(--none-soft); border-style: dashed; }
.claim { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem clamp(0.8rem, 2.5vw, 1.6rem);
  margin: 0.5rem 0; }
.claim:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link); }
.claim h3 { margin-top: 0; }
.claim-marks code { color: var(--quiet); margin-left: 0.4rem; }
.statement { font: 1.08rem/1.5 var(--serif); max-width: 68ch; }
.formula { padding: 0.4rem 0; }
.formula math { font-size: 1.15rem; }
.claim .verdict { font-weight: 600; }
.facts { margin: 0.3rem 0; padding-left: 1.2rem; font-variant-numeric: tabular-nums; }
.facts li { overflow-wrap: anywhere; }
.beside { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; justify-content: space-between; }
.beside > .witness { flex: 1 1 24rem; min-width: 0; }
.sabotages { list-style: none; padding: 0; margin: 0; }
.sabotages > li { border-top: 1px solid var(--line); padding: 0.35rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary .pill { white-space: normal; }
details > :not(summary) { margin-left: 1.1rem; }
.command { display: grid; grid-template-columns: minmax(0, max-content) max-content; align-items: start; gap: 0.2rem 0.6rem; margin: 0.6rem 0; }
.command-label { grid-column: 1 / -1; color: var(--quiet); font-size: 0.85rem; }
.command code { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; background: var(--none-soft);
  border-radius: 0.3rem; padding: 0.25rem 0.6rem; }
button { font: inherit; font-size: 0.85rem; color: var(--link); background: none; border: 1px solid var(--line);
  border-radius: 0.3rem; padding: 0.1rem 0.6rem; cursor: pointer; min-height: 1.75rem; justify-self: start; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { text-align: left; color: var(--quiet); font-size: 0.85rem; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 500; }
td.numbers, .overview th:nth-child(n + 3) { text-align: right; white-space: nowrap; }
.overview { min-width: 40rem; }
.finding { min-width: 16rem; }
.finding-card { border-left: 3px solid var(--line); padding: 0.2rem 0 0.2rem 1rem; margin: 1rem 0; }
.legend { list-style: none; padding: 0; margin: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; font-size: 0.9rem; }
.legend svg { vertical-align: middle; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.2rem; margin: 1rem 0; }
.chart-figure { margin: 0; max-width: 40rem; padding: 0.8rem; border: 1px solid var(--line); border-radius: 0.4rem; min-width: 0; }
.chart-figure.redrawn { border-style: dashed; }
.chart-title { font-weight: 600; margin: 0 0 0.4rem; }
.origin { color: var(--quiet); font-weight: 400; font-size: 0.85rem; display: block; }
svg.chart { display: block; width: 100%; min-width: 27rem; height: auto; font-family: inherit; }
svg.claim-graph { display: block; width: 100%; min-width: 48rem; height: auto; }
.claim-graph text { font-family: system-ui, sans-serif; }
.claim-graph .graph > polygon { fill: none; }
.claim-graph .edge path { stroke: var(--quiet); }
.claim-graph .edge polygon { fill: var(--quiet); stroke: var(--quiet); }
.claim-graph .node a:is(:hover, :focus-visible) :is(path, polygon, polyline, ellipse) { stroke-width: 2.5; }
.claim-graph .status-green { --mark: var(--good); --soft: var(--good-soft); }
.claim-graph .status-blocked { --mark: var(--warn); --soft: var(--warn-soft); }
.claim-graph .status-refuted { --mark: var(--bad); --soft: var(--bad-soft); }
.claim-graph :is(.status-vacuous, .status-inconclusive) { --mark: var(--open); --soft: var(--open-soft); }
.claim-graph .status-unstated { --mark: var(--none); --soft: var(--none-soft); }
.claim-graph .node :is(path, polygon, ellipse) { fill: var(--soft); stroke: var(--mark); }
.claim-graph .node polygon + polygon { fill: none; }
.claim-graph .node polyline { stroke: var(--mark); fill: none; }
.claim-graph .node text { fill: var(--mark); }
.histogram { margin: 0; flex: 0 1 auto; max-width: 100%; }
.histogram svg { max-width: 100%; height: auto; }
.histogram rect { fill: var(--series-1); }
.histogram path { stroke: var(--line); }
.histogram text { font-size: 10px; fill: var(--quiet); }
@media (max-width: 34rem) { .terms > div { grid-template-columns: 1fr; } }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, button { display: none; }
  .finding-card, .chart-figure, .witness, .command, tr { break-inside: avoid; }
  .claim { border-radius: 0; }
  h2, h3, h4 { break-after: avoid; }
  .scrolls { overflow: visible; }
  /* MathML has no line breaks: a formula wider than the page ends at its edge, and may not widen the page. */
  .formula { overflow: hidden; }
  th, td, caption, td.numbers, .overview th:nth-child(n + 3) { overflow-wrap: anywhere; white-space: normal; }
  svg.chart, svg.claim-graph, .overview { min-width: 0; max-width: 100%; }
  /* Two pages for a referee: the verdict, the theorems, what was found, all claims. */
  main > section:not(#theorems, #found, #overview) { display: none; }
  .scrolls, .theorems { min-width: 0; }
  table { font-size: 7.5pt; }
  th, td { padding: 0.1rem 0.5rem 0.1rem 0; }
  .pill { font-size: 7pt; padding: 0 0.3em; }
  h2 { margin: 0.8rem 0 0.3rem; font-size: 12pt; }
  .run-facts { font-size: 8pt; grid-template-columns: repeat(4, 1fr); }
  section[aria-labelledby='graph-title'] { display: none; }
}
`;
