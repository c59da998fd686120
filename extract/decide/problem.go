package decide

import (
	"slices"

	"ocopstat/record"
)

// Movements and Statuses are the labels of the two classified dimensions.
var (
	Movements = []record.Movement{record.Stock, record.New, record.Renewed, record.Recognised, record.Upgraded, record.Candidate, record.Expired}
	Statuses  = []record.Status{record.Actual, record.Target}
)

// Dimension is what a Problem decides.
type Dimension int

// The dimensions, in the order in which they are decided.
const (
	Status Dimension = iota
	Movement
	StarClass
	Period
	Facet
	PlaceScope
	Dimensions
)

var dimensionNames = [Dimensions]string{"status", "movement", "stars", "period", "facet", "place"}

// confidenceName stands for confidence where lines of weights name a dimension.
const confidenceName = "confidence"

func (d Dimension) String() string { return dimensionNames[d] }

// Problem makes the problem of one dimension, with the candidates of every row
// where a row has some of its own. decided are the decisions so far. names, when
// not nil, takes the names of the features.
func (a *Article) Problem(d Dimension, decided []Decision, names map[uint64]string) (Problem, [][]Candidate) {
	if d < StarClass {
		return a.labelledProblem(d.labels(), names, nil, new(scratch)), nil
	}
	return a.rankedProblem(d, decided, names, nil, new(scratch))
}

// labelledProblem makes the problem of movement or status. names, when not nil, takes
// the names of the features; with a model the weights of both stand in their place.
func (a *Article) labelledProblem(labels int, names map[uint64]string, m *Model, mem *scratch) Problem {
	p := Problem{Labels: labels, Nodes: mem.nodes.take(len(a.Figures)), mem: mem}
	f := Features{Names: names, src: a.Text, IDs: mem.hashes.take(1024)[:0]}
	link := Features{Names: names, src: a.Text, IDs: mem.hashes.take(16)[:0]}
	if m != nil {
		f.sum, link.sum = &mem.sums, &mem.linkSums
		f.sum.use(&m.labels, a.parts(), mem)
		link.sum.use(&m.links, 0, mem)
	}
	l := labeller{Article: a, mem: mem, met: mem.met.take(len(a.Figures))}
	for n := range a.Figures {
		node := &p.Nodes[n]
		node.Parent, _ = a.parent(n)
		node.shared = f.start(mem)
		if a.Figures[n].Unit >= 0 {
			l.row(n, &f)
		}
		node.Shared = mem.hashes.keep(f.IDs)
		if node.Parent >= 0 {
			node.link = link.start(mem)
			a.link(n, &link)
			node.Link = mem.hashes.keep(link.IDs)
		}
	}
	return p
}

// mainSources are the sources whose absence counts.
var mainSources = [Dimensions][]string{
	StarClass:  {"rule", "l0", "r0", "none", "wrule"},
	Period:     {"rule", "l1", "l1whole", "published", "none", "wrule"},
	Facet:      {"rule", "l0", "r0", "none", "wrule"},
	PlaceScope: {"rule", "l0", "r0", "here", "main", "wrule"},
}

// rankedProblem makes the problem of a dimension with candidates; with a model sources are
// numbers, those without weights are left out, and the weights of kinds of pairs
// stand in place of their features.
func (a *Article) rankedProblem(d Dimension, decided []Decision, names map[uint64]string, m *Model, mem *scratch) (Problem, [][]Candidate) {
	p := Problem{Nodes: mem.nodes.take(len(a.Figures)), mem: mem}
	all := mem.offers.take(len(a.Figures))
	f := Features{Names: names, src: a.Text, IDs: mem.hashes.take(64)[:0]}
	c := candidates{names: names, mem: mem, places: a.Places}
	if m != nil {
		c.numbers = &m.sources[d].numbers
		f.sum = &mem.kinds
		f.sum.use(&m.kinds[d], 0, mem)
	}
	var l lacking
	for _, name := range mainSources[d] {
		if x, ok := c.source("!", name); ok {
			s, _ := c.source(name)
			l.main, l.lack = append(l.main, s), append(l.lack, x)
		}
	}
	for n := range a.Figures {
		c.list = nil
		switch {
		case a.Figures[n].Unit < 0 && d == StarClass:
			c.star(a.Figures[n].Stars)
		case a.Figures[n].Unit < 0 && d == Facet:
			c.facet(a.Figures[n].Facet)
		case a.Figures[n].Unit < 0 && d == PlaceScope:
			c.place(max(0, a.Figures[n].At))
		case a.Figures[n].Unit < 0:
			c.period(a.Figures[n].Period)
		case d == StarClass:
			a.starCandidates(n, &c)
		case d == Facet:
			a.facetCandidates(n, &c)
		case d == PlaceScope:
			a.placeCandidates(n, &c)
		default:
			a.periodCandidates(n, &c)
		}
		all[n] = c.list
		node := &p.Nodes[n]
		var rel string
		node.Parent, rel = a.parent(n)
		if a.Figures[n].Unit >= 0 {
			node.Context = a.context(n, &decided[n], &c)
		}
		node.Sources, node.Absent = mem.lists.take(len(c.list)), mem.lists.take(len(c.list))
		for i := range c.list {
			node.Sources[i] = c.list[i].Sources
		}
		l.fill(c.list, node.Absent, mem)
		if node.Parent >= 0 {
			a.pairs(d, a.pairingOf(d, n, node.Parent, rel, decided), all[node.Parent], c.list, node, &f, mem)
		}
	}
	return p, all
}

