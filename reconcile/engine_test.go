package reconcile

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// The bounds after propagation hold every solution, and after tightening each
// is taken by one.
func TestBoundsAreTight(t *testing.T) {
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
		got := s.clone()
		ok := got.propagate()
		if lo != nil {
			feasible++
			for v := range lo {
				if !ok || got.lo[v] > lo[v] || got.hi[v] < hi[v] {
					t.Fatalf("seed %d: propagation cut off a solution: %v", seed, s)
				}
			}
		}
		loose := slices.Clone(got.lo)
		if ok = ok && got.tighten(); ok != (lo != nil) {
			t.Fatalf("seed %d: solvable %v, want %v", seed, ok, lo != nil)
		}
		if lo == nil {
			continue
		}
		for v := range lo {
			if used := got.used(v); used && (got.lo[v] != lo[v] || got.hi[v] != hi[v]) {
				t.Fatalf("seed %d: x%d in [%d, %d], want [%d, %d]", seed, v, got.lo[v], got.hi[v], lo[v], hi[v])
			}
		}
		if !slices.Equal(loose, got.lo) {
			narrowed++
		}
	}
	if feasible < 500 || narrowed < 20 {
		t.Errorf("%d feasible, %d narrowed beyond propagation: the test says little", feasible, narrowed)
	}
}

// Numbers near the limits are left alone and do not wrap around.
func TestPropagateNearTheLimits(t *testing.T) {
	s := &system{lo: []int64{0, 0}, hi: []int64{1 << 62, 1 << 62}, cons: []constraint{{terms: []term{{0, 1 << 40}, {1, -(1 << 40)}}, bound: 1}}}
	if !s.propagate() {
		t.Error("x > y has solutions")
	}
}

// blameByHand tries every set of values, smallest first.
func blameByHand(e *edits, x []*big.Rat) []string {
	var best []string
	least := len(x) + 1
	for mask := range 1 << len(x) {
		y := slices.Clone(x)
		var set []int
		for v := range x {
			if mask>>v&1 == 1 {
				y[v] = nil
				set = append(set, v)
			}
		}
		if len(set) > least {
			continue
		}
		possible := true
		for _, b := range e.blocks() {
			possible = possible && e.residual(b, y).feasible()
		}
		if !possible {
			continue
		}
		if len(set) < least {
			least, best = len(set), nil
		}
		best = append(best, e.nameList(set))
	}
	slices.Sort(best)
	return best
}

func TestBlameFindsAllSmallestSets(t *testing.T) {
	ties := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 2))
		names := []string{"a", "b", "c", "d", "e"}
		var texts []string
		for range 2 + r.IntN(3) {
			p := r.Perm(len(names))
			texts = append(texts, names[p[0]]+"+"+names[p[1]]+pick(r, "=", "=", "<=", ">", ">=")+names[p[2]])
		}
		e, err := parseEdits(append(texts, "a+b+c+d+e<=60"))
		if err != nil {
			t.Fatal(err)
		}
		x := make([]*big.Rat, len(e.names))
		weight := make([]int64, len(x))
		for v := range x {
			x[v], weight[v] = big.NewRat(int64(r.IntN(20)), 1), 1
		}
		want := blameByHand(e, x)
		var got []string
		sets, _ := e.localise(x, weight)
		for _, s := range sets {
			got = append(got, e.nameList(s))
		}
		slices.Sort(got)
		if len(want) > 1 {
			ties++
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: %q %s: %s", seed, texts, e.show(x), diff)
		}
	}
	if ties < 20 {
		t.Errorf("only %d ties", ties)
	}
}

// A certain value is never blamed, and a budget that runs out blames nobody.
func TestBlameBudget(t *testing.T) {
	e, _ := parseEdits([]string{"a+b=c", "c=d"})
	x := []*big.Rat{big.NewRat(1, 1), big.NewRat(2, 1), big.NewRat(9, 1), big.NewRat(3, 1)}
	s := suspects{weight: []int64{certain, certain, certain, certain}, feasible: func([]bool) bool { return false }, budget: 10}
	if sets, ok := s.culprits(); ok {
		t.Errorf("all certain, yet blamed %v", sets)
	}
	s = suspects{weight: []int64{1, 1, 1, 1}, feasible: func([]bool) bool { return false }, budget: 3}
	if sets, ok := s.culprits(); ok {
		t.Errorf("budget of 3, yet blamed %v", sets)
	}
	if sets, ok := e.localise(x, []int64{1, 1, 1, 1}); !ok || len(sets) != 1 || e.nameList(sets[0]) != "c" {
		t.Errorf("blamed %v", sets)
	}
}

func TestParseEdits(t *testing.T) {
	for text, want := range map[string]string{
		"x1+x2=x3":          "1 x1 1 x2 -1 x3 = 0",
		" x - 0.6 * y >= 0": "1 x -3/5 y ≥ 0",
		"2*y+1=z":           "2 y -1 z = -1",
		"x <= 5":            "-1 x ≥ -5",
		"x < y":             "-1 x 1 y > 0",
		"a + a > 3":         "2 a > 3",
		"3x ≤ 6":            "-3 x ≥ -6",
		"a == b":            "1 a -1 b = 0",
	} {
		e, err := parseEdits([]string{text})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		r := e.rows[0]
		var got []string
		for v, c := range r.coef {
			if c != nil {
				got = append(got, c.RatString(), e.names[v])
			}
		}
		got = append(got, []string{"=", "≥", ">"}[r.rel], r.bound.RatString())
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: %s, want %s", text, g, want)
		}
	}
	for _, text := range []string{"", "x", "x=", "=x", "x**y=1", "x*y=1", "2*=3", "x=y=z", "x!=1", "x/2=1"} {
		if _, err := parseEdits([]string{text}); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func FuzzParseEdits(f *testing.F) {
	for _, s := range []string{"x1+x2=x3", "cost-0.6*turnover>=0", "x<0", "9999999999999999999*x=1", "=", "a+-b=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 200 {
			return
		}
		e, err := parseEdits([]string{s})
		if err != nil {
			return
		}
		if len(e.rows) != 1 || len(e.rows[0].coef) > len(e.names) {
			t.Errorf("%q: %+v", s, e)
		}
	})
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
