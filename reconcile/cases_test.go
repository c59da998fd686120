package reconcile

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ocopstat/record"
)

// workedCase is a worked case of statistical data editing.
type workedCase struct {
	ID         string                     `json:"id"`
	Kind       string                     `json:"kind"`
	Edits      []string                   `json:"edits"`
	Input      map[string]json.RawMessage `json:"input"`
	Expected   map[string]json.RawMessage `json:"expected"`
	Consistent *bool                      `json:"expected_consistent"`
	Fixed      []string                   `json:"fixed"`
	Weights    map[string]json.RawMessage `json:"weights"`
	Others     json.RawMessage            `json:"alternatives"`
	Decimals   *int                       `json:"decimals"`
}

// TestCases runs the worked cases of ../shared/cases, of testdata/cases and of
// the folder that OCOPSTAT_CASES names through what Run is made of: propagation,
// bisection, the search for whom to blame, the slips and the shares.
func TestCases(t *testing.T) {
	folders := []string{filepath.Join("testdata", "cases"), filepath.Join("..", "..", "shared", "cases")}
	more := os.Getenv("OCOPSTAT_CASES")
	if more != "" {
		if _, err := os.Stat(more); err != nil && !filepath.IsAbs(more) {
			more = filepath.Join("..", more) // as seen from the root of the repository
		}
		folders = append(folders, more)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(filepath.Dir(folder))+"/"+filepath.Base(folder), func(t *testing.T) {
			paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
			switch {
			case err == nil && len(paths) > 0:
			case folder == more:
				t.Fatalf("OCOPSTAT_CASES names a folder without cases: %s (%v)", folder, err)
			default:
				t.Skipf("the folder %s of worked cases is not there", folder)
			}
			for _, path := range paths {
				t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) { runCase(t, path) })
			}
		})
	}
}

func runCase(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var c workedCase
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	switch {
	case strings.Contains(c.Kind, "pct"):
		c.testShares(t)
	case c.Kind == "typo-function":
		c.testTypoFunctions(t)
	case strings.HasPrefix(c.Kind, "typo"), strings.HasPrefix(c.Kind, "impute"):
		c.testValues(t)
	case strings.Contains(c.Kind, "localise"):
		c.testBlame(t)
	default:
		for _, gone := range []string{"adjust", "cumul", "round", "unit", "sign", "swap"} {
			if strings.Contains(c.Kind, gone) {
				t.Skipf("the kind %q was dropped: no step of a run corrects a printed number (docs/decisions/0006-no-general-edit-engine.md)", c.Kind)
			}
		}
		t.Fatalf("unknown kind %q", c.Kind)
	}
}

// wide bounds the numbers of a case, which need not be counts.
const wide = 10 * maxCount

// problem is a case in whole numbers, as the steps of a run take it.
type problem struct {
	system
	names []string
	units int64   // how many of them are one
	x     []int64 // the values
	known []bool  // whether there is one
	free  []bool  // whether it may be doubted
}

// problem reads the edits and the values. Fractions become whole numbers of a
// smaller unit.
func (c *workedCase) problem(t *testing.T) *problem {
	t.Helper()
	p := &problem{units: 1, names: slices.Sorted(maps.Keys(c.Input))}
	n := len(p.names)
	p.x, p.known, p.free = make([]int64, n), make([]bool, n), make([]bool, n)
	p.lo, p.hi = make([]int64, n), make([]int64, n)
	for _, name := range p.names {
		if v := rational(t, c.Input[name]); v != nil {
			p.units = max(p.units, v.Denom().Int64()) // decimals: powers of ten or their factors
		}
	}
	for i, name := range p.names {
		p.lo[i], p.hi[i] = -wide*p.units, wide*p.units
		p.free[i] = !slices.Contains(c.Fixed, name)
		if v := rational(t, c.Input[name]); v != nil {
			p.x[i], p.known[i] = whole(t, v, p.units), true
		}
	}
	for _, text := range c.Edits {
		p.cons = append(p.cons, p.constraint(t, text))
	}
	return p
}

func rational(t *testing.T, raw json.RawMessage) *big.Rat {
	t.Helper()
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	r, ok := new(big.Rat).SetString(strings.Trim(string(raw), `"`))
	if !ok {
		t.Fatalf("not a number: %s", raw)
	}
	return r
}

func whole(t *testing.T, r *big.Rat, units int64) int64 {
	t.Helper()
	n := new(big.Rat).Mul(r, new(big.Rat).SetInt64(units))
	if !n.IsInt() || !n.Num().IsInt64() {
		t.Fatalf("%s is no whole number of units", r)
	}
	return n.Num().Int64()
}

