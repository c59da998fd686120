package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ocopstat/record"
)

// sumTerritories adds the numbers of the old provinces up to the provinces of
// 2025-07-01, where all parts have one: a flow of the same period, a stock of a
// compatible date. The other way, from a new province to its old parts,
// nothing is ever split.
func (b *book) sumTerritories(out *ledger) {
	merged := b.mergedPlaces()
	numbers := b.partsByDims(merged)
	for _, now := range slices.Sorted(maps.Keys(merged)) {
		m := merged[now]
		for i, d := range b.dims {
			if d.Measure != record.Count || d.Status != record.Actual || d.Movement == record.Candidate {
				continue
			}
			if isStock(d) {
				b.sumStocks(m, int32(i), numbers, out)
			} else {
				b.sumFlows(m, int32(i), numbers, out)
			}
		}
		b.checkMerged(m, numbers, out)
	}
	b.askEarly(merged, out)
}

// merger is a province of today and the places of its old parts.
type merger struct {
	now   record.Place
	parts []int32
	sums  map[int32][]tally // by dims, what the parts add up to, in the order of time
}

func (b *book) mergedPlaces() map[string]merger {
	at := map[string]int32{}
	for i, p := range b.places {
		if p.Level == record.LevelProvince && p.Vintage == record.Vintage63 {
			at[p.Code] = int32(i)
		}
	}
	out := map[string]merger{}
	for _, p := range b.places {
		now, ok := b.in.Places.Now(p)
		if _, done := out[now.Code]; !ok || done || p.Level != record.LevelProvince {
			continue
		}
		m := merger{now: now, sums: map[int32][]tally{}}
		for _, old := range b.in.Places.Parts(now) {
			if i, known := at[old.Code]; known {
				m.parts = append(m.parts, i)
			}
		}
		if n := len(b.in.Places.Parts(now)); n > 1 && n == len(m.parts) {
			out[now.Code] = m
		}
	}
	return out
}

// partsByDims lists the numbers of the old parts, printed or deduced, by time.
func (b *book) partsByDims(merged map[string]merger) map[seriesKey][]tally {
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
		out[k] = append(out[k], tally{c.place, c.dims, c.at, c.count(), refDate(c.witnesses()), []*cell{c}})
	}
	for _, x := range b.derived {
		if wanted[x.place] {
			k := seriesKey{x.place, x.dims}
			out[k] = append(out[k], x)
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y tally) int { return x.at.compare(y.at) })
	}
	return out
}

func (b *book) sumFlows(m merger, d int32, numbers map[seriesKey][]tally, out *ledger) {
	for _, first := range numbers[seriesKey{m.parts[0], d}] {
		parts := []tally{first}
		for _, p := range m.parts[1:] {
			list := numbers[seriesKey{p, d}]
			if i := slices.IndexFunc(list, func(n tally) bool { return n.at == first.at }); i >= 0 {
				parts = append(parts, list[i])
			}
		}
		if len(parts) == len(m.parts) {
			b.summed(m, d, first.at, parts, out)
		}
	}
}

// sumStocks makes one sum for each month in which some part was counted and
// every other part was within settleDays before it. The same parts are summed
// once.
func (b *book) sumStocks(m merger, d int32, numbers map[seriesKey][]tally, out *ledger) {
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
			b.summed(m, d, slot{kind: inMonth, from: month}, parts, out)
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
func (b *book) summed(m merger, d int32, at slot, parts []tally, out *ledger) {
	sum := int64(0)
	var terms []string
	var inputs []*cell
	ref := record.NoDate
	for _, p := range parts {
		sum += p.value
		term := fmt.Sprintf("%s %d", b.places[p.place].Name, p.value)
		if at.kind == inMonth {
			term += " (" + p.ref.String() + ")"
		}
		terms = append(terms, term)
		ref = max(ref, p.ref)
		inputs = append(inputs, p.inputs...)
	}
	st := record.Statistic{
		ID: statisticID(placeKey(m.now), b.dimsKeys[d], at), Dims: b.dims[d], Place: m.now, PlaceNow: m.now.Code, RefDate: record.NoDate,
		Value: record.Int(sum), HasValue: true, Basis: record.Summed,
		Derivation: strings.Join(terms, " + ") + " = " + num(sum),
	}
	if at.kind == inMonth {
		st.RefDate = ref
	} else {
		st.Period = at.period()
	}
	out.derive(st, inputs)
	m.sums[d] = append(m.sums[d], tally{dims: d, at: at, value: sum, ref: ref, inputs: inputs})
}

// checkMerged compares the first stock that a merged province gives for itself
// with the latest sum of its parts, no more than a year older.
func (b *book) checkMerged(m merger, numbers map[seriesKey][]tally, out *ledger) {
	at := slices.IndexFunc(b.places, func(p record.Place) bool {
		return p.Level == record.LevelProvince && p.Vintage == record.Vintage34 && p.Code == m.now.Code
	})
	if at < 0 {
		return
	}
	for k, d := range b.dims {
		sums := m.sums[int32(k)]
		cells := b.cellsOf(int32(at), d)
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
			out.addCheck(b.mergedCheck(m, int32(k), own, sums[i], numbers))
		}
	}
}

