package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// era is which of the two divisions a text of today means by the name of a
// province that is larger now, where it says so.
type era uint8

const (
	unsaid era = iota
	former     // "Phú Thọ (cũ)", "trước sáp nhập"
	today      // "Phú Thọ (mới)", "sau hợp nhất"
)

// eraBehind is what stands right behind a name that ends at a byte of the text:
// "Phú Thọ cũ", "Gia Lai (trước sáp nhập)", "Quảng Trị (mới)".
func (s *sentence) eraBehind(end int) era {
	t := s.from
	for t < s.to && s.toks[t].Start < end {
		t++
	}
	bracket := s.key(t) == '('
	if bracket {
		t++
	}
	switch rest := s.toks[:s.to]; {
	case s.key(t) == keyFormer, beginsAt(rest, t, beforeMerger):
		return former
	case bracket && s.key(t) == keyNew, beginsAt(rest, t, afterMerger):
		return today
	}
	return unsaid
}

// eraBefore is what the sentence says before a number: "Trước khi sáp nhập, ba
// tỉnh … lần lượt có", "tính theo địa giới cũ, Bình Định có". then reports that it
// is said as a time and not of a territory. A day since the merger ends it.
func (s *sentence) eraBefore(m *mention) (e era, then bool) {
	toks := s.toks[:s.to]
	for t := s.from; t < s.list[m.mark].from; t++ {
		switch {
		case beginsAt(toks, t, beforeMerger) && !s.comparedAt(t):
			e, then = former, !territory[s.key(t-1)] && s.key(t-1) != '('
		case beginsAt(toks, t, oldBounds):
			e, then = former, false
		case beginsAt(toks, t, afterMerger):
			e, then = today, false
		case e == former:
			if i := s.markAt(t); i >= 0 && s.tells(&s.list[i]) && s.times[s.list[i].ref].Period.Last() >= record.Merger {
				e, then = unsaid, false
			}
		}
	}
	return e, then
}

// comparedAt reports whether what begins at token t is only compared with: "gấp
// 1,8 lần so với trước khi hợp nhất".
func (s *sentence) comparedAt(t int) bool {
	return slices.ContainsFunc(s.list, func(mk mark) bool { return mk.to == t && mk.is(lexicon.Marker, "compare") })
}

// eraOf is what the text says of the division that a number's place is of.
func (s *sentence) eraOf(m *mention) (e rowEra) {
	e.era, e.then = s.eraBefore(m)
	e.now = e.era == former && !e.then
	if e.era == unsaid && m.where.own {
		e.era = s.eraBehind(m.where.span.End)
	}
	return e
}

// rowEra is what the text says of the division of a figure's place.
type rowEra struct {
	row  int
	era  era
	then bool // it is the time of the figure too
	now  bool // the old bounds are only how today's number is divided
}

// settleEras gives each figure of a province that is larger now the province
// that its text or its date means. A text of today that says nothing means by a
// day before the merger the province of that day; parts are where their whole is.
func (w *walk) settleEras() {
	if record.VintageAt(w.scope.at) != record.Vintage34 {
		return
	}
	said := map[int]rowEra{}
	for _, e := range w.eras {
		said[e.row] = e
	}
	at := map[string]*record.Figure{}
	moved := map[string]bool{} // figures that mean the former province although they do not say so
	for i := range w.out.Figures {
		f := &w.out.Figures[i]
		at[f.ID] = f
		e := said[i]
		if e.then && f.Movement == record.Stock && f.Status == record.Actual && (f.PeriodBasis != record.PeriodText || f.Period.Last() >= record.Merger) {
			f.Period, f.PeriodBasis = record.Day(record.Merger-1), record.PeriodContext
		}
		if e.now && f.Movement == record.Stock && f.Status == record.Actual && !f.Period.Known() {
			f.Period, f.PeriodBasis = record.Day(w.scope.published), record.PeriodPublished
		}
		old, ok := w.formerly(f.Place)
		if !ok {
			continue
		}
		whole := at[f.Of]
		switch {
		case e.era == former, whole != nil && moved[whole.ID] && whole.Place == old, w.besideFormer(i, whole):
			f.Place = old
		case e.era == unsaid && whole == nil && f.Status == record.Actual && f.PeriodBasis != record.PeriodPublished &&
			f.Period.Known() && f.Period.Last() < record.Merger:
			f.Place = old
		default:
			continue
		}
		moved[f.ID] = true
	}
}

// besideFormer reports whether figure i is one of several parts of a whole, each
// of a province that makes up the whole's: "940 sản phẩm, trong đó Nam Định 544,
// Ninh Bình 231 và Hà Nam 165".
func (w *walk) besideFormer(i int, whole *record.Figure) bool {
	f := &w.out.Figures[i]
	return whole != nil && whole.Place == f.Place && slices.ContainsFunc(w.out.Figures, func(g record.Figure) bool {
		now, ok := w.r.gaz.Now(g.Place)
		return ok && g.Of == f.Of && g.Dims == f.Dims && g.Place.Level == record.LevelProvince && g.Place != f.Place && now.Code == f.Place.Code
	})
}

// formerly is the former province of the name of one of today that is larger.
func (w *walk) formerly(p record.Place) (record.Place, bool) {
	if p.Level != record.LevelProvince || p.Vintage != record.Vintage34 {
		return record.Place{}, false
	}
	parts := w.r.gaz.Parts(p)
	i := slices.IndexFunc(parts, func(q record.Place) bool { return q.Name == p.Name })
	if len(parts) < 2 || i < 0 {
		return record.Place{}, false
	}
	return parts[i], true
}
