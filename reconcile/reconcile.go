// Package reconcile turns the figures of many articles into statistics: one
// value for each place, date and measure, with its support, its doubts and the
// arithmetic that speaks for or against it.
//
// The steps, each a pure function of the one before:
//
//  1. observations, parts, cells: which figures claim the same thing (a cell)
//  2. choose: which of the values of a cell to prefer, and why
//  3. edits, sheet: what must hold between the cells of one place and date
//  4. solve, deduce, checks, blame, slips: what follows from the edits, what
//     breaks them, whom to blame
//  5. series, territory: the same over time and over places
//  6. ledger, history, decisions: what is said of it, since when, and what the
//     office decided, applied last and shown
//
// A printed figure is never changed and nothing is averaged. The order of the
// input never matters: everything is sorted before it is used.
package reconcile

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"ocopstat/record"
)

// Source is an article and how much its publisher is trusted.
type Source struct {
	Article   record.Article // Text and Blocks may be left out
	Authority int            // 0 unknown; higher is better: portal > agency > newspaper > aggregator
}

// Gazetteer answers questions about places.
type Gazetteer interface {
	// Now returns the province in today's division that a place lies in.
	Now(record.Place) (record.Place, bool)
	// Parts returns the old provinces that a province of today was made of; one
	// or none when it did not change.
	Parts(record.Place) []record.Place
	// Region returns the region of a province, the zero Place when unknown.
	Region(record.Place) record.Place
}

// Input is everything that a reconciliation depends on.
type Input struct {
	Figures   []record.Figure
	Groups    []record.Group    // which figures are parts of which
	Articles  map[string]Source // by article ID; a missing article is an unknown source
	Places    Gazetteer
	Decisions []Decision
	// AsOf leaves out every article captured (or, when that is unknown,
	// published) after that day, and those of which neither is known.
	// NoDate takes everything.
	AsOf record.Date
	// Quote is a stretch of the text of an article, by its ID, "" for one that does
	// not lie in it. nil: Articles have their texts.
	Quote func(article string, span record.Span) string
}

// quote is a stretch of the text of an article; "" for what does not lie in it.
func (in *Input) quote(article string, span record.Span) string {
	if span.Start < 0 || span.Start >= span.End {
		return ""
	}
	if in.Quote != nil {
		return in.Quote(article, span)
	}
	if text := in.Articles[article].Article.Text; span.End <= len(text) {
		return span.Of(text)
	}
	return ""
}

// Result is what the figures say together. Every slice is sorted by ID.
type Result struct {
	Statistics []record.Statistic
	Support    []record.Support // by statistic, then figure
	Checks     []record.Check
	Unfit      []Unfit             // decisions without effect, by line
	Decided    map[string]Decision // those on figures that took effect, by figure
}

// Run reconciles the figures. It is pure: the same input in any order gives
// the same result. Bad figures are data and come back as failed checks.
func Run(in Input) Result {
	b := newBook(in)
	b.readClaims()
	b.formCells()
	b.refuseTogether()
	b.chooseAll()
	b.settle()
	b.index()
	out := newLedger(b)
	for _, cells := range b.byPlace() {
		b.solvePlace(cells, out)
	}
	b.checkSeries(out)
	b.sumTerritories(out)
	b.checkHierarchy(out)
	out.gradeAll()
	out.decideRest()
	return out.result()
}

// book is the working state of one run.
type book struct {
	in        Input
	figures   []record.Figure
	articles  []article
	dims      []record.Dims // distinct, canonical, sorted
	places    []record.Place
	dimsKeys  []string // of dims and places, in the IDs of statistics
	placeKeys []string
	placeAt   map[string]int32 // by key
	claims    []claim          // sorted: place, dims, slot, value, figure
	cells     []cell           // in the order of their claims
	five      []record.Date    // the first day with a product of five stars, by place
	now       []string         // the province of today, by place
	home      []int32          // the place whose series a place continues, by place
	series    map[seriesKey][]*cell
	children  []map[int32][]int32 // by step, the places in a place
	parents   []map[int32]int32   // by step, the place around a place
	edits     []Edit
	decided   *decisions
	outlets   int                              // how many there are
	lands     map[record.Place][2]record.Place // of a province that the merger left alone, before and since; see territory
	derived   []tally
	marks     marks
	spare     []candidate    // not yet given to a cell
	aside     map[*cell]bool // those that the arithmetic alone blames
	effort    int            // what is left to spend on finding whom to blame in a place
}

// article is what reconciliation needs to know of one article.
type article struct {
	id        string
	known     record.Date // captured, else published, else NoDate
	published record.Date
	authority int32
	outlet    int32  // who said it first
	copied    bool   // an aggregator's reprint
	prints    uint64 // sum of the hashes of its claims
	claims    int
}

