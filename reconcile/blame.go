package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"ocopstat/record"
)

// Where very much is wrong nobody in particular is to blame, and the search for
// the smallest sets would take long.
const (
	blameBudget   = 100  // how many times a part of a sheet may be solved for it
	solveBudget   = 40   // and how many halvings each time
	blameItems    = 14   // how many numbers it may have
	blameFailures = 5    // and how many rules that fail as printed
	placeBudget   = 4000 // how many times all parts of one place together
)

// blame finds the cells to blame for rules that cannot all hold, of which some
// are known to fail as printed: what the smallest sets share, and for
// suggestions all that stand in one. Doubting a number costs as much as it has
// independent sources. It reports false when there is too much to search.
func (s *sheet) blame(b *book, failed []int) (blamed, suspected []*cell, searched bool) {
	items, at := s.suspectable()
	if len(items) > blameItems || len(failed) > blameFailures {
		return nil, items, false
	}
	p := suspects{budget: min(blameBudget, b.effort), weight: make([]int64, len(items))}
	for i, c := range items {
		p.weight[i] = int64(max(c.cands[0].sources, 1))
		if s.makesAll(c) {
			p.weight[i]++ // the other shares speak for it too
		}
		if c.word != nil || c.cands[0].word != nil {
			p.weight[i] = certain // the office has decided
		}
	}
	p.feasible = s.trial(at).feasible
	for _, i := range failed {
		var conflict []int
		for _, c := range s.printedCells(&s.rules[i]) {
			conflict = append(conflict, at[c])
		}
		p.known = append(p.known, conflict)
	}
	b.effort -= p.budget
	sets, ok := p.culprits()
	b.effort += p.budget // what is left over
	if !ok {
		return nil, items, false
	}
	for _, i := range shared(sets) {
		blamed = append(blamed, items[i])
	}
	for i, c := range items {
		if slices.ContainsFunc(sets, func(set []int) bool { return slices.Contains(set, i) }) {
			suspected = append(suspected, c)
		}
	}
	return blamed, suspected, true
}

// trial tries out which numbers can all be true. It is used again and again, so
// it writes the constraints down once.
type trial struct {
	s      *sheet
	at     map[*cell]int
	cons   [][]constraint // by rule
	sys    system
	search searching
}

func (s *sheet) trial(at map[*cell]int) *trial {
	t := &trial{s: s, at: at, sys: system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}}
	for i := range s.rules {
		t.cons = append(t.cons, s.loose(&s.rules[i], func(c *cell) *candidate { return &c.cands[0] }))
	}
	return t
}

// feasible reports whether everything but the doubted cells can be true.
func (t *trial) feasible(doubted []bool) bool {
	for i := range t.s.vars {
		v := &t.s.vars[i]
		t.sys.lo[i], t.sys.hi[i] = v.lo, v.hi
		if !v.printed() || doubted[t.at[v.cell]] {
			t.sys.lo[i], t.sys.hi[i] = 0, maxCount
		}
	}
	t.sys.cons = t.sys.cons[:0]
	for i := range t.s.rules {
		if r := &t.s.rules[i]; r.pct == nil || !doubted[t.at[r.pct]] {
			t.sys.cons = append(t.sys.cons, t.cons[i]...)
		}
	}
	t.search.left = solveBudget
	return t.sys.search(&t.search) != no
}

// The principle of Fellegi and Holt (1976): of all the sets of values that one
// would have to doubt to make the rest satisfy every edit, blame the smallest.
// Here "smallest" is by weight, and where several sets are equally small only
// what all of them share is blamed.

// suspects is an error localisation problem: items that can be doubted, each
// at a price, and a test whether the others can all be true.
type suspects struct {
	weight   []int64 // the price of doubting an item; certain: never
	known    [][]int // conflicts that are known beforehand: sets that cannot all be true
	feasible func(doubted []bool) bool
	budget   int // how often feasible may be asked
}

// certain is the weight of an item that is never doubted.
const certain = -1

