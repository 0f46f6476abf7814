/**
 * How fast the playground is in Chromium: until it can be used, an update, a frame while it plays.
 *
 *     npm run measure:playground
 */

import type { AddressInfo } from 'node:net'
import { launch } from './browser.js'
import { buildSite, compressedSize, serveSite } from './playground.js'

await buildSite()
const server = await serveSite(0)
const address = `http://localhost:${(server.address() as AddressInfo).port}/`
const browser = await launch()
console.log(`first load: ${Math.ceil(compressedSize() / 1000)} KB compressed`)

for (const model of ['network', 'dosage', 'classifier', 'formula']) {
  // Each in a profile of its own, so that nothing is cached.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  // tsx marks functions with a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = f => f')
  await page.goto(`${address}#model=${model}`)
  const { interactive, updates, frames, pause } = await page.evaluate(async () => {
    // The script has run when the document is loaded: from then on every control works.
    const { domContentLoadedEventEnd: interactive } = performance.getEntriesByType(
      'navigation',
    )[0] as PerformanceNavigationTiming
    const click = (id: string) => document.getElementById(id)!.click()
    const frames: number[] = []
    const speed = document.getElementById('speed') as HTMLSelectElement
    speed.value = '60'
    speed.dispatchEvent(new Event('change'))
    click('play')
    let last = performance.now()
    await new Promise<void>(resolve => {
      const frame = (now: number): void => {
        frames.push(now - last)
        last = now
        if (frames.length < 300) requestAnimationFrame(frame)
        else resolve()
      }
      requestAnimationFrame(frame)
    })
    click('play')
    const updates = Number(/[\d.]+(?= ms)/.exec(document.getElementById('slowest')!.textContent!)![0])
    // What a busy machine takes away: the longest pause of a loop that does nothing, for as long as the frames took.
    let pause = 0
    const end = performance.now() + 5000
    for (let now = performance.now(); now < end; ) {
      const before = now
      now = performance.now()
      pause = Math.max(pause, now - before)
    }
    return { interactive, updates, frames, pause }
  })
  const sorted = frames.slice(1).sort((a, b) => a - b)
  const [median, late] = [0.5, 0.99].map(share => sorted[Math.floor(share * sorted.length)]!.toFixed(1))
  console.log(
    `${model.padEnd(10)} usable after ${interactive.toFixed(0)} ms; slowest update ${updates.toFixed(2)} ms ` +
      `(an empty loop pauses up to ${pause.toFixed(2)} ms); ` +
      `frame ${median} ms (median), ${late} ms (99 in 100)`,
  )
  await context.close()
}

await browser.close()
server.close()
