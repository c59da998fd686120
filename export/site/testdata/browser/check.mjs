// Opens the pages given in headless Chromium, on a desktop, on phones and in forced
// colours, and prints what is wrong with them, one JSON object a page; then tries
// the table of provinces with its script and without scripts.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const [executablePath, root, ...pages] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const at = name => new URL(name, 'file://' + root + '/').href
for (const [width, height, forcedColors] of [[1200, 900, 'none'], [390, 844, 'none'], [320, 640, 'none'], [1200, 900, 'active']]) {
  // The checker is a script, which the pages' own policy would refuse.
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, forcedColors })
  for (const name of pages) {
    const page = await context.newPage()
    const requests = []
    const messages = []
    page.on('request', r => requests.push(r.url()))
    page.on('console', m => messages.push(m.text()))
    page.on('dialog', d => { messages.push('dialog ' + d.message()); d.dismiss() })
    const url = at(name)
    await page.goto(url)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const markup = await page.evaluate(() => document.querySelectorAll('script, img, iframe, object, embed, form, [onclick], [onerror], [onload], [style]').length)
    const tips = await page.evaluate(() => {
      const out = { marks: 0, silent: 0, closed: 0, covered: 0 }
      for (const m of [...document.querySelectorAll('mark')].slice(0, 30)) {
        out.marks++
        const tip = document.getElementById(m.getAttribute('aria-describedby'))
        if (getComputedStyle(tip).display !== 'none') out.closed++
        m.focus()
        const box = tip.getBoundingClientRect()
        if (document.activeElement !== m || getComputedStyle(tip).display === 'none' || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight + 1) out.silent++
        if (m.getBoundingClientRect().bottom > box.top) out.covered++ // by its own note
        m.blur()
      }
      return out
    })
    await page.evaluate(axe)
    // A measure can be chosen with the keyboard, and the map follows.
    let chosen = ''
    if (await page.locator('#m5').count()) {
      await page.locator('#m0').focus()
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown')
      chosen = await page.evaluate(() => getComputedStyle(document.querySelector('.tile .m5')).display + ' ' + getComputedStyle(document.querySelector('.tile .m0')).display)
    }
    for (const d of await page.locator('details').all()) await d.evaluate(e => { e.open = true })
    const result = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    console.log(JSON.stringify({
      page: name, width, forced: forcedColors, sideways, markup, messages, tips, chosen,
      outside: requests.filter(r => r !== url),
      rules: result.passes.length,
      violations: result.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')),
    }))
    await page.close()
  }
  await context.close()
}

const table = { page: 'the table', messages: [] }
{
  const page = await (await browser.newContext()).newPage() // under the pages' own policy
  page.on('console', m => table.messages.push(m.text()))
  page.on('pageerror', e => table.messages.push(String(e)))
  await page.goto(at('provinces.html'))
  const names = () => page.evaluate(() => [...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.dataset.name))
  table.all = (await names()).length
  await page.fill('#search', 'CAO bang')
  table.found = await names()
  await page.fill('#search', 'dien')
  table.folded = await names()
  await page.fill('#search', '')
  await page.selectOption('#division', '63')
  table.former = (await names()).length
  await page.selectOption('#division', '')
  await page.getByRole('button', { name: 'Sản phẩm OCOP' }).click()
  table.rising = (await names()).slice(0, 2)
  await page.getByRole('button', { name: 'Sản phẩm OCOP' }).focus()
  await page.keyboard.press('Enter')
  table.falling = (await names()).slice(0, 2)
  table.sorted = await page.evaluate(() => [...document.querySelectorAll('th[aria-sort]')].map(h => h.getAttribute('aria-sort')).filter(s => s !== 'none').join())
  await page.close()
}
{
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto(at('provinces.html'))
  table.plain = await page.locator('tbody tr:visible').count()
  table.dead = await page.locator('input:visible, select:visible, button:visible').count()
  await page.goto(at('index.html'))
  await page.locator('#m1').check()
  table.chosen = await page.locator('.t04 .m1:visible').count() + ' ' + await page.locator('.t04 .m0:visible').count()
}
console.log(JSON.stringify(table))
await browser.close()
