package reconcile

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

func TestNothingAtAll(t *testing.T) {
	r := read(Input{AsOf: record.NoDate, Places: nowhere{}})
	if len(r.Statistics)+len(r.Support)+len(r.Checks) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestOneFigure(t *testing.T) {
	r := newCorpus(t, "a 175 2022-12-31").run()
	if diff := cmp.Diff([]string{"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)"}, r.values()); diff != "" {
		t.Error(diff)
	}
	if len(r.Checks) != 0 || len(r.Support) != 1 {
		t.Errorf("%+v", r)
	}
}

// The figures that cannot be: flagged, kept, and out of all arithmetic.
func TestImpossibleFigures(t *testing.T) {
	c := newCorpus(t).source("a", "A", 1, "2023-01-05", "2023-01-06")
	r := c.say("a 175 2022-12-31", "a 126.5% 4* 2022-12-31", "a 12.5 3* 2022-12-31", "a -3 5* 2022-12-31", "a 68 4* 2030-12-31",
		"a 999999999999 producer 2022-12-31").run()
	want := []string{
		"count-in-range: -3: failed",
		"count-in-range: 999999999999: failed",
		"count-is-whole: 12,5: failed",
		"not-before-it-happened: 68: 2030-12-31 > 2023-01-05: failed",
		"percent-at-most-100: 126,5 %: failed",
	}
	if diff := cmp.Diff(want, r.checks()); diff != "" {
		t.Error(diff)
	}
	for _, c := range r.Checks {
		if len(c.Blame) != 1 || len(c.Figures) != 1 {
			t.Errorf("%s: blame %v of %v", c.Rule, c.Blame, c.Figures)
		}
	}
	if len(r.Statistics) != 6 || len(r.Support) != 6 {
		t.Errorf("lost or made up: %q", r.values())
	}
}

// A date that is only inherited and cannot be is no date; what the article
// itself says stays, and is flagged.
func TestInheritedFutureIsNoDate(t *testing.T) {
	c := newCorpus(t).source("a", "A", 1, "", "2022-03-02").say("a 105 2025", "b 70 new 2022", "b 175 2022-12-31")
	c.change(0, func(f *record.Figure) { f.PeriodBasis = record.PeriodContext })
	if diff := cmp.Diff([]string{"stock-and-flow: 105 + 70 = 175: passed (the stock before is not dated)"}, c.run().checks()); diff != "" {
		t.Error(diff)
	}
	c.change(0, func(f *record.Figure) { f.PeriodBasis = record.PeriodText })
	if diff := cmp.Diff([]string{"not-before-it-happened: 105: 2025-01-01 > 2022-03-02: failed"}, c.run().checks()); diff != "" {
		t.Error(diff)
	}
}

// An article dated after its capture is not the latest word.
func TestPublishedInTheFuture(t *testing.T) {
	c := newCorpus(t).source("a", "A", 1, "2023-01-05", "2023-01-06").source("b", "B", 1, "2030-01-05", "2023-01-03")
	c.say("a 175 2022-12-31", "b 157 2022-12-31", "b 68 4* 2029-12-31")
	r := c.run()
	r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)")
	if diff := cmp.Diff([]string{"not-before-it-happened: 68: 2029-12-31 > 2023-01-03: failed"}, r.checks()); diff != "" {
		t.Error(diff)
	}
}

// A system that cannot hold: flagged, and nothing is deduced from it.
func TestInfeasible(t *testing.T) {
	for name, lines := range map[string][]string{
		"parts beyond the whole":   {"a 175 2022-12-31", "a 168 4* 2022-12-31", "a 107 3* 2022-12-31"},
		"shares that cannot be":    {"a 82 producer 2022-12-31", "a 15.9% producer enterprise 2022-12-31", "a 96.8% producer cooperative 2022-12-31"},
		"a share of no whole":      {"a 7 producer 2022-12-31", "a 15.9% producer enterprise 2022-12-31"},
		"a part and another share": {"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 58.8% 4* 2022-12-31"},
		"of nothing":               {"a 0 2022-12-31", "a 0 4* 2022-12-31", "a 38.8% 4* 2022-12-31"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newCorpus(t, lines...).run()
			failed := 0
			for _, c := range r.Checks {
				if c.Outcome == record.Failed {
					failed++
				}
			}
			if failed == 0 {
				t.Errorf("nothing is flagged: %q", r.checks())
			}
			if len(r.Statistics) != len(lines) || len(r.Support) != len(lines) {
				t.Errorf("lost or made up: %q", r.values())
			}
		})
	}
}

// What is contradictory in one part of a place leaves the other alone.
func TestContradictionStaysLocal(t *testing.T) {
	r := newCorpus(t, "a 175 2022-12-31", "a 168 4* 2022-12-31", "a 107 3* 2022-12-31",
		"a 82 producer 2022-12-31", "a 15.9% producer enterprise 2022-12-31").run()
	r.find(t, "Hậu Giang, producers, enterprise, stock, 2022-12-31: 13 (derived")
}

