/**
 * The package installed beside old and new vitest: npm must not refuse it, and the matcher must work. Vitest 0 has no
 * equality testers to add to, and is told so.
 *
 *     npm run check:peers [-- version ...]
 */

import { join } from 'node:path'
import { pack, project, run, write } from './packed.js'

const TEST = `import 'chainrule/vitest'
import { value } from 'chainrule'
import { expect, it } from 'vitest'
it('matches', () => {
  expect((x, y) => x.mul(y).exp()).toHaveCorrectGradients([0.5, 2])
  expect(() => expect(x => Math.exp(x.data)).toHaveCorrectGradients([1])).toThrow()
  expect(value(1, 'a').mul(2)).toEqual(value(1, 'a').mul(2))
  expect(value(1, 'a').mul(2)).not.toEqual(value(1, 'a').mul(3))
})
`
const TOO_OLD = '0.34.6'
const wanted = process.argv.slice(2)
const tarball = pack()
for (const version of wanted.length > 0 ? wanted : [TOO_OLD, '2.1.9', '3.1.3', '4.1.12']) {
  const folder = project(`vitest-${version}`, [`vitest@${version}`])
  // The package comes second, as it does to a project that has its tests already.
  run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', tarball])
  write(join(folder, 'matcher.test.js'), TEST)
  let printed: string
  try {
    printed = run(folder, 'node_modules/.bin/vitest', ['run'])
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    printed = stdout + stderr
  }
  const isRight =
    version === TOO_OLD
      ? printed.includes('wanted vitest 1 or newer')
      : /Tests {2}1 passed/.test(plain(printed))
  console.log(`vitest ${version}: ${isRight ? 'as it should be' : `wrong\n${printed}`}`)
  if (!isRight) process.exitCode = 1
}

/** Without the colours. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '')
}
