// Clicks from every number of the map to the words that printed it, and takes the
// pictures of the guide. Prints what it found as JSON.
import { chromium } from 'playwright-core'

const [executablePath, root, pictures] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const at = name => new URL(name, 'file://' + root + '/').href
const result = { numbers: 0, clicks: 0, faults: [] }
const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } })
await page.goto(at('index.html'))
const measures = await page.locator('input[name=measure]').count()
for (let m = 0; m < measures; m++) {
  await page.locator('#m' + m).check()
  const tiles = await page.locator('.map a.m' + m).evaluateAll(all => all.map((a, i) => ({ i, text: a.querySelector('b').innerText, name: a.innerText })).filter(t => !t.text.startsWith('–')))
  for (const tile of tiles) {
    result.numbers++
    await page.locator('.map a.m' + m).nth(tile.i).click()
    let clicks = 1
    const target = page.locator(':target')
    if (m > 4) { // counts of articles and of conflicts stand in the summary
      const words = await target.locator('xpath=..').innerText()
      if (!words.includes(tile.text)) result.faults.push(tile.name + ': the summary does not have it')
    } else {
      const number = await target.locator('td.num').innerText()
      if (number !== tile.text) result.faults.push(tile.name + ': the row has ' + number)
      await target.locator('a.w').first().click()
      clicks++
      const words = await page.locator('mark:target').evaluate(e => e.closest('p').innerText).catch(() => '')
      if (words === '') result.faults.push(tile.name + ': no sentence behind it')
    }
    result.clicks = Math.max(result.clicks, clicks)
    await page.goto(at('index.html'))
    await page.locator('#m' + m).check()
  }
}
const shoot = (name, options) => page.screenshot({ path: pictures + '/' + name, ...options })
await page.locator('#m0').check()
await shoot('site-map.png')
await page.goto(at('place/63-93.html'))
await shoot('site-province.png', { clip: { x: 0, y: 0, width: 1280, height: 1500 }, fullPage: true })
await page.locator('a.w').first().click()
await page.locator('mark:target').focus()
await shoot('site-evidence.png', {})
await page.goto(at('provinces.html'))
await page.getByRole('button', { name: 'Sản phẩm OCOP' }).click()
await page.getByRole('button', { name: 'Sản phẩm OCOP' }).click()
await shoot('site-table.png', {})
await page.setViewportSize({ width: 390, height: 844 })
await page.goto(at('place/63-93.html'))
await shoot('site-phone.png', {})
console.log(JSON.stringify(result))
await browser.close()
