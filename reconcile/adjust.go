package reconcile

import (
	"math"
	"math/big"
)

// adjust finds the values nearest to x that satisfy all edits: it minimises
// Σ weight·(y − x)². This is the restrictions adjustment of the rspa package
// (Van der Loo), by successive projection (Hildreth 1957; Dykstra 1983). It
// answers nil when the edits cannot all hold or it does not settle. Values
// whose weight is +Inf do not move. Missing values must not occur.
//
// Reconciliation itself never adjusts a printed number. This serves those who
// need a consistent table and say so.
func (e *edits) adjust(x, weight []float64) []float64 {
	free := &program{n: len(x), rows: closed(e.rows)}
	for v, w := range weight {
		if math.IsInf(w, 1) {
			row := linear{coef: make([]*big.Rat, len(x)), bound: new(big.Rat).SetFloat64(x[v])}
			row.coef[v] = big.NewRat(1, 1)
			free.rows = append(free.rows, row)
		}
	}
	if !free.feasible() {
		return nil
	}
	y := append([]float64(nil), x...)
	dual := make([]float64, len(e.rows))
	for range 100_000 {
		moved := 0.0
		for i := range e.rows {
			moved = max(moved, project(&e.rows[i], y, weight, &dual[i]))
		}
		if moved < 1e-12 {
			return y
		}
	}
	return nil
}

// closed takes strict edits as ≥: a nearest point exists only there.
func closed(rows []linear) []linear {
	out := append([]linear(nil), rows...)
	for i := range out {
		if out[i].rel == above {
			out[i].rel = atLeast
		}
	}
	return out
}

// project moves y towards one edit and returns how far the farthest value
// went. The dual number remembers how far the edit has pushed so far; an
// inequality never pulls.
func project(l *linear, y, weight []float64, dual *float64) float64 {
	short, norm := ratFloat(l.bound), 0.0
	for v, c := range l.coef {
		if c != nil {
			f := ratFloat(c)
			short -= f * y[v]
			norm += f * f / weight[v]
		}
	}
	if norm == 0 {
		return 0
	}
	push := short / norm
	if l.rel != equals {
		push = max(push, -*dual)
	}
	*dual += push
	far := 0.0
	for v, c := range l.coef {
		if c != nil {
			step := push * ratFloat(c) / weight[v]
			y[v] += step
			far = max(far, math.Abs(step))
		}
	}
	return far
}

func ratFloat(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}
