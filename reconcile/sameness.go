package reconcile

import (
	"slices"

	"ocopstat/record"
)

// cell is everything that was claimed about one place, thing and time.
type cell struct {
	id       string // of its statistic
	place    int32
	dims     int32
	at       slot
	claims   []claim     // sorted by value and figure
	guests   []claim     // softly dated claims of other slots that say the same
	cands    []candidate // best first, never empty
	word     *Decision   // of the office on the statistic, nil for none
	soft     bool        // no claim is firmly dated
	gone     bool        // it became part of another cell
	rejected bool        // by the office; it enters no arithmetic
	partial  bool        // all that is said are parts of it
	parted   bool        // some claim is a part of another
	flawed   bool        // some claim cannot be true by itself
}

// canonical names one thing in one way: the programme counts products of three
// stars and more, so a total of "3+" or "3-5" is the unqualified total.
// "3-4" is the total as long as the place has no product of five stars.
func canonical(d record.Dims) record.Dims {
	switch d.Stars {
	case record.Stars3Up, record.Stars35:
		d.Stars = record.StarsAny
	case record.Stars4Up:
		d.Stars = record.Stars45
	}
	return d
}

// fiveStars notes for each place the first day with a product of five stars.
func (b *book) fiveStars() {
	const never = record.Date(1<<31 - 1)
	b.five = make([]record.Date, len(b.places))
	for i := range b.five {
		b.five[i] = never
	}
	for i := range b.claims {
		c := &b.claims[i]
		d := b.dims[c.dims]
		if d.Stars != record.Stars5 || d.Status != record.Actual || d.Facet != record.FacetAll ||
			d.Movement == record.Candidate || c.value.Coef <= 0 || c.flawed != sound {
			continue
		}
		b.five[c.place] = min(b.five[c.place], b.lastDay(c.at)) // NoDate, when unknown, is before every day
	}
}

func (b *book) lastDay(s slot) record.Date { return s.period().Last() }

func (b *book) hasFive(place int32, at slot) bool {
	last := b.lastDay(at)
	return !last.Known() && b.five[place] == record.NoDate || last.Known() && b.five[place] <= last
}

// formCells cuts the sorted claims into cells.
func (b *book) formCells() {
	n := 0
	for i := range b.claims {
		if i == 0 || !together(&b.claims[i-1], &b.claims[i]) {
			n++
		}
	}
	b.cells = make([]cell, 0, n)
	for i := 0; i < len(b.claims); {
		j := i + 1
		for j < len(b.claims) && together(&b.claims[i], &b.claims[j]) {
			j++
		}
		b.addCell(b.claims[i:j:j])
		i = j
	}
}

func together(x, y *claim) bool { return x.place == y.place && x.dims == y.dims && x.at == y.at }

// addCell makes a cell, or two when claims of "3-4" stars turn out to be less
// than the total beside them: then they are a part of it.
func (b *book) addCell(claims []claim) {
	total, part := claims, []claim(nil)
	if b.dims[claims[0].dims].Stars == record.StarsAny {
		total, part = b.splitParts(claims)
	}
	for _, group := range [][]claim{total, part} {
		if len(group) == 0 {
			continue
		}
		c := cell{place: group[0].place, dims: group[0].dims, at: group[0].at, claims: group, soft: true}
		for i := range group {
			cl := &group[i]
			c.soft = c.soft && cl.soft
			c.flawed = c.flawed || cl.flawed != sound
			c.parted = c.parted || cl.part
		}
		c.id = statisticID(b.places[c.place], b.dims[c.dims], c.at)
		b.cells = append(b.cells, c)
	}
}

func (b *book) splitParts(claims []claim) (total, part []claim) {
	is34 := func(c claim) bool { return b.figures[c.fig].Stars == record.Stars34 }
	if !slices.ContainsFunc(claims, is34) {
		return claims, nil
	}
	var least, most record.Decimal // of the exact totals, of the parts
	exact := false
	for _, c := range claims { // sorted by value
		switch {
		case is34(c):
			part, most = append(part, c), c.value
			continue
		case !exact && b.qualifier(c) == record.Exactly:
			exact, least = true, c.value
		}
		total = append(total, c)
	}
	if !exact || most.Cmp(least) >= 0 {
		return claims, nil
	}
	d := b.dims[claims[0].dims]
	d.Stars = record.Stars34
	i, _ := slices.BinarySearchFunc(b.dims, d, compareDims)
	for k := range part {
		part[k].dims = int32(i)
	}
	return total, part
}
