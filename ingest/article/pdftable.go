package article

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
)

// pullTables finds the tables of a page: rows of columns with numbers in them.
// It returns the lines with the parts beside each other joined, and for some
// lines, by their index, the table that stands in their place.
func pullTables(parts []printedLine) (lines []printedLine, tables map[int][][]printedLine) {
	tables = map[int][][]printedLine{}
	regions := tableRows(parts)
	done := make([]bool, len(regions))
	for _, p := range parts {
		k := slices.IndexFunc(regions, func(rows [][]printedLine) bool { return covers(rows, p) })
		switch {
		case k < 0:
			if n := len(lines) - 1; n >= 0 && tables[n] == nil && lines[n].beside(p) {
				lines[n].join(p)
				continue
			}
			lines = append(lines, p)
		case !done[k]:
			done[k] = true
			tables[len(lines)] = regions[k]
			lines = append(lines, p)
		}
	}
	return lines, tables
}

// beside reports whether another part goes on to the right on the same line.
func (l printedLine) beside(o printedLine) bool {
	return l.sameRow(o) && o.left >= l.right
}

func (l printedLine) sameRow(o printedLine) bool {
	overlap := min(l.top, o.top) - max(l.bottom, o.bottom)
	return overlap > 0.5*min(l.top-l.bottom, o.top-o.bottom)
}

func (l *printedLine) join(o printedLine) {
	l.text = strings.TrimRight(l.text, " ") + " " + o.text
	l.right, l.top, l.bottom = o.right, max(l.top, o.top), min(l.bottom, o.bottom)
	l.bold = l.bold && o.bold
}

// tableRows returns the runs of three rows or more with several columns each and
// numbers in at least two of them.
func tableRows(parts []printedLine) [][][]printedLine {
	var tables [][][]printedLine
	var run [][]printedLine
	end := func() {
		for len(run) > 0 && len(run[len(run)-1]) < 2 {
			run = run[:len(run)-1]
		}
		if isTable(run) {
			tables = append(tables, run)
		}
		run = nil
	}
	for _, row := range visualRows(parts) {
		if slices.ContainsFunc(row, func(p printedLine) bool { return signature.MatchString(strings.TrimSpace(p.text)) }) {
			end()
			continue
		}
		switch {
		case len(run) == 0 && len(row) < 2:
			continue
		case len(run) > 0 && far(run[len(run)-1], row), len(row) == 1 && row[0].right-row[0].left > 0.6*(width(run)):
			end()
			if len(row) < 2 {
				continue
			}
		}
		run = append(run, row)
	}
	end()
	return tables
}

// visualRows sorts the parts of a page into rows, from the top down, and each row from left to right.
func visualRows(parts []printedLine) [][]printedLine {
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b printedLine) int { return cmp.Compare(b.top+b.bottom, a.top+a.bottom) })
	var rows [][]printedLine
	for _, p := range sorted {
		if n := len(rows) - 1; n >= 0 && rows[n][0].sameRow(p) {
			rows[n] = append(rows[n], p)
			continue
		}
		rows = append(rows, []printedLine{p})
	}
	for _, r := range rows {
		slices.SortStableFunc(r, func(a, b printedLine) int { return cmp.Compare(a.left, b.left) })
	}
	return rows
}

func far(above, row []printedLine) bool {
	return above[0].bottom-row[0].top > 3*max(above[0].height, row[0].height)
}

func width(rows [][]printedLine) float64 {
	left, right := 0.0, 0.0
	for i, r := range rows {
		if i == 0 || r[0].left < left {
			left = r[0].left
		}
		right = max(right, r[len(r)-1].right)
	}
	return right - left
}

func isTable(rows [][]printedLine) bool {
	wide, numbers := 0, 0
	for _, r := range rows {
		if len(r) > 1 {
			wide++
		}
		if len(r) > 1 && slices.ContainsFunc(r, isFigure) {
			numbers++
		}
	}
	return wide >= 3 && numbers >= 2
}

