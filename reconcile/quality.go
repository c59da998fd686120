package reconcile

import (
	"slices"
	"strconv"

	"ocopstat/record"
)

// How far a statistic can be relied on, and why. The thresholds were found on
// annotated texts that the reader was not trained on: docs/ACCURACY.md.
const (
	sureDated   = .60 // a total read with less confidence is doubtful
	sureUndated = .65 // and one that no date lets compare with others
	certainRead = .97 // one figure read like that is firm where it fits its series
)

// quality is that of the chosen value of a cell; waits says that it is not to be
// used before somebody has decided.
func (b *book) quality(c *cell) (q record.Quality, why record.Remark, waits bool) {
	best, line := &c.cands[0], b.lines[c]
	confidence := b.confidence(best)
	unsure := sureDated
	if c.at.kind == undated {
		unsure = sureUndated
	}
	switch {
	case c.word != nil && c.word.Action != record.Reject || best.word != nil:
		return record.Firm, record.Say(record.OfficeDecided), false
	case confidence > 0 && confidence < unsure:
		return record.DoubtfulQuality, record.Say(record.UnsureReading, percentText(confidence)), true
	case c.at.kind == inMonth && best.value == record.Int(int64(c.day.Year())):
		return record.DoubtfulQuality, record.Say(record.IsItsYear), true
	case line.Code != "":
		return record.DoubtfulQuality, line, true
	case b.onlyTitles(c):
		return record.DoubtfulQuality, record.Say(record.TitleOnly), true
	case c.broken:
		return record.DoubtfulQuality, record.Say(record.BreaksEdit), false
	case b.undecided(c):
		return record.DoubtfulQuality, record.Say(record.Undecided, dec(c.cands[1].shown())), false
	case best.live >= 2:
		return record.Firm, record.Say(record.SeveralSources, num(int64(best.live))), false
	case c.closed || b.spoken[c] != "":
		return record.Firm, record.Say(record.SumsClose), false
	case c.short:
		return record.DoubtfulQuality, record.Say(record.LeavesRest), false
	case confidence >= certainRead && b.fitsSeries(c):
		return record.Firm, record.Say(record.FitsSeries), false
	}
	return record.Single, record.Say(record.OneSource), false
}

func percentText(p float64) string { return strconv.Itoa(int(100*p)) + " %" }

// confidence is the best with which a value was read, 0 when it is not said.
func (b *book) confidence(c *candidate) float64 {
	most := 0.0
	for _, cl := range c.claims {
		most = max(most, b.figure(cl.fig).Confidence)
	}
	return most
}

// onlyTitles reports whether a number stands in titles alone, of articles that
// give another one in their text.
func (b *book) onlyTitles(c *cell) bool {
	claims := c.witnesses()
	if slices.ContainsFunc(claims, func(cl claim) bool { return !cl.title }) {
		return false
	}
	return slices.ContainsFunc(b.cellsOf(c.place, b.dims[c.dims]), func(o *cell) bool {
		return o != c && slices.ContainsFunc(o.claims, func(cl claim) bool {
			return !cl.title && cl.value != c.cands[0].value && slices.ContainsFunc(claims, func(t claim) bool { return t.art == cl.art })
		})
	})
}

// undecided reports whether nothing but dates, size or the standing of one outlet
// decided between contradicting values.
func (b *book) undecided(c *cell) bool {
	if !c.conflict() || b.spoken[c] != "" {
		return false
	}
	best := &c.cands[0]
	return slices.ContainsFunc(c.cands[1:], func(o candidate) bool {
		return o.stands && !o.disowned && exactness(o.bound) == exactness(best.bound) && o.live >= best.live
	})
}

// fitsSeries reports whether a stock has a neighbour in time that it can have
// grown from or to.
func (b *book) fitsSeries(c *cell) bool {
	if c.at.kind != inMonth || !c.usable() {
		return false
	}
	return slices.ContainsFunc(b.cellsOf(c.place, b.dims[c.dims]), func(o *cell) bool {
		if o == c || o.at.kind != inMonth || !o.usable() {
			return false
		}
		if o.day < c.day {
			return stepPrice(o.count(), c.count(), c.day) == 0
		}
		return stepPrice(c.count(), o.count(), o.day) == 0
	})
}

// outOfLine finds the totals that no series can hold, each with what it stands
// beside: a peak over both neighbours, a number of less than half of the one
// before it, one that would have doubled in a quarter or grown to eight times
// within two years, and an undated one of less than a quarter of what its place has had.
func (b *book) outOfLine() map[*cell]record.Remark {
	out := map[*cell]record.Remark{}
	for key, series := range b.series {
		if !total(b.dims[key.dims]) {
			continue
		}
		var dated []*cell
		var most *cell
		for _, c := range series {
			if limit, limited := b.places[c.place].Level.Most(); limited && c.amount() > float64(limit) {
				out[c] = record.Say(record.AboveMost, strconv.FormatInt(limit, 10))
				continue
			}
			if c.at.kind == inMonth && !c.rejected && !c.partial {
				dated = append(dated, c)
				if most == nil || c.cands[0].value.Cmp(most.cands[0].value) > 0 {
					most = c
				}
			}
		}
		for i, c := range dated {
			if beside := besideLine(dated, i); beside != nil {
				out[c] = record.Say(record.OutOfLine, dec(beside.cands[0].shown()), beside.day.String())
			}
		}
		for _, c := range series {
			if most != nil && out[c].Code == "" && c.at.kind == undated && 4*c.amount() < most.amount() {
				out[c] = record.Say(record.OutOfLine, dec(most.cands[0].shown()), most.day.String())
			}
		}
	}
	return out
}

// total reports whether some dimensions are those of a whole stock.
func total(d record.Dims) bool {
	s := record.Statistic{Dims: d}
	return s.Total()
}

// besideLine is the neighbour in time that a stock cannot stand beside, nil when
// it fits.
func besideLine(dated []*cell, i int) *cell {
	const few, quarter, years = 10, 92, 730
	peak := func(k int) bool {
		return k > 0 && k+1 < len(dated) && dated[k].amount() >= 4*dated[k-1].amount() && dated[k].amount() >= 4*dated[k+1].amount() &&
			2*dated[k+1].amount() >= dated[k-1].amount()
	}
	c := dated[i]
	if peak(i) {
		return dated[i-1]
	}
	if i > 0 && !peak(i-1) && 2*c.amount() < dated[i-1].amount() && dated[i-1].amount() >= few {
		return dated[i-1]
	}
	if i+1 < len(dated) && !peak(i+1) && dated[i+1].amount() >= max(few, 8*c.amount()) && dated[i+1].day-c.day <= years {
		return dated[i+1]
	}
	if i+1 < len(dated) && !peak(i+1) && dated[i+1].amount() >= max(few, 2*c.amount()) && dated[i+1].day-c.day <= quarter {
		return dated[i+1]
	}
	return nil
}
