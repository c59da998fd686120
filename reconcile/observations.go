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
	word   *Decision      // of the office on the figure, nil for none
	fig    int32          // index of the figure
	art    int32          // index of the article
	start  int32          // where in its article it stands
	place  int32
	dims   int32
	of     int32       // index of the figure that it is a part of, -1 for none
	ofDims int32       // and what that one counts
	from   record.Date // the earliest day that the figure may speak of
	day    record.Date // of a stock: the day that it is of, the last one where a span is said
	soft   bool        // its date is assumed, inherited or no finer than a month
	loose  bool        // its date is assumed or a span of days
	vague  bool        // its date is a span of more than a month
	title  bool        // it stands in the title of its article
	ended  bool        // its outlet has said another number since
	part   bool        // a part, said in the same words as its whole
	piece  bool        // it and others of its breakdown are one class together
	flawed flaw
	bound  uint8 // its qualifier: a place in the list of bounds, 0 for an exact number
}

// bounds are the qualifiers, the exact number first.
var bounds = [...]record.Qualifier{record.Exactly, record.About, record.AtLeast, record.Over, record.AtMost, record.Under}

// exactly is the place of the exact number in the list of bounds.
const exactly = 0

func (c *claim) qualifier() record.Qualifier { return bounds[c.bound] }

// boundOf is the place of a qualifier in the list of bounds; one that is not known
// makes the number exact.
func boundOf(q record.Qualifier) uint8 { return uint8(max(0, slices.Index(bounds[:], q))) }

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
	articles := b.readArticles()
	var dims names[record.Dims]
	var places names[record.Place]
	b.claims = make([]claim, 0, len(b.figures))
	art, of := int32(0), ""
	for i := range b.figures {
		f := &b.figures[i]
		if i == 0 || f.ArticleID != of { // most stand beside each other
			art, of = articles[f.ArticleID], f.ArticleID
		}
		if known := b.articles[art].known; b.in.AsOf > 0 && (!known.Known() || known > b.in.AsOf) {
			if d := b.decisionOn(f); d != nil {
				b.decided.used[d] = true // it waits
			}
			continue
		}
		c := claim{fig: int32(i), art: art, start: int32(f.Start), value: trimmed(f.Value), of: -1, day: record.NoDate, bound: boundOf(f.Qualifier)}
		b.decideFigure(&c)
		f = &b.figures[i]
		d := canonical(f.Dims)
		c.dims = dims.number(d)
		if d.Stars == record.Stars34 {
			d.Stars = record.StarsAny // what totals34 may take it for
			dims.number(d)
		}
		b.date(&c, f)
		c.place = places.number(b.territory(f.Place, c.at))
		c.flawed = b.flawOf(f, &c)
		c.title = b.inTitle(f)
		b.claims = append(b.claims, c)
	}
	dimsRank, placeRank := dims.sort(record.Dims.Compare), places.sort(record.Place.Compare)
	b.dims, b.places = dims.list, places.list
	one := b.nameKeys()
	for i := range b.claims {
		c := &b.claims[i]
		c.dims, c.place = dimsRank[c.dims], one[placeRank[c.place]]
	}
	b.findReleases()
	b.fiveStars()
	b.totals34()
	b.readGroups()
	b.sortClaims()
}

// totals34 takes "3-4 stars" for the total where there is no product of five.
func (b *book) totals34() {
	for i := range b.claims {
		c := &b.claims[i]
		if d := b.dims[c.dims]; d.Stars == record.Stars34 && !b.hasFive(c.place, c.at) {
			d.Stars = record.StarsAny
			c.dims = b.dimsIndex(d)
		}
	}
}

func (b *book) sortClaims() {
	slices.SortFunc(b.claims, func(x, y claim) int {
		if x.place != y.place || x.dims != y.dims {
			return cmp.Or(cmp.Compare(x.place, y.place), cmp.Compare(x.dims, y.dims))
		}
		if x.at != y.at {
			return x.at.compare(y.at)
		}
		return b.compareValues(&x, &y)
	})
}

