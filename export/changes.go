package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// Changes are what an issue says otherwise than the one before.
type Changes struct {
	New, Revised, Withdrawn []Change
}

// Change is one statistic that is new, says something else, or is gone.
type Change struct {
	Old, New *record.Statistic // nil for a new, respectively a withdrawn one
}

// Compare finds what changed between the statistics of two issues. Only those
// that the sheets show count; a statistic is the same when its ID is.
// Each list is sorted by ID. A statistic was revised when its value, its
// bounds, its qualifier or its conflict are others.
func Compare(before, now []record.Statistic) Changes {
	old, current := standing(before), standing(now)
	var c Changes
	for id, n := range current {
		o := old[id]
		switch {
		case o == nil:
			c.New = append(c.New, Change{nil, n})
		case !sameNumber(o, n):
			c.Revised = append(c.Revised, Change{o, n})
		}
	}
	for id, o := range old {
		if current[id] == nil {
			c.Withdrawn = append(c.Withdrawn, Change{o, nil})
		}
	}
	for _, list := range [][]Change{c.New, c.Revised, c.Withdrawn} {
		slices.SortFunc(list, func(x, y Change) int { return strings.Compare(x.subject().ID, y.subject().ID) })
	}
	return c
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

func sameNumber(x, y *record.Statistic) bool {
	return x.HasValue == y.HasValue && (!x.HasValue || x.Value.Equal(y.Value)) && x.Low.Equal(y.Low) && x.High.Equal(y.High) &&
		x.Qualifier == y.Qualifier && x.Conflict == y.Conflict
}

// subject is the statistic that the change is about.
func (c Change) subject() *record.Statistic {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// changesSheet shows what changed since the issue before.
func (b *book) changesSheet() *sheet {
	type row struct {
		kind int
		Change
	}
	kinds := []string{texts.Both("change.revised"), texts.Both("change.withdrawn"), texts.Both("change.new")}
	var rows []row
	unit := "sheet.changes.first"
	if c := b.opt.Changes; c != nil {
		unit = "sheet.changes.unit"
		for kind, list := range [][]Change{c.Revised, c.Withdrawn, c.New} {
			for _, ch := range list {
				rows = append(rows, row{kind, ch})
			}
		}
	}
	slices.SortStableFunc(rows, func(x, y row) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), b.comparePlaces(x.subject().Place, y.subject().Place),
			compareIndicators(x.subject().Dims, y.subject().Dims), cmp.Compare(x.subject().LastDay(), y.subject().LastDay()))
	})
	return &sheet{
		key: "sheet.changes", table: "thay_doi",
		unit: texts.Both(unit),
		columns: []column{
			{"col.change", plain, 17}, {"col.place", plain, 24}, {"col.indicator", prose, 40},
			{"col.time", plain, 14}, {"col.unit", plain, 14}, {"col.old", number, 12}, {"col.new", number, 12},
			{"col.why", prose, 46}, {"col.article", prose, 36},
		},
		freeze: 2, n: len(rows),
		row: func(i int) []any {
			r := rows[i]
			s := r.subject()
			before, after := any(notApplicable), any(notApplicable)
			if r.Old != nil {
				before = value(r.Old)
			}
			if r.New != nil {
				after = value(r.New)
			}
			return []any{kinds[r.kind], placeText(s.Place), b.indicatorText(s.Dims), timeText(s), b.unit(s.Dims), before, after,
				b.why(r.Change), articleLink(b.articleOf(s.ID))}
		},
	}
}

