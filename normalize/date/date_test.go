package date

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var marks = map[Mark]string{In: "in", AsOf: "as of", Now: "now", Since: "since", Session: "session", Duration: "duration", Same: "same"}

// show prints an expression as its quote, its mark, its period and its flags.
func show(src string, e Expr) string {
	s := e.Of(src) + " = " + marks[e.Mark]
	if e.Period.Known() {
		s += " " + e.Period.String()
	}
	if e.Whole != e.Period && e.Whole.Known() {
		s += " of " + e.Whole.String()
	}
	if e.Basis != record.PeriodText && e.Basis != record.PeriodNone {
		s += " by " + string(e.Basis)
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{e.Deadline, "deadline"}, {e.Round, "round"}, {e.Compared, "compared"}, {e.Part, "part"}, {e.Weak, "weak"}} {
		if f.on {
			s += " " + f.name
		}
	}
	if e.No > 0 {
		s += fmt.Sprint(" no ", e.No)
	}
	return s
}

// scanAll reads every expression of a text, as an extractor would.
func scanAll(src string, ctx Context) (out []string) {
	toks := text.Scan(nil, src, 0, len(src))
	for i := 0; i < len(toks); {
		e, used := Scan(src, toks, i, ctx)
		if used == 0 {
			i++
			continue
		}
		out = append(out, show(src, e))
		i += used
	}
	return out
}

func on(s string) Context {
	d, err := record.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return Context{Published: d}
}

type row struct {
	src  string
	want string // the expressions, one a line
}

func check(t *testing.T, ctx Context, rows []row) {
	t.Helper()
	for _, r := range rows {
		got := strings.Join(scanAll(r.src, ctx), "; ")
		if diff := cmp.Diff(r.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.src, diff)
		}
	}
}
