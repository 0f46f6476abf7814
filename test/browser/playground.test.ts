/** The playground as a person meets it: the built page in Chromium. */

import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../../scripts/browser.js'
import { buildSite, compressedSize, SITE, serveSite } from '../../scripts/playground.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Light enough to load at once on a slow connection. */
const LARGEST_LOAD = 400_000

let browser: Browser
let site: Server
let strict: Server
let address: string
/** What a page said that it should not have said. */
let complaints: string[] = []
let pages: Page[] = []

beforeAll(async () => {
  await buildSite()
  site = await serveSite(0)
  // Policies of a header and of the page both hold: this one leaves no way to make code.
  strict = await serveSite(0, { 'content-security-policy': "script-src 'self'" })
  address = addressOf(site)
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  site?.close()
  strict?.close()
})

afterEach(async () => {
  await Promise.all(pages.map(page => page.context().close()))
  pages = []
  const said = complaints
  complaints = []
  expect(said).toEqual([])
})

function addressOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}

async function open(hash = '', options: BrowserContextOptions = {}, at = address): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  pages.push(page)
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => {
    const { protocol, host } = new URL(request.url())
    if (protocol === 'http:' && host !== new URL(at).host) complaints.push(`network: ${request.url()}`)
  })
  await page.goto(`${at}${hash}`)
  return page
}

const models = ['network', 'dosage', 'classifier', 'formula']

const loss = (page: Page) => page.textContent('#total')
const updates = (page: Page) => page.textContent('#updates')
const parameter = (page: Page, name: string) =>
  page.locator(`[data-parameter="${name}"] input[type="number"]`)
const box = (page: Page, name: string) => page.locator(`.box[data-name="${name}"]`)

describe('training', () => {
  it('shows the lesson before and after a step', async () => {
    const page = await open()
    expect(await loss(page)).toBe('0.2984')
    await page.click('#step')
    expect(await updates(page)).toBe('1')
    expect(await loss(page)).toBe('0.2910')
    expect(await parameter(page, 'w5').inputValue()).toBe('0.358916')
    await page.click('#reset')
    expect(await loss(page)).toBe('0.2984')
    expect(await parameter(page, 'w5').inputValue()).toBe('0.4')
  })

  it.each(models)('plays and pauses: %s', async model => {
    // Levenberg-Marquardt, with which a formula starts, is done before it can be paused.
    const page = await open(`#model=${model}&method=descent`)
    const before = await page.locator('#loss .curve').getAttribute('d')
    await page.selectOption('#speed', '600')
    await page.click('#play')
    await page.waitForFunction(
      () => Number(document.getElementById('updates')!.textContent!.replace(',', '')) > 50,
    )
    await page.click('#play')
    const paused = await updates(page)
    expect(await page.textContent('#live')).toContain('Paused after')
    expect(await page.locator('#loss .curve').getAttribute('d')).not.toBe(before)
    await page.waitForTimeout(100)
    expect(await updates(page)).toBe(paused)
  })

  it('draws another start for a seed, the same for the same seed', async () => {
    const page = await open('#model=classifier')
    const start = await loss(page)
    await page.fill('#seed', '7')
    await page.press('#seed', 'Enter')
    const drawn = await loss(page)
    expect(drawn).not.toBe(start)
    await page.click('#step')
    await page.click('#reset')
    expect(await loss(page)).toBe(drawn)
  })

  it('leaves parameters alone that are not learnt', async () => {
    const page = await open('#model=dosage')
    await page.uncheck('[data-parameter="w1"] input[type="checkbox"]')
    await page.click('#step')
    expect(await parameter(page, 'w1').inputValue()).toBe('2.74')
    expect(await parameter(page, 'b3').inputValue()).not.toBe('0')
  })

  it('stops and says so when the loss is no number any more', async () => {
    const page = await open('#model=formula&method=descent&rate=50')
    await page.click('#play')
    await page.waitForSelector('#smaller-rate:visible')
    expect(await page.textContent('#smaller-rate')).toBe('Go on with 5')
    expect(await page.textContent('.messages.error')).toContain('It diverged: at update ')
  })
})