func covers(rows [][]printedLine, p printedLine) bool {
	return p.top <= rows[0][0].top+p.height && p.bottom >= rows[len(rows)-1][0].bottom-p.height &&
		slices.ContainsFunc(rows, func(r []printedLine) bool { return slices.Contains(r, p) })
}

func isFigure(p printedLine) bool { return isNumber(strings.TrimSpace(p.text)) }

// grid gives each part of a table its row and column. Over the first number
// stand heads; below, a row without numbers and without a first column goes on
// with the row above.
type grid struct {
	columns [][2]float64
	cells   []piece
	index   map[[2]int]int // of the cell at a row and column
	row     int
	above   []int // for each column the head over it, -1 without
}

func gridTable(rows [][]printedLine, count *tables) []piece {
	g := grid{columns: columnsOf(rows), index: map[[2]int]int{}, row: -1}
	for range g.columns {
		g.above = append(g.above, -1)
	}
	data := false
	for _, row := range rows {
		if data = data || slices.ContainsFunc(row, isFigure); !data {
			g.heads(row)
			continue
		}
		if columnOf(g.columns, row[0]) == 0 || slices.ContainsFunc(row, isFigure) {
			g.row++
		}
		for _, p := range row {
			g.put(p, columnOf(g.columns, p), 1, false)
		}
	}
	return count.add(g.cells)
}

func (g *grid) put(p printedLine, col, span int, header bool) int {
	at := [2]int{g.row, col}
	if k, ok := g.index[at]; ok {
		g.cells[k].text += " " + p.text
		return k
	}
	g.index[at] = len(g.cells)
	g.cells = append(g.cells, piece{kind: record.BlockCell, text: p.text, cell: &record.Cell{Row: g.row, Col: col, Span: several(span), Header: header}})
	return len(g.cells) - 1
}

// heads reads a row of column heads. A column belongs to the part nearest to it
// among those under one head. A part that stands alone under a head goes on with
// its text.
func (g *grid) heads(row []printedLine) {
	under := map[int]int{} // how many parts stand under a head
	at := make([]int, len(row))
	for i, p := range row {
		at[i] = columnOf(g.columns, p)
		under[g.above[at[i]]]++
	}
	lone := g.row >= 0
	for head, n := range under {
		lone = lone && head >= 0 && n == 1
	}
	if lone {
		for i, p := range row {
			g.cells[g.above[at[i]]].text += " " + p.text
		}
		return
	}
	g.row++
	heads := slices.Clone(g.above)
	for i, p := range row {
		mine := func(c int) bool {
			best := i
			for k, o := range row {
				if g.above[at[k]] == g.above[c] && distance(g.columns[c], o) < distance(g.columns[c], row[best]) {
					best = k
				}
			}
			return c >= 0 && c < len(g.columns) && g.above[c] == g.above[at[i]] && best == i
		}
		lo, hi := at[i], at[i]
		for lo > 0 && mine(lo-1) {
			lo--
		}
		for hi+1 < len(g.columns) && mine(hi+1) {
			hi++
		}
		k := g.put(p, lo, hi-lo+1, true)
		for c := lo; c <= hi; c++ {
			heads[c] = k
		}
	}
	g.above = heads
}

// columnsOf returns the left and right ends of the columns, taken from the rows
// with the most parts, one for each column.
func columnsOf(rows [][]printedLine) [][2]float64 {
	most := 0
	for _, r := range rows {
		most = max(most, len(r))
	}
	var columns [][2]float64
	for _, r := range rows {
		if len(r) < most {
			continue
		}
		for i, p := range r {
			if i == len(columns) {
				columns = append(columns, [2]float64{p.left, p.right})
			}
			columns[i] = [2]float64{min(columns[i][0], p.left), max(columns[i][1], p.right)}
		}
	}
	return columns
}

// columnOf returns the column that a part lies in, or is nearest to.
func columnOf(columns [][2]float64, p printedLine) int {
	best := 0
	for i, c := range columns {
		if distance(c, p) < distance(columns[best], p) {
			best = i
		}
	}
	return best
}

// distance is how far a part stands from a column, less than 0 where they overlap.
func distance(c [2]float64, p printedLine) float64 { return max(p.left, c[0]) - min(p.right, c[1]) }
