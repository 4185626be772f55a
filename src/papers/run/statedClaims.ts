import { parseAst } from 'vitest/node';
import { fs } from 'zx';
import { type Profile, profiles } from '../claims/settings.ts';
import type { StatedClaim } from '../evidence/evidenceProblems.ts';
import { claimSpecsOf } from './claimSpecs.ts';
import type { Paper } from './paper.ts';

/** A node of a syntax tree, as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const words = ['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument'];

/**
 * Reads from the specs of a paper which claims they state, with the names of their sabotages, nulls and strata and
 * the number of their instances, without running them. Names that a spec computes are not seen.
 *
 * @throws RangeError where sabotages are not written out as an object with named entries
 */
export function statedClaims(paper: Paper): StatedClaim[] {
  return claimSpecsOf(paper).flatMap((file) => {
    const tree: unknown = parseAst(fs.readFileSync(file, 'utf8'), { lang: 'ts' });
    return isNode(tree) ? claimsOf(tree, file) : [];
  });
}

function claimsOf(node: Node, file: string): StatedClaim[] {
  if (node.type === 'CallExpression' && isNode(node.callee) && words.includes(nameOf(node.callee))) {
    const [id, definition] = nodesOf(node.arguments);
    if (typeof id?.value === 'string' && definition !== undefined) {
      return [statedClaim(id.value, propertiesOf(definition), file)];
    }
  }
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? nodesOf(value) : isNode(value) ? [value] : []))
    .flatMap((child) => claimsOf(child, file));
}

function statedClaim(id: string, fields: ReadonlyMap<string, Node>, file: string): StatedClaim {
  const namesOf = (field: string): string[] => {
    const value = fields.get(field);
    if (value === undefined) return [];
    const body = value.type === 'ArrowFunctionExpression' && isNode(value.body) ? value.body : value;
    return [...propertiesOf(body).keys()];
  };
  const sabotages = namesOf('sabotage');
  if (sabotages.length === 0) throw new RangeError(`${file}: ${id}: expected named entries of sabotage`);
  const instances = new Map<Profile, number>();
  for (const [name, { value }] of propertiesOf(fields.get('instances'))) {
    const profile = profiles.find((each) => each === name);
    if (profile !== undefined && typeof value === 'number') instances.set(profile, value);
  }
  return {
    id,
    sabotages,
    nulls: namesOf('nulls'),
    strata: namesOf('strata'),
    instances,
  };
}

/** The values of an object literal by their names; none where the node is something else. */
function propertiesOf(node: Node | undefined): Map<string, Node> {
  const object = node?.type === 'ParenthesizedExpression' && isNode(node.expression) ? node.expression : node;
  return new Map(
    nodesOf(object?.properties).flatMap(({ key, value, computed }): [string, Node][] =>
      isNode(key) && isNode(value) && computed !== true ? [[String(key.name ?? key.value), value]] : [],
    ),
  );
}

/** `lemma` of `lemma(…)` and of `words.lemma(…)`. */
function nameOf({ name, property }: Node): string {
  return String(name ?? (isNode(property) ? property.name : ''));
}

function nodesOf(values: unknown): Node[] {
  return Array.isArray(values) ? values.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
