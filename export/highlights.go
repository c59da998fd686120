package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

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
		return cmp.Or(cmp.Compare(lastDay(y.New), lastDay(x.New)), b.comparePlaces(x.New.Place, y.New.Place), cmp.Compare(y.New.Subject, x.New.Subject))
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

// isTotal reports whether a statistic is the latest total of the country or of a
// province.
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

// earlier is the statistic of the same place that counts the same at the last
// date before, or nil.
func (b *book) earlier(s *record.Statistic) *record.Statistic {
	return b.latest(s.Place, func(old *record.Statistic) bool {
		return old.Status == s.Status && old.Movement == s.Movement && sameKind(old.Dims, s.Dims) && lastDay(old) < lastDay(s) && lastDay(old).Known()
	})
}
