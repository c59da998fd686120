package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"ocopstat/record"
)

// sumTerritories adds the numbers of the old provinces up to the provinces of
// 2025-07-01, where all parts have one: a flow of the same period, a stock of a
// compatible date. The other way, from a new province to its old parts,
// nothing is ever split.
func (b *book) sumTerritories() {
	at, worked := map[string]int32{}, map[seriesKey][]tally{}
	for i, p := range b.places {
		if p.Level == record.LevelProvince && p.Vintage == record.Vintage63 {
			at[p.Code] = int32(i)
		}
	}
	for _, t := range b.tallies {
		if t.low == t.high && t.at.kind != undated {
			k := seriesKey{t.place, t.dims}
			worked[k] = append(worked[k], t)
		}
	}
	sums := map[seriesKey][]tally{}
	for i, p := range b.places {
		if !b.grown(p) || i > 0 && key(b.places[i-1]) == key(p) {
			continue
		}
		var parts []int32
		for _, old := range b.in.Places.Parts(p) {
			if k, known := at[old.Code]; known {
				parts = append(parts, k)
			}
		}
		if len(parts) < len(b.in.Places.Parts(p)) {
			continue
		}
		for k, d := range b.dims {
			if d.Measure == record.Count && d.Status == record.Actual && d.Movement != record.Candidate {
				m := merger{now: int32(i), dims: int32(k)}
				for _, p := range parts {
					m.parts = append(m.parts, b.numbersOf(p, d, worked[seriesKey{p, int32(k)}]))
				}
				sums[seriesKey{m.now, m.dims}] = b.sumParts(m)
			}
		}
	}
	b.askEarly(sums)
}

// grown reports whether a place is a province that was made of several.
func (b *book) grown(p record.Place) bool {
	return p.Level == record.LevelProvince && p.Vintage == record.Vintage34 && len(b.in.Places.Parts(p)) > 1
}

// merger is a province of today and the numbers of some dimensions that its old
// parts have, each in the order of time.
type merger struct {
	now, dims int32
	parts     [][]tally
}

// numbersOf are the numbers of an old province, printed or worked out.
func (b *book) numbersOf(place int32, d record.Dims, worked []tally) (out []tally) {
	for _, c := range b.cellsOf(place, d) {
		if c.place == place && c.at.kind != undated && c.usable() {
			out = append(out, tally{place: place, at: c.at, low: c.count(), ref: refDate(c.witnesses()), inputs: []*cell{c}})
		}
	}
	out = append(out, worked...)
	slices.SortStableFunc(out, func(x, y tally) int { return x.at.compare(y.at) })
	return out
}

// sumParts makes one sum for each period, and of stocks for each month in which some
// part was counted, and compares the last one with what the province itself gives.
func (b *book) sumParts(m merger) (sums []tally) {
	var times []slot
	for _, list := range m.parts {
		for _, n := range list {
			if n.at.kind == inMonth {
				n.at.to = 0
			}
			times = append(times, n.at)
		}
	}
	slices.SortFunc(times, slot.compare)
	for _, at := range slices.Compact(times) {
		var parts []tally
		for _, list := range m.parts {
			if x := timely(list, at); x != nil {
				parts = append(parts, *x)
			}
		}
		if len(parts) == len(m.parts) {
			sums = append(sums, b.summed(m, at, parts))
		}
	}
	b.checkMerged(m, sums)
	return sums
}

// timely is the number of a period, or the last one up to a month and no older than
// settleDays; nil for none.
func timely(list []tally, at slot) *tally {
	for i := len(list) - 1; i >= 0; i-- {
		switch n := &list[i]; {
		case at.kind == inPeriod && n.at == at && (i == 0 || list[i-1].at != at):
			return n
		case at.kind == inMonth && n.at.from <= at.from:
			if monthPeriod(at.from).Last()-monthPeriod(n.at.from).Last() <= settleDays {
				return n
			}
			return nil
		}
	}
	return nil
}

// summed writes the sum, its parts named.
func (b *book) summed(m merger, at slot, parts []tally) tally {
	t := tally{place: m.now, dims: m.dims, at: at, ref: record.NoDate, basis: record.Summed}
	var terms []string
	for _, p := range parts {
		t.low += p.low
		term := fmt.Sprintf("%s %d", b.places[p.place].Name, p.low)
		if at.kind == inMonth {
			t.ref = max(t.ref, p.ref)
			term += " (" + p.ref.String() + ")"
		}
		terms = append(terms, term)
		t.inputs = append(t.inputs, p.inputs...)
	}
	if at.kind == inPeriod {
		t.period = at.period()
	}
	t.high, t.derivation = t.low, strings.Join(terms, " + ")+" = "+num(t.low)
	b.derive(t)
	return t
}