// compareValues is the order of the claims of a cell.
func (b *book) compareValues(x, y *claim) int {
	if n := x.value.Cmp(y.value); n != 0 {
		return n
	}
	return b.compareFigures(x, y)
}

// compareFigures is the order of figures: by article, as they stand in it.
func (b *book) compareFigures(x, y *claim) int {
	if x.art != y.art || x.start != y.start {
		return cmp.Or(cmp.Compare(x.art, y.art), cmp.Compare(x.start, y.start))
	}
	f, g := &b.figures[x.fig], &b.figures[y.fig]
	return cmp.Or(
		strings.Compare(f.ID, g.ID), // the same ID twice is bad input, but still in a fixed order
		strings.Compare(string(f.Qualifier), string(g.Qualifier)),
		strings.Compare(f.Printed, g.Printed),
	)
}

func (c claim) rejected() bool { return c.word != nil && c.word.Action == Reject }

// idle reports whether a claim takes no part in the choice.
func (c claim) idle() bool { return c.part || c.rejected() }

func trimmed(d record.Decimal) record.Decimal {
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef, d.Scale = d.Coef/10, d.Scale-1
	}
	return d
}

func (b *book) flawOf(f *record.Figure, c *claim) flaw {
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
	case f.Status == record.Actual && futureOf(b.periodOf(f, c.art), &b.articles[c.art]):
		return tooEarly
	}
	return sound
}

// out is the day on which an article was out: published, else captured.
func (a *article) out() record.Date {
	if a.published.Known() {
		return a.published
	}
	return a.known
}

// inTitle reports whether a figure stands in the title of its article: its
// sentence is the title, or a part of it.
func (b *book) inTitle(f *record.Figure) bool {
	title := b.in.Articles[f.ArticleID].Article.Title
	if title == "" || f.Sentence.Len() > len(title) {
		return false
	}
	sentence := b.in.quote(f.ArticleID, f.Sentence)
	return sentence != "" && strings.Contains(title, sentence)
}

// futureOf reports whether a period begins well after the article was out. An
// article of the last days of a year may speak of its end.
func futureOf(p record.Period, a *article) bool {
	day := a.out()
	return p.Known() && day.Known() && p.Start > day+settleDays
}

// slot is the time that a cell is about. Figures with the same dimensions in
// one slot claim the same thing.
type slot struct {
	coef int64 // undated: the value, since nothing else tells two of them apart
	from int32 // inMonth: months since year 0; inPeriod: first day
	to   int32 // inPeriod: the day after the last; undated: month of publication; inMonth: the day, 0 for the month as a whole
	dec  uint8
	kind slotKind
}

type slotKind uint8

const (
	undated  slotKind = iota // neither a date nor a publication date
	inMonth                  // a stock, by its day or month
	inPeriod                 // a flow or a target, by its exact period
)

func (s slot) compare(t slot) int {
	return cmp.Or(
		cmp.Compare(s.kind, t.kind),
		cmp.Compare(s.from, t.from),
		cmp.Compare(s.to, t.to),
		cmp.Compare(s.coef, t.coef),
		cmp.Compare(s.dec, t.dec),
	)
}

// settleDays is how long a number holds around a date: "đến nay" of the middle
// of January may be the count of the end of December.
const settleDays = 45

func monthOf(d record.Date) int32 {
	y, m, _ := d.Civil()
	return int32(y*12 + m - 1)
}

func monthPeriod(m int32) record.Period {
	return record.Month(int(m/12), int(m%12)+1)
}

// isStock reports whether a figure says what there is at a time. Candidates
// and targets are kept by period: several rounds of them fall in one month.
func isStock(d record.Dims) bool {
	return d.Movement == record.Stock && d.Status == record.Actual
}

