/**
 * One page in Chromium under three content security policies: which engine it gets, and that the bits are the same.
 *
 *     npm run test:browser
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Report, report } from '../test/support/policies.js'
import { launch } from './browser.js'

/** The engines that may run under each policy; `auto` takes the first. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  "script-src 'self'": ['interpreter'],
  "script-src 'self' 'wasm-unsafe-eval'": ['wasm', 'interpreter'],
  "script-src 'self' 'unsafe-eval'": ['wasm', 'javascript', 'interpreter'],
}

const entry = fileURLToPath(new URL('../test/support/policies.ts', import.meta.url))
// The page's policy also forbids evaluating what a test would ask of it: the report becomes an element.
const contents = `import { report } from ${JSON.stringify(entry)}
report().then(found => {
  const element = document.createElement('output')
  element.textContent = JSON.stringify(found)
  document.body.append(element)
})`
const stdin = { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) }
const { outputFiles } = await build({
  stdin,
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  // package.json speaks of the files of dist
  ignoreAnnotations: true,
})

const server = createServer(({ url }, response) => {
  if (url === '/page.js') {
    response.setHeader('content-type', 'text/javascript').end(outputFiles[0]!.text)
    return
  }
  const policy = decodeURIComponent(url!.slice(1))
  response.setHeader('content-type', 'text/html').setHeader('content-security-policy', policy)
  response.end('<!doctype html><title>policies</title><body><script src="/page.js"></script>')
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

const expected = (await report()).engines.interpreter
const browser = await launch()
try {
  for (const [policy, allowed] of Object.entries(POLICIES)) {
    const page = await browser.newPage()
    const { port } = server.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}/${encodeURIComponent(policy)}`)
    const { auto, engines } = JSON.parse((await page.locator('output').textContent())!) as Report
    const wrong = Object.entries(engines).filter(([name, result]) =>
      name === 'auto' || allowed.includes(name)
        ? result !== expected
        : !/content security policy/.test(result),
    )
    if (auto === allowed[0] && wrong.length === 0) {
      console.log(`Chromium under ${policy}: engine ${auto}, the same bits on ${allowed.join(', ')}`)
    } else {
      console.error(`Chromium under ${policy}: engine ${auto}; wanted ${allowed[0]}`, wrong)
      process.exitCode = 1
    }
    await page.close()
  }
} finally {
  await browser.close()
  server.close()
}