var (
	relations = regexp.MustCompile(`^([^<>=]+)(<=|>=|==|=|<|>)([^<>=]+)$`)
	summand   = regexp.MustCompile(`([+-]?)(?:(\d+(?:\.\d+)?)\*?)?([A-Za-z_]\w*)?`)
)

// constraint reads an edit such as "cost - 0.6*turnover >= 0".
func (p *problem) constraint(t *testing.T, text string) constraint {
	t.Helper()
	m := relations.FindStringSubmatch(strings.NewReplacer(" ", "", "≤", "<=", "≥", ">=", "−", "-").Replace(text))
	if m == nil {
		t.Fatalf("not an edit: %s", text)
	}
	coef := make([]*big.Rat, len(p.names)+1) // the last one of the constant
	for i := range coef {
		coef[i] = new(big.Rat)
	}
	for side, sum := range []string{m[1], m[3]} {
		for _, s := range summand.FindAllStringSubmatch(sum, -1) {
			at := len(p.names)
			if s[3] != "" {
				at = slices.Index(p.names, s[3])
			}
			if at < 0 || s[2]+s[3] == "" {
				t.Fatalf("%s: cannot read %q", text, sum)
			}
			k, _ := new(big.Rat).SetString(cmp.Or(s[2], "1"))
			if (s[1] == "-") != (side == 1) {
				k.Neg(k)
			}
			coef[at].Add(coef[at], k)
		}
	}
	factor := int64(1)
	for _, k := range coef {
		factor *= k.Denom().Int64()
	}
	if strings.HasPrefix(m[2], "<") {
		factor = -factor
	}
	c := constraint{equal: m[2] == "=" || m[2] == "==", bound: -whole(t, coef[len(p.names)], factor*p.units)}
	if m[2] == "<" || m[2] == ">" {
		c.bound++
	}
	for v := range p.names {
		if k := whole(t, coef[v], factor); k != 0 {
			c.terms = append(c.terms, term{v, k})
		}
	}
	return c
}

// blocks divides the constraints into those that share no number, as split does
// with a sheet.
func (p *problem) blocks() []*system {
	var out []*system
	for _, c := range p.cons {
		block := &system{lo: slices.Clone(p.lo), hi: slices.Clone(p.hi), cons: []constraint{c}}
		out = slices.DeleteFunc(out, func(b *system) bool {
			touches := slices.ContainsFunc(block.cons, func(c constraint) bool {
				return slices.ContainsFunc(c.terms, func(t term) bool { return b.uses(t.v) })
			})
			if touches {
				block.cons = append(block.cons, b.cons...)
			}
			return touches
		})
		out = append(out, block)
	}
	return out
}

func (s *system) uses(v int) bool {
	return slices.ContainsFunc(s.cons, func(c constraint) bool {
		return slices.ContainsFunc(c.terms, func(t term) bool { return t.v == v })
	})
}

// deduce fills in what follows from the known values, block by block.
func (p *problem) deduce(known []bool) (x []int64, exact []bool) {
	x, exact = slices.Clone(p.x), slices.Clone(known)
	for _, s := range p.blocks() {
		for v := range known {
			if known[v] {
				s.lo[v], s.hi[v] = p.x[v], p.x[v]
			}
		}
		if !s.propagate() {
			continue
		}
		for v := range known {
			if !known[v] && s.uses(v) && s.lo[v] == s.hi[v] {
				x[v], exact[v] = s.lo[v], true
			}
		}
	}
	return x, exact
}

// blamed finds the smallest sets of known values to doubt. The others are open,
// as those that nobody printed are in a sheet.
func (s *system) blamed(x []int64, known []bool, weight []int64) ([][]int, bool) {
	p := suspects{weight: slices.Clone(weight), budget: 20_000}
	for v := range x {
		if !known[v] {
			p.weight[v] = certain
		}
	}
	p.feasible = func(doubted set) bool {
		q := searching{left: 400}
		try := q.clone(s)
		for v := range x {
			if known[v] && !doubted.has(v) {
				try.lo[v], try.hi[v] = x[v], x[v]
			}
		}
		return try.search(&q) != no
	}
	var out [][]int
	for _, found := range p.culprits() {
		items := []int{}
		for v := range x {
			if found.has(v) {
				items = append(items, v)
			}
		}
		out = append(out, items)
	}
	return out, len(out) > 0
}

// shared is what all sets have in common.
func shared(sets [][]int) []int {
	out := slices.Clone(sets[0])
	for _, s := range sets[1:] {
		out = slices.DeleteFunc(out, func(i int) bool { return !slices.Contains(s, i) })
	}
	return out
}

