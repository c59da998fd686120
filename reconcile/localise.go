package reconcile

import "math/big"

// localise finds the smallest sets of values to blame for the edits that a
// record breaks. A weight of certain means that a value is never blamed;
// missing values are free.
func (e *edits) localise(x []*big.Rat, weight []int64) ([][]int, bool) {
	s := suspects{weight: weight, budget: 20_000}
	s.feasible = func(doubted []bool) bool {
		y := append([]*big.Rat(nil), x...)
		for i, d := range doubted {
			if d {
				y[i] = nil
			}
		}
		for _, block := range e.blocks() {
			if !e.residual(block, y).feasible() {
				return false
			}
		}
		return true
	}
	return s.culprits()
}
