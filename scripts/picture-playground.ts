/**
 * Takes the picture of the playground for the README: docs/images/playground.png.
 *
 *     npm run picture:playground
 */

import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { launch } from './browser.js'
import { buildSite, serveSite } from './playground.js'

/** So many, and the squiggle is on its way through the observations. */
const UPDATES = 1700

await buildSite()
const server = await serveSite(0)
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1240, height: 1010 } })
await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/#model=dosage`)
// By the button, for the same picture every time.
await page.evaluate(updates => {
  for (let i = 0; i < updates; i++) document.getElementById('step')!.click()
}, UPDATES)
await page.waitForTimeout(500)
await page.screenshot({ path: fileURLToPath(new URL('../docs/images/playground.png', import.meta.url)) })
await browser.close()
server.close()
