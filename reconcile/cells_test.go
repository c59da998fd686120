package reconcile

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

func TestSameness(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"title and body", []string{"a 316 stock 2024-06-30", "a 316 stock 2024-06-30"},
			[]string{"Hậu Giang, products, stock, 2024-06-30: 316 (merged, preferred)"}},
		{"3+ and 3-5 stars are the total", []string{"a 316 3+* 2024-06-30", "b 316 3-5* 2024-06-30", "c 316 2024-06-30"},
			[]string{"Hậu Giang, products, stock, 2024-06-30: 316 (merged, preferred)"}},
		{"3-4 stars are the total without a product of five", []string{"a 105 3-4* 2021-12-31", "b 105 2021-12-31"},
			[]string{"Hậu Giang, products, stock, 2021-12-31: 105 (merged, preferred)"}},
		{"3-4 stars are a part once there is one of five", []string{"a 105 3-4* 2021-12-31", "b 107 2021-12-31", "b 2 5* 2021-06-30"},
			[]string{
				"Hậu Giang, products, 3-4 stars, stock, 2021-12-31: 105 (reported, preferred)",
				"Hậu Giang, products, 5 stars, stock, 2021-06-30: 2 (reported, preferred)",
				"Hậu Giang, products, stock, 2021-12-31: 107 (reported, preferred)",
			}},
		{"3-4 stars are a part where the total beside them is larger", []string{"a 105 3-4* 2021-12-31", "a 107 2021-12-31"},
			[]string{
				"Hậu Giang, products, 3-4 stars, stock, 2021-12-31: 105 (reported, preferred)",
				"Hậu Giang, products, stock, 2021-12-31: 107 (reported, preferred)",
			}},
		{"until now, in January, is the end of December", []string{"a 175 2022-12-31", "b 175 now"},
			[]string{"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)"}},
		{"a year is its end", []string{"a 175 2022-12-31", "b 175 2022"},
			[]string{"Hậu Giang, products, stock, 2022-12-31: 175 (merged, preferred)"}},
		{"until now, with another number, is later", []string{"a 175 2022-12-31", "b 181 now"},
			[]string{
				"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)",
				"Hậu Giang, products, stock, 2023-01-12: 181 (reported, preferred)",
			}},
		{"two days of one month are two points", []string{"a 175 2022-12-05", "c 181 2022-12-20"},
			[]string{
				"Hậu Giang, products, stock, 2022-12-05: 175 (reported, preferred)",
				"Hậu Giang, products, stock, 2022-12-20: 181 (reported, preferred)",
			}},
		{"a year that is not over ends with its publication", []string{"b 60 new 2023", "c 195 new 2023"},
			[]string{
				"Hậu Giang, products, new, 2023-01: 60 (reported, preferred)",
				"Hậu Giang, products, new, 2023: 195 (reported, preferred)",
			}},
		{"a bound says the same when it holds", []string{"a 175 2022-12-31", "c >170 2022-12-31"},
			[]string{"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)"}},
		{"a bound that does not hold speaks against", []string{"a 175 2022-12-31", "c >180 2022-12-31"},
			[]string{
				"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred) conflict",
				"Hậu Giang, products, stock, 2022-12-31: > 180 (reported, normal) conflict",
			}},
		{"undated stocks of two articles are not compared", []string{"x 105", "y 250", "z 105"},
			[]string{
				"Hậu Giang, products, stock, not dated: 105 (merged, preferred)",
				"Hậu Giang, products, stock, not dated: 250 (reported, preferred)",
			}},
		{"a soft number finds the earlier month that says it", []string{"a 150 2022-06-30", "a 175 2022-12-31", "b 150 2022"},
			[]string{
				"Hậu Giang, products, stock, 2022-06-30: 150 (reported, preferred)",
				"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred)",
			}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCorpus(t).source("b", "báo B", 1, "2023-01-12", "2023-01-13").source("c", "báo C", 1, "2024-02-01", "2024-02-02")
			c.in.Articles["a"] = Source{Authority: 1, Article: record.Article{ID: "a", Published: record.Published{Date: record.NoDate}}}
			if diff := cmp.Diff(tc.want, c.say(tc.lines...).run().values()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The title of an article says what its text says, also where another article is
// believed.
func TestTitleOfAnArticleThatIsNotBelieved(t *testing.T) {
	c := newCorpus(t).source("a", "A", 1, "2023-01-12", "").source("b", "B", 1, "2023-02-20", "")
	r := c.say("a 175 now", "a 175 2022-12-31", "b 157 2022-12-31").run()
	want := []string{
		"Hậu Giang, products, stock, 2022-12-31: 157 (reported, preferred) conflict",
		"Hậu Giang, products, stock, 2022-12-31: 175 (reported, normal) conflict",
	}
	if diff := cmp.Diff(want, r.values()); diff != "" {
		t.Error(diff)
	}
}

// A part said in the words of its whole is no other value of it.
func TestPartsOfAFigure(t *testing.T) {
	r := newCorpus(t, "a 56 candidate 2025", "a 43 candidate 2025 of:a-0", "a 10 candidate 2025 of:a-0", "a 3 candidate 2025 of:a-0").run()
	if diff := cmp.Diff([]string{"Hậu Giang, products, candidate, 2025: 56 (reported, preferred)"}, r.values()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"named-parts-add-up: 43 + 10 + 3 = 56: passed"}, r.checks()); diff != "" {
		t.Error(diff)
	}
	s := r.find(t, "Hậu Giang")
	if diff := cmp.Diff([]string{"a-0 supports", "a-1 supports: a part of it", "a-2 supports: a part of it", "a-3 supports: a part of it"}, r.supportLines(s.ID)); diff != "" {
		t.Error(diff)
	}
	// of another time than its whole it is a statistic that nothing is built on
	r = newCorpus(t, "a 56 2025-06-30", "a 43 2025-03-31 of:a-0").run()
	want := []string{"Hậu Giang, products, stock, 2025-03-31: 43 (reported, normal)", "Hậu Giang, products, stock, 2025-06-30: 56 (reported, preferred)"}
	if diff := cmp.Diff(want, r.values()); diff != "" {
		t.Error(diff)
	}
	// and gives way to anybody who says the whole
	r = newCorpus(t).source("a", "A", 1, "2025-07-01", "2025-07-01").source("b", "B", 1, "2025-08-01", "2025-08-01").
		say("a 56 2025-06-30", "a 43 2025-03-31 of:a-0", "b 50 2025-03-31").run()
	if s := r.find(t, "Hậu Giang, products, stock, 2025-03-31: 50"); s.Rank != record.Preferred || s.Conflict {
		t.Errorf("%+v", s)
	}
}

// "From 400 to 500" is one range, and no conflict.
func TestRange(t *testing.T) {
	s := newCorpus(t, "a >=400 5* 2025 target", "a <=500 5* 2025 target").run().find(t, "Hậu Giang")
	if s.Low != record.Int(400) || s.High != record.Int(500) || s.Conflict || s.Rank != record.Preferred {
		t.Errorf("%+v", s)
	}
	r := newCorpus(t, "a >=400 5* 2025 target", "b <=300 5* 2025 target").run()
	if s := r.find(t, "Hậu Giang, products, 5 stars, stock, target, 2025: ≥ 400"); !s.Conflict || s.Low != record.Int(400) || s.HasHigh() {
		t.Errorf("%+v", s)
	}
}

func TestIndependence(t *testing.T) {
	c := newCorpus(t).
		source("a", "cổng A", 3, "2023-01-10", "").source("b", "báo B", 1, "2023-01-11", "").
		source("c", "báo C", 1, "2023-01-12", "").source("d", "báo D", 1, "2023-01-13", "").source("e", "báo D", 1, "2023-02-13", "")
	reprint := c.in.Articles["b"]
	reprint.Article.DuplicateOf = "a"
	c.in.Articles["b"] = reprint
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		c.say(id + " 175 2022-12-31")
	}
	s := c.run().find(t, "Hậu Giang, products, stock, 2022-12-31")
	if s.Figures != 5 || s.Sources != 3 {
		t.Errorf("%d figures of %d sources, want 5 of 3: A with its reprint, C, and D twice", s.Figures, s.Sources)
	}
}

