package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
)

// claim is one figure as reconciliation sees it: what it counts in canonical
// words, and the slot of time that it belongs to.
type claim struct {
	at     slot
	value  record.Decimal // without trailing zeros
	fig    int32          // index of the figure
	art    int32          // index of the article
	place  int32
	dims   int32
	from   record.Date // the earliest day that the figure may speak of
	soft   bool        // its date is assumed or no finer than a month
	flawed flaw
}

// flaw says why a figure cannot enter arithmetic. It stays a statistic.
type flaw uint8

const (
	sound       flaw = iota
	notWhole         // a count with a fraction
	outOfRange       // negative, or more than anything in the programme
	overHundred      // a percentage above 100
	tooEarly         // speaks of a day after its publication
)

// maxCount is the largest count that arithmetic takes seriously. The whole
// programme has some tens of thousands of products.
const maxCount = 100_000_000

// maxPercentScale is the finest percentage that arithmetic handles.
const maxPercentScale = 4

func (b *book) readClaims() {
	articles := map[string]int32{}
	dims := map[record.Dims]int32{}
	places := map[record.Place]int32{}
	asOf := b.in.AsOf
	for i := range b.figures {
		f := &b.figures[i]
		a, ok := articles[f.ArticleID]
		if !ok {
			a = int32(len(b.articles))
			articles[f.ArticleID] = a
			b.articles = append(b.articles, b.article(f.ArticleID))
		}
		if known := b.articles[a].known; asOf > 0 && (!known.Known() || known > asOf) {
			continue
		}
		d := canonical(f.Dims)
		dims[d] = 0
		if d.Stars == record.Stars34 {
			d.Stars = record.StarsAny // what formCells may take it for
			dims[d] = 0
		}
		places[f.Place] = 0
		b.claims = append(b.claims, claim{fig: int32(i), art: a})
	}
	b.dims = interned(dims, compareDims)
	b.places = interned(places, comparePlaces)
	for i := range b.claims {
		c := &b.claims[i]
		f := &b.figures[c.fig]
		c.dims = dims[canonical(f.Dims)]
		c.place = places[f.Place]
		c.value = trimmed(f.Value)
		b.date(c, f)
		c.flawed = flawOf(f, c, b.articles[c.art])
	}
	b.fiveStars()
	for i := range b.claims {
		c := &b.claims[i]
		if d := b.dims[c.dims]; d.Stars == record.Stars34 && !b.hasFive(c.place, c.at) {
			d.Stars = record.StarsAny
			c.dims = dims[d]
		}
	}
	slices.SortFunc(b.claims, b.compareClaims)
	b.noteWholes()
}

// noteWholes remembers what the figures count that percentages name as their
// whole.
func (b *book) noteWholes() {
	b.wholes = map[string]int32{}
	for _, c := range b.claims {
		if f := &b.figures[c.fig]; f.Measure == record.Percent && f.Of != "" {
			b.wholes[f.Of] = -1
		}
	}
	for _, c := range b.claims {
		id := b.figures[c.fig].ID
		if _, ok := b.wholes[id]; ok {
			b.wholes[id] = c.dims
		}
	}
}

func (b *book) compareClaims(x, y claim) int {
	return cmp.Or(
		cmp.Compare(x.place, y.place),
		cmp.Compare(x.dims, y.dims),
		x.at.compare(y.at),
		x.value.Cmp(y.value),
		b.compareFigures(x.fig, y.fig),
	)
}

func (b *book) compareFigures(i, j int32) int {
	x, y := &b.figures[i], &b.figures[j]
	return cmp.Or(
		strings.Compare(x.ID, y.ID),
		strings.Compare(x.ArticleID, y.ArticleID),
		cmp.Compare(x.Start, y.Start),
		strings.Compare(string(x.Qualifier), string(y.Qualifier)),
		strings.Compare(x.Printed, y.Printed),
	)
}

func trimmed(d record.Decimal) record.Decimal {
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef, d.Scale = d.Coef/10, d.Scale-1
	}
	return d
}

func flawOf(f *record.Figure, c *claim, a article) flaw {
	v := c.value
	switch {
	case v.Coef < 0:
		return outOfRange
	case f.Measure == record.Percent && v.Cmp(record.Int(100)) > 0:
		return overHundred
	case f.Measure == record.Count && v.Cmp(record.Int(maxCount)) > 0:
		return outOfRange
	case f.Measure == record.Count && v.Scale > 0:
		return notWhole
	case f.Status == record.Actual && f.Period.Known() && futureOf(f.Period, a):
		return tooEarly
	}
	return sound
}

// futureOf reports whether a period begins after the article was out.
func futureOf(p record.Period, a article) bool {
	day := a.published
	if !day.Known() {
		day = a.known
	}
	return day.Known() && p.Start > day
}
