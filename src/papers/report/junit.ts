import { XMLBuilder } from 'fast-xml-parser';
import type { Evidence } from '../evidence/evidence.ts';
import { outcomesOf, type TestOutcome } from './outcome.ts';
import { xmlSafeDeep } from './wording.ts';

/** Writes the run as JUnit XML: one suite, a case for each claim and each sabotage. */
export function renderJunit(evidence: Evidence): string {
  const { paper, provenance } = evidence;
  const outcomes = outcomesOf(evidence);
  const count = (wanted: TestOutcome['status']): number =>
    outcomes.filter(({ status }) => status === wanted).length;
  const totals = {
    '@tests': outcomes.length,
    '@failures': count('failed'),
    '@errors': 0,
    '@skipped': count('skipped'),
    '@time': seconds(outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
  const suite = {
    '@name': paper.version,
    ...totals,
    '@timestamp': provenance.finished,
    testcase: outcomes.map(testCase),
  };
  const builder = new XMLBuilder({ attributeNamePrefix: '@', ignoreAttributes: false, format: true });
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { ...totals, testsuite: suite },
  };
  return builder.build(xmlSafeDeep(document));
}

function testCase({ claim, name, file, status, message, milliseconds, replay }: TestOutcome): object {
  return {
    '@classname': claim,
    '@name': name,
    ...(file === '' ? {} : { '@file': file }),
    '@time': seconds(milliseconds),
    ...(status === 'skipped' ? { skipped: { '@message': message } } : {}),
    ...(status === 'failed' ? { failure: { '@message': message, '#text': replay } } : {}),
    ...(status === 'passed' ? { 'system-out': message } : {}),
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