func TestChoice(t *testing.T) {
	base := func() *corpus {
		return newCorpus(t).source("portal", "P", 4, "2023-01-05", "").source("news1", "N1", 2, "2023-01-20", "").
			source("news2", "N2", 2, "2023-01-21", "").source("again", "N1", 2, "2023-01-22", "").source("news3", "N3", 2, "2023-01-20", "")
	}
	for _, tc := range []struct {
		name, want, choice string
		lines              []string
	}{
		{"two sources over one that is nearer to those who count", "181", "2 independent sources over 1", []string{"portal 175 2022-12-31", "news1 181 2022-12-31", "news2 181 2022-12-31"}},
		{"one against one: who counted", "175", "a source nearer to those who count (authority 4 over 2)", []string{"portal 175 2022-12-31", "news1 181 2022-12-31"}},
		{"a digit short", "151", "the larger of two numbers so far apart that the smaller is rather a part of it, or lacks a digit", []string{"news1 151 2022-12-31", "news2 15 2022-12-31"}},
		{"an outlet corrects itself", "156", "the outlet has since given this number itself", []string{"news1 165 2022-12-31", "again 156 2022-12-31"}},
		{"exact over bound", "181", "an exact number over a bound or a round one", []string{"news1 181 2022-12-31", "news2 >190 2022-12-31"}},
		{"later publication", "181", "published later, on 2023-01-21", []string{"news1 175 2022-12-31", "news2 181 2022-12-31"}},
		{"more independent sources", "175", "2 independent sources over 1", []string{"news1 175 2022-12-31", "news3 175 2022-12-31", "news3 190 2022-12-31"}},
		{"nothing left to tell", "300", "equal in every respect: the larger number, since a part is more often taken for its whole than the other way", []string{"news1 210 2022-12-31", "news1 300 2022-12-31"}},
		{"no dissent, no reason", "175", "", []string{"news1 175 2022-12-31", "news2 175 2022-12-31"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := base().say(tc.lines...).run()
			for _, s := range r.Statistics {
				if s.Rank == record.Preferred && (s.Value.String() != tc.want || record.RemarksEN(s.Choice) != tc.choice) {
					t.Errorf("chose %s because %q, want %s because %q", s.Value, s.Choice, tc.want, tc.choice)
				}
			}
		})
	}
}

