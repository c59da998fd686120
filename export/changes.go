package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

const tabChanges = "Thay đổi"

// changesSheet shows what changed since the issue before.
func (b *book) changesSheet() *sheet {
	type row struct {
		kind string
		Change
	}
	var rows []row
	if c := b.opt.Changes; c != nil {
		for _, part := range []struct {
			kind string
			list []Change
		}{{"mới / new", c.New}, {"sửa / revised", c.Revised}, {"rút / withdrawn", c.Withdrawn}} {
			for _, ch := range part.list {
				rows = append(rows, row{part.kind, ch})
			}
		}
	}
	order := map[string]int{"sửa / revised": 0, "rút / withdrawn": 1, "mới / new": 2}
	slices.SortStableFunc(rows, func(x, y row) int {
		return cmp.Or(cmp.Compare(order[x.kind], order[y.kind]), b.comparePlaces(x.subject().Place, y.subject().Place),
			compareIndicators(x.subject().Dims, y.subject().Dims), cmp.Compare(lastDay(x.subject()), lastDay(y.subject())))
	})
	unit := "Đơn vị: như cột Đơn vị. So với kỳ trước. / Unit: see its column. Against the issue before."
	if b.opt.Changes == nil {
		unit = "Kỳ này không có kỳ trước để so sánh. / There is no earlier issue to compare with."
	}
	return &sheet{
		tab: tabChanges, english: "What changed this week", table: "thay_doi",
		title: "Thay đổi so với kỳ trước / What changed since the last issue", unit: unit,
		columns: []column{
			{"Thay đổi / Change", plain, 17}, {"Địa phương / Place [ghi chú 8]", plain, 24}, {"Chỉ tiêu / Indicator", prose, 40},
			{"Thời gian / Time", plain, 14}, {"Đơn vị / Unit", plain, 14}, {"Trước / Old", number, 12}, {"Nay / New", number, 12},
			{"Lý do / Why", prose, 46}, {"Bài / Article", prose, 36},
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
			return []any{r.kind, placeText(s.Place, true), b.label.indicatorText(s.Dims), timeText(s), b.unit(s.Dims), before, after,
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
		return "không còn con số nào đứng sau, hoặc đã bị loại bỏ / no figure stands behind it any more, or it was rejected"
	}
	var out []string
	if c.New.Sources > c.Old.Sources {
		out = append(out, fmt.Sprintf("thêm %d nguồn / %[1]d more source(s)", c.New.Sources-c.Old.Sources))
	}
	if c.New.Conflict != c.Old.Conflict {
		if c.New.Conflict {
			out = append(out, "có bài nói khác / an article differs")
		} else {
			out = append(out, "hết mâu thuẫn / conflict settled")
		}
	}
	if c.New.Qualifier != c.Old.Qualifier {
		out = append(out, b.label.both("qualifier", string(c.Old.Qualifier))+" → "+b.label.both("qualifier", string(c.New.Qualifier)))
	}
	if c.New.Basis != c.Old.Basis {
		out = append(out, b.label.both("basis", string(c.Old.Basis))+" → "+b.label.both("basis", string(c.New.Basis)))
	}
	if c.New.Choice != "" {
		out = append(out, "chọn vì / chosen: "+reason(c.New.Choice))
	}
	if c.New.Derivation != "" {
		out = append(out, c.New.Derivation)
	}
	if len(out) == 0 {
		return "con số khác được chọn / another figure was chosen"
	}
	return strings.Join(out, "; ")
}

// whyNew says what a new statistic rests on, and what was known before it.
func (b *book) whyNew(s *record.Statistic) string {
	out := []string{"lần đầu có số / first figure"}
	if old := b.earlier(s); old != nil {
		out[0] = fmt.Sprintf("số trước đó %s (%s) / before", valueText(old), timeText(old))
	}
	if s.Basis != record.Reported {
		out = append(out, b.label.both("basis", string(s.Basis)))
	}
	if s.Sources > 1 {
		out = append(out, fmt.Sprintf("%d nguồn / sources", s.Sources))
	}
	return strings.Join(append(out, b.remarksOf(s)...), "; ")
}

// changeCounts is the line of the cover.
func (b *book) changeCounts() string {
	c := b.opt.Changes
	if c == nil {
		return na + " không có kỳ trước / no earlier issue"
	}
	return fmt.Sprintf("%d mới, %d sửa, %d rút / %[1]d new, %[2]d revised, %[3]d withdrawn", len(c.New), len(c.Revised), len(c.Withdrawn))
}
