/** What the live page adds to the style of the report. */
export const liveStyle = `
.live-head { max-width: 62rem; }
.lead { font: 1.1rem/1.5 var(--serif); max-width: 60ch; }
.live-body { display: grid; gap: 1.5rem 3rem; margin-top: 1.5rem; }
.live-body > * { min-width: 0; }
.live-body > nav h2 { font-size: 0.95rem; margin: 1rem 0 0.3rem; border: 0; padding: 0; }
.live-body > nav ul { display: block; margin: 0; }
.live-body > nav a { display: block; padding: 0.3rem 0.6rem; border-left: 3px solid transparent; text-decoration: none; font-size: 0.92rem; }
.live-body > nav a span { color: var(--quiet); }
.live-body > nav a:hover span { text-decoration: underline; }
.live-body > nav a[aria-current] { border-color: var(--link); background: var(--card); }
main h2 { margin-top: 0; }
@media (min-width: 60rem) {
  .live-body { grid-template-columns: 17rem minmax(0, 1fr); }
  .live-body > nav { position: sticky; top: 1rem; align-self: start; }
  .live-body > nav h2:first-child { margin-top: 0; }
}
@media (max-width: 59.99rem) {
  .live-body > nav { order: 2; border-top: 1px solid var(--line); }
}
.controls { display: flex; flex-wrap: wrap; gap: 0.8rem 1.2rem; align-items: end; margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 0.4rem; background: var(--card); }
.controls p { margin: 0; min-width: 0; max-width: 100%; }
.controls label { display: block; font-size: 0.8rem; color: var(--quiet); }
input, select, textarea, button { font: inherit; color: inherit; max-width: 100%; }
input:not([type]), select, textarea { background: var(--paper); border: 1px solid var(--quiet); border-radius: 0.3rem; padding: 0.35rem 0.5rem; min-height: 2.4rem; }
select { width: 22rem; }
#seed { width: 9rem; }
textarea { width: 100%; min-height: 8rem; font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:is(input, select, textarea):focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
input[type='range'] { width: 100%; min-height: 1.8rem; accent-color: var(--link); }
button.go { min-height: 2.4rem; padding: 0.35rem 1.2rem; border: 0; border-radius: 0.3rem; background: var(--link); color: var(--paper); font-weight: 600; cursor: pointer; }
button.plain { min-height: 2.4rem; padding: 0.35rem 0.8rem; border: 1px solid var(--quiet); border-radius: 0.3rem; background: var(--card); cursor: pointer; }
dd.large { font-size: 1.5rem; line-height: 1.3; }
dd.bad { color: var(--bad); }
.found { margin: 1rem 0; padding: 0.2rem 1rem 1rem; border-left: 4px solid var(--line); }
.found .verdict { font: 1.2rem/1.4 var(--serif); }
.found.red { border-color: var(--bad); } .found.red .verdict { color: var(--bad); }
.found.green { border-color: var(--good); } .found.green .verdict { color: var(--good); }
.found.amber { border-color: var(--warn); } .found.amber .verdict { color: var(--warn); }
tr.fails td, tr.fails th { color: var(--bad); }
.panels { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.panels > figure { margin: 0; min-width: 0; }
figcaption { margin-top: 0.3rem; }
.plot { display: block; width: 100%; height: auto; }
.plot text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
.plot .axis { stroke: var(--line); fill: none; }
.plot .mark { fill: none; stroke-width: 2; }
.plot .rule { stroke-dasharray: 5 4; stroke-width: 1.5; fill: none; }
canvas { display: block; width: 100%; height: auto; image-rendering: auto; border: 1px solid var(--line); }
.landscape { position: relative; }
.landscape canvas { aspect-ratio: 11 / 9; }
.landscape svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.landscape path { fill: none; stroke: #fff; stroke-width: 2; }
.landscape .held { stroke-dasharray: 5 4; stroke-width: 1.5; }
.landscape circle { stroke: #fff; stroke-width: 2; }
.landscape .frozen-end { fill: #d9691f; }
.landscape .trained-end { fill: #2e9d3a; }
.vertices .whole { stroke: var(--line); fill: none; }
.vertices .cut { stroke: var(--series-3); stroke-opacity: 0.35; fill: none; }
.vertices .ring { fill: none; stroke: var(--series-2); stroke-opacity: 0.6; }
.vertices .left { fill: var(--series-1); } .vertices .right { fill: var(--series-4); }
.slider { margin: 0.6rem 0; }
.slider label { display: flex; justify-content: space-between; gap: 1rem; }
.slider output { font-variant-numeric: tabular-nums; }
`;