func (b *book) mergedCheck(m merger, d int32, own *cell, sum tally, numbers map[seriesKey][]tally) record.Check {
	c := b.compared("merged-province-continues-its-parts", own, own.count(), sum.value, append([]*cell{own}, sum.inputs...)...)
	c.Place, c.Expression = m.now, fmt.Sprintf("%d = %d (Σ, %s)", own.count(), sum.value, sum.ref)
	if own.count() == sum.value {
		return c
	}
	c.Outcome = record.Open
	if own.count() < sum.value && own.at.from == sum.at.from {
		c.Outcome = record.Failed
	}
	c.Expression = fmt.Sprintf("%d ≠ %d (Σ, %s)", own.count(), sum.value, sum.ref)
	for _, p := range m.parts {
		if x, ok := latest(numbers[seriesKey{p, d}], own.at.from); ok && x.value == own.count() {
			c.Outcome, c.Blame = record.Failed, b.figureIDs([]*cell{own})
			c.Suggestion = record.Say(record.OldProvince, num(own.count()), b.places[p].Name).String()
		}
	}
	return c
}

// askEarly asks about the stocks that a province of today is said to have had
// before it was there: the text may mean the former province of its name, or its
// parts together. They stand, but are not preferred unless they are what the
// parts had.
func (b *book) askEarly(merged map[string]merger, out *ledger) {
	grown := map[record.Place]bool{}
	for _, p := range b.places {
		grown[p] = p.Level == record.LevelProvince && p.Vintage == record.Vintage34 && len(b.in.Places.Parts(p)) > 1
	}
	for i := range b.cells {
		c := &b.cells[i]
		p := b.places[c.place]
		if !grown[p] || c.gone || c.at.kind != inMonth || c.rejected || c.word != nil {
			continue
		}
		ref, value := refDate(c.claims), c.cands[0].value
		if ref >= record.Merger || slices.ContainsFunc(merged[p.Code].sums[c.dims], func(t tally) bool { return t.at.from == c.at.from }) {
			continue // the sum is compared with it
		}
		out.addCheck(record.Check{
			Rule: "province-is-there", Place: p, Period: c.at.period(), Left: value, Right: value, Outcome: record.Open, Figures: b.figureIDs([]*cell{c}),
			Expression: fmt.Sprintf("%s: %s < %s", dec(value), ref, record.Merger), Suggestion: record.Say(record.OldOrParts, p.Name).String(),
		})
	}
	for i := range out.stats {
		s := &out.stats[i]
		if !grown[s.Place] || s.Rank != record.Preferred || s.Basis == record.Summed || !isStock(s.Dims) || !s.RefDate.Known() || s.RefDate >= record.Merger ||
			b.decided.statistic[s.ID] != nil {
			continue
		}
		sum, added := out.beside[s.ID+"~"+string(record.Summed)]
		if added && out.stats[sum].Value.Equal(s.Value) {
			continue
		}
		if s.Rank, s.Choice = record.Normal, record.Say(record.OldOrParts, s.Place.Name).String(); added {
			out.stats[sum].Rank = record.Preferred
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
func (b *book) checkHierarchy(out *ledger) {
	for k, s := range steps() {
		for i := range b.cells {
			c := &b.cells[i]
			p := b.places[c.place]
			if kids := b.children[k][c.place]; len(kids) > 0 && !c.gone && p.Level == s.parent && c.usable() && b.adds(c) {
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
	}
	r := b.in.Places.Region(p)
	return r, r.Known()
}

// checkSum compares one number with the sum of the parts of the same time. A
// sum that stays below is written only when all parts that exist are known.
func (b *book) checkSum(s step, whole *cell, kids []int32, out *ledger) {
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
		sign, c.Outcome = ">", record.Failed // the whole or any of its parts: nobody in particular
		c.Suggestion = suggestion(b.slips([]suspicion{{whole, sum}}))
	case sum < whole.count():
		sign, c.Outcome = "<", record.Open
	}
	c.Expression = fmt.Sprintf("%d (Σ %d) %s %d", sum, n, sign, whole.count())
	out.addCheck(c, cells...)
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