describe('looking at it', () => {
  it('moves everything with a weight', async () => {
    const page = await open()
    await parameter(page, 'w5').fill('1.5')
    await parameter(page, 'w5').press('Enter')
    expect(await loss(page)).not.toBe('0.2984')
    expect(await box(page, 'w5').locator('.value').textContent()).toBe('1.5')
    expect(await page.textContent('#derivation')).toContain('1.5')
    await page.locator('[data-parameter="w5"] input[type="range"]').fill('0.4')
    expect(await loss(page)).toBe('0.2984')
  })

  it('derives the weight that is clicked', async () => {
    const page = await open()
    await box(page, 'w1').click()
    expect(await page.textContent('#derivation-title')).toBe('Chain rule for w1')
    // Two paths, through both outputs, and the derivative of the lesson.
    const text = await page.textContent('#derivation')
    expect(text).toContain('0.000438568')
    expect(await page.locator('#derivation math').count()).toBeGreaterThan(10)
    expect(await page.textContent('#slice-title')).toBe('Loss against w1')
  })

  it('walks the backward pass line by line', async () => {
    const page = await open()
    await page.click('#walk-first')
    expect(await box(page, 'w5').locator('.adjoint').textContent()).toBe('')
    expect(await box(page, 'E').locator('.adjoint').textContent()).toBe('∂ 1')
    for (let i = 0; i < 11; i++) await page.click('#walk-next')
    expect(await page.isDisabled('#walk-next')).toBe(true)
    expect(await box(page, 'w5').locator('.adjoint').textContent()).toBe('∂ 0.0822')
    await box(page, 'o1').click()
    const said = await page.textContent('#walk-said')
    expect(said).toContain('∂E/∂o1 = 0.7414')
    expect(said).toContain('0.1868') // o1 * (1 - o1)
    expect(said).toContain('0.1385') // their product
    await page.click('#walk-back')
    expect(await page.textContent('#walk-said')).not.toContain('∂E/∂o1 =')
  })

  it('shows every operation', async () => {
    const page = await open()
    const lines = await page.locator('.box').count()
    await page.check('#detailed')
    expect(await page.locator('.box').count()).toBeGreaterThan(lines + 10)
    await page.click('#walk-run')
    await page.waitForFunction(() => document.getElementById('walk-said')!.textContent!.includes('1 of '))
  })

  it.each(models)('checks the gradient: %s', async model => {
    const page = await open(`#model=${model}`)
    await page.click('#check-gradient')
    expect(await page.textContent('#check-result')).toContain('The gradient is right.')
  })
})