// date sets the slot, the earliest day and the softness of a claim.
func (b *book) date(c *claim, f *record.Figure) {
	p, pub := b.periodOf(f, c.art), b.articles[c.art].published
	c.from, c.vague = record.NoDate, p.Known() && p.End-p.Start > 31
	switch {
	case isStock(f.Dims) && p.Known():
		ref := p.Last()
		if pub.Known() && ref > pub && p.Start <= pub {
			ref = pub // the period was not over when this was written
		}
		c.at = slot{kind: inMonth, from: monthOf(ref)}
		c.from, c.day, c.loose = p.Start, ref, p.End-p.Start > 1
		if f.PeriodBasis == record.PeriodPublished {
			c.soft, c.loose, c.from = true, true, ref-settleDays
		} else if c.vague {
			c.soft = true
		}
	case isStock(f.Dims) && pub.Known():
		c.at, c.from, c.soft = slot{kind: inMonth, from: monthOf(pub)}, pub-settleDays, true
		c.day, c.loose = pub, true
	case p.Known():
		end := p.End
		if f.Status == record.Actual && pub.Known() && p.Start <= pub && pub+settleDays < end {
			end = monthPeriod(monthOf(pub)).End // "from the start of the year until now"
		}
		c.at, c.from = slot{kind: inPeriod, from: int32(p.Start), to: int32(end)}, p.Start
	default:
		c.at, c.soft = slot{kind: undated, to: -1, coef: c.value.Coef, dec: c.value.Scale}, true
		if pub.Known() {
			c.at.to = monthOf(pub)
		}
	}
}

// periodOf is the period of a figure. One that was only inherited from the text
// around it and lies in the future of its article is no period of a fact.
func (b *book) periodOf(f *record.Figure, art int32) record.Period {
	if f.PeriodBasis == record.PeriodContext && f.Status == record.Actual && futureOf(f.Period, &b.articles[art]) {
		return record.Period{}
	}
	return f.Period
}

// period is the slot as a period; unknown for an undated one.
func (s slot) period() record.Period {
	switch s.kind {
	case inMonth:
		return monthPeriod(s.from)
	case inPeriod:
		return record.Period{Start: record.Date(s.from), End: record.Date(s.to)}
	}
	return record.Period{}
}

// sameRelease is how many figures two articles must share, all of both, to be
// taken for two prints of one press release.
const sameRelease = 4

// findReleases gives articles that make exactly the same claims one outlet:
// that of the first of them. Marked reprints are followed before, in
// article; this catches the press release that nobody marked.
func (b *book) findReleases() {
	for i := range b.claims {
		c := &b.claims[i]
		h := mix(mix(uint64(c.dims), uint64(c.place)), mix(uint64(c.value.Coef), uint64(c.value.Scale)))
		if !c.soft {
			h = mix(h, mix(uint64(c.at.from), uint64(c.at.to)))
		}
		a := &b.articles[c.art]
		a.prints += h // a sum, so that order does not matter
		a.claims++
	}
	type print struct {
		sum    uint64
		claims int
	}
	first := map[print]int{}
	for i := range b.articles {
		a := &b.articles[i]
		key := print{a.prints, a.claims}
		if old, ok := first[key]; !ok || earlier(a, &b.articles[old]) {
			first[key] = i
		}
	}
	for i := range b.articles {
		if a := &b.articles[i]; a.claims >= sameRelease {
			a.outlet = b.articles[first[print{a.prints, a.claims}]].outlet // the first one keeps its own
		}
	}
}

func earlier(a, b *article) bool {
	return cmp.Or(cmp.Compare(a.published, b.published), cmp.Compare(a.known, b.known), strings.Compare(a.id, b.id)) < 0
}

// mix combines two numbers to one that looks random (after splitmix64).
func mix(a, b uint64) uint64 {
	z := a*0x9e3779b97f4a7c15 + b + 0x632be59bd9b4e019
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
