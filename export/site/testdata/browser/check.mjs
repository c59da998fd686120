// Opens the pages given in headless Chromium, on a desktop and on a phone, and
// prints what is wrong with them, one JSON object a page.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const [executablePath, root, ...pages] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const [width, height] of [[1200, 900], [390, 844]]) {
  // The checker is a script, which the pages' own policy would refuse.
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true })
  for (const name of pages) {
    const page = await context.newPage()
    const requests = []
    const messages = []
    page.on('request', r => requests.push(r.url()))
    page.on('console', m => messages.push(m.text()))
    page.on('dialog', d => { messages.push('dialog ' + d.message()); d.dismiss() })
    const url = new URL(name, 'file://' + root + '/').href
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
    const result = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    console.log(JSON.stringify({
      page: name, width, sideways, markup, messages, tips, chosen,
      outside: requests.filter(r => r !== url),
      rules: result.passes.length,
      violations: result.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')),
    }))
    await page.close()
  }
}
await browser.close()
