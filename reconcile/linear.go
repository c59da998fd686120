package reconcile

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// linear is one linear edit over named numbers: Σ coef·x rel bound. Its
// numbers are exact.
type linear struct {
	coef  []*big.Rat // one for each name, nil for zero
	rel   relation
	bound *big.Rat
}

type relation uint8

const (
	equals  relation = iota // Σ = bound
	atLeast                 // Σ ≥ bound
	above                   // Σ > bound
)

// edits is a set of linear edits over one list of names.
type edits struct {
	names []string
	index map[string]int
	rows  []linear
}

var errEdit = errors.New("not a linear edit such as x1 + 2*x2 <= x3")

// parseEdits reads linear edits, one a string: sums of [number *] name on both
// sides of = == >= <= > or <.
func parseEdits(texts []string) (*edits, error) {
	e := &edits{index: map[string]int{}}
	for _, text := range texts {
		row, err := e.parse(text)
		if err != nil {
			return nil, fmt.Errorf("edit %q: %w", text, err)
		}
		e.rows = append(e.rows, row)
	}
	return e, nil
}

// name returns the number of a name, new when it was not seen before.
func (e *edits) name(s string) int {
	i, ok := e.index[s]
	if !ok {
		i = len(e.names)
		e.index[s] = i
		e.names = append(e.names, s)
	}
	return i
}

func (e *edits) parse(text string) (linear, error) {
	text = strings.NewReplacer("≤", "<=", "≥", ">=", "==", "=", "−", "-").Replace(text)
	at := strings.IndexAny(text, "<>=")
	if at < 0 {
		return linear{}, errEdit
	}
	op := text[at : at+1]
	if strings.HasPrefix(text[at+1:], "=") {
		op += "="
	}
	row := linear{bound: new(big.Rat)}
	if err := e.addSide(&row, text[:at], 1); err != nil {
		return linear{}, err
	}
	if err := e.addSide(&row, text[at+len(op):], -1); err != nil {
		return linear{}, err
	}
	switch op {
	case ">=":
		row.rel = atLeast
	case ">":
		row.rel = above
	case "<=":
		row.negate(atLeast)
	case "<":
		row.negate(above)
	}
	return row, nil
}

func (l *linear) negate(rel relation) {
	for _, c := range l.coef {
		if c != nil {
			c.Neg(c)
		}
	}
	l.bound.Neg(l.bound)
	l.rel = rel
}

func (l *linear) add(v int, c *big.Rat) {
	for len(l.coef) <= v {
		l.coef = append(l.coef, nil)
	}
	if l.coef[v] == nil {
		l.coef[v] = new(big.Rat)
	}
	if l.coef[v].Add(l.coef[v], c); l.coef[v].Sign() == 0 {
		l.coef[v] = nil
	}
}

// addSide reads one side of an edit; sign is 1 for the left, -1 for the right.
func (e *edits) addSide(row *linear, side string, sign int64) error {
	side = strings.ReplaceAll(side, " ", "")
	if side == "" {
		return errEdit
	}
	for side != "" {
		factor := big.NewRat(sign, 1)
		if side[0] == '+' || side[0] == '-' {
			if side[0] == '-' {
				factor.Neg(factor)
			}
			side = side[1:]
		}
		end := strings.IndexAny(side, "+-")
		if end < 0 {
			end = len(side)
		}
		if err := e.addTerm(row, side[:end], factor); err != nil {
			return err
		}
		side = side[end:]
	}
	return nil
}

// addTerm reads "3", "x", "3*x" or "3x".
func (e *edits) addTerm(row *linear, text string, factor *big.Rat) error {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789."))
	name := strings.TrimPrefix(text[digits:], "*")
	if digits > 0 {
		n, ok := new(big.Rat).SetString(text[:digits])
		if !ok {
			return errEdit
		}
		factor.Mul(factor, n)
	}
	switch {
	case name != "" && !strings.ContainsFunc(name, notInName):
		row.add(e.name(name), factor)
	case name == "" && digits > 0 && !strings.HasSuffix(text, "*"):
		row.bound.Sub(row.bound, factor) // a constant goes to the other side
	default:
		return errEdit
	}
	return nil
}

func notInName(r rune) bool {
	return r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// at returns the coefficient of a name, nil for zero.
func (l *linear) at(v int) *big.Rat {
	if v < len(l.coef) {
		return l.coef[v]
	}
	return nil
}

// left is Σ coef·x; ok is false when a value is missing.
func (l *linear) left(x []*big.Rat) (sum *big.Rat, ok bool) {
	sum = new(big.Rat)
	for v, c := range l.coef {
		if c == nil {
			continue
		}
		if x[v] == nil {
			return nil, false
		}
		sum.Add(sum, new(big.Rat).Mul(c, x[v]))
	}
	return sum, true
}

// holds reports whether the edit holds; one with missing values is not broken.
func (l *linear) holds(x []*big.Rat) bool {
	sum, ok := l.left(x)
	if !ok {
		return true
	}
	n := sum.Cmp(l.bound)
	switch l.rel {
	case equals:
		return n == 0
	case atLeast:
		return n >= 0
	}
	return n > 0
}

// broken lists the edits that the values break.
func (e *edits) broken(x []*big.Rat) []int {
	var out []int
	for i := range e.rows {
		if !e.rows[i].holds(x) {
			out = append(out, i)
		}
	}
	return out
}

// blocks groups the edits that share a name, directly or by others.
func (e *edits) blocks() [][]int {
	root := make([]int, len(e.names))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	first := make([]int, len(e.rows))
	for i := range e.rows {
		first[i] = -1
		for v, c := range e.rows[i].coef {
			switch {
			case c == nil:
			case first[i] < 0:
				first[i] = v
			default:
				root[find(v)] = find(first[i])
			}
		}
	}
	at := map[int]int{}
	var out [][]int
	for i, v := range first {
		key := -1 // edits without any name
		if v >= 0 {
			key = find(v)
		}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}