// slips are the doubted values that one slip of the pen explains, in the sets to
// doubt that have most of them; of several such sets what all share.
func (p *problem) slips() map[int]int64 {
	weight := make([]int64, len(p.x))
	for v := range weight {
		if weight[v] = 1; !p.free[v] {
			weight[v] = certain
		}
	}
	var best map[int]int64
	most := -1
	sets, _ := p.blamed(p.x, p.known, weight)
	for _, set := range sets {
		trusted := slices.Clone(p.known)
		for _, v := range set {
			trusted[v] = false
		}
		found := map[int]int64{}
		x, exact := p.deduce(trusted)
		for _, v := range set {
			if exact[v] && typoBetween(p.x[v], x[v]) != "" {
				found[v] = x[v]
			}
		}
		switch {
		case len(found) > most:
			most, best = len(found), found
		case len(found) == most:
			maps.DeleteFunc(best, func(v int, n int64) bool { m, same := found[v]; return !same || m != n })
		}
	}
	return best
}

// testValues covers the kinds that take a record and give a record.
func (c *workedCase) testValues(t *testing.T) {
	p := c.problem(t)
	x, exact := p.x, p.known
	if strings.HasPrefix(c.Kind, "impute") {
		x, exact = p.deduce(p.known)
	} else {
		for v, n := range p.slips() {
			x[v] = n
		}
	}
	is := func(values map[string]json.RawMessage) bool {
		return !slices.ContainsFunc(p.names, func(name string) bool {
			v, want := slices.Index(p.names, name), rational(t, values[name])
			return exact[v] != (want != nil) || want != nil && x[v] != whole(t, want, p.units)
		})
	}
	if !is(c.Expected) && !slices.ContainsFunc(alternatives[map[string]json.RawMessage](c), is) {
		t.Errorf("%q: got %d (known: %v), want %s", p.names, x, exact, c.Expected)
	}
	if c.Consistent != nil && !slices.Contains(exact, false) && p.accepts(x) != *c.Consistent {
		t.Errorf("%q: %d: want consistent %v", p.names, x, *c.Consistent)
	}
}

// alternatives reads what else a case accepts; nothing when that is of another
// form.
func alternatives[T any](c *workedCase) []T {
	var out []T
	if json.Unmarshal(c.Others, &out) != nil {
		return nil // half of it may have been read
	}
	return out
}

// testBlame: the blame is the one smallest set, or what all smallest sets
// share, or one of several smallest sets that the case lists.
func (c *workedCase) testBlame(t *testing.T) {
	p := c.problem(t)
	weight := make([]int64, len(p.x))
	for i := range weight {
		weight[i] = 1000
		if raw, ok := c.Weights[p.names[i]]; ok {
			w, err := strconv.ParseFloat(strings.ToLower(strings.Trim(string(raw), `"`)), 64)
			if err != nil {
				t.Fatalf("weight %s: %v", raw, err)
			}
			weight[i] = int64(math.Round(w * 1000))
			if math.IsInf(w, 1) {
				weight[i] = certain
			}
		}
		if !p.free[i] {
			weight[i] = certain
		}
	}
	sets, _ := p.blamed(p.x, p.known, weight)
	var smallest []string
	for _, set := range sets {
		smallest = append(smallest, p.nameList(set))
	}
	var blame []string
	if err := json.Unmarshal(c.Expected["blame"], &blame); err != nil {
		t.Fatal(err)
	}
	slices.Sort(blame)
	want := strings.Join(blame, " ")
	if !slices.Contains(smallest, want) && p.nameList(shared(sets)) != want {
		t.Errorf("smallest sets %q, want %q", smallest, want)
	}
	others := alternatives[[]string](c)
	for _, o := range alternatives[struct{ Blame []string }](c) {
		others = append(others, o.Blame)
	}
	for _, other := range others {
		slices.Sort(other)
		if !slices.Contains(smallest, strings.Join(other, " ")) {
			t.Errorf("smallest sets %q lack %q", smallest, other)
		}
	}
}

func (p *problem) nameList(set []int) string {
	var out []string
	for _, i := range set {
		out = append(out, p.names[i])
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// testTypoFunctions: each of the slips is told from the two numbers.
func (c *workedCase) testTypoFunctions(t *testing.T) {
	meant, err := strconv.ParseInt(string(c.Input["true"]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]record.RemarkCode{
		"interchange": record.DigitsSwapped, "add": record.DigitAdded, "omit": record.DigitDropped, "replace": record.DigitReplaced,
	}
	for name, raw := range c.Expected {
		slip, _, _ := strings.Cut(name, "_")
		printed, err := strconv.ParseInt(string(raw), 10, 64)
		if got := typoBetween(printed, meant); err != nil || codes[slip] == "" || got != codes[slip] {
			t.Errorf("%s: %s for %d is told to be %q", name, raw, meant, got)
		}
	}
}
