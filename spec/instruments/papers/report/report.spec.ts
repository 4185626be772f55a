import { Ajv2020 } from 'ajv/dist/2020.js';
import { isValid, parse as parseCtrf } from 'ctrf';
import { XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { encodeNumbers } from '../../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import type { AlarmRecord } from '../../../../src/papers/evidence/alarmRecord.ts';
import {
  type ClaimEvidence,
  type Evidence,
  evidenceSchema,
  parseEvidence,
} from '../../../../src/papers/evidence/evidence.ts';
import { evidenceJsonSchema } from '../../../../src/papers/evidence/jsonSchema.ts';
import { parseOwnData } from '../../../../src/papers/evidence/ownData.ts';
import { badgesOf } from '../../../../src/papers/report/badge.ts';
import type { ReportFiles } from '../../../../src/papers/report/badgeFiles.ts';
import { texToMathml } from '../../../../src/papers/report/charts/math.ts';
import { readmeProblems, withReadmeTable } from '../../../../src/papers/report/markdown/readmeTable.ts';
import { reportFiles } from '../../../../src/papers/report/reportFiles.ts';
import { hostileTexts, randomEvidence } from '../randomEvidence.ts';

const runs = 15;
const evidences: readonly Evidence[] = Array.from({ length: runs }, (_, i) =>
  randomEvidence(rootStream('report').fork(i)),
);
const rendered: readonly ReportFiles[] = await Promise.all(
  evidences.map((evidence) => reportFiles(evidence)),
);

/** The word a reader must find for a claim, from the definition of green and not from the report's own table. */
function wordFor({ verdict, green, blockedBy }: ClaimEvidence): string {
  if (verdict !== 'holds') return verdict;
  if (green) return 'holds';
  return blockedBy.length > 0 ? 'holds, not green' : 'holds, weak';
}

/** Whether a number that is published did not reproduce and belongs to this claim, by the longest id that matches. */
function isMismatched(
  id: string,
  { claims, observations }: Pick<Evidence, 'claims' | 'observations'>,
): boolean {
  const owners = (name: string): string[] =>
    claims
      .map((claim) => claim.id)
      .filter((each) => name === each || name.startsWith(`${each}.`))
      .sort((a, b) => b.length - a.length);
  return observations.some((each) => each.verdict === 'not-reproduced' && owners(each.id)[0] === id);
}

/** A text as a reader sees it: what XML cannot hold is replaced, white space is one blank. */
function seen(text: string): string {
  const holdable = text.replace(/[\p{Cc}\p{Cs}]/gu, (c) => (/\s/.test(c) ? c : '\ufffd'));
  return squeezed(holdable);
}

function squeezed(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function file(files: ReportFiles, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new TypeError(`${name}: expected a file of the report, got none`);
  return text;
}

function everyRun(check: (evidence: Evidence, files: ReportFiles) => void): void {
  evidences.forEach((evidence, i) => {
    check(evidence, rendered[i] ?? new Map());
  });
}

describe('evidence drawn at random', () => {
  test('survives being written and read, number for number', () => {
    everyRun((evidence) => {
      const copy = parseEvidence(encodeNumbers(evidence), 'copy');
      expect(encodeNumbers(copy)).toBe(encodeNumbers(evidence));
    });
  });

  test('is accepted by the published JSON Schema, and rejected with any one field gone', () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(evidenceJsonSchema()));
    everyRun((evidence) => {
      const value = JSON.parse(encodeNumbers(evidence)) as Record<string, unknown>;
      expect(validate(value), JSON.stringify(validate.errors?.[0])).toBe(true);
      for (const field of Object.keys(evidenceSchema.shape)) {
        const { [field]: _gone, ...rest } = value;
        expect(validate(rest), field).toBe(false);
      }
    });
  });
});

