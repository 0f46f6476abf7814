/**
 * A page without a bundler, in Chromium: an import map names every entry point of dist, and each does its work.
 *
 *     npm run test:browser
 */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './browser.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ENTRIES = ['mini', 'compile', 'fit', 'nn', 'view', 'sql']

const imports = {
  chainrule: '/dist/index.js',
  seedrandom: '/node_modules/seedrandom/seedrandom.js',
  ...Object.fromEntries(
    ENTRIES.map(name => [`chainrule/${name}`, `/dist/${name === 'mini' ? name : `${name}/index`}.js`]),
  ),
}
const page = `<!doctype html><title>page</title><body>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { column, parseFormula, tanh, value } from 'chainrule'
  import { mul } from 'chainrule/mini'
  import { compile } from 'chainrule/compile'
  import { fit } from 'chainrule/fit'
  import { mlp } from 'chainrule/nn'
  import { explain } from 'chainrule/view'
  import { duckdb, toSql } from 'chainrule/sql'
  const w = value(0.5, 'w')
  const y = mul(w, 3).sub(1)
  y.backward()
  const { program } = compile(column('x').mul(w), { inputs: [w], reduce: 'sum' })
  const line = fit('y ~ a * x + b', { x: [0, 1, 2], y: [1, 3, 5] }, { start: { a: 1, b: 1 } })
  const output = document.createElement('output')
  output.textContent = JSON.stringify([
    w.grad,
    compile(y, { inputs: [w] }).run([2])[0],
    Math.round(line.parameters.a),
    mlp([1, 1], { activation: tanh, output: tanh }).parameters.length,
    String(explain(y, w)).includes('dw'),
    toSql(program, { dialect: duckdb, table: 't' }).at([2]).sql.length > 20,
    String(parseFormula('a + 1').expression),
  ])
  document.body.append(output)
</script>`
const WANTED = '[3,5,2,2,true,true,"a + 1"]'

const server = createServer(({ url = '/' }, response) => {
  if (url === '/') {
    response.setHeader('content-type', 'text/html').end(page)
    return
  }
  const path = normalize(url)
  try {
    if (!/^\/(dist|node_modules\/seedrandom)\/.*\.js$/.test(path)) throw new Error(path)
    response.setHeader('content-type', 'text/javascript').end(readFileSync(join(ROOT, path)))
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

const browser = await launch()
try {
  const tab = await browser.newPage()
  const errors: string[] = []
  tab.on('pageerror', error => errors.push(String(error)))
  tab.on('requestfailed', request => errors.push(request.url()))
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const output = tab.locator('output')
  await output.waitFor({ state: 'attached', timeout: 30_000 }).catch(() => {})
  const got = (await output.count()) === 0 ? 'nothing' : await output.textContent()
  if (got !== WANTED) throw new Error(`the page says ${got}; wanted ${WANTED}. ${errors.join('\n')}`)
  console.log(`a page without a bundler loads ${Object.keys(imports).length - 1} entry points`)
} finally {
  await browser.close()
  server.close()
}
