// Answers questions in headless Chromium with the keyboard alone, on a desktop and
// on a phone, and prints what it saw, one JSON object a page.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const [executablePath, address] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })

for (const [width, height, forcedColors] of [[1200, 900, 'none'], [320, 700, 'none'], [1200, 900, 'active']]) {
  // The checker is a script, which the pages' own policy would refuse.
  const context = await browser.newContext({ viewport: { width, height }, forcedColors, bypassCSP: true })
  const page = await context.newPage()
  const origin = new URL(address).origin
  const outside = []
  const messages = []
  page.on('request', r => { if (new URL(r.url()).origin !== origin) outside.push(r.url()) })
  page.on('console', m => messages.push(m.text()))
  page.on('dialog', d => { messages.push('dialog ' + d.message()); d.dismiss() })
  const look = async name => {
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await page.evaluate(axe)
    const result = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    console.log(JSON.stringify({
      name, width, sideways, outside, messages, url: page.url(), rules: result.passes.length,
      violations: result.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')),
    }))
  }
  await page.goto(address)
  await look('list')
  await page.locator('main a').first().click()
  await look('question')
  await page.keyboard.press('j')
  await page.waitForURL('**/question/b')
  await page.keyboard.press('k')
  await page.waitForURL('**/question/a')
  await page.keyboard.press('3') // asks for the right value
  await page.keyboard.type('176')
  await page.locator('.claim input[name=by]').first().fill('Nguyễn Thị A')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/question/b')
  await look('next')
  await page.keyboard.press('l')
  await page.waitForURL(origin + '/')
  await context.close()
}
await browser.close()
