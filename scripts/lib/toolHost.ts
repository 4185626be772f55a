import { type Host, processHost } from '../../src/tools/runner/host.ts';

/** This process as a tool's host: run by npm, with the report's charts. */
export function toolHost(name: string): Host {
  return {
    ...processHost(`npm run -s ${name} --`),
    // The charts' libraries take longer to load than a small run takes.
    drawChart: async (chart) =>
      (await import('../../src/papers/report/charts/chart.ts')).drawChart(chart).svg,
  };
}