// checkMerged compares the first stock that a merged province gives for itself
// with the latest sum of its parts, no more than a year older.
func (b *book) checkMerged(m merger, sums []tally) {
	own := firstOf(b.cellsOf(m.now, b.dims[m.dims]), func(c *cell) bool { return c.at.kind == inMonth && c.usable() })
	if own == nil {
		return
	}
	sums = slices.DeleteFunc(slices.Clone(sums), func(t tally) bool { return t.at.from > own.at.from || own.at.from-t.at.from > 12 })
	if len(sums) == 0 {
		return
	}
	sum := sums[len(sums)-1]
	c := b.compared("merged-province-continues-its-parts", own, own.count(), sum.low, append([]*cell{own}, sum.inputs...)...)
	c.place = m.now
	sign := "="
	if own.count() != sum.low {
		sign, c.outcome = "≠", record.Open
		if own.count() < sum.low && own.at.from == sum.at.from {
			c.outcome = record.Failed
		}
		for _, list := range m.parts {
			if x := timely(list, own.at); x != nil && x.low == own.count() {
				c.outcome, c.blame = record.Failed, b.figuresOf([]*cell{own})
				c.suggestion = record.Say(record.OldProvince, num(own.count()), b.places[x.place].Name).String()
			}
		}
	}
	c.expression = fmt.Sprintf("%d %s %d (Σ, %s)", own.count(), sign, sum.low, sum.ref)
	b.addCheck(c)
}

// askEarly asks about the stocks that a province of today is said to have had
// before it was there: the text may mean the former province of its name, or its
// parts together. They stand, but are not preferred unless they are what the
// parts had.
func (b *book) askEarly(sums map[seriesKey][]tally) {
	for i := range b.cells {
		c := &b.cells[i]
		p := b.places[c.place]
		if c.gone || !b.grown(p) || c.at.kind != inMonth {
			continue
		}
		ref, value := refDate(c.claims), c.cands[0].value
		if ref < record.Merger && !c.rejected && c.word == nil &&
			!slices.ContainsFunc(sums[seriesKey{c.place, c.dims}], func(t tally) bool { return t.at.from == c.at.from }) { // else the sum is compared with it
			b.addCheck(check{
				rule: "province-is-there", place: c.place, period: c.at.period(), left: value, right: value, outcome: record.Open, figures: b.figuresOf([]*cell{c}),
				expression: fmt.Sprintf("%s: %s < %s", dec(value), ref, record.Merger), suggestion: record.Say(record.OldOrParts, p.Name).String(),
			})
		}
		if day := refDate(c.witnesses()); day.Known() && day < record.Merger && isStock(b.dims[c.dims]) && !c.rejected && !c.partial && !c.outdone && b.decided.on(c.id) == nil {
			at, added := b.tallyAt[tallyKey{c.id, record.Summed}]
			if !added {
				c.early = true
			} else if t := &b.tallies[at]; record.Int(t.low) != c.cands[0].value {
				c.early, t.outdone = true, false
			}
		}
	}
	for i := range b.tallies {
		t := &b.tallies[i]
		if b.grown(b.places[t.place]) && t.basis == record.Derived && !t.outdone && isStock(b.kinds.List[t.dims]) && t.ref.Known() && t.ref < record.Merger && b.decided.on(t.id) == nil {
			t.early, t.outdone = true, true
		}
	}
}

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
func (b *book) checkHierarchy() {
	for k, s := range steps() {
		for i := range b.cells {
			c := &b.cells[i]
			p := b.places[c.place]
			if kids := b.children[k][c.place]; len(kids) > 0 && !c.gone && p.Level == s.parent && c.usable() && b.adds(c) {
				b.checkSum(s, c, kids)
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
	}
	r := b.in.Places.Region(p)
	return r, r.Known()
}

// checkSum compares one number with the sum of the parts of the same time. A
// sum that stays below is written only when all parts that exist are known.
func (b *book) checkSum(s step, whole *cell, kids []int32) {
	parts := b.partsAt(kids, whole)
	sum, n := int64(0), len(parts)
	for _, c := range parts {
		sum += c.count()
	}
	cells := append([]*cell{whole}, parts...)
	complete := b.partsOf(s, whole)
	if n < 2 || sum < whole.count() && (complete == 0 || n < complete) {
		return
	}
	c := b.compared(s.edit, whole, sum, whole.count(), cells...)
	sign := "="
	switch {
	case sum > whole.count():
		sign, c.outcome = ">", record.Failed // the whole or any of its parts: nobody in particular
		c.suggestion = suggestion(b.slips([]suspicion{{whole, sum}}))
	case sum < whole.count():
		sign, c.outcome = "<", record.Open
	}
	c.expression = fmt.Sprintf("%d (Σ %d) %s %d", sum, n, sign, whole.count())
	b.addCheck(c, cells...)
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
	case s.parent == record.LevelRegion:
		return len(b.in.Places.Parts(p))
	}
	return 0
}

// partsAt are the numbers of the smaller places at the time of a larger.
func (b *book) partsAt(kids []int32, whole *cell) []*cell {
	var out []*cell
	for _, k := range kids {
		if c := b.partAt(k, whole); c != nil {
			out = append(out, c)
		}
	}
	return out
}

// partAt is the number of a smaller place at the time of a larger: the same
// period, or a stock of the same month or the settleDays before.
func (b *book) partAt(place int32, whole *cell) *cell {
	series := b.cellsOf(place, b.dims[whole.dims])
	if whole.at.kind == inPeriod {
		for _, c := range from(series, whole.at) {
			if c.at == whole.at && c.place == place && c.usable() {
				return c
			}
			if c.at != whole.at {
				break
			}
		}
		return nil
	}
	var best *cell
	end := monthPeriod(whole.at.from).Last()
	for _, c := range from(series, slot{kind: inMonth, from: monthOf(end - settleDays)}) {
		if c.at.kind != inMonth || c.at.from > whole.at.from {
			break
		}
		if c.place == place && c.usable() && end-monthPeriod(c.at.from).Last() <= settleDays {
			best = c
		}
	}
	return best
}
