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
	merged := b.mergedPlaces()
	numbers := b.partsByDims(merged)
	for _, m := range merged {
		for i, d := range b.dims {
			if d.Measure != record.Count || d.Status != record.Actual || d.Movement == record.Candidate {
				continue
			}
			if isStock(d) {
				b.sumStocks(m, int32(i), numbers)
			} else {
				b.sumFlows(m, int32(i), numbers)
			}
		}
		b.checkMerged(m, numbers)
	}
	b.askEarly(merged)
}

// merger is a province of today and the places of its old parts.
type merger struct {
	now   int32
	parts []int32
	sums  map[int32][]tally // by dims, what the parts add up to, in the order of time
}

// mergedPlaces are the provinces that were made of several, all of which are known,
// in order.
func (b *book) mergedPlaces() (out []merger) {
	at := map[string]int32{}
	for i, p := range b.places {
		if p.Level == record.LevelProvince && p.Vintage == record.Vintage63 {
			at[p.Code] = int32(i)
		}
	}
	for i, p := range b.places {
		if !b.grown(p) || i > 0 && key(b.places[i-1]) == key(p) {
			continue
		}
		m := merger{now: int32(i), sums: map[int32][]tally{}}
		for _, old := range b.in.Places.Parts(p) {
			if i, known := at[old.Code]; known {
				m.parts = append(m.parts, i)
			}
		}
		if len(m.parts) == len(b.in.Places.Parts(p)) {
			out = append(out, m)
		}
	}
	return out
}

// grown reports whether a place is a province that was made of several.
func (b *book) grown(p record.Place) bool {
	return p.Level == record.LevelProvince && p.Vintage == record.Vintage34 && len(b.in.Places.Parts(p)) > 1
}

// partsByDims lists the numbers of the old parts, printed or deduced, by time.
func (b *book) partsByDims(merged []merger) map[seriesKey][]tally {
	wanted := map[int32]bool{}
	for _, m := range merged {
		for _, p := range m.parts {
			wanted[p] = true
		}
	}
	out := map[seriesKey][]tally{}
	for i := range b.cells {
		c := &b.cells[i]
		if c.gone || !wanted[c.place] || c.at.kind == undated || b.dims[c.dims].Measure != record.Count || !c.usable() {
			continue
		}
		k := seriesKey{c.place, c.dims}
		out[k] = append(out[k], tally{place: c.place, at: c.at, low: c.count(), ref: refDate(c.witnesses()), inputs: []*cell{c}})
	}
	for _, x := range b.tallies {
		if wanted[x.place] && x.low == x.high && x.at.kind != undated {
			k := seriesKey{x.place, x.dims}
			out[k] = append(out[k], x)
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y tally) int { return x.at.compare(y.at) })
	}
	return out
}

func (b *book) sumFlows(m merger, d int32, numbers map[seriesKey][]tally) {
	for _, first := range numbers[seriesKey{m.parts[0], d}] {
		parts := []tally{first}
		for _, p := range m.parts[1:] {
			list := numbers[seriesKey{p, d}]
			if i := slices.IndexFunc(list, func(n tally) bool { return n.at == first.at }); i >= 0 {
				parts = append(parts, list[i])
			}
		}
		if len(parts) == len(m.parts) {
			b.summed(m, d, first.at, parts)
		}
	}
}

// sumStocks makes one sum for each month in which some part was counted and
// every other part was within settleDays before it. The same parts are summed
// once.
func (b *book) sumStocks(m merger, d int32, numbers map[seriesKey][]tally) {
	var months []int32
	for _, p := range m.parts {
		for _, n := range numbers[seriesKey{p, d}] {
			months = append(months, n.at.from)
		}
	}
	slices.Sort(months)
	for _, month := range slices.Compact(months) {
		var parts []tally
		fresh := false
		for _, p := range m.parts {
			x, ok := latest(numbers[seriesKey{p, d}], month)
			if !ok {
				break
			}
			fresh = fresh || x.at.from == month
			parts = append(parts, x)
		}
		if len(parts) == len(m.parts) && fresh {
			b.summed(m, d, slot{kind: inMonth, from: month}, parts)
		}
	}
}

