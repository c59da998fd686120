package reconcile

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"ocopstat/record"
)

func (b *book) readClaims() {
	articles := b.readArticles()
	var dims record.Names[record.Dims]
	var places record.Names[record.Place]
	b.claims = make([]claim, 0, b.in.Figures.Len())
	art, of := int32(0), ""
	for i := range int32(b.in.Figures.Len()) {
		f := b.figure(i)
		if i == 0 || f.ArticleID != of { // most stand beside each other
			art, of = articles[f.ArticleID], f.ArticleID
		}
		if known := b.articles[art].known; b.in.AsOf > 0 && (!known.Known() || known > b.in.AsOf) {
			if d := b.decisionOn(&f); d != nil {
				b.decided.used[d] = true // it waits
			}
			continue
		}
		c := claim{fig: int32(i), art: art, start: int32(f.Start), value: f.Value.Trim(), of: -1, day: record.NoDate, bound: boundOf(f.Qualifier)}
		b.decideFigure(&c)
		f = b.figure(i)
		d := canonical(f.Dims)
		c.dims = dims.Number(d)
		if d.Stars == record.Stars34 {
			d.Stars = record.StarsAny // what totals34 may take it for
			dims.Number(d)
		}
		b.date(&c, &f)
		c.place = places.Number(b.territory(f.Place, c.at))
		c.flawed = b.flawOf(&f, &c)
		c.title = b.inTitle(&f)
		b.claims = append(b.claims, c)
	}
	for _, p := range slices.Clone(places.List) {
		if now, ok := b.in.Places.Now(p); ok && p.Level == record.LevelProvince && len(b.in.Places.Parts(now)) > 1 {
			places.Number(now) // its parts may add up to it
		}
	}
	dimsRank, placeRank := dims.Sort(record.Dims.Compare), places.Sort(record.Place.Compare)
	b.dims, b.kinds, b.places = dims.List, dims, places.List
	one := b.nameKeys()
	for i := range b.claims {
		c := &b.claims[i]
		c.dims, c.place = dimsRank[c.dims], one[placeRank[c.place]]
	}
	b.totals34()
	b.readGroups()
	b.sortClaims()
}

