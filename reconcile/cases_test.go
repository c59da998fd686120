package reconcile

import (
	"encoding/json"
	"fmt"
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
	Reference  map[string]json.RawMessage `json:"reference"`
	Tolerance  json.RawMessage            `json:"tolerance"`
	Tol        json.RawMessage            `json:"tol"`
	Accept     json.RawMessage            `json:"accept"`
	Others     json.RawMessage            `json:"alternatives"`
	Decimals   *int                       `json:"decimals"`
}

// TestCases runs the worked cases of ../shared/cases, of testdata/cases and of
// the folder that OCOPSTAT_CASES names.
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
	is := func(word string) bool { return strings.Contains(c.Kind, word) }
	switch {
	case is("pct"):
		c.testShares(t)
	case c.Kind == "typo-function":
		c.testTypoFunctions(t)
	case is("localise"):
		c.testBlame(t)
	default:
		c.testRepair(t)
	}
}

// load reads the edits and the values; names that only the input has are
// numbers without an edit.
func (c *workedCase) load(t *testing.T, values map[string]json.RawMessage) (*edits, []*big.Rat) {
	t.Helper()
	e, err := parseEdits(c.Edits)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Input)) {
		e.name(name)
	}
	x := make([]*big.Rat, len(e.names))
	for name, raw := range values {
		if i, ok := e.index[name]; ok {
			x[i] = rational(t, raw)
		}
	}
	return e, x
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

func (c *workedCase) fixed(e *edits) []bool {
	out := make([]bool, len(e.names))
	for _, name := range c.Fixed {
		if i, ok := e.index[name]; ok {
			out[i] = true
		}
	}
	return out
}

// testRepair covers the kinds that take a record and give a record.
func (c *workedCase) testRepair(t *testing.T) {
	e, x := c.load(t, c.Input)
	_, want := c.load(t, c.Expected)
	var got []*big.Rat
	tolerance := new(big.Rat)
	switch kind := c.Kind; {
	case strings.HasPrefix(kind, "impute"):
		got, _ = e.impute(x)
	case strings.HasPrefix(kind, "typo"):
		got = e.typos(x, c.fixed(e))
	case strings.Contains(kind, "cumul"), strings.Contains(kind, "swap"), strings.Contains(kind, "sign"):
		got = e.uncumulate(x)
	case kind == "rounding-detect":
		got = x
		c.testRoundingClass(t, e, x)
	case strings.Contains(kind, "unit"):
		_, reference := c.load(t, c.Reference)
		got = inUnits(x, unitError(x, reference))
		c.testRoundingClass(t, e, got)
	case strings.HasPrefix(kind, "round"):
		got = e.unround(x, c.fixed(e))
	case strings.HasPrefix(kind, "adjust"):
		got = c.adjusted(t, e, x)
		tolerance = big.NewRat(1, 100)
		for _, raw := range []json.RawMessage{c.Tolerance, c.Tol} {
			if tol := rational(t, raw); tol != nil {
				tolerance = tol
			}
		}
	default:
		t.Fatalf("unknown kind %q", kind)
	}
	if !same(got, want, tolerance) && !c.acceptable(t, e, x, got) {
		t.Errorf("got  %s\nwant %s", e.show(got), e.show(want))
	}
	if c.Consistent != nil && tolerance.Sign() == 0 {
		if broken := e.broken(got); (len(broken) == 0) != *c.Consistent {
			t.Errorf("broken edits %v, want consistent %v", broken, *c.Consistent)
		}
	}
}

var maxChange = regexp.MustCompile(`max abs change <= (\d+)`)

// acceptable reports whether a case accepts any solution near enough and got
// is one, or got is one of the alternatives it names.
func (c *workedCase) acceptable(t *testing.T, e *edits, x, got []*big.Rat) bool {
	var others []map[string]json.RawMessage
	if json.Unmarshal(c.Others, &others) == nil {
		for _, other := range others {
			if _, want := c.load(t, other); same(got, want, new(big.Rat)) {
				return true
			}
		}
	}
	m := maxChange.FindStringSubmatch(string(c.Accept))
	if m == nil || got == nil {
		return false
	}
	limit, _ := new(big.Rat).SetString(m[1])
	for i := range got {
		if !got[i].IsInt() {
			return false
		}
	}
	return len(e.broken(got)) == 0 && same(x, got, limit)
}

func same(x, y []*big.Rat, tolerance *big.Rat) bool {
	return slices.EqualFunc(x, y, func(a, b *big.Rat) bool {
		if a == nil || b == nil {
			return a == b
		}
		d := new(big.Rat).Sub(a, b)
		return d.Abs(d).Cmp(tolerance) <= 0
	})
}

func (e *edits) show(x []*big.Rat) string {
	var b strings.Builder
	for i, v := range x {
		s := "?"
		if v != nil {
			s = v.RatString()
		}
		fmt.Fprintf(&b, "%s=%s ", e.names[i], s)
	}
	return b.String()
}

// testRoundingClass asserts that what is still broken is off by rounding.
func (c *workedCase) testRoundingClass(t *testing.T, e *edits, x []*big.Rat) {
	tolerance := rational(t, c.Tolerance)
	if tolerance == nil {
		tolerance = big.NewRat(roundingTolerance, 1)
	}
	broken := e.broken(x)
	if c.Consistent != nil && !*c.Consistent && len(broken) == 0 {
		t.Error("nothing is flagged")
	}
	for _, i := range broken {
		if !e.rows[i].offByRounding(x, tolerance) {
			t.Errorf("%s is not put down to rounding", c.Edits[i])
		}
	}
}

func (c *workedCase) adjusted(t *testing.T, e *edits, x []*big.Rat) []*big.Rat {
	values, weight := make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		values[i], weight[i] = ratFloat(x[i]), 1
		if raw, ok := c.Weights[e.names[i]]; ok {
			weight[i] = c.weight(t, raw)
		}
		if c.fixed(e)[i] {
			weight[i] = math.Inf(1)
		}
	}
	y := e.adjust(values, weight)
	if y == nil {
		return x
	}
	out := make([]*big.Rat, len(y))
	for i := range y {
		out[i] = new(big.Rat).SetFloat64(y[i])
	}
	return out
}

func (c *workedCase) weight(t *testing.T, raw json.RawMessage) float64 {
	text := strings.ToLower(strings.Trim(string(raw), `"`))
	w, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("weight %s: %v", raw, err)
	}
	return w
}

func (c *workedCase) testTypoFunctions(t *testing.T) {
	digits := string(c.Input["true"])
	call := regexp.MustCompile(`^(interchange|add|omit|replace)_k(\d+)(?:_(\d))?$`)
	for name, raw := range c.Expected {
		m := call.FindStringSubmatch(name)
		if m == nil {
			t.Errorf("unknown function %q", name)
			continue
		}
		k, _ := strconv.Atoi(m[2])
		got := ""
		switch m[1] {
		case "interchange":
			got = swapDigits(digits, k)
		case "add":
			got = addDigit(digits, k, m[3][0])
		case "omit":
			got = omitDigit(digits, k)
		case "replace":
			got = replaceDigit(digits, k, m[3][0])
		}
		if got != string(raw) {
			t.Errorf("%s = %s, want %s", name, got, raw)
		}
		printed, _ := strconv.ParseInt(got, 10, 64)
		meant, _ := strconv.ParseInt(digits, 10, 64)
		if typoBetween(printed, meant) == "" {
			t.Errorf("%s: %d for %d is not recognised as a typing error", name, printed, meant)
		}
	}
}