describe('your own formula', () => {
  it('says kindly what is wrong, then fits', async () => {
    const page = await open('#model=formula')
    await page.fill('#formula-text', 'signal ~ height * sofplus(rate * time)')
    await page.waitForSelector('#formula-error:not(:empty)')
    const error = await page.textContent('#formula-error')
    expect(error).toContain("there is no function 'sofplus'; did you mean softplus?")
    expect(error!.split('\n')[2]).toMatch(/^ +\^$/)
    expect(await page.getAttribute('#formula-text', 'aria-invalid')).toBe('true')

    await page.fill('#formula-text', 'signal ~ height * exp(-rate * time)')
    await page.waitForSelector('#formula-error:empty', { state: 'attached' })
    expect(await parameter(page, 'height').count()).toBe(1)
    await page.fill('#data-text', 'time\tsignal\n0\t2\n1\t1\n2\t0.5')
    await page.waitForFunction(() => document.querySelectorAll('#fit .observed').length === 3)
    await page.selectOption('#method', 'descent')
    await page.fill('#rate', '0.1')
    await page.press('#rate', 'Enter')
    await page.selectOption('#speed', '6000')
    await page.click('#play')
    await page.waitForFunction(
      () => Number(document.getElementById('updates')!.textContent!.replaceAll(',', '')) > 3000,
    )
    await page.click('#play')
    // 2 * 2^-t: the rate is log 2.
    expect(Number(await parameter(page, 'rate').inputValue())).toBeCloseTo(Math.LN2, 4)
    expect(Number(await parameter(page, 'height').inputValue())).toBeCloseTo(2, 4)
  })

  it('complains about data by line and column', async () => {
    const page = await open('#model=formula')
    await page.fill('#data-text', 'time, signal\n0, 1\n1, two')
    await page.waitForSelector('#data-error:not(:empty)')
    expect(await page.textContent('#data-error')).toBe(
      "Line 3: column 'signal' holds “two”, which is not a number.",
    )
  })

  it('takes a plain function, and shows its gradient', async () => {
    const page = await open('#model=formula&formula=(x-3)**2%2Bx*y&data=&values=x:1,y:2')
    expect(await loss(page)).toBe('6')
    expect(await page.textContent('[data-parameter="x"] .adjoint')).toBe('−2')
    expect(await page.textContent('[data-parameter="y"] .adjoint')).toBe('1')
    expect(await page.isHidden('#fit')).toBe(true)
  })

  it('fits a straight line in a few steps, and says when descent diverges', async () => {
    const data = 'height,weight\n150,52\n160,58\n165,63\n170,66\n180,75\n190,82'
    const page = await open(
      `#${new URLSearchParams({ model: 'formula', formula: 'weight ~ m * height + c', data })}`,
    )
    await page.click('#play')
    await page.waitForFunction(() =>
      document.getElementById('training-error')!.textContent!.startsWith('Converged'),
    )
    expect(await parameter(page, 'm').inputValue()).toBe('0.76898')
    await page.click('#reset')
    await page.selectOption('#method', 'descent')
    await page.fill('#rate', '0,01')
    await page.press('#rate', 'Enter')
    await page.click('#play')
    await page.waitForFunction(() =>
      document.getElementById('training-error')!.textContent!.startsWith('It diverged'),
    )
    expect(await page.textContent('#total')).not.toMatch(/NaN|Infinity/)
    expect(await page.textContent('#smaller-rate')).toBe('Go on with 0.001')
    await page.fill('#rate', 'fast')
    await page.press('#rate', 'Enter')
    expect(await page.textContent('#rate-error')).toContain('“fast” is no number above 0')
  })

  it('mends what is typed in another way, and says what names stand for', async () => {
    const page = await open('#model=formula')
    await page.fill('#formula-text', 'signal ~ 2a·time^2 + tme')
    await page.click('#mend')
    expect(await page.inputValue('#formula-text')).toBe('signal ~ 2 * a*time**2 + tme')
    expect(await page.textContent('#names')).toBe('Data: signal, time. Parameters: a, tme.')
  })

  it('keeps the work of each model, and undoes', async () => {
    const page = await open()
    await page.click('#step')
    await page.click('label[for=model-dosage]')
    await page.click('#step')
    await page.click('#step')
    await page.click('label[for=model-network]')
    expect(await updates(page)).toBe('1')
    await page.click('label[for=model-dosage]')
    expect(await updates(page)).toBe('2')
    await page.click('#reset')
    expect(await updates(page)).toBe('0')
    await page.click('#undo')
    await page.waitForFunction(() => document.getElementById('updates')!.textContent === '2')
    await page.goBack()
    await page.waitForFunction(() => document.getElementById('updates')!.textContent === '1')
    expect(await page.isChecked('#model-network')).toBe(true)
  })

  it('names the slope of the row and that of all rows apart, and says which a step uses', async () => {
    const page = await open('#model=classifier&row=2')
    expect(await page.textContent('#parameters thead')).toContain('∂ row 3')
    expect(await page.textContent('#parameters thead')).toContain('Σ all rows')
    expect(await page.textContent('#slope-used')).toBe(
      'The next step goes down ∂ row 1, which is not the row in the graph.',
    )
    const inGraph = await box(page, 'w1').locator('.adjoint').textContent()
    const inTable = await page.textContent('[data-parameter="w1"] .adjoint:not(.total)')
    // The one is that of the other, with fewer digits: what it is over all rows has another sign.
    expect([inGraph!.includes('∂ −'), inTable!.startsWith('−')]).toEqual([true, true])
    expect(await page.textContent('[data-parameter="w1"] .total')).not.toContain('−')
  })

  it('begins with the formula of a lesson', async () => {
    const page = await open('#model=dosage')
    await page.click('#formula-card summary')
    await page.click('#copy')
    expect(await page.isChecked('#model-formula')).toBe(true)
    expect(await page.inputValue('#formula-text')).toContain('efficacy ~ first + second + b3')
  })
})