// culprits finds all smallest sets of items to doubt, each sorted. ok is false
// when there is none or the budget did not suffice.
//
// The search follows Reiter's hitting-set tree (1987): each conflict, a
// minimal set of items that cannot all be true, must lose one of its items.
func (s *suspects) culprits() (sets [][]int, ok bool) {
	type node struct {
		weight int64
		items  []int
	}
	queue := []node{{}}
	seen := map[string]bool{}
	best := int64(-1)
	for len(queue) > 0 {
		at := slices.MinFunc(queue, func(a, b node) int {
			return cmp.Or(cmp.Compare(a.weight, b.weight), slices.Compare(a.items, b.items))
		})
		queue = slices.DeleteFunc(queue, func(n node) bool { return slices.Equal(n.items, at.items) })
		if best >= 0 && at.weight > best {
			break
		}
		if s.budget <= 0 {
			return nil, false
		}
		doubted := make([]bool, len(s.weight))
		for _, i := range at.items {
			doubted[i] = true
		}
		conflict := s.untouched(doubted)
		if conflict == nil {
			if s.ask(doubted) {
				best = at.weight
				sets = append(sets, at.items)
				continue
			}
			conflict = s.conflict(doubted)
		}
		for _, i := range conflict {
			items := append(slices.Clone(at.items), i)
			slices.Sort(items)
			key := fmt.Sprint(items)
			if s.weight[i] == certain || seen[key] {
				continue
			}
			seen[key] = true
			queue = append(queue, node{at.weight + s.weight[i], items})
		}
	}
	return sets, len(sets) > 0
}

// untouched is a known conflict of which nothing is doubted yet.
func (s *suspects) untouched(doubted []bool) []int {
	for _, c := range s.known {
		if !slices.ContainsFunc(c, func(i int) bool { return doubted[i] }) {
			return c
		}
	}
	return nil
}

func (s *suspects) ask(doubted []bool) bool {
	s.budget--
	return s.feasible(doubted)
}

// conflict finds a minimal set of items, none of them doubted, that cannot all
// be true. Certain items are dropped last, so they are seldom in it.
func (s *suspects) conflict(doubted []bool) []int {
	free := slices.Clone(doubted)
	var core []int
	for i := range free {
		if free[i] || s.weight[i] == certain {
			continue
		}
		free[i] = true
		if s.budget <= 0 || s.ask(free) {
			free[i] = false
			core = append(core, i)
		}
	}
	return core
}

// shared is what all sets have in common.
func shared(sets [][]int) []int {
	out := slices.Clone(sets[0])
	for _, s := range sets[1:] {
		out = slices.DeleteFunc(out, func(i int) bool { return !slices.Contains(s, i) })
	}
	return out
}

// suspicion is a printed number and what it would have to be for the
// arithmetic to hold.
type suspicion struct {
	cell *cell
	want int64
}

// slips names the usual slips that would explain why some arithmetic fails. They
// are suggestions for a person: nothing is corrected.
func (b *book) slips(suspicions []suspicion) []record.Remark {
	var out []record.Remark
	for _, x := range suspicions {
		got, whole := x.cell.cands[0].value.Whole()
		if !whole || x.want < 0 || x.want == got {
			continue
		}
		out = append(out, b.otherReport(x, got)...)
		out = append(out, typing(got, x.want)...)
		out = append(out, b.planTaken(x, got)...)
		out = append(out, b.stockTaken(x, got)...)
	}
	return out
}

// otherReport: a value that was not chosen would fit.
func (b *book) otherReport(x suspicion, got int64) []record.Remark {
	for _, c := range x.cell.cands[1:] {
		if c.value == record.Int(x.want) {
			return slip(record.OtherReport, got, x.want)
		}
	}
	return nil
}