// pairing is what the features of a kind of pair depend on, besides the kind.
type pairing struct {
	rel, kin         string
	what, whatParent string // counted, of stars
	own              string // words of its own
	moved, status    string // the parent's and its own, of periods
}

func (a *Article) pairingOf(d Dimension, n, q int, rel string, decided []Decision) pairing {
	g, o := &a.Figures[n], &a.Figures[q]
	p := pairing{rel: rel, kin: g.Kin}
	if d == StarClass {
		p.what, p.whatParent, p.own = string(g.Subject), string(o.Subject), a.ownStars(g)
		return p
	}
	p.own = a.ownWords(g)
	p.moved = movedPairs[slices.Index(Movements, decided[q].Movement)+1][slices.Index(Movements, decided[n].Movement)+1]
	p.status = statusPairs[slices.Index(Statuses, decided[q].Status)+1][slices.Index(Statuses, decided[n].Status)+1]
	return p
}

var movedPairs, statusPairs = pairsOf(Movements), pairsOf(Statuses)

// pairsOf writes every pair of labels, with "" for none before the first.
func pairsOf[L ~string](labels []L) [][]string {
	all := append([]L{""}, labels...)
	out := make([][]string, len(all))
	for i, p := range all {
		for _, c := range all {
			out[i] = append(out[i], string(p)+">"+string(c))
		}
	}
	return out
}

// key is a hash of all that the features depend on.
func (p *pairing) key() uint64 {
	h := uint64(offset64)
	for _, s := range [...]string{p.rel, p.kin, p.what, p.whatParent, p.own, p.moved, p.status} {
		h = hashString((h^'|')*prime64, s)
	}
	return h
}

func (p *pairing) features(d Dimension, kind string, f *Features) {
	e := stemOf("E", p.rel, ":", kind)
	f.under(&e)
	f.under(&e, ":", p.kin)
	if d == StarClass {
		f.under(&e, ":", p.what, ":", p.whatParent, ":", p.own)
		return
	}
	f.under(&e, ":", p.kin, p.own)
	f.under(&e, ":", p.moved)
	f.under(&e, ":", p.status)
}

// met are weights of pairs that were worked out lately, by a hash of what they
// depend on.
type met [1 << 10]struct {
	key   uint64
	score int32
}

func (m *met) score(key uint64, work func() int32) int32 {
	at := &m[key>>(64-10)]
	if at.key != key {
		at.key, at.score = key, work()
	}
	return at.score
}

// pairs fills the kinds of pair of a node and their features.
func (a *Article) pairs(d Dimension, p pairing, parents, own []Candidate, node *Node, f *Features, mem *scratch) {
	var at [len(starPairs)]uint8 // of a kind, from 1
	node.Pairs = mem.bytes.take(len(parents) * len(own))
	if f.sum == nil {
		node.Kinds = mem.lists.take(16)[:0]
	} else {
		node.kinds = mem.ints.take(16)[:0]
	}
	kinds, key := uint8(0), p.key()
	for x := range parents {
		for y := range own {
			kind, names := 0, starPairs[:]
			switch d {
			case StarClass:
				kind = starPair(parents[x].Stars, own[y].Stars)
			case Period:
				kind, names = periodPair(parents[x].Period, own[y].Period), periodPairs[:]
			case Facet:
				kind, names = facetPair(parents[x].Facet, own[y].Facet), facetPairs[:]
			case PlaceScope:
				kind, names = placePair(parents[x].Place, own[y].Place), placePairs[:]
			}
			if at[kind] == 0 {
				kinds++
				at[kind] = kinds
				if f.sum == nil {
					f.start(mem)
					p.features(d, names[kind], f)
					node.Kinds = append(node.Kinds, mem.hashes.keep(f.IDs))
				} else {
					node.kinds = append(node.kinds, mem.pairs[d-StarClass].score(mix(key, uint64(kind)), func() int32 {
						total := f.start(mem)
						p.features(d, names[kind], f)
						return total[0]
					}))
				}
			}
			node.Pairs[x*len(own)+y] = at[kind] - 1
		}
	}
}

var classes = [10]record.Stars{"", "3", "4", "5", "3-4", "3-5", "4-5", "3+", "4+", "5p"}

// starPairs names the kinds of pair of classes, the parent's first; 0 is one level
// said of both.
var starPairs = func() (names [1 + len(classes)*len(classes)]string) {
	names[0] = "same"
	for i, p := range classes {
		for j, c := range classes {
			names[1+i*len(classes)+j] = string(p) + ">" + string(c)
		}
	}
	return names
}()

// starPair says how the classes of a row and its parent go together.
func starPair(p, c record.Stars) int {
	if p == c && p != "" && level(p) {
		return 0
	}
	return 1 + classIndex(p)*len(classes) + classIndex(c)
}

func classIndex(s record.Stars) int { return max(0, slices.Index(classes[:], s)) }

func (a *Article) ownStars(g *Figure) string {
	for _, zone := range g.Zone {
		for _, m := range zone {
			if a.Sentences[g.Sentence].Marks[m].Kind == Stars {
				return "own"
			}
		}
	}
	return "none"
}

// periodPairs names the kinds of pair of periods.
var periodPairs = [8]string{"none", "same", "gains", "loses", "finer", "coarser", "sameyear", "apart"}

// periodPair says how the periods of a row and its parent go together.
func periodPair(p, c record.Period) int {
	switch {
	case p == c && !p.Known():
		return 0
	case p == c:
		return 1
	case !p.Known():
		return 2
	case !c.Known():
		return 3
	case p.Contains(c):
		return 4
	case c.Contains(p):
		return 5
	case p.Last().Year() == c.Last().Year():
		return 6
	}
	return 7
}
