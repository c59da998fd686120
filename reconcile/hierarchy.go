package reconcile

import (
	"fmt"

	"ocopstat/record"
)

// A step is one pair of levels whose numbers add up.
type step struct {
	edit          string
	child, parent record.Level
}

// steps are the levels of places from the smallest up.
func steps() []step {
	return []step{
		{"districts-to-province", record.LevelDistrict, record.LevelProvince},
		{"provinces-to-region", record.LevelProvince, record.LevelRegion},
		{"provinces-to-country", record.LevelProvince, record.LevelCountry},
		{"regions-to-country", record.LevelRegion, record.LevelCountry},
	}
}

// checkHierarchy compares the numbers of larger places with the sums of the
// smaller ones in them. Not all of the smaller ones have to be known: those
// that are cannot be more than the whole.
func (b *book) checkHierarchy(out *ledger) {
	for _, s := range steps() {
		children := b.childrenOf(s)
		for i := range b.cells {
			c := &b.cells[i]
			p := b.places[c.place]
			if kids := children[c.place]; len(kids) > 0 && !c.gone && p.Level == s.parent && c.usable() && b.adds(c) {
				b.checkSum(s, c, kids, out)
			}
		}
	}
}

// adds reports whether a cell is one whose numbers add up over places.
func (b *book) adds(c *cell) bool {
	d := b.dims[c.dims]
	return d.Measure == record.Count && d.Facet == record.FacetAll && d.Status == record.Actual &&
		d.Movement != record.Candidate && c.at.kind != undated
}

// childrenOf lists for each place of the upper level those of the lower.
func (b *book) childrenOf(s step) map[int32][]int32 {
	at := map[record.Place]int32{}
	for i, p := range b.places {
		at[key(p)] = int32(i)
	}
	out := map[int32][]int32{}
	for i, p := range b.places {
		if p.Level != s.child {
			continue
		}
		parent, ok := b.parentOf(p, s.parent)
		if !ok {
			continue
		}
		if k, known := at[key(parent)]; known {
			out[k] = append(out[k], int32(i))
		}
	}
	return out
}

// key is what identifies a place, whatever name it was given.
func key(p record.Place) record.Place {
	return record.Place{Level: p.Level, Code: p.Code, Vintage: p.Vintage}
}

func (b *book) parentOf(p record.Place, level record.Level) (record.Place, bool) {
	switch {
	case level == record.LevelCountry:
		return record.Country(p.Vintage), true
	case level == record.LevelProvince:
		return record.Place{Level: level, Code: p.Province, Vintage: p.Vintage}, p.Province != ""
	case b.in.Places != nil:
		r := b.in.Places.Region(p)
		return r, r.Known()
	}
	return record.Place{}, false
}

// checkSum compares one number with the sum of the parts of the same time. A
// sum that stays below is written only when all parts that exist are known.
func (b *book) checkSum(s step, whole *cell, kids []int32, out *ledger) {
	d := b.dims[whole.dims]
	sum, n := int64(0), 0
	cells := []*cell{whole}
	for _, k := range kids {
		if c := b.partAt(k, d, whole); c != nil {
			sum += c.count()
			n++
			cells = append(cells, c)
		}
	}
	complete := b.partsOf(s, whole)
	if n < 2 || sum < whole.count() && (complete == 0 || n < complete) {
		return
	}
	c := record.Check{
		Rule: s.edit, Place: b.places[whole.place], Period: whole.at.period(), Outcome: record.Passed,
		Left: record.Int(sum), Right: record.Int(whole.count()), Imbalance: record.Int(sum - whole.count()),
		Figures: b.figureIDs(cells),
	}
	sign := "="
	switch {
	case sum > whole.count():
		sign, c.Outcome = ">", record.Failed // the whole or any of its parts: nobody in particular
		c.Suggestion = suggestion(b.slips([]suspicion{{whole, sum}}))
	case sum < whole.count():
		sign, c.Outcome = "<", record.Open
	}
	c.Expression = fmt.Sprintf("%d (Σ %d) %s %d", sum, n, sign, whole.count())
	out.addCheck(c)
}

// partsOf is how many parts a place has in all, 0 when nobody knows.
func (b *book) partsOf(s step, whole *cell) int {
	p := b.places[whole.place]
	switch {
	case s.parent == record.LevelCountry && s.child == record.LevelProvince:
		if p.Vintage == record.Vintage34 {
			return 34
		}
		return 63
	case s.parent == record.LevelCountry:
		return 6
	case s.parent == record.LevelRegion && b.in.Places != nil:
		return len(b.in.Places.Parts(p))
	}
	return 0
}

// partAt is the number of a smaller place at the time of a larger: the same
// period, or a stock of the same month or the settleDays before.
func (b *book) partAt(place int32, d record.Dims, whole *cell) *cell {
	var best *cell
	for _, c := range b.series[seriesKey{b.home[place], b.dimsIndex(d)}] {
		switch {
		case c.place != place || !c.usable() || c.at.kind != whole.at.kind:
		case whole.at.kind == inPeriod && c.at == whole.at:
			return c
		case whole.at.kind == inMonth && c.at.from <= whole.at.from &&
			monthPeriod(whole.at.from).Last()-monthPeriod(c.at.from).Last() <= settleDays:
			best = c
		}
	}
	return best
}