describe('the address', () => {
  it('holds what is on the page', async () => {
    const page = await open('#model=formula')
    await page.fill('#formula-text', 'signal ~ height * exp(-rate * time)')
    await page.fill('#data-text', 'time, signal\n0, 2\n1, 1\n2, 0.5')
    await page.waitForFunction(() => document.querySelectorAll('#fit .observed').length === 3)
    await page.fill('#seed', 'x y')
    await page.press('#seed', 'Enter')
    for (let i = 0; i < 3; i++) await page.click('#step')
    await page.click('#walk-first')
    await page.click('#walk-next')
    const shown = (page: Page) =>
      page.evaluate(() =>
        ['#updates', '#total', '#parameters', '#derivation', '#walk-said', '#graph'].map(
          id =>
            document.querySelector(id)!.textContent +
            [...document.querySelectorAll<HTMLInputElement>(`${id} input`)].map(input => input.value).join(),
        ),
      )
    const before = await shown(page)
    await page.waitForFunction(() => location.hash.includes('walk=1'))
    const again = await open(new URL(page.url()).hash)
    expect(await shown(again)).toEqual(before)
    expect(await again.inputValue('#seed')).toBe('x y')
    expect(await again.inputValue('#data-text')).toBe('time, signal\n0, 2\n1, 1\n2, 0.5')
  })

  it('is followed when it changes', async () => {
    const page = await open()
    await page.evaluate(() => {
      location.hash = '#model=classifier&values=w1:0.5'
    })
    await page.waitForFunction(() => document.getElementById('fit-title')!.textContent === 'Decision regions')
    expect(await parameter(page, 'w1').inputValue()).toBe('0.5')
  })

  it.each([
    '#model=constructor',
    '#rate=-1&speed=7&row=99999&walk=99&values=a,b:c',
    '#%E0%A4%A',
    '#model=formula&formula=&data=',
  ])('may be nonsense: %s', async hash => {
    const page = await open(hash)
    expect(await page.isVisible('#play')).toBe(true)
  })
})

describe('where it runs', () => {
  it('works under a policy that forbids making code, and says with what', async () => {
    const page = await open('', {}, addressOf(strict))
    expect(await page.textContent('#engine')).toBe('interpreter')
    await page.click('#step')
    expect(await loss(page)).toBe('0.2910')
  })

  it('gets WebAssembly where the policy lets it', async () => {
    const page = await open()
    expect(await page.textContent('#engine')).toBe('wasm')
  })

  it('works from a folder, without a server', async () => {
    const page = await open('index.html#model=dosage', {}, pathToFileURL(SITE).href)
    await page.click('#step')
    expect(await updates(page)).toBe('1')
  })

  it('is a small download', () => {
    expect(compressedSize()).toBeLessThan(LARGEST_LOAD)
  })
})

describe('for everybody', () => {
  for (const model of models) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no serious finding of axe: ${model}, ${colorScheme}`, async () => {
        const page = await open(`#model=${model}&walk=2`, { colorScheme })
        await page.click('#check-gradient')
        // Not by a script element, which the policy of the page forbids.
        await page.evaluate(AXE)
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: {
              run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
            }
          }
          return (await axe.run()).violations.map(
            ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]!.html}`,
          )
        })
        expect(violations.filter(said => /^(serious|critical)/.test(said))).toEqual([])
      })
    }
    it(`needs no scrolling sideways at 375 px: ${model}`, async () => {
      const page = await open(`#model=${model}&walk=3`, { viewport: { width: 375, height: 700 } })
      await page.click('#check-gradient')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
    })
  }

  it('is used with the keyboard alone', async () => {
    const page = await open()
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.id ||
          document.activeElement?.closest('[data-name]')?.getAttribute('data-name'),
      )
    const tabTo = async (id: string): Promise<void> => {
      for (let i = 0; i < 60 && (await focused()) !== id; i++) await page.keyboard.press('Tab')
      expect(await focused()).toBe(id)
    }
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('work')
    await tabTo('step')
    await page.keyboard.press('Enter')
    expect(await updates(page)).toBe('1')
    // Into the graph, along it, and into a weight.
    await tabTo('detailed')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe(await page.getAttribute('.box:has([tabindex="0"])', 'data-name'))
    for (let i = 0; i < 30 && (await focused()) !== 'w7'; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await page.textContent('#derivation-title')).toBe('Chain rule for w7')
    expect(await box(page, 'w7').getByRole('button').getAttribute('aria-label')).toContain(
      'derivative of E by it',
    )
    // Focus is seen.
    expect(
      await page.evaluate(
        () => getComputedStyle(document.querySelector('.box rect:focus-visible')!).strokeWidth,
      ),
    ).toBe('4px')
    // Back to the models, which are radio buttons.
    await page.focus('#model-network')
    await page.keyboard.press('ArrowRight')
    expect(await page.textContent('#fit-title')).toBe('Fit of efficacy')
  })
})
