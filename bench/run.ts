/** `npm run bench`, each bench in a process of its own; `-- --quick` shows in seconds that everything works. */

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

for (const bench of ['hot-loop', 'growth', 'compile', 'derivatives', 'suites']) {
  console.log(`\n── ${bench} ──`)
  const file = fileURLToPath(new URL(`./${bench}.js`, import.meta.url))
  const argv = ['--expose-gc', file, ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
