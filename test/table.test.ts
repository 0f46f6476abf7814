/** Tables as people have them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit as fitFormula, numbersOf, readTable, TableError } from '../src/fit/index.js'

/** The same four rows in every dialect. */
const wanted = { x: [0, 1, 2, 3], y: [10.1, 6.2, 3.6, 2.3] }

function read(source: string | Uint8Array, names = ['x', 'y']) {
  const { columns } = numbersOf(readTable(source), names)
  return { ...columns }
}

function utf16(text: string, { bom, bigEndian }: { bom: boolean; bigEndian: boolean }): Uint8Array {
  const units = bom ? `\ufeff${text}` : text
  const bytes = new Uint8Array(2 * units.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), !bigEndian)
  return bytes
}

const tabs = 'x\ty\r\n0\t10,1\r\n1\t6,2\r\n2\t3,6\r\n3\t2,3\r\n'

describe('the same table', () => {
  it.each<[string, string | Uint8Array]>([
    ['commas', 'x,y\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['no line break at the end', 'x,y\n0,10.1\n1,6.2\n2,3.6\n3,2.3'],
    ['line breaks of old Macs', 'x,y\r0,10.1\r1,6.2\r2,3.6\r3,2.3\r'],
    ['empty lines, and rows of empty cells', '\nx,y\n\n0,10.1\n1,6.2\n,\n2,3.6\n3,2.3\n,\n  \n'],
    ['an index column of pandas or R', ',x,y\n0,0,10.1\n1,1,6.2\n2,2,3.6\n3,3,2.3\n'],
    ['quoted names and an index of names', '"","x","y"\n"a",0,10.1\n"b",1,6.2\n"c",2,3.6\n"d",3,2.3\n'],
    [
      'write.table of R, which names one column too few',
      '"x" "y"\n"1" 0 10.1\n"2" 1 6.2\n"3" 2 3.6\n"4" 3 2.3\n',
    ],
    ['a comma at the end of every line', 'x,y,\n0,10.1,\n1,6.2,\n2,3.6,\n3,2.3,\n'],
    ['a comma at the end of the rows alone', 'x,y\n0,10.1,\n1,6.2,\n2,3.6,\n3,2.3,\n'],
    ['a comma at the end of the names alone', 'x,y,\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['semicolons', 'x;y\n0;10.1\n1;6.2\n2;3.6\n3;2.3\n'],
    ['semicolons and decimal commas', 'x;y\n0;10,1\n1;6,2\n2;3,6\n3;2,3\n'],
    ['commas and decimal commas in quotation marks', 'x,y\n0,"10,1"\n1,"6,2"\n2,"3,6"\n3,"2,3"\n'],
    ['tabs', 'x\ty\n0\t10.1\n1\t6.2\n2\t3.6\n3\t2.3\n'],
    ['bars', 'x | y\n0 | 10.1\n1 | 6.2\n2 | 3.6\n3 | 2.3\n'],
    ['blanks, as many as it takes', '  x     y\n  0  10.1\n  1   6.2\n  2   3.6\n  3   2.3\n'],
    ['comments', '# made by a meter\nx,y\n0,10.1\n# a "pause\n1,6.2\n2,3.6\n3,2.3\n'],
    ['names in a comment, as NumPy writes them', '# x,y\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['sep= of Excel', 'sep=;\nx;y\n0;10.1\n1;6.2\n2;3.6\n3;2.3\n'],
    ['sep= in quotation marks, with another sign', '"sep=!"\r\nx!y\r\n0!10.1\r\n1!6.2\r\n2!3.6\r\n3!2.3\r\n'],
    ['a line of units', 'x,y\ns,mV\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['units in the names', 'x (s),y [mV]\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['units behind a stroke', 'x / s;y / mV\n0;10,1\n1;6,2\n2;3,6\n3;2,3\n'],
    ['a byte-order mark', '\ufeffx,y\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n'],
    ['UTF-8 with a mark', new TextEncoder().encode('\ufeffx,y\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n')],
    ['UTF-16 of Excel', utf16(tabs, { bom: true, bigEndian: false })],
    ['UTF-16, the other way round', utf16(tabs, { bom: true, bigEndian: true })],
    ['UTF-16 without a mark', utf16(tabs, { bom: false, bigEndian: false })],
    [
      'Windows-1252',
      Uint8Array.from('x (\u00b5s),y (\u00b0C)\n0,10.1\n1,6.2\n2,3.6\n3,2.3\n', c => c.charCodeAt(0)),
    ],
    ['a text column, which is not used', 'x,who,y\n0,Ann,10.1\n1,"Bo, C",6.2\n2,,3.6\n3,NA,2.3\n'],
    ['exponents and signs', 'x,y\n0,1.01e1\n+1,62E-1\n2,.36e+1\n3,2.3\n'],
  ])('%s', (_what, source) => {
    expect(read(source)).toEqual(wanted)
  })

  it('has its cells whatever they are, if they are quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\t', '#', ' b') })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
        rows => {
          const quoted = rows.map(([text, x]) => `"t${text.replaceAll('"', '""')}.",${x}\n`).join('')
          const { columns } = readTable(`text,number\n${quoted}`)
          expect(columns.text).toEqual(rows.map(([text]) => `t${text}.`))
          expect(columns.number).toEqual(rows.map(([, x]) => (Object.is(x, -0) ? 0 : x)))
        },
      ),
      { seed: 20261201 },
    )
  })
})