// totals34 takes "3-4 stars" for the total until the first day on which a place has
// a product of five.
func (b *book) totals34() {
	five := slices.Repeat([]record.Date{math.MaxInt32}, len(b.places))
	for i := range b.claims {
		c := &b.claims[i]
		d := b.dims[c.dims]
		if d.Stars == record.Stars5 && d.Status == record.Actual && d.Facet == record.FacetAll &&
			d.Movement != record.Candidate && c.value.Coef > 0 && c.flawed == sound {
			five[c.place] = min(five[c.place], c.at.period().Last()) // NoDate, when unknown, is before every day
		}
	}
	for i := range b.claims {
		c := &b.claims[i]
		if d := b.dims[c.dims]; d.Stars == record.Stars34 && five[c.place] > c.at.period().Last() {
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
	if x.value != y.value || x.bound != y.bound {
		return cmp.Or(x.value.Cmp(y.value), cmp.Compare(x.bound, y.bound))
	}
	return b.compareFigures(x, y)
}

// compareFigures is the order of figures: by article, as they stand in it.
func (b *book) compareFigures(x, y *claim) int {
	if x.art != y.art || x.start != y.start {
		return cmp.Or(cmp.Compare(x.art, y.art), cmp.Compare(x.start, y.start))
	}
	f, g := b.figure(x.fig), b.figure(y.fig)
	return cmp.Or(
		strings.Compare(f.ID, g.ID), // the same ID twice is bad input, but still in a fixed order
		strings.Compare(f.Printed, g.Printed),
	)
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

// decisionOn is the decision on a figure, and whether it was made for the value
// that is there; none when it does not hold.
func (b *book) decisionOn(f *record.Figure) *record.Decision {
	ds := b.decided
	if len(ds.figure) == 0 {
		return nil
	}
	var key figureKey
	if url := b.in.Articles[f.ArticleID].Article.URL; ds.urls[url] {
		if sentence := b.in.quote(f.ArticleID, f.Sentence); sentence != "" {
			key = figureKey{url, SentenceKey(sentence, f.Start-f.Sentence.Start), f.Value.Trim()}
		}
	}
	return ds.onFigure(f.ID, key)
}

// decideFigure lets the office's decision on the figure of a claim take effect.
func (b *book) decideFigure(c *claim) {
	f := b.figure(c.fig)
	d := b.decisionOn(&f)
	if d == nil || d.Action == record.Withdraw || b.decided.refused(d) || !b.decided.expects(d, f.Value) {
		return
	}
	c.word, b.decided.held[f.ID] = d, *d
	if d.Action == record.Correct {
		c.value, c.bound = d.Value.Trim(), exactly
		return
	}
	if d.Apply(&f) {
		b.changed[c.fig] = f // the input is not ours
	}
}

// readGroups looks at what the articles name as parts of one figure.
//
// A part whose words do not tell it from its whole ("56 candidates, 43 of them
// from the hills") must not be taken for another value of the same thing.
//
// Some breakdowns name one class by two nouns: "16 producers (6 enterprises, 4
// cooperatives, 5 workshops, 1 family)", where workshops and families are both
// households. Such pieces are no rival values of the class: it is their sum. The
// evidence is that all parts of the group add up to the whole. Undated ones,
// which only their value tells apart, come together under their sum.
func (b *book) readGroups() {
	at := map[string]*claim{}
	for _, g := range b.in.Groups {
		at[g.Whole] = nil
		for _, id := range g.Parts {
			at[id] = nil
		}
	}
	for i := range b.claims {
		id := b.figure(b.claims[i].fig).ID
		if _, grouped := at[id]; grouped {
			at[id] = &b.claims[i]
		}
	}
	for _, g := range b.in.Groups {
		if w := at[g.Whole]; w != nil {
			b.readGroup(g, *w, at)
		}
	}
}

func (b *book) readGroup(g record.Group, whole claim, at map[string]*claim) {
	type class struct { // what tells the parts of one group apart
		place, dims int32
		at          slot
	}
	sum := int64(0)
	classes := map[class][]*claim{}
	for _, id := range g.Parts {
		c := at[id]
		if c == nil || c.art != whole.art {
			continue
		}
		c.of, c.ofDims = whole.fig, whole.dims
		switch {
		case g.Relation == record.Shares:
		case c.dims == whole.dims:
			c.part = c.place == whole.place && c.value != whole.value
		case b.addable(c):
			k := class{c.place, c.dims, c.at}
			if c.at.kind == undated {
				k.at.coef, k.at.dec = 0, 0
			}
			classes[k] = append(classes[k], c)
			sum += c.count()
		}
	}
	if !b.addable(&whole) || whole.value != record.Int(sum) {
		return
	}
	for k, pieces := range classes {
		if len(pieces) < 2 {
			continue
		}
		if k.at.kind == undated {
			for _, c := range pieces {
				k.at.coef += c.count()
			}
		}
		for _, c := range pieces {
			c.piece, c.at = true, k.at
		}
	}
}

// addable reports whether a claim is an exact count that nobody rejected.
func (b *book) addable(c *claim) bool {
	return b.dims[c.dims].Measure == record.Count && c.flawed == sound && !c.rejected() && c.bound == exactly
}

// nameKeys writes the keys of places, and says of each place which
// one is the first of its key.
func (b *book) nameKeys() (one []int32) {
	at := make(map[string]int32, len(b.places))
	one = make([]int32, len(b.places))
	for i, p := range b.places {
		k := placeKey(p)
		first, known := at[k]
		if !known {
			first, at[k] = int32(i), int32(i)
		}
		b.placeKeys, one[i] = append(b.placeKeys, k), first
	}
	return one
}

// aggregator is the authority of those who repeat what others wrote.
const aggregator = 1

// readArticles numbers the articles of the figures, in the order of their IDs.
func (b *book) readArticles() map[string]int32 {
	at, last := map[string]int32{}, ""
	for i := range b.in.Figures.Len() {
		if id := b.in.Figures.ArticleID(i); i == 0 || id != last {
			at[id], last = 0, id
		}
	}
	var outlets record.Names[string]
	b.articles = make([]article, 0, len(at))
	for _, id := range slices.Sorted(maps.Keys(at)) {
		at[id] = int32(len(b.articles))
		a, outlet := b.article(id)
		a.outlet = outlets.Number(outlet)
		b.articles = append(b.articles, a)
	}
	b.outlets = len(outlets.List)
	return at
}

func (b *book) article(id string) (a article, outlet string) {
	s := b.in.Articles[id]
	a = article{id: id, published: record.NoDate, known: record.NoDate, authority: int32(s.Authority)}
	if _, ok := b.in.Articles[id]; ok {
		if day := s.Article.Published.Date; day > 0 { // a Source left empty says 1970-01-01
			a.published = day
		}
		a.known = a.published
		if !s.Article.CapturedAt.IsZero() {
			a.known = record.DateIn(s.Article.CapturedAt)
			a.published = min(a.published, a.known) // what is captured is out: a later date is a slip
		}
	}
	root := cmp.Or(s.Article.DuplicateOf, id)
	if first := b.in.Articles[root].Article.Published.Date; first > 0 && first < a.published {
		a.published = first // what is printed again is as old as it was
	}
	a.copied = root != id && a.authority <= aggregator
	origin := b.in.Articles[root].Article
	return a, cmp.Or(origin.Outlet(), root)
}

// territory is the place that a figure of some time is of. A province that the
// merger left alone is one place, of the division of that time.
func (b *book) territory(p record.Place, at slot) record.Place {
	l, known := b.lands[p]
	if !known {
		if now, ok := b.in.Places.Now(p); ok && p.Level == record.LevelProvince {
			if parts := b.in.Places.Parts(now); len(parts) == 1 {
				l = [2]record.Place{parts[0], now}
			}
		}
		b.lands[p] = l
	}
	switch {
	case !l[0].Known():
		return p
	case record.VintageAt(at.period().Last()) == record.Vintage34:
		return l[1]
	}
	return l[0]
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
		for _, point := range b.points(b.claims[i:j:j]) {
			b.addCell(point)
		}
		i = j
	}
}

// points divides what was claimed of a stock in one month by the days that it
// is of. Each day that is said is a point. A number whose day is assumed, or
// a span of days, belongs to the last point before it that it agrees with or
// contradicts; where it is one that the stock can have grown to since, it is a
// point of its own.
func (b *book) points(claims []claim) [][]claim {
	first := claims[0].day
	if claims[0].at.kind != inMonth {
		return [][]claim{claims}
	}
	if !slices.ContainsFunc(claims, func(c claim) bool { return c.day != first }) {
		return [][]claim{onDay(claims, first)}
	}
	slices.SortFunc(claims, func(x, y claim) int {
		return cmp.Or(trueFirst(!x.loose, !y.loose), cmp.Compare(x.day, y.day), b.compareValues(&x, &y))
	})
	var list []point
	for k := range claims {
		c := &claims[k]
		i := b.pointOf(list, c)
		if i < 0 {
			i, _ = slices.BinarySearchFunc(list, c.day, func(p point, day record.Date) int { return cmp.Compare(p.day, day) })
			list = slices.Insert(list, i, point{day: c.day, firm: !c.loose})
		}
		list[i].add(c)
	}
	slices.SortFunc(claims, func(x, y claim) int { return cmp.Or(cmp.Compare(x.at.to, y.at.to), b.compareValues(&x, &y)) })
	var out [][]claim
	for i := 0; i < len(claims); {
		k := i + 1
		for k < len(claims) && claims[k].at == claims[i].at {
			k++
		}
		out = append(out, claims[i:k:k])
		i = k
	}
	return out
}

func onDay(claims []claim, day record.Date) []claim {
	for i := range claims {
		claims[i].at.to = int32(day)
	}
	return claims
}

// point is one day of a month and what is said of it.
type point struct {
	day  record.Date
	firm bool
	said []claim // some of the claims, one for each number
}

func (p *point) add(c *claim) {
	const many = 50 // where more is said than anybody can sort out, the first of it stands for all
	c.at.to = int32(p.day)
	if len(p.said) < many && !slices.ContainsFunc(p.said, func(o claim) bool { return o.value == c.value }) {
		p.said = append(p.said, *c)
	}
}

// pointOf is the point that a claim belongs to, -1 for one of its own. The
// points are in the order of their days.
func (b *book) pointOf(list []point, c *claim) int {
	last := -1
	for i, p := range list {
		if p.day <= c.day {
			last = i
		}
	}
	if !c.loose {
		if last >= 0 && list[last].day == c.day && list[last].firm {
			return last
		}
		return -1
	}
	for i := last; i >= 0; i-- {
		if slices.ContainsFunc(list[i].said, func(o claim) bool { return agree(&o, c) }) {
			return i
		}
	}
	if last >= 0 && list[last].day < c.day && slices.ContainsFunc(list[last].said, func(o claim) bool { return b.grew(&o, c) }) {
		return -1
	}
	return last
}

// agree reports whether a claim says the same as an earlier one, or is a bound
// or round number that it keeps.
func agree(said, c *claim) bool {
	switch {
	case said.bound == exactly:
		return satisfies(said.value, c.qualifier(), c.value)
	case c.bound == exactly:
		return satisfies(c.value, said.qualifier(), said.value)
	}
	return compatible(&candidate{value: said.value, bound: said.bound}, &candidate{value: c.value, bound: c.bound})
}

// grew reports whether a stock can have grown from one claim to another within a
// month: the increment is printed, or it is small and no slip of the pen.
func (b *book) grew(from, to *claim) bool {
	const share, few = 5, 5 // up to a fifth, or five
	if !b.addable(from) || !b.addable(to) || to.count() <= from.count() {
		return false
	}
	more := to.count() - from.count()
	if b.increment(from, more) {
		return true
	}
	switch typoBetween(to.count(), from.count()) {
	case record.DigitsSwapped, record.DigitAdded, record.DigitDropped:
		return false
	}
	return more <= max(from.count()/share, few)
}

// increment reports whether a number is said to have been newly recognised in a
// period that reaches into the month of a stock.
func (b *book) increment(stock *claim, n int64) bool {
	d := b.dims[stock.dims]
	d.Movement = record.New
	dims := b.dimsIndex(d)
	i, _ := slices.BinarySearchFunc(b.claims, claim{place: stock.place, dims: dims}, func(c, want claim) int {
		return cmp.Or(cmp.Compare(c.place, want.place), cmp.Compare(c.dims, want.dims))
	})
	month := monthPeriod(stock.at.from)
	for ; dims >= 0 && i < len(b.claims) && b.claims[i].place == stock.place && b.claims[i].dims == dims; i++ {
		if c := &b.claims[i]; c.value == record.Int(n) && c.at.kind == inPeriod && c.at.period().Overlaps(month) {
			return true
		}
	}
	return false
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
		c := cell{place: group[0].place, dims: group[0].dims, at: group[0].at, claims: group, day: group[0].day}
		for _, cl := range group {
			c.day = min(c.day, cl.day)
		}
		c.soft = !slices.ContainsFunc(group, func(cl claim) bool { return !cl.soft })
		c.id = b.statisticID(c.place, c.dims, c.at)
		b.cells = append(b.cells, c)
	}
}

func (b *book) splitParts(claims []claim) (total, part []claim) {
	is34 := func(c claim) bool { return b.figure(c.fig).Stars == record.Stars34 }
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
		case !exact && c.bound == exactly:
			exact, least = true, c.value
		}
		total = append(total, c)
	}
	if !exact || most.Cmp(least) >= 0 {
		return claims, nil
	}
	d := b.dims[claims[0].dims]
	d.Stars = record.Stars34
	for k := range part {
		part[k].dims = b.dimsIndex(d)
	}
	return total, part
}

func trueFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// satisfies reports whether an exact value fits a printed bound; "khoảng" is
// taken as within a tenth.
func satisfies(v record.Decimal, q record.Qualifier, bound record.Decimal) bool {
	n := v.Cmp(bound)
	switch q {
	case record.AtLeast:
		return n >= 0
	case record.Over:
		return n > 0
	case record.AtMost:
		return n <= 0
	case record.Under:
		return n < 0
	case record.About:
		d := v.Float() - bound.Float()
		return max(d, -d) <= 0.1*max(bound.Float(), -bound.Float())
	}
	return n == 0
}

// compatible reports whether two values, of which none is exact, can both hold.
func compatible(x, y *candidate) bool {
	if x.bound == exactly || y.bound == exactly {
		return false
	}
	xl, xh := x.interval()
	yl, yh := y.interval()
	return xl <= yh && yl <= xh
}

// interval is what a bound or a round number leaves open; counts are whole.
func (c *candidate) interval() (low, high float64) {
	v, next := c.value.Float(), 0.0
	if c.value.Scale == 0 {
		next = 1
	}
	switch c.qualifier() {
	case record.AtLeast:
		return v, math.Inf(1)
	case record.Over:
		return v + next, math.Inf(1)
	case record.AtMost:
		return math.Inf(-1), v
	case record.Under:
		return math.Inf(-1), v - next
	case record.About:
		return math.Ceil(.9 * v), math.Floor(1.1 * v)
	}
	return v, v
}