func TestTenThousandCopies(t *testing.T) {
	c := newCorpus(t)
	for i := range 10_000 {
		id := fmt.Sprintf("copy%05d", i)
		c.source(id, fmt.Sprintf("outlet%d", i), 1, "2023-01-05", "2023-01-06")
		for n, v := range []int64{175, 68, 107, 82} {
			c.say(fmt.Sprintf("%s %d %s 2022-12-31", id, v, []string{"product", "4*", "3*", "producer"}[n]))
		}
	}
	r := c.run()
	s := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175")
	if s.Figures != 10_000 || s.Sources != 10_000 || s.Conflict {
		t.Errorf("%d figures of %d sources", s.Figures, s.Sources)
	}
	if diff := cmp.Diff([]string{"stars-add-up: 107 + 68 = 175: passed"}, r.checks()); diff != "" {
		t.Error(diff)
	}
}

// Everybody contradicts everybody, about everything.
func TestContradictionsEverywhere(t *testing.T) {
	c := newCorpus(t)
	const n = 2000
	things := []string{"product", "4*", "3*", "5*", "producer", "producer enterprise", "producer household", "new"}
	for i := range n {
		id := fmt.Sprintf("x%05d", i)
		day := record.DateOf(2023, 1, 1) + record.Date(i%300)
		c.source(id, id, i%3, day.String(), day.String())
		c.say(fmt.Sprintf("%s %d %s %s", id, 100+i*7919%5000, things[i%len(things)], []string{"2022-12-31", "2022-12-15", "2022"}[i%3]))
	}
	r := c.run()
	seen := map[string]bool{}
	for _, s := range r.Support {
		seen[s.FigureID] = true
	}
	if len(seen) != n {
		t.Errorf("%d of %d figures are still there", len(seen), n)
	}
	for _, s := range r.Statistics {
		if s.Basis == record.Derived && s.HasValue {
			t.Errorf("deduced from contradictions: %v", s)
		}
	}
}

func TestUnknownEverything(t *testing.T) {
	figures := []record.Figure{
		{}, {ID: "a", Value: record.Decimal{Coef: math.MinInt64, Scale: 9}}, {ID: "a", Value: record.Decimal{Coef: math.MaxInt64}},
		{ID: "b", Dims: record.Dims{Subject: "moon", Measure: "light", Stars: "∞", Producer: "group+enterprise", Movement: "away", Status: "?", Facet: "x"}, Qualifier: "≈"},
		{ID: "c", Period: record.Period{Start: math.MaxInt32 - 1, End: math.MaxInt32}, Dims: record.Dims{Movement: record.Stock, Status: record.Actual}},
		{ID: "d", Period: record.Period{Start: -1 << 30, End: 1 << 30}, Of: "d"},
	}
	r := read(grouped(Input{Figures: record.NewFigures(figures...), AsOf: record.NoDate, Places: atlas{}}))
	if len(r.Statistics) == 0 {
		t.Errorf("%+v", r)
	}
}

// FuzzRun builds figures out of bytes and asks that nothing breaks or gets lost.
func FuzzRun(f *testing.F) {
	f.Add([]byte("175 68 107 38.8"), int64(175))
	f.Add([]byte{0, 255, 3, 9, 200, 17, 17, 17, 4, 4, 4, 4}, int64(-1))
	f.Fuzz(func(t *testing.T, data []byte, big int64) {
		if len(data) > 300 {
			return
		}
		in := Input{Figures: &record.Figures{}, Articles: map[string]Source{}, AsOf: record.NoDate, Places: atlas{}}
		of := func(i int, list ...string) string { return list[int(data[i%len(data)])%len(list)] }
		for i := 0; i+5 < len(data); i += 5 {
			id := of(i, "a", "b", "c")
			value := record.Decimal{Coef: int64(data[i+1]), Scale: data[i+2] % 4 / 2}
			if data[i+2] == 255 {
				value = record.Decimal{Coef: big, Scale: data[i+1] % 10}
			}
			start := record.DateOf(2019, 1, 1) + record.Date(int(data[i+3])*13)
			in.Figures.Append(&record.Figure{
				ID: fmt.Sprint(id, i), ArticleID: id, Value: value, Place: province63(of(i+1, "92", "93", "94", "01"), "P"),
				Dims: record.Dims{
					Subject: record.Subject(of(i+2, "product", "producer")), Measure: record.Measure(of(i+3, "count", "count", "percent")),
					Stars: record.Stars(of(i+4, "", "3", "4", "5", "3-4", "5p", "4+")), Producer: record.ProducerType(of(i+1, "", "", "enterprise", "group", "cooperative+group")),
					Movement: record.Movement(of(i+2, "stock", "stock", "new", "renewed", "recognised", "expired")), Status: record.Status(of(i+4, "actual", "actual", "target")),
				},
				Of: of(i+1, "", "", "a0", "b5", "c10"), Qualifier: record.Qualifier(of(i+3, "=", "=", ">", "~")), Period: record.Period{Start: start, End: start + record.Date(data[i+4])*7},
			})
		}
		r := read(grouped(in))
		seen := map[string]bool{}
		for _, s := range r.Support {
			seen[s.FigureID] = true
		}
		if len(seen) != in.Figures.Len() {
			t.Errorf("%d of %d figures are still there", len(seen), in.Figures.Len())
		}
	})
}
