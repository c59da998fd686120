package reconcile

import "math/big"

// program is a linear program over free numbers: find the least objective
// such that every row holds. It is solved by the two-phase simplex method
// with Bland's rule (Dantzig 1963; Bland 1977), in exact fractions, so it
// neither cycles nor rounds. It is meant for some dozens of rows.
type program struct {
	n    int // numbers
	rows []linear
}

type lpStatus uint8

const (
	solved lpStatus = iota
	infeasible
	unbounded
)

// feasible reports whether some numbers satisfy all rows, the strict ones
// strictly: the largest ε with Σ ≥ bound + ε for the strict rows is positive.
func (p *program) feasible() bool {
	strict := false
	q := program{n: p.n + 1}
	for _, r := range p.rows {
		if r.rel == above {
			strict = true
			r.coef = append(padded(r.coef, p.n), big.NewRat(-1, 1))
			r.rel = atLeast
		}
		q.rows = append(q.rows, r)
	}
	if !strict {
		_, status := p.least(nil)
		return status != infeasible
	}
	limit := linear{coef: append(make([]*big.Rat, p.n), big.NewRat(-1, 1)), rel: atLeast, bound: big.NewRat(-1, 1)}
	q.rows = append(q.rows, limit) // ε ≤ 1
	objective := append(make([]*big.Rat, p.n), big.NewRat(-1, 1))
	value, status := q.least(objective)
	return status == solved && value.Sign() < 0
}

func padded(coef []*big.Rat, n int) []*big.Rat {
	out := make([]*big.Rat, n, n+1)
	copy(out, coef)
	return out
}

// least minimises Σ objective·x over the closure of the rows (a strict row
// counts as ≥).
func (p *program) least(objective []*big.Rat) (*big.Rat, lpStatus) {
	t := newTableau(p)
	if !t.phaseOne() {
		return nil, infeasible
	}
	return t.phaseTwo(objective)
}

// tableau is the simplex tableau. Columns: x⁺ and x⁻ of each number, a surplus
// for each inequality, an artificial number for each row, the right side.
type tableau struct {
	n, art, width int
	cells         [][]*big.Rat
	basis         []int
}

func newTableau(p *program) *tableau {
	surplus := 0
	for _, r := range p.rows {
		if r.rel != equals {
			surplus++
		}
	}
	t := &tableau{n: p.n, art: 2*p.n + surplus}
	t.width = t.art + len(p.rows) + 1
	next := 2 * p.n
	for i, r := range p.rows {
		row := make([]*big.Rat, t.width)
		for j := range row {
			row[j] = new(big.Rat)
		}
		for v, c := range r.coef {
			if c != nil {
				row[2*v].Set(c)
				row[2*v+1].Neg(c)
			}
		}
		row[t.width-1].Set(r.bound)
		if r.rel != equals {
			row[next].SetInt64(-1)
			next++
		}
		if row[t.width-1].Sign() < 0 {
			for _, c := range row {
				c.Neg(c)
			}
		}
		row[t.art+i].SetInt64(1)
		t.cells = append(t.cells, row)
		t.basis = append(t.basis, t.art+i)
	}
	return t
}

// phaseOne finds a first solution, by driving the artificial numbers to zero.
func (t *tableau) phaseOne() bool {
	cost := make([]*big.Rat, t.width)
	for j := range cost {
		cost[j] = new(big.Rat)
		if j < t.art || j == t.width-1 {
			for i := range t.cells {
				cost[j].Sub(cost[j], t.cells[i][j])
			}
		}
	}
	t.pivotAll(cost, t.art)
	if cost[t.width-1].Sign() != 0 {
		return false
	}
	for i := range t.basis { // an artificial number left at zero makes room where it can
		if t.basis[i] < t.art {
			continue
		}
		for j := range t.art {
			if t.cells[i][j].Sign() != 0 {
				t.pivot(i, j, cost)
				break
			}
		}
	}
	return true
}

func (t *tableau) phaseTwo(objective []*big.Rat) (*big.Rat, lpStatus) {
	cost := make([]*big.Rat, t.width)
	for j := range cost {
		cost[j] = new(big.Rat)
	}
	for v, c := range objective {
		if c != nil {
			cost[2*v].Set(c)
			cost[2*v+1].Neg(c)
		}
	}
	for i, b := range t.basis { // express the objective by the numbers outside the basis
		if f := new(big.Rat).Set(cost[b]); f.Sign() != 0 {
			subtract(cost, t.cells[i], f)
		}
	}
	if !t.pivotAll(cost, t.art) {
		return nil, unbounded
	}
	return cost[t.width-1].Neg(cost[t.width-1]), solved
}

// pivotAll improves until nothing improves; false when there is no end to it.
func (t *tableau) pivotAll(cost []*big.Rat, columns int) bool {
	for {
		enter := -1
		for j := range columns {
			if cost[j].Sign() < 0 {
				enter = j
				break
			}
		}
		if enter < 0 {
			return true
		}
		leave := t.leaving(enter)
		if leave < 0 {
			return false
		}
		t.pivot(leave, enter, cost)
	}
}

func (t *tableau) leaving(enter int) int {
	leave := -1
	var best *big.Rat
	for i, row := range t.cells {
		if row[enter].Sign() <= 0 {
			continue
		}
		ratio := new(big.Rat).Quo(row[t.width-1], row[enter])
		n := -1
		if leave >= 0 {
			n = ratio.Cmp(best)
		}
		if n < 0 || n == 0 && t.basis[i] < t.basis[leave] {
			leave, best = i, ratio
		}
	}
	return leave
}

func (t *tableau) pivot(i, j int, cost []*big.Rat) {
	f := new(big.Rat).Inv(t.cells[i][j])
	for _, c := range t.cells[i] {
		c.Mul(c, f)
	}
	for k, row := range t.cells {
		if f := new(big.Rat).Set(row[j]); k != i && f.Sign() != 0 {
			subtract(row, t.cells[i], f)
		}
	}
	if f := new(big.Rat).Set(cost[j]); f.Sign() != 0 {
		subtract(cost, t.cells[i], f)
	}
	t.basis[i] = j
}

// subtract takes f times y from x.
func subtract(x, y []*big.Rat, f *big.Rat) {
	p := new(big.Rat)
	for j := range x {
		if y[j].Sign() != 0 {
			x[j].Sub(x[j], p.Mul(f, y[j]))
		}
	}
}
