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
	Dimensions
)

var dimensionNames = [Dimensions]string{"status", "movement", "stars", "period"}

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
	StarClass: {"rule", "l0", "r0", "none", "wrule"},
	Period:    {"rule", "l1", "l1whole", "published", "none", "wrule"},
}

// rankedProblem makes the problem of stars or periods; with a model sources are
// numbers, those without weights are left out, and the weights of kinds of pairs
// stand in place of their features.
func (a *Article) rankedProblem(d Dimension, decided []Decision, names map[uint64]string, m *Model, mem *scratch) (Problem, [][]Candidate) {
	p := Problem{Nodes: mem.nodes.take(len(a.Figures)), mem: mem}
	all := mem.offers.take(len(a.Figures))
	f := Features{Names: names, src: a.Text, IDs: mem.hashes.take(64)[:0]}
	c := candidates{names: names, mem: mem}
	if m != nil {
		c.numbers = &m.sources[d].numbers
		f.sum = &mem.kinds
		f.sum.use(&m.kinds[d], 0, mem)
	}
	var main, lacks []uint64
	for _, name := range mainSources[d] {
		if x, ok := c.source("!", name); ok {
			s, _ := c.source(name)
			main, lacks = append(main, s), append(lacks, x)
		}
	}
	for n := range a.Figures {
		c.list = nil
		switch {
		case a.Figures[n].Unit < 0 && d == StarClass:
			c.star(a.Figures[n].Stars)
		case a.Figures[n].Unit < 0:
			c.period(a.Figures[n].Period)
		case d == StarClass:
			a.starCandidates(n, &c)
		default:
			a.periodCandidates(n, &c)
		}
		all[n] = c.list
		node := &p.Nodes[n]
		var rel string
		node.Parent, rel = a.parent(n)
		if a.Figures[n].Unit >= 0 {
			node.Context = a.context(n, decided[n].Movement, &c)
		}
		node.Sources, node.Absent = mem.lists.take(len(c.list)), mem.lists.take(len(c.list))
		for i := range c.list {
			node.Sources[i] = c.list[i].Sources
			node.Absent[i] = missing(c.list, i, main, lacks, mem)
		}
		if node.Parent >= 0 {
			a.pairs(d, n, rel, all[node.Parent], c.list, decided, node, &f, mem)
		}
	}
	return p, all
}

// pairs fills the kinds of pair of a node and their features.
func (a *Article) pairs(d Dimension, n int, rel string, parents, own []Candidate, decided []Decision, node *Node, f *Features, mem *scratch) {
	var at [len(starPairs)]uint8 // of a kind, from 1
	kinds := mem.lists.take(16)[:0]
	node.kinds = mem.ints.take(16)[:0]
	node.Pairs = mem.bytes.take(len(parents) * len(own))
	for x := range parents {
		for y := range own {
			var kind int
			if d == StarClass {
				kind = starPair(parents[x].Stars, own[y].Stars)
			} else {
				kind = periodPair(parents[x].Period, own[y].Period)
			}
			if at[kind] == 0 {
				name := starPairs[kind]
				if d == Period {
					name = periodPairs[kind]
				}
				score := f.start(mem)
				a.pairFeatures(d, n, node.Parent, rel, name, decided, f)
				kinds = append(kinds, mem.hashes.keep(f.IDs))
				if score != nil {
					node.kinds = append(node.kinds, score[0])
				}
				at[kind] = uint8(len(kinds))
			}
			node.Pairs[x*len(own)+y] = at[kind] - 1
		}
	}
	node.Kinds = kinds
}

func (a *Article) pairFeatures(d Dimension, n, q int, rel, kind string, decided []Decision, f *Features) {
	g, o := &a.Figures[n], &a.Figures[q]
	f.Add("E", rel, ":", kind)
	f.Add("E", rel, ":", kind, ":", g.Kin)
	if d == StarClass {
		f.Add("E", rel, ":", kind, ":", string(g.Subject), ":", string(o.Subject), ":", a.ownStars(g))
		return
	}
	f.Add("E", rel, ":", kind, ":", g.Kin, a.ownWords(g))
	f.Add("E", rel, ":", kind, ":", string(decided[q].Movement), ">", string(decided[n].Movement))
	f.Add("E", rel, ":", kind, ":", string(o.Status), ">", string(g.Status))
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