describe('the page', () => {
  const documents = rendered.map((files) => parseHTML(file(files, 'index.html')).document);

  test('has one section for each claim, with its label, title, statement and the word of its verdict', () => {
    everyRun(({ claims }, files) => {
      const { document } = parseHTML(file(files, 'index.html'));
      expect(document.querySelectorAll('article[id]').length).toBe(claims.length);
      for (const claim of claims) {
        const section = document.getElementById(claim.id);
        expect(squeezed(section?.querySelector('h3')?.textContent ?? '')).toBe(
          seen(`${claim.label}: ${claim.title}`),
        );
        expect(squeezed(section?.querySelector('.statement')?.textContent ?? '')).toBe(
          seen(claim.statement.words),
        );
        for (const { what } of claim.comparisons)
          expect(squeezed(section?.textContent ?? '')).toContain(seen(what));
        const pill = squeezed(section?.querySelector('.pill')?.textContent ?? '');
        expect(pill.slice(pill.indexOf(' ') + 1)).toBe(wordFor(claim));
        for (const { name } of [...claim.sabotages, ...claim.nulls, ...claim.strata])
          expect(squeezed(section?.textContent ?? '')).toContain(seen(name));
        if (claim.replay !== '') {
          const commands = Array.from(section?.querySelectorAll('.command code') ?? []);
          expect(commands.map(({ textContent }) => squeezed(textContent))).toContain(seen(claim.replay));
        }
      }
    });
  });

  test('turns no text into markup: no foreign element, handler, address or second script', () => {
    for (const document of documents) {
      expect(document.querySelectorAll('h1').length).toBe(1);
      expect(document.querySelectorAll('script').length).toBe(1);
      expect(document.querySelectorAll('img, iframe, object, form, link, base').length).toBe(0);
      for (const element of Array.from(document.querySelectorAll('*'))) {
        for (const { name, value } of Array.from(element.attributes)) {
          expect(name.startsWith('on'), `${name}=${value}`).toBe(false);
          if (name === 'href' || name === 'src') expect(value).toMatch(/^(#|https:\/\/arxiv\.org\/)/);
        }
      }
    }
  });

  test('has no id twice, and every inner link leads somewhere', () => {
    for (const document of documents) {
      const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const link of Array.from(document.querySelectorAll('a[href^="#"]'))) {
        expect(ids).toContain(link.getAttribute('href')?.slice(1));
      }
    }
  });

  test('links every claim from the graph, by label, word and title', () => {
    everyRun(({ claims, observations }, files) => {
      const { document } = parseHTML(file(files, 'index.html'));
      const links = Array.from(document.querySelectorAll('.claim-graph a'));
      const names = new Map(
        links.map((link) => [link.getAttribute('href'), link.getAttribute('aria-label')]),
      );
      const words = new Map(links.map((link) => [link.getAttribute('href'), squeezed(link.textContent)]));
      expect(names.size).toBe(claims.length);
      for (const claim of claims) {
        const name = squeezed(names.get(`#${claim.id}`) ?? '');
        const mark = isMismatched(claim.id, { claims, observations }) ? ', ≠ number' : '';
        expect(name).toContain(`${wordFor(claim)}${mark}: ${seen(claim.title)}`);
        expect(words.get(`#${claim.id}`)).toContain(seen(claim.label));
        expect(words.get(`#${claim.id}`)).toContain(wordFor(claim));
      }
    });
  });

  test('lists every finding, and every chart with its caption', () => {
    everyRun(({ observations, charts }, files) => {
      const { document } = parseHTML(file(files, 'index.html'));
      const findings = squeezed(document.getElementById('findings')?.textContent ?? '');
      for (const { finding } of observations) expect(findings).toContain(seen(finding));
      const captions = Array.from(document.querySelectorAll('.chart-figure figcaption'), ({ textContent }) =>
        squeezed(textContent),
      );
      expect(captions.length).toBe(charts.length);
      for (const { caption } of charts) {
        expect(captions.some((text) => text.startsWith(seen(caption)))).toBe(true);
      }
    });
  });

  test('says how many points of a chart cannot be shown', async () => {
    const [first] = evidences;
    const points: [number, number][] = [
      [1, 1],
      [2, Number.NaN],
      [0, 3],
      [3, Number.POSITIVE_INFINITY],
      [4, 4],
    ];
    const chart: Evidence['charts'][number] = {
      id: 'c',
      figure: 'nobody',
      origin: 'measured',
      title: 'Five points',
      caption: 'Seen.',
      x: { label: 'x', scale: 'log' },
      y: { label: 'y', scale: 'linear' },
      series: [{ name: 's', mark: 'dots', points }],
      rules: [],
    };
    const files = await reportFiles({ ...(first as Evidence), charts: [chart] });
    expect(file(files, 'index.html')).toContain('3 points cannot be shown on these axes.');
    expect(file(files, 'charts/01-c.svg').match(/<circle /g)?.length).toBe(2);
  });
});

describe('the Markdown twin', () => {
  const marked = new Marked();

  test('shows the same texts and turns none of them into markup', () => {
    everyRun(({ claims, observations }, files) => {
      const html = marked.parse(file(files, 'report.md'), { async: false });
      const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
      const text = squeezed(document.body.textContent);
      for (const claim of claims) {
        expect(document.querySelector(`a[id="${claim.id}"]`)).not.toBeNull();
        for (const part of [claim.label, claim.title, claim.statement.words]) {
          expect(text).toContain(seen(part));
        }
      }
      for (const { finding } of observations) expect(text).toContain(seen(finding));
      expect(document.querySelectorAll('script, b, style, iframe, del').length).toBe(0);
      for (const image of Array.from(document.querySelectorAll('img'))) {
        expect(image.getAttribute('src')).toMatch(
          /^(badges\/[a-z0-9.-]+|charts\/[a-z0-9.-]+|graph)\.?(svg)$/,
        );
        expect(image.getAttribute('onerror')).toBeNull();
      }
      for (const link of Array.from(document.querySelectorAll('a[href]'))) {
        expect(link.getAttribute('href')).toMatch(/^(#|https:\/\/arxiv\.org\/)/);
      }
    });
  });

  test('names only files that the report has', () => {
    for (const files of rendered) {
      const named = [...file(files, 'report.md').matchAll(/\]\(((?:badges|charts)\/[^)]*|graph\.svg)\)/g)];
      expect(named.length).toBeGreaterThan(2);
      for (const [, name] of named) expect([...files.keys()]).toContain(name);
    }
  });
});

describe('badges', () => {
  test('say what the evidence says, in picture and endpoint alike', () => {
    everyRun((evidence, files) => {
      for (const claim of evidence.claims) {
        const endpoint = JSON.parse(file(files, `badges/${claim.id}.json`));
        expect(endpoint.schemaVersion).toBe(1);
        const mark = claim.green && isMismatched(claim.id, evidence) ? ', ≠ number' : '';
        expect(endpoint.message).toBe(`${wordFor(claim)}${mark}`);
        expect(file(files, `badges/${claim.id}.svg`)).toContain(`>${wordFor(claim)}${mark}</text>`);
      }
      const stated = evidence.claims.filter(({ verdict }) => verdict !== 'unstated').length;
      const refuted = evidence.claims.filter(({ verdict }) => verdict === 'refuted').length;
      const green = evidence.claims.filter((claim) => claim.green).length;
      const { message } = JSON.parse(file(files, 'badges/suite.json'));
      const weak = evidence.claims.filter((claim) => wordFor(claim) === 'holds, weak').length;
      const held = `${green} of ${stated} hold${weak > 0 ? `, ${weak} weakly` : ''}`;
      expect(message).toBe(refuted > 0 ? `${refuted} of ${stated} refuted` : held);
    });
  });

  test('give a figure its worst reproduction', () => {
    const [first] = evidences;
    const claim = first?.claims[0] as ClaimEvidence;
    const number = {
      quantity: 'q',
      reported: 1,
      origin: { kind: 'printed' as const, where: 's' },
      measured: 2,
      finding: 'f',
    };
    const tolerance = { value: 0, because: 'exact' };
    const evidence: Evidence = {
      ...(first as Evidence),
      claims: [claim],
      observations: [
        { ...number, tolerance, id: claim.id, verdict: 'reproduced' },
        { ...number, tolerance, id: `${claim.id}.a`, verdict: 'not-reproduced' },
        { ...number, tolerance, id: `${claim.id}.b`, verdict: 'qualified' },
      ],
    };
    const badges = new Map(badgesOf(evidence).map(({ name, badge }) => [name, badge.message]));
    expect(badges.get(`reproduction.${claim.id}`)).toBe('not reproduced');
    expect(badges.get(claim.id)?.endsWith(', ≠ number')).toBe(claim.green);
  });

  test('are refused where two would have one file', () => {
    const [first] = evidences;
    const claim = { ...(first?.claims[0] as ClaimEvidence), id: 'suite', uses: [] };
    expect(() => badgesOf({ ...(first as Evidence), claims: [claim] })).toThrow(RangeError);
  });
});

describe('files for other tools', () => {
  test('drawings are well-formed XML without script, under names of plain letters', () => {
    for (const files of rendered) {
      for (const [name, text] of files) {
        expect(name).toMatch(/^[a-z0-9./-]+$/);
        if (!name.endsWith('.svg')) continue;
        expect(XMLValidator.validate(text), name).toBe(true);
        expect(text).not.toMatch(/<script|<img|<h1/);
      }
    }
  });

  test('JUnit is well-formed and counts what failed', () => {
    everyRun(({ claims }, files) => {
      const xml = file(files, 'junit.xml');
      expect(XMLValidator.validate(xml)).toBe(true);
      const sabotages = claims.flatMap((claim) => claim.sabotages);
      const nulls = claims.flatMap((claim) => claim.nulls);
      const failed =
        claims.filter(({ green, verdict }) => !green && verdict !== 'unstated').length +
        sabotages.filter(({ verdict }) => verdict !== 'refuted').length +
        nulls.filter(({ verdict }) => verdict !== 'fails').length;
      const tests = claims.length + sabotages.length + nulls.length;
      expect(xml).toContain(`<testsuites tests="${tests}" failures="${failed}"`);
      expect(xml.match(/<failure /g)?.length ?? 0).toBe(failed);
    });
  });

  test('CTRF is valid by its own schema and counts what passed', () => {
    everyRun(({ claims }, files) => {
      const report = parseCtrf(file(files, 'ctrf.json'));
      expect(isValid(report)).toBe(true);
      const refuted = claims
        .flatMap((claim) => claim.sabotages)
        .filter(({ verdict }) => verdict === 'refuted');
      const met = claims.flatMap((claim) => claim.nulls).filter(({ verdict }) => verdict === 'fails');
      expect(report.results.summary.passed).toBe(
        claims.filter(({ green }) => green).length + refuted.length + met.length,
      );
    });
  });

  test('the same evidence gives the same files', async () => {
    const [first] = evidences;
    expect([...(await reportFiles(first as Evidence))]).toEqual([...(rendered[0] ?? [])]);
  });
});

describe('mathematics', () => {
  test('is MathML with its TeX kept as an annotation', () => {
    const mathml = texToMathml('\\|W\\|_F \\le \\frac{\\rho}{2\\lambda - \\sqrt{K\\rho}}');
    expect(mathml).toMatch(/^<math xmlns="http:\/\/www.w3.org\/1998\/Math\/MathML" display="block">/);
    expect(mathml).toContain('<mfrac>');
    expect(mathml).not.toContain('class="katex');
  });

  test('that does not parse is shown as its source, escaped', () => {
    for (const tex of ['\\frac{', '\\href{javascript:alert(1)}{x}', '\\htmlData{a=b}{x}', ...hostileTexts]) {
      const { document } = parseHTML(`<!doctype html><html><body>${texToMathml(tex)}</body></html>`);
      expect(document.querySelectorAll('script, img, a, h1, b, [onerror], [href], [data-a]').length).toBe(0);
    }
    expect(texToMathml('\\frac{<b>')).toBe('<code class="tex">\\frac{&lt;b&gt;</code>');
  });
});

describe('what speaks for the suite', () => {
  const [hostile = ''] = hostileTexts;
  const alarms: AlarmRecord = {
    schemaVersion: 1,
    commit: `0123456789ab${hostile}`,
    dirty: true,
    inputs: 'x',
    node: 'v20',
    profile: 'smoke',
    finished: '2026',
    minutes: 1,
    budget: 1e-6,
    seeds: ['1', '2', '3'],
    redRuns: 1,
    reds: [],
    claims: {},
  };

  test('is told in the page and in the Markdown alike', async () => {
    for (const [i, evidence] of evidences.entries()) {
      const files = i % 2 === 0 ? await reportFiles(evidence, { alarms }) : (rendered[i] ?? new Map());
      const trust = parseHTML(file(files, 'index.html')).document.querySelector('#trust');
      const { document } = parseHTML(
        `<html><body>${new Marked().parse(file(files, 'report.md'))}</body></html>`,
      );
      for (const text of [squeezed(trust?.textContent ?? ''), squeezed(document.body.textContent)]) {
        expect(text).toContain('stated budget 1e-6 a run');
        expect(text.includes('observed 1 in 3 runs with different seeds, profile smoke')).toBe(i % 2 === 0);
        const { certificates, badInputs } = evidence;
        expect(text.includes(`${certificates.length} of unheard-of`)).toBe(certificates.length > 0);
        const tried = Object.values(badInputs).reduce((sum, count) => sum + count, 0);
        expect(text.includes('1,018 damaged files')).toBe(tried === 1018);
        for (const name of Object.keys(badInputs)) expect(text).toContain(seen(name));
      }
      const { document: page } = parseHTML(file(files, 'index.html'));
      for (const { id, says } of evidence.certificates) {
        const section = page.getElementById(id.replace(/\.certificate-\d+$/, ''));
        expect(squeezed(section?.textContent ?? '')).toContain(seen(says));
        expect(squeezed(document.body.textContent)).toContain(seen(says));
      }
    }
  });
});

describe('the table of the README', () => {
  const marks = 'before\n<!-- claims: written by npm run report -->\n<!-- end of claims -->\nafter\n';

  test('is written between its marks, has a row for each claim, and is found right', () => {
    everyRun((evidence) => {
      const text = withReadmeTable(marks, evidence) ?? '';
      expect(text.startsWith('before\n') && text.endsWith('\nafter\n')).toBe(true);
      expect(readmeProblems(text, evidence)).toEqual([]);
      expect(withReadmeTable(text, evidence)).toBe(text);
      const rows = parseHTML(`<html><body>${new Marked().parse(text)}</body></html>`).document;
      expect(rows.querySelectorAll('tbody tr').length).toBe(evidence.claims.length);
      for (const { id, verdict } of evidence.claims)
        if (verdict !== 'unstated') expect(text).toContain(`npm run verify -- --claim ${id}`);
    });
    expect(withReadmeTable('no marks', evidences[0] as Evidence)).toBeUndefined();
    expect(readmeProblems('no marks', evidences[0] as Evidence)).toEqual([]);
  });

  test('is found wrong where a verdict, a count or a claim differs, and right where tightness does by a point', () => {
    everyRun((evidence) => {
      const text = withReadmeTable(marks, evidence) ?? '';
      const changed = (change: Partial<ClaimEvidence>): string[] =>
        readmeProblems(text, { ...evidence, claims: evidence.claims.with(0, { ...first, ...change }) });
      const [first] = evidence.claims;
      if (first === undefined) throw new TypeError('expected a claim');
      const other = first.verdict === 'refuted' ? 'vacuous' : 'refuted';
      expect(changed({ verdict: other }).length).toBe(1);
      expect(changed({ instances: first.instances + 1 }).length).toBe(1);
      expect(readmeProblems(text, { ...evidence, claims: evidence.claims.slice(1) }).length).toBeGreaterThan(
        0,
      );
      if (first.instances === 0 || !Number.isFinite(first.tightness)) return;
      expect(changed({ tightness: first.tightness + 0.01 }).length).toBe(0);
      expect(changed({ tightness: first.tightness + 0.03 }).length).toBe(1);
    });
  });
});

describe('results on own data', () => {
  const valid = {
    tool: 'maxcut',
    name: '<script>x</script>.txt',
    command: 'npm run maxcut',
    summary: { cut: 41 },
    charts: [],
  };

  test('are shown, with their names escaped', async () => {
    const result = parseOwnData(JSON.stringify(valid), 'own.json');
    const files = await reportFiles(evidences[0] as Evidence, { ownData: [result] });
    const { document } = parseHTML(file(files, 'index.html'));
    expect(squeezed(document.querySelector('#own-data h3')?.textContent ?? '')).toBe(`maxcut: ${valid.name}`);
    expect(document.querySelectorAll('script').length).toBe(1);
    expect(file(files, 'report.md')).toContain('### maxcut: \\<script\\>x\\</script\\>.txt');
  });

  test('of another shape are refused in one line that names the file and the place', () => {
    const refuse = (text: string, message: RegExp): void => {
      expect(() => parseOwnData(text, 'own.json')).toThrow(message);
    };
    refuse('{', /^own\.json: expected a JSON result on own data, got text that is not JSON$/);
    refuse(JSON.stringify({ ...valid, summary: { cut: null } }), /^own\.json: .*summary\.cut: /);
    refuse(JSON.stringify({ ...valid, tool: undefined }), /^own\.json: .*tool: /);
    refuse(JSON.stringify({ ...valid, more: 1 }), /^own\.json: .*more/);
  });
});