// why says what brought a change about, as far as the two statistics tell.
func (b *book) why(c Change) string {
	switch {
	case c.Old == nil:
		return b.whyNew(c.New)
	case c.New == nil:
		return texts.Both("change.gone")
	}
	var out []string
	if c.New.Sources > c.Old.Sources {
		out = append(out, texts.Both("change.more-sources", c.New.Sources-c.Old.Sources))
	}
	if c.New.Conflict != c.Old.Conflict {
		if c.New.Conflict {
			out = append(out, texts.Both("change.conflict"))
		} else {
			out = append(out, texts.Both("change.settled"))
		}
	}
	if c.New.Qualifier != c.Old.Qualifier {
		out = append(out, b.label.Of("qualifier", string(c.Old.Qualifier)).Both()+" → "+b.label.Of("qualifier", string(c.New.Qualifier)).Both())
	}
	if c.New.Basis != c.Old.Basis {
		out = append(out, b.label.Of("basis", string(c.Old.Basis)).Both()+" → "+b.label.Of("basis", string(c.New.Basis)).Both())
	}
	if c.New.Choice != "" {
		out = append(out, texts.Both("why.chosen")+": "+reason(c.New.Choice))
	}
	if c.New.Derivation != "" {
		out = append(out, c.New.Derivation)
	}
	if len(out) == 0 {
		return texts.Both("change.other")
	}
	return strings.Join(out, "; ")
}

// whyNew says what a new statistic rests on, and what was known before it.
func (b *book) whyNew(s *record.Statistic) string {
	out := []string{texts.Both("change.first")}
	if old := b.earlier(s); old != nil {
		out[0] = texts.Both("change.before", valueText(old), timeText(old))
	}
	if s.Basis != record.Reported {
		out = append(out, b.label.Of("basis", string(s.Basis)).Both())
	}
	if s.Sources > 1 {
		out = append(out, texts.Both("change.sources", s.Sources))
	}
	return strings.Join(append(out, b.remarksOf(s)...), "; ")
}

// changeCounts is the line of the cover.
func (b *book) changeCounts() string {
	c := b.opt.Changes
	if c == nil {
		return na + " " + texts.Both("change.none")
	}
	return texts.Both("change.counts", len(c.New), len(c.Revised), len(c.Withdrawn))
}

// highlights are the changes that the cover tells: totals of the country and of
// provinces, as they stand now, that are new or revised. The newest dates come
// first; of more than fit, the last line says how many.
func (b *book) highlights() string {
	const fit = 6
	c := b.opt.Changes
	if c == nil {
		return ""
	}
	var told []Change
	for _, ch := range slices.Concat(c.Revised, c.New) {
		if b.isTotal(ch.New) {
			told = append(told, ch)
		}
	}
	slices.SortStableFunc(told, func(x, y Change) int {
		return cmp.Or(cmp.Compare(y.New.LastDay(), x.New.LastDay()), b.comparePlaces(x.New.Place, y.New.Place), cmp.Compare(y.New.Subject, x.New.Subject))
	})
	var lines []string
	for _, ch := range told[:min(fit, len(told))] {
		lines = append(lines, b.highlight(ch))
	}
	if more := len(told) - fit; more > 0 {
		lines = append(lines, texts.Both("change.more", more, tabOf("sheet.changes")))
	}
	return strings.Join(lines, "\n")
}

// isTotal reports whether a statistic is the latest total of the country or of a province.
func (b *book) isTotal(s *record.Statistic) bool {
	if !s.HasValue || s.Place.Level != record.LevelCountry && s.Place.Level != record.LevelProvince || !stockOf(s.Subject)(s) {
		return false
	}
	best := b.latest(s.Place, stockOf(s.Subject))
	return best != nil && best.ID == s.ID
}

func (b *book) highlight(ch Change) string {
	s := ch.New
	text := fmt.Sprintf("%s: %s %s (%s)", placeText(s.Place), s.Value.VI(), b.unit(s.Dims), timeText(s))
	switch earlier := b.earlier(s); {
	case ch.Old != nil && ch.Old.HasValue && !ch.Old.Value.Equal(s.Value):
		text += "; " + texts.Both("change.last-issue") + ": " + ch.Old.Value.VI()
	case ch.Old == nil && earlier != nil:
		text += fmt.Sprintf("; %s: %s (%s)", texts.Both("change.earlier"), valueText(earlier), timeText(earlier))
	}
	return text
}

// earlier is the statistic of the same place that counts the same at the last date before, or nil.
func (b *book) earlier(s *record.Statistic) *record.Statistic {
	return b.latest(s.Place, func(old *record.Statistic) bool {
		return old.Status == s.Status && old.Movement == s.Movement && sameKind(old.Dims, s.Dims) && old.LastDay() < s.LastDay() && old.LastDay().Known()
	})
}