// latest is the last number up to a month, no older than settleDays.
func latest(list []tally, month int32) (tally, bool) {
	end := monthPeriod(month).Last()
	for i := len(list) - 1; i >= 0; i-- {
		if n := list[i]; n.at.from <= month {
			return n, end-monthPeriod(n.at.from).Last() <= settleDays
		}
	}
	return tally{}, false
}

// summed writes the sum, its parts named.
func (b *book) summed(m merger, d int32, at slot, parts []tally) {
	sum := int64(0)
	var terms []string
	var inputs []*cell
	ref := record.NoDate
	for _, p := range parts {
		sum += p.low
		term := fmt.Sprintf("%s %d", b.places[p.place].Name, p.low)
		if at.kind == inMonth {
			term += " (" + p.ref.String() + ")"
		}
		terms = append(terms, term)
		ref = max(ref, p.ref)
		inputs = append(inputs, p.inputs...)
	}
	t := tally{
		place: m.now, dims: d, at: at, ref: record.NoDate, low: sum, high: sum, inputs: inputs, basis: record.Summed,
		derivation: strings.Join(terms, " + ") + " = " + num(sum),
	}
	if at.kind == inMonth {
		t.ref = ref
	} else {
		t.period = at.period()
	}
	b.derive(t)
	m.sums[d] = append(m.sums[d], t)
}

// checkMerged compares the first stock that a merged province gives for itself
// with the latest sum of its parts, no more than a year older.
func (b *book) checkMerged(m merger, numbers map[seriesKey][]tally) {
	for k, d := range b.dims {
		sums := m.sums[int32(k)]
		cells := b.cellsOf(m.now, d)
		first := slices.IndexFunc(cells, func(c *cell) bool { return c.at.kind == inMonth && c.usable() })
		if len(sums) == 0 || first < 0 || !isStock(d) {
			continue
		}
		own := cells[first]
		i := len(sums) - 1
		for i >= 0 && sums[i].at.from > own.at.from {
			i--
		}
		if i >= 0 && own.at.from-sums[i].at.from <= 12 {
			b.addCheck(b.mergedCheck(m, int32(k), own, sums[i], numbers))
		}
	}
}

func (b *book) mergedCheck(m merger, d int32, own *cell, sum tally, numbers map[seriesKey][]tally) check {
	c := b.compared("merged-province-continues-its-parts", own, own.count(), sum.low, append([]*cell{own}, sum.inputs...)...)
	c.place, c.expression = m.now, fmt.Sprintf("%d = %d (Σ, %s)", own.count(), sum.low, sum.ref)
	if own.count() == sum.low {
		return c
	}
	c.outcome = record.Open
	if own.count() < sum.low && own.at.from == sum.at.from {
		c.outcome = record.Failed
	}
	c.expression = fmt.Sprintf("%d ≠ %d (Σ, %s)", own.count(), sum.low, sum.ref)
	for _, p := range m.parts {
		if x, ok := latest(numbers[seriesKey{p, d}], own.at.from); ok && x.low == own.count() {
			c.outcome, c.blame = record.Failed, b.figuresOf([]*cell{own})
			c.suggestion = record.Say(record.OldProvince, num(own.count()), b.places[p].Name).String()
		}
	}
	return c
}

// askEarly asks about the stocks that a province of today is said to have had
// before it was there: the text may mean the former province of its name, or its
// parts together. They stand, but are not preferred unless they are what the
// parts had.
func (b *book) askEarly(merged []merger) {
	sums := map[int32]map[int32][]tally{}
	for _, m := range merged {
		sums[m.now] = m.sums
	}
	for i := range b.cells {
		c := &b.cells[i]
		p := b.places[c.place]
		if c.gone || !b.grown(p) || c.at.kind != inMonth {
			continue
		}
		ref, value := refDate(c.claims), c.cands[0].value
		if ref < record.Merger && !c.rejected && c.word == nil &&
			!slices.ContainsFunc(sums[c.place][c.dims], func(t tally) bool { return t.at.from == c.at.from }) { // else the sum is compared with it
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
		if b.grown(b.places[t.place]) && t.basis == record.Derived && !t.outdone && isStock(b.kinds.list[t.dims]) && t.ref.Known() && t.ref < record.Merger && b.decided.on(t.id) == nil {
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
