package number

import (
	"errors"
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// scanAll reads every number of a sentence, as an extractor would.
func scanAll(t *testing.T, src string) (out []string) {
	t.Helper()
	toks := text.Scan(nil, src, 0, len(src))
	for i := 0; i < len(toks); {
		n, used, err := Scan(src, toks, i)
		if used == 0 {
			i++
			continue
		}
		out = append(out, show(src, toks, i, n, used, err))
		i += used
	}
	return out
}

// show prints one number as its quote, its bounds and what was read.
func show(src string, toks []text.Token, i int, n Number, used int, err error) string {
	s := n.Of(src) + " ="
	if err != nil {
		if errors.Is(err, errRange) {
			return s + " too large"
		}
		return s + " refused"
	}
	if q, _ := BoundBefore(src, toks, i); q != record.Exactly {
		s += " " + string(q)
	}
	s += " " + n.Value.String()
	switch n.Kind {
	case Fraction:
		s += " of " + n.Second.String()
	case Range:
		s += " to " + n.Second.String()
	}
	if n.Percent {
		s += " %"
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{n.Weak, "weak"}, {n.Ordinal, "ordinal"}, {n.Code, "code"}} {
		if f.on {
			s += " " + f.name
		}
	}
	if q, _ := BoundAfter(src, toks, i+used); q != record.Exactly {
		s += " " + string(q)
	}
	return s
}

// TestMisread holds that letters among digits make a number that can be read in two
// ways, and that units of measure do not.
func TestMisread(t *testing.T) {
	for src, bad := range map[string]bool{
		"1O sản phẩm": true, "2OO sản phẩm": true, "1l2 sản phẩm": true, "1O4 sản phẩm": true,
		"5l mật ong": false, "3ha": false, "12 Ô": false, "12 O": false, "7kg": false,
	} {
		toks := text.Scan(nil, src, 0, len(src))
		_, used, err := Scan(src, toks, 0)
		if used == 0 || (err != nil) != bad {
			t.Errorf("%s: %d tokens, error %v, want one: %v", src, used, err, bad)
		}
	}
}