describe('numbers', () => {
  it.each([
    ['thousands with points', 'x;y\n1.234,5;1\n12.345.678;2', [1234.5, 12_345_678]],
    ['thousands with commas', 'x;y\n1,234.5;1\n"12,345,678";2', [1234.5, 12_345_678]],
    ['thousands with blanks', 'x;y\n1 234,5;1\n12\u00a0345\u202f678;2', [1234.5, 12_345_678]],
    ['thousands as in Switzerland', "x;y\n1'234.5;1\n12’345’678;2", [1234.5, 12_345_678]],
    ['three decimals with a comma', 'x;y\n0,125;1\n1,234;2', [0.125, 1.234]],
    ['three decimals with a comma, nothing else', 'x;y\n1,234;1\n2,345;2', [1.234, 2.345]],
    ['three decimals with a point', 'x,y\n1.234,1\n2.345,2', [1.234, 2.345]],
    ['one column of decimal commas', 'x\n1,5\n2,5', [1.5, 2.5]],
    ['the minus sign of typography', 'x,y\n−1.5,1\n2,2', [-1.5, 2]],
  ])('%s', (_what, text, x) => {
    expect(read(text, ['x'])).toEqual({ x })
  })

  it('other columns may be written otherwise', () => {
    expect(read('x,label,y\n0.5,"1,2",1\n1.5,"1,3",2', ['x', 'y'])).toEqual({ x: [0.5, 1.5], y: [1, 2] })
  })
})

describe('what is missing', () => {
  it('leaves the row out where it is used, and nowhere else', () => {
    const table = readTable('x,y,z\n0,10.1,\n1,,5\n2,3.6,NA\n3,NA,1\n4,1.2,#N/A\n5,nan,2\n')
    expect(numbersOf(table, ['x', 'y'])).toEqual({
      columns: { x: [0, 2, 4], y: [10.1, 3.6, 1.2] },
      lines: [2, 4, 6],
      leftOut: [3, 5, 7],
    })
    expect(numbersOf(table, ['x']).lines).toHaveLength(6)
  })
})

