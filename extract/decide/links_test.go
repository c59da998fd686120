package decide_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/record"
)

func observe(t *testing.T, text string) decide.Article {
	t.Helper()
	r, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	return r.Observe(articleOf(text), nil, nil)
}

// row is the first row of a number as printed.
func row(t *testing.T, a *decide.Article, printed string) int {
	t.Helper()
	n := slices.IndexFunc(a.Figures, func(f decide.Figure) bool { return f.Printed == printed })
	if n < 0 {
		t.Fatalf("no figure %s", printed)
	}
	return n
}

func TestSeenOfWholes(t *testing.T) {
	for _, tc := range []struct{ name, text, part, whole, seen string }{
		{"three that add up in three sentences", "OCOP Hà Giang\nToàn tỉnh có 123 sản phẩm OCOP. Huyện Bắc Mê có 51 sản phẩm. Huyện Vị Xuyên có 65 sản phẩm. Huyện Quang Bình có 7 sản phẩm.",
			"65", "123", "sum:more-large"},
		{"one that others add up to", "OCOP Hà Giang\nToàn tỉnh có 60 sản phẩm OCOP, gồm 40 sản phẩm 3 sao và 20 sản phẩm 4 sao. Năm nay có thêm 5 sản phẩm.",
			"5", "60", "sum:elsewhere"},
		{"behind the word of a breakdown", "OCOP Hà Giang\nToàn tỉnh có 90 sản phẩm OCOP, trong đó 20 sản phẩm 4 sao.", "20", "90", "mark:splits"},
		{"behind another part", "OCOP Hà Giang\nToàn tỉnh có 90 sản phẩm OCOP, trong đó 20 sản phẩm 4 sao, 60 sản phẩm 3 sao.", "60", "90", "mark:splits"},
		{"a percentage that fits", "OCOP Hà Giang\nToàn tỉnh có 200 sản phẩm OCOP, trong đó 50 sản phẩm 4 sao, chiếm 25%.", "50", "200", "percent:right"},
		{"a percentage that does not", "OCOP Hà Giang\nToàn tỉnh có 300 sản phẩm OCOP, trong đó 50 sản phẩm 4 sao, chiếm 25%.", "50", "300", "percent:wrong"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := observe(t, tc.text)
			l := decide.NewLinker(&a)
			n, want := row(t, &a, tc.part), row(t, &a, tc.whole)
			_, choices := l.Choices(n)
			at := slices.IndexFunc(choices, func(c decide.WholeChoice) bool { return c.Row == want })
			if at < 0 {
				t.Fatalf("%s is no choice of %s", tc.whole, tc.part)
			}
			var names []string
			for _, s := range choices[at].Seen {
				names = append(names, decide.SeenNames()[s])
			}
			if !slices.Contains(names, tc.seen) {
				t.Errorf("seen is %s, without %s", strings.Join(names, " "), tc.seen)
			}
		})
	}
}

// What was chosen of the rows before is seen: a whole whose parts are complete has no
// room for more.
func TestPartsFillTheirWhole(t *testing.T) {
	a := observe(t, "OCOP Hà Giang\nToàn tỉnh có 60 sản phẩm OCOP, gồm 40 sản phẩm 3 sao và 20 sản phẩm 4 sao. Năm nay có thêm 5 sản phẩm.")
	whole := row(t, &a, "60")
	l := decide.NewLinker(&a)
	for _, step := range []struct{ part, rest string }{{"40", "rest:none"}, {"20", "rest:closes"}, {"5", "rest:closed"}} {
		n := row(t, &a, step.part)
		_, choices := l.Choices(n)
		at := slices.IndexFunc(choices, func(c decide.WholeChoice) bool { return c.Row == whole })
		if at < 0 || !slices.ContainsFunc(choices[at].Seen, func(s int32) bool { return decide.SeenNames()[s] == step.rest }) {
			t.Errorf("%s: no %s is seen", step.part, step.rest)
		}
		l.Choose(n, whole)
	}
}

// A row has a bounded number of possible wholes, all before it, of its subject and no
// smaller; without weights all rows hang as the rules have it.
func TestWholesThatAreToBeHad(t *testing.T) {
	all := articles(t)
	for i := range all {
		a := &all[i]
		a.Figures = slices.Clone(a.Figures)
		l := decide.NewLinker(a)
		for n := range a.Figures {
			g := &a.Figures[n]
			_, choices := l.Choices(n)
			if len(choices) > 19 {
				t.Errorf("%d choices", len(choices))
			}
			for _, c := range choices {
				if c.Row < 0 {
					continue
				}
				w := &a.Figures[c.Row]
				if c.Row >= n || w.Subject != g.Subject || w.Measure != record.Count || g.Measure == record.Count && g.Value.Cmp(w.Value) > 0 {
					t.Errorf("%s could be a part of %s", g.Printed, w.Printed)
				}
			}
		}
		decide.NewWholes().Link(a)
		for n := range a.Figures {
			g := &a.Figures[n]
			if _, choices := decide.NewLinker(a).Choices(n); !slices.ContainsFunc(choices, func(c decide.WholeChoice) bool { return c.Row == g.Whole }) {
				continue // that of the rules is not to be had
			}
			if g.Row == 0 && g.Role != decide.RoleNumerator && g.Of != g.Whole {
				t.Errorf("%s: without weights it is of %d, by the rules of %d (%s)", g.Printed, g.Of, g.Whole, g.Kin)
			}
		}
	}
}

// A result is no part of a plan, whatever the weights say.
func TestResultIsNoPartOfAPlan(t *testing.T) {
	a := observe(t, "OCOP Hà Giang\nMục tiêu đến năm 2025 toàn tỉnh có 90 sản phẩm OCOP. Đến nay đã công nhận 20 sản phẩm 4 sao.")
	plan, result := row(t, &a, "90"), row(t, &a, "20")
	for _, status := range []record.Status{record.Target, record.Actual} {
		lines := fmt.Sprintf("status\tCfirst:n\tactual=9000\nstatus\tCfirst:y\t%s=9000\nwhole\twhole:one-fit\t-9000\nend\t3\n", status)
		m, err := decide.Parse(lines)
		if err != nil {
			t.Fatal(err)
		}
		m.Decide(&a)
		want := plan
		if status == record.Target {
			want = -1
		}
		if got := a.Figures[result].Of; got != want {
			t.Errorf("beside a %s the result is part of %d, want %d", status, got, want)
		}
	}
}

func TestWholesAreWrittenAsRead(t *testing.T) {
	w := decide.NewWholes()
	w.Set(3, 3, 70)
	w.Set(90, 2, -400)
	lines := w.Lines()
	m, err := decide.Parse(strings.Join(append(lines, "end\t2\n"), "\n"))
	if err != nil || m == nil {
		t.Fatal(err)
	}
	names := decide.SeenNames()
	want := []string{"whole\t" + names[2] + " & " + names[90] + "\t-400", "whole\t" + names[3] + "\t70"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
	for _, bad := range []string{"whole\t" + names[3] + "\t0", "whole\tkin:cousin\t5", "whole\t" + names[3] + " & " + names[3] + "\t5", "whole\t\t5", lines[0] + "\n" + lines[0]} {
		if _, err := decide.Parse(fmt.Sprintf("%s\nend\t%d\n", bad, 1+strings.Count(bad, "\n"))); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}