// planTaken: the number printed as a result is the planned one.
func (b *book) planTaken(x suspicion, got int64) []record.Remark {
	d := b.dims[x.cell.dims]
	if d.Status != record.Actual {
		return nil
	}
	d.Status = record.Target
	for _, c := range b.cellsOf(x.cell.place, d) {
		plan, result := c.at.period(), x.cell.at.period()
		due := plan.Overlaps(result) || d.Movement == record.Stock && result.Known() && plan.Start >= result.Start
		if due && c.cands[0].value == record.Int(got) {
			return slip(record.PlanTaken, got, x.want)
		}
	}
	return nil
}

// stockTaken: the number printed as an increment is the cumulative total.
func (b *book) stockTaken(x suspicion, got int64) []record.Remark {
	d := b.dims[x.cell.dims]
	if d.Movement != record.New && d.Movement != record.Recognised {
		return nil
	}
	d.Movement = record.Stock
	for _, c := range b.cellsOf(x.cell.place, d) {
		if c.cands[0].value == record.Int(got) {
			return slip(record.TotalTaken, got, x.want)
		}
	}
	return nil
}

// shareSlips names the slips that would explain a percentage that does not fit.
func (s *sheet) shareSlips(b *book, r *rule, suspected []*cell) []record.Remark {
	p := r.pct.cands[0].shown()
	part, whole := &s.vars[r.parts[0]], &s.vars[r.whole]
	var out []record.Remark
	if slices.Contains(suspected, r.pct) && whole.lo > 0 {
		for _, w := range s.otherWholes(b, part, whole) {
			if shares(part.lo, w, p) != record.RoundingNone {
				out = append(out, record.Say(record.OtherWhole, pct(p), num(w)))
			}
		}
		for _, fit := range []int64{percentOf(part.lo, whole.lo, p.Scale, true), percentOf(part.lo, whole.lo, p.Scale, false)} {
			if code := typoBetween(p.Coef, fit); code != "" {
				out = append(out, record.Say(code, pct(p), pct(record.Decimal{Coef: fit, Scale: p.Scale})))
				break
			}
		}
	}
	for _, x := range []struct{ v, other *variable }{{part, whole}, {whole, part}} {
		if !x.v.printed() || !slices.Contains(suspected, x.v.cell) {
			continue
		}
		for _, want := range s.fitting(r, x.v == part) {
			out = append(out, b.slips([]suspicion{{x.v.cell, want}})...)
		}
	}
	return out
}

// otherWholes are the counts of the same place and time, and the plan, that a
// share could be of.
func (s *sheet) otherWholes(b *book, part, whole *variable) []int64 {
	plan := s.kinds.list[whole.dims]
	plan.Status = record.Target
	var out []int64
	for _, c := range slices.Concat(s.cells, b.cellsOf(s.place, plan)) {
		if b.dims[c.dims].Measure == record.Count && c.usable() && c != part.cell && c != whole.cell && c.count() >= part.lo {
			out = append(out, c.count())
		}
	}
	return out
}

// percentOf is part/whole as a percentage in units of the last decimal,
// rounded or cut off.
func percentOf(part, whole int64, scale uint8, rounded bool) int64 {
	n := 100 * pow10(scale) * part
	if rounded {
		return (2*n + whole) / (2 * whole)
	}
	return n / whole
}

// fitting lists the values of the part (or the whole) of a share that would
// print as it does; none when there are too many to mean anything.
func (s *sheet) fitting(r *rule, part bool) []int64 {
	open := r.whole
	if part {
		open = r.parts[0]
	}
	sys := &system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	for _, v := range []int{r.parts[0], r.whole} {
		sys.lo[v], sys.hi[v] = s.vars[v].lo, s.vars[v].hi
	}
	sys.lo[open], sys.hi[open] = 0, maxCount
	sys.cons = shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown(), record.RoundingNone)
	if !sys.propagate() || sys.hi[open]-sys.lo[open] > 12 {
		return nil
	}
	var out []int64
	for n := sys.lo[open]; n <= sys.hi[open]; n++ {
		out = append(out, n)
	}
	return out
}
