package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// Changes are what an issue says otherwise than the one before, each list in the
// order of the statistics' IDs.
type Changes struct {
	New       []Change // of a place, indicator and time of which there was none
	Later     []Change // of a later time than the number of before, and another number
	Revised   []Change // of the same time, another number
	Withdrawn []Change // that are not there any more
}

// Change is one statistic that is new, says something else, or is gone.
type Change struct {
	Old, New *record.Statistic // nil for a new, respectively a withdrawn one
}

// Compare finds what changed between the statistics of two issues. Only those
// that the sheets show count; a statistic is the same when its ID is. What says
// the number of before again, of the same or of a later time, is no change.
func Compare(before, now []record.Statistic) Changes {
	old, current := standing(before), standing(now)
	lines := map[string][]*record.Statistic{} // of before, by what they count and where
	for _, id := range slices.Sorted(maps.Keys(old)) {
		key := lineOf(old[id])
		lines[key] = append(lines[key], old[id])
	}
	var c Changes
	for _, id := range slices.Sorted(maps.Keys(current)) {
		n, o := current[id], old[id]
		if o == nil {
			o = record.Latest(upTo(lines[lineOf(n)], n.LastDay())...)
		}
		switch {
		case o == nil:
			c.New = append(c.New, Change{nil, n})
		case sameNumber(o, n):
		case o.LastDay() == n.LastDay():
			c.Revised = append(c.Revised, Change{o, n})
		default:
			c.Later = append(c.Later, Change{o, n})
		}
	}
	said := map[string]bool{} // what is said again, though under another ID
	for _, n := range current {
		said[saying(n)] = true
	}
	revised := map[*record.Statistic]bool{}
	for _, ch := range c.Revised {
		revised[ch.Old] = true
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if o := old[id]; current[id] == nil && !said[saying(o)] && !revised[o] {
			c.Withdrawn = append(c.Withdrawn, Change{o, nil})
		}
	}
	return c
}

// lineOf names what a statistic counts and where, whenever: all that make a line over time.
func lineOf(s *record.Statistic) string {
	d := s.Dims
	if total(d.Stars) {
		d.Stars = record.StarsAny
	}
	start := ""
	if s.Movement != record.Stock || s.Status == record.Target { // flows from one day on, and plans of one time
		start = s.Period.Start.String()
		if s.Status == record.Target {
			start = s.Period.String()
		}
	}
	return fmt.Sprint(territoryOf(s.Place), d, start)
}

// saying is a line with its time and number.
func saying(s *record.Statistic) string {
	return fmt.Sprint(lineOf(s), s.LastDay(), s.HasValue, s.Value.Trim(), s.Low.Trim(), s.High.Trim())
}

// upTo are the statistics up to a day.
func upTo(list []*record.Statistic, day record.Date) []*record.Statistic {
	return slices.DeleteFunc(slices.Clone(list), func(s *record.Statistic) bool { return s.LastDay() > day || !s.LastDay().Known() && day.Known() })
}

func standing(all []record.Statistic) map[string]*record.Statistic {
	out := make(map[string]*record.Statistic, len(all))
	for i := range all {
		if s := &all[i]; shown(s) {
			out[s.ID] = s
		}
	}
	return out
}

// sameNumber reports whether a reader sees the same number.
func sameNumber(x, y *record.Statistic) bool {
	return x.HasValue == y.HasValue && (!x.HasValue || x.Value.Equal(y.Value)) && (x.HasValue || x.Low.Equal(y.Low) && x.High.Equal(y.High))
}

// subject is the statistic that the change is about.
func (c Change) subject() *record.Statistic {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// Len is how many changes there are.
func (c *Changes) Len() int { return len(c.New) + len(c.Later) + len(c.Revised) + len(c.Withdrawn) }

// Counts says how many changes there are of each kind.
func (c *Changes) Counts() texts.Text {
	return texts.Of("change.counts", len(c.New), len(c.Later), len(c.Revised), len(c.Withdrawn))
}

// changesSheet shows what changed since the issue before, or between two editions of one issue.
func (b *book) changesSheet(key, name string, c *Changes) *sheet {
	type row struct {
		kind int
		Change
	}
	kinds := []string{b.say("change.revised"), b.say("change.withdrawn"), b.say("change.later"), b.say("change.new")}
	var rows []*row
	unit := "sheet.changes.first"
	if c != nil {
		unit = key + ".unit"
		for kind, list := range [][]Change{c.Revised, c.Withdrawn, c.Later, c.New} {
			for _, ch := range list {
				rows = append(rows, &row{kind, ch})
			}
		}
	}
	slices.SortStableFunc(rows, func(x, y *row) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(boolInt(!x.subject().Total()), boolInt(!y.subject().Total())), b.comparePlaces(x.subject().Place, y.subject().Place),
			compareIndicators(x.subject().Dims, y.subject().Dims), cmp.Compare(x.subject().LastDay(), y.subject().LastDay()))
	})
	return &sheet{
		key: key, table: name,
		unit: b.say(unit),
		columns: []column{
			{"col.change", plain, 13}, {"col.place", plain, 16}, {"col.indicator", prose, 25},
			{"col.time", plain, 14}, {"col.old", number, 10}, {"col.old-time", plain, 14}, {"col.new", number, 10}, {"col.difference", number, 10},
			{"col.why", prose, 40}, articleColumn,
		},
		freeze: 2, printed: 9, n: len(rows),
		row: func(i int) []any {
			r := rows[i]
			s := r.subject()
			before, after, then, moved := any(notApplicable), any(notApplicable), notApplicable, any(notApplicable)
			if r.Old != nil {
				before, then = value(r.Old), timeText(r.Old)
			}
			if r.New != nil {
				after = value(r.New)
			}
			if r.Old != nil && r.New != nil && r.Old.HasValue && r.New.HasValue {
				moved = difference(r.New.Value, r.Old.Value).difference
			}
			return []any{kinds[r.kind], placeText(s.Place), b.indicatorText(s.Dims), timeText(s), before, then, after, moved,
				b.why(r.Change), articleLink(b.articleOf(s.ID))}
		},
	}
}

