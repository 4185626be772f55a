import { describe, expect, it } from 'vitest';
import type { ReaderOptions } from '../../../src/formats/readerOptions.ts';
import { readTable } from '../../../src/formats/readTable.ts';

const read = (text: string, options: ReaderOptions = {}) => readTable('t.csv', Buffer.from(text), options);

/** Two rows, (1.5, −2, 30) and (4, 0.25, 6), in many hands. */
const rows = [1.5, -2, 30, 4, 0.25, 6];

describe('tables of numbers as people have them', () => {
  it.each<[string, string, ReaderOptions?]>([
    ['commas', '1.5,-2,30\n4,0.25,6\n'],
    ['semicolons and a header', 'a;b;c\n1.5;-2;30\n4;0.25;6\n'],
    ['bars', '1.5|-2|30\n4|.25|6\n'],
    ['tabs with blanks around', '1.5\t -2\t30\n4\t0.25 \t6\n'],
    ['runs of blanks', '  1.5   -2 30\n4 2.5e-1 6.\n'],
    ['tabs in some lines only', '1.5 -2\t30\n4 0.25 6\n'],
    ['decimal commas, told by the header', 'a;b;c\n1,5;-2;30\n4;0,25;6\n'],
    ['decimal commas, told by a zero', '1,5;-2,0;30,00\n4,0;0,25;6,0\n'],
    ['decimal commas between blanks', '1,5 -2 30\n4 0,25 6\n'],
    ['quoted decimal commas', '"1,5","-2","30"\n"4","0,25","6"\n', { decimal: ',' }],
    ['a delimiter at every end', 'a,b,c,\n1.5,-2,30,\n4,0.25,6,\n'],
    ['an unnamed index of pandas', ',a,b,c\n0,1.5,-2,30\n1,4,0.25,6\n'],
    ['an unnamed index of words', ',a,b,c\nfirst,1.5,-2,30\nsecond,4,0.25,6\n'],
    ['row names of R', 'a b c\n1 1.5 -2 30\n2 4 0.25 6\n'],
    ['quoted row names of R', '"a" "b c" "c"\n"r 1" 1.5 -2 30\n"r2" 4 0.25 6\n'],
    ['numbers of columns for a header', '0,1,2\n1.5,-2,30\n4,0.25,6\n'],
    ['numbers of columns over an index', ',0,1,2\n0,1.5,-2,30\n1,4,0.25,6\n'],
    ["Fortran's exponents", '1.5D+00,-2d0,3.0D+01\n4,2.5D-01,6\n'],
    ['comments', '# a, b, c\n% d\n1.5,-2,30\n#1,2,3\n4,0.25,6\n'],
    [
      'a column of labels dropped by name',
      'a,b,c,species\n1.5,-2,30,setosa\n4,0.25,6,virginica\n',
      { drop: ['species'] },
    ],
    ['a column of labels dropped by number', '1.5,-2,30,x\n4,0.25,6,y\n', { drop: ['4'] }],
    ['columns chosen and put in order', 'z,c,b,a\n0,30,-2,1.5\n0,6,0.25,4\n', { columns: ['a', 'b', 'c'] }],
    ['an index by name', 'a,id,b,c\n1.5,7,-2,30\n4,9,0.25,6\n', { index: 'id' }],
    ['a header of years', '2001,2002,2003\n1.5,-2,30\n4,0.25,6\n', { header: true }],
    ['svmlight', '+1 1:1.5 2:-2 3:30 # c\n-1 qid:3 1:4 3:6 2:0.25\n'],
    ['word vectors', '2 3\nthe 1.5 -2 30\nof a 4 0.25 6\n'],
    ['the transpose, transposed', '1.5,4\n-2,0.25\n30,6\n', { transpose: true }],
  ])('are read from %s', async (_, text, options) => {
    const table = await read(text, options);
    expect([table.rows, table.columns, ...table.values]).toEqual([2, 3, ...rows]);
  });

  it.each<[string, string, string, ReaderOptions?]>([
    [
      'an error of a spreadsheet',
      'a,b\n1,2\n#N/A,1\n3,4\n',
      't.csv:3: expected a finite number in the column "a", got the spreadsheet error',
    ],
    ['an error of a spreadsheet in the first line', '#DIV/0!,1\n1,2\n', 't.csv:1:'],
    ['a name that begins with #', 'tag,b\n#x,2\n#y,3\n', 't.csv:2:'],
    ['an empty cell', 'a,b,c\n1,,3\n', 't.csv:2: expected a number in the column "b", got an empty cell'],
    ['a column of words', 'a,b,kind\n1,2,s\n3,4,t\n', '--drop kind'],
    ['a column of words without a header', '1,2,s\n3,4,t\n', '--drop 3'],
    ['two delimiters', '1,2;3\n4,5;6\n', 'expected one delimiter'],
    ['thousands separators', '"1,234","2,000"\n"3,000","1,111"\n', 'thousands separator'],
    ['thousands separators between semicolons', '1,234;2,000\n3,000;1,111\n', 'thousands separator'],
    ['a decimal comma among points', '1.5;2,5\n0.5;3,5\n', 'expected one delimiter'],
    ['names and numbers in the first line', 'id,1,2\n5,1,2\n', '--header or --no-header'],
    ['whole numbers under 0, 1, 2', '0,1,2\n3,4,5\n', '--header or --no-header'],
    ['fractions under 1, 2, 3', '1,2,3\n0.5,0.5,0.1\n', '--header or --no-header'],
    ['fewer names than columns, and no index', 'a,b\n4,2,3\n4,5,6\n', '--index 1'],
    ['more names than columns', 'a,b,c\n1,2\n', 't.csv:2: expected 3 numbers'],
    ['ragged rows', '1,2\n3,4\n5\n', 't.csv:3: expected 2 numbers'],
    ['a header and nothing else', 'a,b\n', 'rows of numbers'],
    [
      'integers beyond 2^53',
      '9007199254740992,1\n9007199254740993,2\n',
      't.csv:2: expected integers that float64 holds exactly',
    ],
    ['a number too small', '1e-400,1\n', 'too small'],
    ['a typographic minus', '\u22121,2\n3,4\n', 'typographic minus'],
    ['a nested list', '[[1,2],[3,4]]\n', 'a nested list'],
    ['a tensor as it is printed', 'tensor([[1., 2.]])\n', 'as Python prints it'],
    ['ARFF', '% c\n@relation x\n@data\n1,2\n', 'an ARFF file'],
    ['JSON', '{"a": 1}\n', 'a JSON document'],
    ['HTML', '<table></table>\n', 'an HTML or XML document'],
    ['Matrix Market', '%%MatrixMarket matrix array real general\n1 1\n1\n', 'scipy.io.mmread'],
    ['a column that is not there', 'a,b\n1,2\n', 'expected one of a, b', { drop: ['c'] }],
    ['a column number without a header', '1,2\n', 'a column number', { drop: ['x'] }],
    ['every column dropped', 'a\n1\n', 'none left', { drop: ['a'] }],
    ['a vector too short', '2 3\nthe 1 2 3\nof 1 2\n', 't.csv:3: expected a word and 3 numbers'],
    ['words that are not there', '9 3\nthe 1 2 3\n', 'fewer'],
    ['an array of a text', '1,2\n', '--array', { array: 'x' }],
    ['an unknown format', '1,2\n', 'expected one of csv', { format: 'x' }],
  ])('are refused in one line that helps, for %s', async (_, text, part, options) => {
    const message = await read(text, options).then(
      () => 'accepted',
      (error: Error) => `${error.name} ${error.message}`,
    );
    expect(message).toContain(part);
    expect(message).toMatch(/^InputError [^\n]*$/);
  });

  it('say what was taken for a header, an index or a coordinate', async () => {
    expect((await read('label,x\n3,1\n5,2\n')).notes).toEqual([
      'line 1 taken as a header: "label", "x"',
      'the column "label" is read as numbers like the others; --drop label leaves it out',
    ]);
    expect((await read('0,5.5\n1,6\n2,7\n', { header: false })).notes).toEqual([
      'the first column counts the rows from 0; --index 1 leaves it out',
    ]);
    expect((await read('a b\nx 1 2\ny 3 4\n')).notes).toContain('column 1 dropped, as it names the rows');
  });

  it('keep the names of the columns that are read', async () => {
    expect((await read('a,b,c\n1,2,3\n', { drop: ['b'] })).columnNames).toEqual(['a', 'c']);
  });

  it('read the corners of a square as points', async () => {
    expect((await read('0,1\n1,0\n')).rows).toBe(2);
  });
});
