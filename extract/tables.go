package extract

import (
	"cmp"
	"slices"

	"ocopstat/extract/decide"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// ruleTable is the rule of a number that stands alone in a table cell: its
// column head and row head say what it counts.
const ruleTable = "table"

// tableHead is what the head of a row or column says.
type tableHead struct {
	head  head
	stars record.Stars
	facet record.Facet
	move  record.Movement
	when  when
	place record.Place
	total bool // "Tổng số", "Cộng"
	ours  bool // something of it is a dimension of figures
}

// tableReader gathers the heads of one table as its cells go by, row by row.
type tableReader struct {
	table int
	cols  map[int]*tableHead
	row   int
	first tableHead // head of the present row
	over  []rowHead // heads of it and rows beside it
	span  record.Span
	data  bool // a number has been met
}

// rowHead is the head of several rows.
type rowHead struct {
	tableHead
	end int // the row below them
}

// cell reads block n as a cell. It reports false when the cell is prose or has
// words beside its number, to be read like any paragraph.
func (w *walk) cell(n int) bool {
	b := &w.article.Blocks[n]
	t := &w.table
	if t.cols == nil || t.table != b.Cell.Table {
		*t = tableReader{table: b.Cell.Table, cols: map[int]*tableHead{}}
	}
	if t.span.End == 0 || b.Cell.Row != t.row {
		t.row, t.first, t.span = b.Cell.Row, tableHead{}, w.rowSpan(n)
		t.over = slices.DeleteFunc(t.over, func(h rowHead) bool { return h.end <= t.row })
	}
	toks := w.tokens(n)
	if num, ok := w.cellNumber(n); ok {
		t.data = true
		w.cellFigure(n, num)
		return true
	}
	if len(toks) > 24 {
		return false
	}
	s := w.begin(toks, 0, len(toks))
	h := w.readHead(s)
	if b.Cell.Header || !t.data {
		for c := b.Cell.Col; c < b.Cell.Col+max(1, b.Cell.Span); c++ {
			t.cols[c] = t.cols[c].merge(h)
		}
	}
	switch {
	case !t.data && b.Cell.Col > 0 && len(t.over) == 0:
	case b.Cell.Rows > 1 && !b.Cell.Header:
		t.over = append(t.over, rowHead{h, t.row + b.Cell.Rows})
	case !t.first.ours:
		t.first = h
	}
	if len(s.numbers) > 0 {
		return false
	}
	w.emit(s)
	return true
}

// cellNumber reads a cell that holds one number and nothing else.
func (w *walk) cellNumber(n int) (number.Number, bool) {
	toks := w.tokens(n)
	if len(toks) == 0 || len(toks) > 6 {
		return number.Number{}, false
	}
	num, used, err := number.Scan(w.article.Text, toks, 0)
	return num, err == nil && used == len(toks) && !num.Words && num.Kind == number.Single && !num.Code && !num.Ordinal
}

// readHead reads the head of a row or column.
func (w *walk) readHead(s *sentence) tableHead {
	var h tableHead
	for i := range s.list {
		mk := &s.list[i]
		switch mk.kind {
		case markStars:
			h.stars, h.ours = s.marks.stars[mk.ref].stars, true
		case markTime:
			if t := &s.times[mk.ref]; t.Whole.Known() {
				h.when, h.ours = when{period: t.Period, basis: record.PeriodText, mark: t.Mark, own: true, span: t.Span}, true
			}
		case markPlace:
			if p, ok := s.scopePlace(i); ok {
				h.place, h.ours = p, true
			}
		case markTerm:
			h.term(mk)
		}
	}
	return h
}

func (h *tableHead) term(mk *mark) {
	if code := mk.code(lexicon.Noun); code != "" {
		next := headOf(code)
		next.kinds |= h.head.kinds
		h.head, h.ours = next, true
	}
	if f := mk.code(lexicon.Facet); f != "" && mk.code(lexicon.Noun) == "" {
		h.facet, h.ours = record.Facet(f), true
	}
	switch m := record.Movement(mk.code(lexicon.Movement)); m {
	case record.Stock:
		h.total, h.ours = true, true
	case record.New, record.Renewed, record.Upgraded, record.Expired, record.Recognised, record.Candidate:
		h.move, h.ours = m, true
	}
}

// merge adds the head of a further row of column heads: "Số sản phẩm OCOP" over
// "3 sao".
func (h *tableHead) merge(g tableHead) *tableHead {
	if h == nil {
		return &g
	}
	if g.head.subject != "" {
		h.head = g.head
	}
	h.stars, h.facet, h.move = cmp.Or(g.stars, h.stars), cmp.Or(g.facet, h.facet), cmp.Or(g.move, h.move)
	if g.when.period.Known() {
		h.when = g.when
	}
	if g.place.Known() {
		h.place = g.place
	}
	h.total, h.ours = h.total || g.total, h.ours || g.ours
	return h
}

// cellFigure makes a figure of a number in a cell, or says why not.
func (w *walk) cellFigure(n int, num number.Number) {
	b, t := &w.article.Blocks[n], &w.table
	col := t.cols[b.Cell.Col]
	var both tableHead
	for _, h := range t.over {
		both.merge(h.tableHead)
	}
	both.merge(t.first)
	if col == nil || !col.ours || !w.ocop || !col.counts() && !both.counts() {
		reason := record.NotOurs
		if b.Cell.Col == 0 {
			reason = record.IsOrdinal
		}
		w.reject(num.Span, reason, false)
		return
	}
	cell := both.merge(*col)
	m := mention{num: &num, fact: fact{
		value: num.Value, percent: num.Percent, head: cell.head, stars: cell.stars, facet: cell.facet, move: cell.move,
		status: record.Actual, qualifier: record.Exactly, rule: ruleTable, when: cell.when, where: w.scope.here,
	}}
	m.head.subject, m.move = cmp.Or(m.head.subject, record.Product), cmp.Or(m.move, record.Stock)
	if cell.place.Known() {
		m.where = where{places: []record.Place{cell.place}, basis: record.PlaceText, own: true}
	}
	if !m.when.period.Known() {
		m.when = w.scope.seen
	}
	if !m.when.period.Known() {
		m.when = w.scope.timeFor(&m)
	}
	f := w.figure(nil, &m, t.span)
	f.ID = record.FigureID(w.article.ID, f.Start, 0)
	w.out.Figures = append(w.out.Figures, f)
	w.seen.Figures = append(w.seen.Figures, decide.Figure{Figure: f, Sentence: max(0, len(w.seen.Sentences)-1), Unit: -1, At: w.seen.at(f.Place), Whole: -1, Of: -1, List: -1, Role: "cell"})
}

// counts reports whether a head says what is counted.
func (h *tableHead) counts() bool {
	return h.head.subject != "" || h.stars != "" || h.facet != "" || h.total
}

// rowSpan is the stretch of the text from block n, the first cell of its row, to
// the last.
func (w *walk) rowSpan(n int) record.Span {
	blocks := w.article.Blocks
	hi := n
	for hi+1 < len(blocks) && sameRow(blocks[n].Cell, blocks[hi+1].Cell) {
		hi++
	}
	return record.Span{Start: blocks[n].Start, End: blocks[hi].End}
}