func newBook(in Input) *book {
	return &book{in: in, figures: in.Figures, decided: inForce(in.Decisions, in.AsOf), edits: Edits(),
		lands: map[record.Place][2]record.Place{}, aside: map[*cell]bool{}}
}

// seriesKey names one thing of one place over time.
type seriesKey struct{ place, dims int32 }

// nameKeys writes the keys of places and dimensions, and says of each place which
// one is the first of its key.
func (b *book) nameKeys() (one []int32) {
	b.placeAt = make(map[string]int32, len(b.places))
	one = make([]int32, len(b.places))
	for i, p := range b.places {
		k := placeKey(p)
		first, known := b.placeAt[k]
		if !known {
			first, b.placeAt[k] = int32(i), int32(i)
		}
		b.placeKeys, one[i] = append(b.placeKeys, k), first
	}
	for _, d := range b.dims {
		b.dimsKeys = append(b.dimsKeys, dimsKey(d))
	}
	return one
}

func (b *book) statisticID(place, dims int32, at slot) string {
	return statisticID(b.placeKeys[place], b.dimsKeys[dims], at)
}

// index prepares what the later steps look up.
func (b *book) index() {
	b.now, b.home = make([]string, len(b.places)), make([]int32, len(b.places))
	unchanged := map[string]int32{}
	for i, p := range b.places {
		b.home[i] = int32(i)
		now, ok := b.in.Places.Now(p)
		if !ok {
			continue
		}
		b.now[i] = now.Code
		if p.Level == record.LevelProvince && len(b.in.Places.Parts(now)) <= 1 { // the same land before and after
			if first, seen := unchanged[now.Code]; seen {
				b.home[i] = first
			} else {
				unchanged[now.Code] = int32(i)
			}
		}
	}
	for _, s := range steps() {
		children, parents := b.childrenOf(s), map[int32]int32{}
		for parent, kids := range children {
			for _, k := range kids {
				parents[k] = parent
			}
		}
		b.children, b.parents = append(b.children, children), append(b.parents, parents)
	}
	b.series = map[seriesKey][]*cell{}
	for i := range b.cells {
		if c := &b.cells[i]; !c.gone {
			k := seriesKey{b.home[c.place], c.dims}
			b.series[k] = append(b.series[k], c)
		}
	}
	for _, cells := range b.series {
		slices.SortFunc(cells, func(x, y *cell) int { return cmp.Or(x.at.compare(y.at), cmp.Compare(x.place, y.place)) })
	}
}

// Outlet names the publisher of an article: its source, the host of its
// address, or the article itself.
func Outlet(id string, s Source) string {
	if s.Article.SourceID != "" {
		return s.Article.SourceID
	}
	if u, err := url.Parse(s.Article.URL); err == nil && u.Host != "" && u.Scheme != "file" {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return id
}

// aggregator is the authority of those who repeat what others wrote.
const aggregator = 1

// readArticles numbers the articles of the figures, in the order of their IDs.
func (b *book) readArticles() map[string]int32 {
	at, last := map[string]int32{}, ""
	for i := range b.figures {
		if id := b.figures[i].ArticleID; i == 0 || id != last {
			at[id], last = 0, id
		}
	}
	var outlets names[string]
	b.articles = make([]article, 0, len(at))
	for _, id := range slices.Sorted(maps.Keys(at)) {
		at[id] = int32(len(b.articles))
		a, outlet := b.article(id)
		a.outlet = outlets.number(outlet)
		b.articles = append(b.articles, a)
	}
	b.outlets = len(outlets.list)
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
	return a, Outlet(root, b.in.Articles[root])
}

// names numbers different things.
type names[K comparable] struct {
	list []K // by number
	at   map[K]int32
	last int32 // the number given last: most come in runs
}

func (n *names[K]) number(k K) int32 {
	if len(n.list) > 0 && n.list[n.last] == k {
		return n.last
	}
	i, known := n.at[k]
	if !known {
		if n.at == nil {
			n.at = map[K]int32{}
		}
		i = int32(len(n.list))
		n.at[k], n.list = i, append(n.list, k)
	}
	n.last = i
	return i
}

// sort brings the list in order and says where each number has gone. Nothing is
// numbered afterwards.
func (n *names[K]) sort(compare func(a, b K) int) (rank []int32) {
	rank = make([]int32, len(n.list))
	slices.SortFunc(n.list, compare)
	for i, k := range n.list {
		rank[n.at[k]] = int32(i)
	}
	return rank
}
