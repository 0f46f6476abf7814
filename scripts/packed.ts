/** The package as npm would publish it, in a project of its own. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A folder with the tarball, gone when the process ends. */
const home = mkdtempSync(join(tmpdir(), 'chainrule-'))
process.on('exit', () => rmSync(home, { recursive: true, force: true }))

/** The path of the tarball. dist must have been built. */
export function pack(): string {
  const printed = run(ROOT, 'npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', home])
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }]
  return join(home, filename)
}

/** A new project with these packages and this package.json; npm runs no script of theirs. */
export function project(name: string, packages: readonly string[], manifest: object = {}): string {
  const folder = join(home, name, 'package.json')
  write(folder, JSON.stringify({ name, private: true, type: 'module', ...manifest }))
  run(dirname(folder), 'npm', [
    ...['install', '--save-exact', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
    ...packages,
  ])
  return dirname(folder)
}

export function write(path: string, text: string): void {
  execFileSync('mkdir', ['-p', dirname(path)])
  writeFileSync(path, text)
}

/** What the command prints; an error that shows what it wrote, if it fails. */
export function run(cwd: string, command: string, given: readonly string[]): string {
  return execFileSync(command, given, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
