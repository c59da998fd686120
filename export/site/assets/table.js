(function () {
  'use strict'
  const table = document.querySelector('table.sortable')
  if (!table) return
  const body = table.tBodies[0]
  const rows = [...body.rows]
  const fold = s => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase().trim()
  const names = new Map(rows.map(r => [r, fold(r.dataset.name)]))
  const tools = document.getElementById('tools')
  const search = document.getElementById('search')
  const division = document.getElementById('division')
  const quality = document.getElementById('quality')
  const shown = document.getElementById('shown')
  const filter = () => {
    const words = fold(search.value).split(/\s+/)
    let n = 0
    for (const r of rows) {
      const yes = words.every(w => names.get(r).includes(w)) &&
        (!division.value || r.dataset.division.split(' ').includes(division.value)) &&
        (!quality.value || r.dataset.quality === quality.value)
      r.hidden = !yes
      if (yes) n++
    }
    shown.textContent = n + ' / ' + rows.length
  }
  const key = (row, i) => row.cells[i].dataset.sort ?? fold(row.cells[i].textContent)
  const sort = (head, i) => {
    const down = head.getAttribute('aria-sort') === 'ascending'
    for (const h of table.tHead.rows[0].cells) if (h.hasAttribute('aria-sort')) h.setAttribute('aria-sort', 'none')
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    const number = 'number' in head.dataset
    const order = [...rows].sort((a, b) => {
      const x = key(a, i), y = key(b, i)
      if ((x === '') !== (y === '')) return x === '' ? 1 : -1 // what is not known stands last either way
      const d = number ? x - y : x < y ? -1 : x > y ? 1 : 0
      return down ? -d : d
    })
    body.append(...order)
  }
  ;[...table.tHead.rows[0].cells].forEach((head, i) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    head.setAttribute('aria-sort', 'none')
    button.addEventListener('click', () => sort(head, i))
  })
  for (const c of [search, division, quality]) c.addEventListener('input', filter)
  tools.hidden = false
  filter()
})()
