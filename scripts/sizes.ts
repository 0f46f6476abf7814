/**
 * What a bundle costs a page: bytes after esbuild's minifier and gzip. Bounds, which a test holds, stand in the documents;
 * this prints the present sizes.
 *
 *     npm run build:code && npx tsx scripts/sizes.ts
 */

import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What is imported, and the most that it may take, in kB of 1,000 bytes. */
export const BOUNDS: readonly (readonly [what: string, program: string, most: number])[] = [
  [
    '`value`, `mul` and `backward` of `chainrule/mini`',
    `import { mul, value } from 'chainrule/mini'
     const w = value(2)
     mul(w, 3).backward()`,
    7,
  ],
  [
    '`value` and one product of `chainrule`: methods bring the whole table',
    `import { value } from 'chainrule'
     value(2).mul(3).backward()`,
    46,
  ],
  ...[
    ['chainrule', 75],
    ['chainrule/nn', 55],
    ['chainrule/view', 48],
    ['chainrule/compile', 115],
    ['chainrule/sql', 70],
    ['chainrule/fit', 155],
  ].map(
    ([entry, most]) =>
      [
        `all of \`${entry}\` and what it needs`,
        `import * as all from '${entry}'\nconsole.log(all)`,
        most,
      ] as [string, string, number],
  ),
]

export function sizesTable(): string {
  const rows = BOUNDS.map(([what, , most]) => `| ${what} | ${most} |`)
  return ['| imported | at most, kB |', '| --- | --: |', ...rows].join('\n')
}

/** The bytes of a program's bundle, as a server sends it. */
export async function sizeOf(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  })
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

if (process.argv[1]?.endsWith('sizes.ts')) {
  for (const [what, program, most] of BOUNDS) {
    console.log(`${((await sizeOf(program)) / 1000).toFixed(1)} of ${most} kB: ${what}`)
  }
}