func TestDissentIsKept(t *testing.T) {
	c := newCorpus(t).source("a", "A", 4, "2023-01-05", "").source("b", "B", 2, "2023-01-05", "").source("c", "C", 4, "2023-01-04", "")
	r := c.say("a 175 2022-12-31", "b 157 2022-12-31", "c 170 2022-12-31", "b >100 2022-12-31", "b >200 2022-12-31").run()
	want := []string{
		"Hậu Giang, products, stock, 2022-12-31: 157 (reported, normal) conflict",
		"Hậu Giang, products, stock, 2022-12-31: 170 (reported, normal) conflict",
		"Hậu Giang, products, stock, 2022-12-31: 175 (reported, preferred) conflict",
		"Hậu Giang, products, stock, 2022-12-31: > 200 (reported, normal) conflict",
	}
	if diff := cmp.Diff(want, r.values()); diff != "" {
		t.Error(diff)
	}
	s := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175")
	wantSupport := []string{
		"a-0 supports",
		"b-0 dissents: says 157; 157 may be 175 (digits swapped)",
		"b-1 supports: the value satisfies > 100",
		"b-2 dissents: says > 200",
		"c-0 dissents: says 170; 170 may be 175 (digit replaced)",
	}
	if diff := cmp.Diff(wantSupport, r.supportLines(s.ID)); diff != "" {
		t.Error(diff)
	}
}

// Parts that cannot be added up say nothing of those of another article.
func TestPartsOfTwoArticles(t *testing.T) {
	for range 20 { // whichever comes first
		r := newCorpus(t, "a 56 candidate 2025", "a 46 candidate 2025 of:a-0", "a 10 candidate 2025 of:a-0",
			"b 56 candidate 2025", "b 45.5 candidate 2025 of:b-0", "b 10 candidate 2025 of:b-0").run()
		if diff := cmp.Diff([]string{"count-is-whole: 45,5: failed", "named-parts-add-up: 46 + 10 = 56: passed"}, r.checks()); diff != "" {
			t.Fatal(diff)
		}
	}
}

// Growth by more than a fifth within a month is no conflict where the increment is printed.
func TestPrintedIncrementIsGrowth(t *testing.T) {
	c := newCorpus(t).source("a", "A", 2, "2023-03-02", "").source("b", "B", 2, "2023-03-28", "")
	c.say("a 100 2023-03-01", "b 140 now", "b 40 new 2023-03")
	for _, v := range c.run().values() {
		if strings.Contains(v, "conflict") {
			t.Error(v)
		}
	}
	c = newCorpus(t).source("a", "A", 2, "2023-03-02", "").source("b", "B", 2, "2023-03-28", "").say("a 100 2023-03-01", "b 140 now")
	if !slices.ContainsFunc(c.run().values(), func(v string) bool { return strings.Contains(v, "conflict") }) {
		t.Error("no conflict without the increment")
	}
}
