package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

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
	b.checks = make([]check, 0, len(b.cells)*3/4)
	for _, cells := range b.byPlace() {
		b.solvePlace(cells)
	}
	b.checkSeries()
	b.sumTerritories()
	b.checkHierarchy()
	b.lines = b.outOfLine()
	list := b.listed()
	b.decideRest(list)
	return Result{Statistics: b.statistics(list), Checks: b.checked(), Unfit: b.decided.left(), Decided: b.decided.held}
}

func newBook(in Input) *book {
	return &book{in: in, changed: map[int32]record.Figure{}, decided: inForce(in.Decisions, in.AsOf), edits: Edits(),
		lands: map[record.Place][2]record.Place{}, aside: map[*cell]bool{},
		shortening: map[*cell]record.Rounding{}, tallyAt: map[tallyKey]int{},
		guests: map[*cell][]claim{}, spoken: map[*cell]string{}}
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
