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

import "ocopstat/record"

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
}

// Result is what the figures say together. Every slice is sorted by ID.
type Result struct {
	Statistics []record.Statistic
	Support    []record.Support // by statistic, then figure
	Checks     []record.Check
	History    []Issue // by statistic, then day
}

// Run reconciles the figures. It is pure: the same input in any order gives
// the same result. Bad figures are data and come back as failed checks. The
// error names the decisions that no longer fit; there is then no result.
func Run(in Input) (Result, error) {
	b := newBook(in)
	b.readClaims()
	b.formCells()
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
	out.decideRest()
	if err := b.decided.err(); err != nil {
		return Result{}, err
	}
	return out.result(), nil
}