// why says in one sentence what brought a change about, as far as the two statistics tell.
func (b *book) why(c Change) string {
	if c.New == nil {
		return b.whyGone(c.Old)
	}
	n := c.New
	for _, s := range b.support[n.ID] {
		if b.rows.Decisions[s.FigureID] != "" {
			return cmp.Or(b.whyOffice(func(m Mark) bool { return m.FigureID == s.FigureID }), b.say("change.why-office"))
		}
	}
	source := b.sourceText(n.ID)
	tail := b.whyTail(n)
	switch {
	case c.Old == nil && n.Basis == record.Derived:
		return b.say("change.why-derived", n.Derivation) + tail
	case c.Old == nil:
		return b.say("change.why-new", source) + tail
	case c.Old.LastDay() != n.LastDay():
		return b.say("change.why-later", source, n.LastDay().VI()) + tail
	case n.Choice != "":
		return b.say("change.why-chosen", source, b.reason(n.Choice)) + tail
	case n.Basis == record.Derived:
		return b.say("change.why-derived", n.Derivation) + tail
	}
	return b.say("change.why-revised", source) + tail
}

// whyTail says what speaks against a number that is new.
func (b *book) whyTail(s *record.Statistic) string {
	switch {
	case s.Conflict:
		return " " + b.say("change.but-differs", b.tab("sheet.decide"))
	case s.Quality == record.DoubtfulQuality:
		return " " + b.say("change.but-doubtful", b.reason(s.QualityReason))
	}
	return ""
}

// whyOffice says what somebody decided and why, "" when nobody did.
func (b *book) whyOffice(about func(Mark) bool) string {
	for _, m := range b.opt.Decided {
		if about(m) {
			return b.say("change.why-office-said", m.Reason, m.By, m.On.VI())
		}
	}
	return ""
}

// whyGone says why a number of before stands no more.
func (b *book) whyGone(old *record.Statistic) string {
	if said := b.whyOffice(func(m Mark) bool { return m.StatisticID == old.ID }); said != "" {
		return said
	}
	if s := b.byID[old.ID]; s != nil && s.Quality == record.DoubtfulQuality {
		return b.say("change.why-waits", b.reason(s.QualityReason))
	}
	if b.byID[old.ID] != nil {
		return b.say("change.why-other")
	}
	return b.say("change.why-gone")
}

// sourceText names the outlet and day of the article that a statistic rests on.
func (b *book) sourceText(id string) texts.Text {
	a := b.articleOf(id)
	if a == nil {
		return texts.Of("change.some-source")
	}
	if day := newsDate(a); day.Known() {
		return texts.Of("change.source-on", b.outlet(a), day.VI())
	}
	return texts.Of("change.source", b.outlet(a))
}

// highlights are the changes that the first page tells: totals of the country and of
// provinces, as they stand now or stand no more. Those of the own province come first,
// then what was withdrawn, then the newest dates; of more than fit, the last line says how many.
func (b *book) highlights(fit int) (lines []string) {
	c := b.opt.Changes
	if c == nil {
		return nil
	}
	var told []*Change
	for _, list := range [][]Change{c.Withdrawn, c.Revised, c.Later, c.New} {
		for i := range list {
			sh := b.shelf
			if list[i].New == nil {
				sh = b.before
			}
			if sh.isTotal(list[i].subject()) {
				told = append(told, &list[i])
			}
		}
	}
	away := func(s *record.Statistic) int {
		return boolInt(s.Place.Level != record.LevelCountry && !b.isHome(s.Place))
	}
	slices.SortStableFunc(told, func(p, q *Change) int {
		x, y := p.subject(), q.subject()
		return cmp.Or(cmp.Compare(away(x), away(y)), -cmp.Compare(x.Subject, y.Subject), cmp.Compare(boolInt(p.New != nil), boolInt(q.New != nil)),
			cmp.Compare(boolInt(p.Old == nil), boolInt(q.Old == nil)), cmp.Compare(y.LastDay(), x.LastDay()), b.comparePlaces(x.Place, y.Place))
	})
	for _, ch := range told[:min(fit, len(told))] {
		lines = append(lines, b.highlight(*ch))
	}
	if more := len(told) - fit; more > 0 {
		lines = append(lines, b.say("change.more", more, b.tab("sheet.changes")))
	}
	return lines
}

// isTotal reports whether a statistic is the latest total of the country or of a province.
func (sh shelf) isTotal(s *record.Statistic) bool {
	if !s.HasValue || s.Place.Level != record.LevelCountry && s.Place.Level != record.LevelProvince || !stockOf(s.Subject)(s) {
		return false
	}
	best := sh.total(s.Place, s.Subject)
	return best != nil && best.ID == s.ID
}

func (b *book) highlight(ch Change) string {
	s := ch.subject()
	text := fmt.Sprintf("%s: %s %s (%s)", placeText(s.Place), b.num(s.Value), b.unit(s.Dims), timeText(s))
	switch {
	case ch.New == nil:
		return text + b.say("change.gone")
	case ch.Old == nil:
		return text + b.say("change.first")
	}
	was := b.say("change.was", b.valueText(ch.Old), timeText(ch.Old))
	if s.Quality == record.DoubtfulQuality || s.Conflict {
		was += "; " + b.qualityText(s)
	}
	return text + ", " + was
}
