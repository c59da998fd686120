package decide

import (
	"math"
	"slices"

	"ocopstat/record"
)

// Decision is what was settled for one row, and how sure that is.
type Decision struct {
	Status   record.Status
	Movement record.Movement
	Stars    record.Stars
	Period   record.Period
	Facet    record.Facet
	Place    record.Place
	Sure     [Dimensions]float64 // the probability of each
	// Confidence is the probability that all dimensions of the row are right, those
	// that the rules decided too.
	Confidence float64
}

// AsRead is the row as the rules read it.
func AsRead(f *Figure) Decision {
	return Decision{Status: f.Status, Movement: f.Movement, Stars: f.Stars, Period: f.Period, Facet: f.Facet, Place: f.Place}
}

// Apply puts the decision in place of what the rules read.
func (d *Decision) Apply(f *record.Figure) {
	f.Status, f.Movement, f.Stars, f.Period, f.Facet, f.Place = d.Status, d.Movement, d.Stars, d.Period, d.Facet, d.Place
}

// Values is the number of values that a row may take in a dimension.
func Values(d Dimension, candidates [][]Candidate, row int) int {
	switch d {
	case Status:
		return len(Statuses)
	case Movement:
		return len(Movements)
	}
	return len(candidates[row])
}

// ValueOf is the code of one of these values.
func ValueOf(d Dimension, candidates [][]Candidate, row, value int) string {
	var v Decision
	v.set(d, candidates, row, value)
	return v.code(d)
}

// set gives a dimension one of its values.
func (d *Decision) set(dim Dimension, candidates [][]Candidate, row, value int) {
	switch dim {
	case Status:
		d.Status = Statuses[value]
	case Movement:
		d.Movement = Movements[value]
	case StarClass:
		d.Stars = candidates[row][value].Stars
	case Period:
		d.Period = candidates[row][value].Period
	case Facet:
		d.Facet = candidates[row][value].Facet
	case PlaceScope:
		d.Place = *candidates[row][value].Place
	}
}

// code is the code of one dimension of a decision.
func (d *Decision) code(dim Dimension) string {
	switch dim {
	case Status:
		return string(d.Status)
	case Movement:
		return string(d.Movement)
	case StarClass:
		return string(d.Stars)
	case Facet:
		return string(d.Facet)
	case PlaceScope:
		return d.Place.Path()
	}
	return d.Period.String()
}

// margins are how much likelier another value must be than that of the rules, as
// logarithms: in doubt the rules, which say why, keep their word. That of status is
// larger, because what they say of it is no feature; docs/decisions/0008 has the trials.
var margins = [Dimensions]float64{Status: 2, Movement: .1, StarClass: .5, Period: .5, Facet: .5, PlaceScope: .5}

// candidateMargin is that of a movement that the rules read as candidate: words that say so
// are seldom said of others.
const candidateMargin = .5

// Take takes the likeliest value of a dimension of a row, by the logarithms of the
// probabilities of all.
func (a *Article) Take(dim Dimension, logs []float64, candidates [][]Candidate, row int, d *Decision) {
	best, rules := 0, -1
	g := &a.Figures[row]
	for y, v := range logs {
		if v > logs[best] {
			best = y
		}
		if !g.Unruled && isValue(dim, candidates, row, y, g) {
			rules = y
		}
	}
	margin := margins[dim]
	if dim == Movement && g.Movement == record.Candidate {
		margin = candidateMargin
	}
	if rules >= 0 && (logs[best]-logs[rules] < margin || a.stays(dim, g, candidates, row, best)) {
		best = rules
	}
	if dim == Movement && g.TakesPart && Movements[best] == record.Stock {
		best = slices.Index(Movements, record.Candidate)
	}
	d.Sure[dim] = min(1, math.Exp(logs[best]))
	d.set(dim, candidates, row, best)
	if dim == PlaceScope && SamePlace(&d.Place, &g.Place) {
		d.Place = g.Place // as the rules name it
	}
}

// stays reports whether the figure's own words leave no doubt of what the rules read, in
// place of a value that is likelier by weights which hardly knew such words.
func (a *Article) stays(dim Dimension, g *Figure, candidates [][]Candidate, row, instead int) bool {
	switch dim {
	case Period:
		return g.WhenOwn && yearToDay(g.Period)
	case PlaceScope:
		return g.PlaceOwn && a.saysWhere(g, candidates[row][instead].Place)
	}
	return false
}

// isValue reports whether the rules read value y.
func isValue(dim Dimension, candidates [][]Candidate, row, y int, g *Figure) bool {
	switch dim {
	case Status:
		return Statuses[y] == g.Status
	case Movement:
		return Movements[y] == g.Movement
	case StarClass:
		return candidates[row][y].Stars == g.Stars
	case Facet:
		return candidates[row][y].Facet == g.Facet
	case PlaceScope:
		return SamePlace(candidates[row][y].Place, &g.Place)
	}
	return candidates[row][y].Period == g.Period
}

// sureSteps are the probabilities between which confidence makes no difference.
var sureSteps = [9]float64{.4, .55, .7, .82, .9, .95, .98, .99, .996}

func sureStep(p float64) string {
	for i, s := range sureSteps {
		if p < s {
			return itoa(i)
		}
	}
	return itoa(len(sureSteps))
}

// Doubts adds what speaks for and against all dimensions of a row being right.
func (a *Article) Doubts(row int, decided []Decision, names map[uint64]string) []uint64 {
	f := Features{Names: names}
	a.doubts(row, decided, &f)
	f.unique()
	return f.IDs
}

func (a *Article) doubts(row int, decided []Decision, f *Features) {
	g, d := &a.Figures[row], &decided[row]
	f.Add("always")
	least, all := 1.0, 1.0
	for i, p := range d.Sure {
		f.Add("sure:", dimensionNames[i], ":", sureStep(p))
		least, all = min(least, p), all*p
	}
	f.Add("least:", sureStep(least))
	f.Add("all:", sureStep(all))
	f.Add("place:", string(g.PlaceBasis), ":", string(d.Place.Level))
	f.Add("facet:", string(d.Facet))
	f.Add("rule:", g.Rule)
	f.Add("kin:", g.Kin, ":", yes(g.Whole >= 0))
	f.Add("producer:", string(g.Subject), ":", yes(g.Producer != ""))
	if !g.Unruled {
		f.Add("agrees:", yes(g.Movement == d.Movement), yes(g.Stars == d.Stars), yes(g.Period == d.Period), yes(SamePlace(&g.Place, &d.Place)))
		f.Add("grade:", string(g.Grade))
	}
	if p, _ := a.parent(row); p >= 0 {
		f.Add("parent:", sureStep(decided[p].Sure[Movement]))
	}
	if d.Place.Level == record.LevelUnknown {
		f.Add("noplace")
	}
}

// GradeOf is the grade of a confidence.
func GradeOf(confidence float64) record.Grade {
	switch {
	case confidence >= .97:
		return record.GradeA
	case confidence >= .90:
		return record.GradeB
	}
	return record.GradeC
}
