package reconcile

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ocopstat/record"
)

// randomSystem makes a few constraints over a few small unknowns.
func randomSystem(r *rand.Rand) *system {
	n := 2 + r.IntN(3)
	s := &system{lo: make([]int64, n), hi: make([]int64, n)}
	for v := range n {
		s.lo[v] = int64(r.IntN(4)) - 2
		s.hi[v] = s.lo[v] + int64(r.IntN(7))
	}
	for range 1 + r.IntN(4) {
		c := constraint{equal: r.IntN(2) == 0, bound: int64(r.IntN(13)) - 4}
		for v := range n {
			if k := int64(r.IntN(7)) - 3; k != 0 {
				c.terms = append(c.terms, term{v, k})
			}
		}
		if len(c.terms) > 0 {
			s.cons = append(s.cons, c)
		}
	}
	return s
}

// solutions enumerates every solution of a system.
func (s *system) solutions(visit func(x []int64)) {
	x := slices.Clone(s.lo)
	for {
		if s.accepts(x) {
			visit(x)
		}
		v := 0
		for v < len(x) && x[v] == s.hi[v] {
			x[v] = s.lo[v]
			v++
		}
		if v == len(x) {
			return
		}
		x[v]++
	}
}

func (s *system) accepts(x []int64) bool {
	for _, c := range s.cons {
		sum := int64(0)
		for _, t := range c.terms {
			sum += t.coef * x[t.v]
		}
		if sum < c.bound || c.equal && sum != c.bound {
			return false
		}
	}
	return true
}

// The bounds after propagation hold every solution, and the search finds one where
// there is one.
func TestBoundsHoldEverySolution(t *testing.T) {
	feasible, narrowed := 0, 0
	for seed := range uint64(3000) {
		s := randomSystem(rand.New(rand.NewPCG(seed, 1)))
		var lo, hi []int64
		s.solutions(func(x []int64) {
			if lo == nil {
				lo, hi = slices.Clone(x), slices.Clone(x)
			}
			for v := range x {
				lo[v], hi[v] = min(lo[v], x[v]), max(hi[v], x[v])
			}
		})
		q := searching{left: 1000}
		got, found := q.clone(s), q.clone(s).search(&q)
		if (found == yes) != (lo != nil) {
			t.Fatalf("seed %d: search says %v", seed, found)
		}
		ok := got.propagate()
		if lo == nil {
			continue
		}
		feasible++
		for v := range lo {
			if !ok || got.lo[v] > lo[v] || got.hi[v] < hi[v] {
				t.Fatalf("seed %d: propagation cut off a solution: %v", seed, s)
			}
		}
		if !slices.Equal(s.lo, got.lo) || !slices.Equal(s.hi, got.hi) {
			narrowed++
		}
	}
	if feasible < 500 || narrowed < 100 {
		t.Errorf("%d feasible, %d narrowed: the test says little", feasible, narrowed)
	}
}

// blameByHand tries every set of values, smallest first: those that some
// solution changes.
func (s *system) blameByHand(x []int64) [][]int {
	var best [][]int
	s.solutions(func(y []int64) {
		var set []int
		for v := range x {
			if x[v] != y[v] {
				set = append(set, v)
			}
		}
		switch {
		case best != nil && len(set) > len(best[0]):
			return
		case best != nil && len(set) < len(best[0]):
			best = nil
		}
		best = append(best, set)
	})
	slices.SortFunc(best, slices.Compare)
	return slices.CompactFunc(best, slices.Equal)
}

func TestBlameFindsAllSmallestSets(t *testing.T) {
	tried, ties := 0, 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 2))
		s := randomSystem(r)
		x := make([]int64, len(s.lo))
		for v := range x {
			x[v] = s.lo[v] + r.Int64N(s.hi[v]-s.lo[v]+1)
		}
		want := s.blameByHand(x)
		got, ok := s.blamed(x, slices.Repeat([]bool{true}, len(x)), slices.Repeat([]int64{1}, len(x)))
		if ok != (want != nil) {
			t.Fatalf("seed %d: blamed %v, want %v", seed, got, want)
		}
		if !ok {
			continue
		}
		tried++
		if len(want) > 1 {
			ties++
		}
		slices.SortFunc(got, slices.Compare)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d: %v, %v: %s", seed, s, x, diff)
		}
	}
	if tried < 300 || ties < 50 {
		t.Errorf("%d tried, %d ties: the test says little", tried, ties)
	}
}

// A certain value is never blamed, and a budget that runs out blames nobody.
func TestBlameBudget(t *testing.T) {
	s := suspects{weight: []int64{certain, certain, certain, certain}, feasible: func(set) bool { return false }, budget: 10}
	if sets := s.culprits(); sets != nil {
		t.Errorf("all certain, yet blamed %v", sets)
	}
	s = suspects{weight: []int64{1, 1, 1, 1}, feasible: func(set) bool { return false }, budget: 3}
	if sets := s.culprits(); sets != nil {
		t.Errorf("budget of 3, yet blamed %v", sets)
	}
}

// A share is rounded or cut off: every count, whole and number of decimals.
func TestShares(t *testing.T) {
	for whole := int64(1); whole < 60; whole++ {
		for part := int64(0); part <= whole; part++ {
			for scale := range uint8(3) {
				n := 100 * pow10(scale) * part
				rounded, cut := (2*n+whole)/(2*whole), n/whole
				for coef := max(cut-2, 0); coef <= cut+2; coef++ {
					p := record.Decimal{Coef: coef, Scale: scale}
					half := 2*n == (2*coef+1)*whole // halves go either way
					isRounded, isCut := coef == rounded || half, coef == cut
					want := record.RoundingNone
					switch {
					case isRounded && isCut:
						want = record.RoundingBoth
					case isRounded:
						want = record.Rounded
					case isCut:
						want = record.Truncated
					}
					if got := shares(part, whole, p); got != want {
						t.Fatalf("%d of %d as %s: %q, want %q", part, whole, p, got, want)
					}
					// and the constraints let exactly that part through
					for how, ok := range map[record.Rounding]bool{record.Rounded: isRounded, record.Truncated: isCut, record.RoundingNone: isRounded || isCut} {
						s := &system{lo: []int64{part, whole}, hi: []int64{part, whole}, cons: shareConstraints(0, 1, p, how)}
						if s.propagate() != ok {
							t.Fatalf("%d of %d as %s, %q: %v", part, whole, p, how, !ok)
						}
					}
				}
			}
		}
	}
}