describe('a message with the line', () => {
  it.each([
    ['', 1, 'there is nothing in the file'],
    ['x,y\n', 1, 'below the names there is no row'],
    ['# c\nx,y,y\n0,1,2\n', 2, "columns 2 and 3 are both called 'y'"],
    ['x,e\u0301,\u00e9\n0,1,2\n', 1, "columns 2 and 3 are both called '\u00e9'"],
    ['1,2\n3,4\n', 1, 'numbers where the names of the columns are wanted'],
    ['x,y\n0,1\n1\n', 3, 'got 1 cells; wanted 2, as line 1 has names'],
    ['x,y\n0,1\n\n1,2,3\n', 4, 'got 3 cells; wanted 2, as line 1 has names'],
    ['x,y\n0,"1\n1,2\n', 2, 'a quotation mark opens here and is never closed'],
    ['x,y\n0,"1"2\n', 2, 'text follows the quotation mark that closes “1”'],
    ['x,y\n0,1\n1,2024-01-05\n', 3, "column 'y' holds “2024-01-05”, a date or time"],
    ['x,y\n0,1\n1,5.1.2024\n', 3, 'a date or time'],
    ['x,y\n0,1\n1,12:30\n', 3, 'a date or time'],
    ['x,y\n0,0x10\n1,2\n', 2, "column 'y' holds “0x10”; wanted a decimal number"],
    ['x,y\n0,Infinity\n1,2\n', 2, 'which is not a number'],
    ['x,y\n0,1e999\n1,2\n', 2, 'holds “1e999”'],
    ['x,y\n0,< 0.1\n1,2\n', 2, 'a bound; wanted a number, or NA'],
    ['x,y\n0,1.5 mV\n1,2\n', 2, 'a number alone, and its unit in the header'],
    ['x,y\n0,abc\n1,2\n', 2, "column 'y' holds “abc”, which is not a number"],
    ['x,y\n"a\nb",1\n1,abc\n', 4, 'holds “abc”', ['y']],
    ['x,y\n0,1.5\n1,"1,5"\n', 2, 'the decimals cannot be told from thousands'],
    ['x,y\n0,"1,234"\n1,"2,345"\n', 2, 'the decimals cannot be told from thousands'],
  ] as [string, number, string, string[]?][])('%j', (text, line, reason, names = ['x', 'y']) => {
    let error: unknown
    try {
      read(text, names)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TableError)
    expect(error).toMatchObject({ line, message: expect.stringContaining(`line ${line}: `) })
    expect((error as TableError).reason).toContain(reason)
  })

  it('or a table, whatever the bytes are, in time proportional to them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        try {
          readTable(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(TableError)
        }
      }),
      { seed: 20261201, numRuns: 500 },
    )
    const start = performance.now()
    for (const piece of ['"', '(', '#', ' ', '\u00a0', 'x (', '1 234', '""', '\r']) {
      try {
        readTable(piece.repeat(100_000))
      } catch (error) {
        expect(error).toBeInstanceOf(TableError)
      }
    }
    // Quadratic time would be minutes.
    expect(performance.now() - start).toBeLessThan(20_000)
  }, 60_000)
})

it('is called by either name only where that is clear', () => {
  const { columns } = readTable('time (s),time (min),t,t (s)\n60,1,2,3\n')
  expect(Object.keys(columns)).toEqual(['time (s)', 'time (min)', 't', 't (s)'])
})

it('goes into a fit, units or not', () => {
  const table = readTable('time (s);signal [mV];who\n0;10,1;A\n1;6,2;B\n2;NA;C\n3;2,3;D\n4;1,5;E\n')
  expect(table.names).toEqual(['time (s)', 'signal [mV]', 'who'])
  const { columns } = numbersOf(table, ['time', 'signal'])
  const short = fitFormula('signal ~ a * exp(-k * time)', columns, { start: { a: 10, k: 0.5 } })
  const full = numbersOf(table, ['time (s)', 'signal [mV]'])
  const long = fitFormula('`signal [mV]` ~ a * exp(-k * `time (s)`)', full.columns, {
    start: { a: 10, k: 0.5 },
  })
  expect(long.parameters).toEqual(short.parameters)
})
