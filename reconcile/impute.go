package reconcile

import "math/big"

// impute fills in the missing values (nil) that the edits determine and leaves
// the others missing: a value is determined when its least and its greatest
// possible value are the same. This covers deduction from balances and the
// zeros that follow from non-negativity (De Waal, Pannekoek and Scholtus 2011,
// chapter 9). A block of edits that cannot all hold is contradictory: nothing
// in it is filled in and the numbers of its edits are returned.
func (e *edits) impute(x []*big.Rat) (filled []*big.Rat, contradictory []int) {
	filled = append([]*big.Rat(nil), x...)
	for _, block := range e.blocks() {
		p := e.residual(block, x)
		if !p.feasible() {
			contradictory = append(contradictory, block...)
			continue
		}
		for v := range x {
			if x[v] == nil && e.inBlock(block, v) {
				filled[v] = p.determined(v)
			}
		}
	}
	return filled, contradictory
}

// residual is the edits of a block with the known values put in.
func (e *edits) residual(block []int, x []*big.Rat) *program {
	p := &program{n: len(e.names)}
	for _, i := range block {
		r := e.rows[i]
		row := linear{coef: make([]*big.Rat, len(e.names)), rel: r.rel, bound: new(big.Rat).Set(r.bound)}
		for v, c := range r.coef {
			switch {
			case c == nil:
			case x[v] == nil:
				row.coef[v] = c
			default:
				row.bound.Sub(row.bound, new(big.Rat).Mul(c, x[v]))
			}
		}
		p.rows = append(p.rows, row)
	}
	return p
}

func (e *edits) inBlock(block []int, v int) bool {
	for _, i := range block {
		if e.rows[i].at(v) != nil {
			return true
		}
	}
	return false
}

// bounds are the least and the greatest value of one number; nil when there is
// none.
func (p *program) bounds(v int) (low, high *big.Rat) {
	objective := make([]*big.Rat, p.n)
	objective[v] = big.NewRat(1, 1)
	if n, status := p.least(objective); status == solved {
		low = n
	}
	objective[v] = big.NewRat(-1, 1)
	if n, status := p.least(objective); status == solved {
		high = n.Neg(n)
	}
	return low, high
}

func (p *program) determined(v int) *big.Rat {
	low, high := p.bounds(v)
	if low == nil || high == nil || low.Cmp(high) != 0 {
		return nil
	}
	return low
}
