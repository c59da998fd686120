package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// decisionsOf reads decisions: statistic, figure, action, value, reason, by, date,
// expect, and perhaps to, url and sentence.
func decisionsOf(t testing.TB, lines ...string) []record.Decision {
	t.Helper()
	var out []record.Decision
	for i, line := range lines {
		c := append(strings.Split(line, ","), "", "", "")
		if len(c) < 11 {
			continue
		}
		d := record.Decision{Line: i + 2, Statistic: c[0], Figure: c[1], Action: record.Action(c[2]), Reason: c[4], By: c[5], To: c[8], URL: c[9], Sentence: c[10]}
		d.Value, _ = record.ParseDecimal(c[3])
		d.Date, _ = record.ParseDate(c[6])
		d.Expect, _ = record.ParseDecimal(c[7])
		if err := d.Valid(); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, d)
	}
	return out
}

func decide(c *corpus, lines ...string) {
	c.t.Helper()
	c.in.Decisions = decisionsOf(c.t, lines...)
}

func contradicting(t *testing.T) *corpus {
	return newCorpus(t).
		source("a", "A", 2, "2023-01-05", "2023-01-06").source("b", "B", 1, "2023-01-08", "2023-01-09").
		say("a 157 2022-12-31", "b 175 2022-12-31", "b 68 4* 2022-12-31", "b 89 3* 2022-12-31")
}

func TestDecisions(t *testing.T) {
	total := contradicting(t).run().find(t, "Hậu Giang, products, stock, 2022-12-31: 157 (reported, preferred)").ID
	stars := contradicting(t).run().find(t, "Hậu Giang, products, 4 stars").ID
	for _, tc := range []struct {
		name, decision string
		values         []string // of the total
		support        []string
		checks         []string
	}{
		{"none", "",
			[]string{"157 preferred", "175 normal"},
			[]string{"a-0 supports", "b-0 dissents: says 175; 175 may be 157 (digits swapped)"},
			[]string{"stars-add-up: 89 + 68 = 157: passed"}},
		{"a figure is corrected", ",a-0,correct,175,typing error,Lan,2023-02-01,157",
			[]string{"175 preferred"},
			[]string{"a-0 supports: corrected from 157 to 175 by Lan on 2023-02-01: typing error", "b-0 supports"},
			[]string{"stars-add-up: 89 + 68 < 175: open (18 are in none of the classes that are named)"}},
		{"a figure is rejected", ",a-0,reject,,not the whole province,Lan,2023-02-01,157",
			[]string{"175 preferred"},
			[]string{"a-0 dissents: says 157; rejected by Lan on 2023-02-01: not the whole province", "b-0 supports"},
			[]string{"stars-add-up: 89 + 68 < 175: open (18 are in none of the classes that are named)"}},
		{"a figure is accepted", ",b-0,accept,,asked the office,Lan,2023-02-01,175",
			[]string{"157 deprecated", "175 preferred"},
			[]string{"a-0 dissents: says 157; 157 may be 175 (digits swapped)", "b-0 supports: accepted by Lan on 2023-02-01: asked the office"},
			[]string{"stars-add-up: 89 + 68 < 175: open (18 are in none of the classes that are named)"}},
		{"a statistic is accepted", total + ",,accept,,as printed,Lan,2023-02-01,157",
			[]string{"157 preferred", "175 deprecated"},
			[]string{"a-0 supports: accepted by Lan on 2023-02-01: as printed", "b-0 dissents: says 175; 175 may be 157 (digits swapped)"},
			[]string{"stars-add-up: 89 + 68 = 157: passed"}},
		{"a statistic is corrected to a value that some say", total + ",,correct,175,by phone,Lan,2023-02-01,157",
			[]string{"157 deprecated", "175 preferred"},
			[]string{"a-0 dissents: says 157; corrected from 157 to 175 by Lan on 2023-02-01: by phone", "b-0 supports: corrected from 157 to 175 by Lan on 2023-02-01: by phone"},
			[]string{"stars-add-up: 89 + 68 < 175: open (18 are in none of the classes that are named)"}},
		{"a statistic is corrected to a value that nobody says", total + ",,correct,180,by phone,Lan,2023-02-01,157",
			[]string{"157 deprecated", "175 deprecated", "180 preferred"},
			[]string{"a-0 dissents: says 157; corrected from 157 to 180 by Lan on 2023-02-01: by phone", "b-0 dissents: says 175; corrected from 157 to 180 by Lan on 2023-02-01: by phone"},
			nil},
		{"a statistic is rejected", total + ",,reject,,nonsense,Lan,2023-02-01,157",
			[]string{"157 deprecated", "175 deprecated"},
			[]string{"a-0 supports: rejected by Lan on 2023-02-01: nonsense", "b-0 dissents: says 175; 175 may be 157 (digits swapped)"},
			nil},
		{"a rejected part is in no sum", stars + ",,reject,,of another year,Lan,2023-02-01,68", []string{"157 preferred", "175 normal"}, nil, nil},
		{"decided after the day asked for", ",a-0,correct,175,typing error,Lan,2023-04-01,157",
			[]string{"157 preferred", "175 normal"},
			[]string{"a-0 supports", "b-0 dissents: says 175; 175 may be 157 (digits swapped)"}, nil},
		{"the later decision holds", ",a-0,correct,175,typing error,Lan,2023-02-01,157\n,a-0,accept,,it was right,Minh,2023-02-05,157",
			[]string{"157 preferred", "175 deprecated"},
			[]string{"a-0 supports: accepted by Minh on 2023-02-05: it was right", "b-0 dissents: says 175; 175 may be 157 (digits swapped)"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := contradicting(t)
			c.in.AsOf = record.DateOf(2023, 3, 1)
			decide(c, strings.Split(tc.decision, "\n")...)
			r := c.run()
			var values []string
			for _, s := range r.Statistics {
				if strings.HasPrefix(s.ID, total) {
					values = append(values, s.Value.String()+" "+string(s.Rank))
				}
			}
			slices.Sort(values)
			if diff := cmp.Diff(tc.values, values); diff != "" {
				t.Error(diff)
			}
			if tc.support != nil {
				if diff := cmp.Diff(tc.support, r.supportLines(total)); diff != "" {
					t.Error(diff)
				}
			}
			if tc.checks != nil {
				if diff := cmp.Diff(tc.checks, r.checks("stars-add-up")); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// A decision on a deduced statistic takes effect on it alone.
func TestDecisionOnDeduced(t *testing.T) {
	c := newCorpus(t, "a 175 2022-12-31", "a 68 4* 2022-12-31", "a 2 5* 2022-12-31")
	id := c.run().find(t, "Hậu Giang, products, 3 stars, stock, 2022-12-31: 105 (derived").ID
	decide(c, id+",,reject,,two star levels were mixed,Lan,2023-02-01,105")
	s := c.run().find(t, "Hậu Giang, products, 3 stars")
	if s.Rank != record.Deprecated || record.RemarksEN(s.Choice) != "rejected by Lan on 2023-02-01: two star levels were mixed" {
		t.Errorf("%+v", s)
	}
}

// Decisions that no longer fit, or contradict each other, have no effect and are
// listed, all of them.
func TestUnfitDecisions(t *testing.T) {
	c := contradicting(t)
	decide(c,
		",a-0,correct,175,typing error,Lan,2023-02-01,158",
		",gone-3,reject,,why,Lan,2023-02-01,1",
		"0000,,accept,,why,Lan,2023-02-01,1",
		",b-0,accept,,why,Lan,2023-02-01,175",
		",b-0,reject,,why,Minh,2023-02-01,175",
		",gone-4,reject,,why,Lan,2023-02-01,1",
		",gone-4,withdraw,,why,Lan,2023-02-01,1",
	)
	r := c.run()
	var got []string
	for _, u := range r.Unfit {
		got = append(got, fmt.Sprintf("%d %s: %s", u.Line, u.Target(), record.RemarksEN(u.Why)))
	}
	want := []string{
		"2 figure a-0: it was made for 158, but the value is now 157",
		"3 figure gone-3: there is none any more",
		"4 statistic 0000: there is none any more",
		"5 figure b-0: it contradicts the decision of line 6; neither holds",
		"6 figure b-0: it contradicts the decision of line 5; neither holds",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(contradicting(t).run().values(), r.values()); diff != "" {
		t.Error(diff)
	}
}

// Two values of one statistic that are accepted on one day are both refused.
func TestTwoAccepted(t *testing.T) {
	c := contradicting(t)
	decide(c, ",a-0,accept,,why,Lan,2023-02-01,157", ",b-0,accept,,why,Minh,2023-02-01,175")
	if r := c.run(); len(r.Unfit) != 2 || r.Unfit[0].Why != "decision-against: 3" || r.Unfit[1].Why != "decision-against: 2" {
		t.Errorf("%+v", r.Unfit)
	}
	decide(c, ",a-0,accept,,why,Lan,2023-02-01,157", ",b-0,accept,,why,Minh,2023-02-02,175")
	r := c.run()
	if s := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175"); len(r.Unfit) != 0 || s.Rank != record.Preferred {
		t.Errorf("%+v %+v", r.Unfit, s)
	}
}

// What a figure is, when it is not what was read.
func TestRedescribed(t *testing.T) {
	for _, tc := range []struct{ decision, want, note string }{
		{",a-0,plan,,the plan of the year,Lan,2023-02-01,157,,,", "Hậu Giang, products, stock, target, 2022-12-31: 157", "a plan, says Lan on 2023-02-01: the plan of the year"},
		{",a-0,candidate,,not yet decided,Lan,2023-02-01,157,,,", "Hậu Giang, products, candidate, 2022-12-31: 157", "a candidate, says Lan on 2023-02-01: not yet decided"},
		{",a-0,group,,why,Lan,2023-02-01,157,food,,", "Hậu Giang, products, stock, food, 2022-12-31: 157", "of the group food, says Lan on 2023-02-01: why"},
		{",a-0,date,,why,Lan,2023-02-01,157,2021-12-31,,", "Hậu Giang, products, stock, 2021-12-31: 157", "of 2021-12-31, says Lan on 2023-02-01: why"},
		{",a-0,place,,why,Lan,2023-02-01,157,Sóc Trăng,,", "Sóc Trăng, products, stock, 2022-12-31: 157", "of Sóc Trăng, says Lan on 2023-02-01: why"},
	} {
		c := contradicting(t)
		list := decisionsOf(t, tc.decision)
		list[0].Place = place("Sóc Trăng")
		c.in.Decisions = list
		before := c.figures()
		r := c.run()
		s := r.find(t, tc.want)
		if diff := cmp.Diff([]string{"a-0 supports: " + tc.note}, r.supportLines(s.ID)); diff != "" {
			t.Errorf("%s: %s", tc.decision, diff)
		}
		if s := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175"); s.Rank != record.Preferred || s.Conflict {
			t.Errorf("%s: %+v", tc.decision, s)
		}
		if diff := cmp.Diff(before, c.figures()); diff != "" {
			t.Errorf("%s changed its input: %s", tc.decision, diff)
		}
	}
}

// A decision finds its figure again when another word of the article was mended,
// and not when its own sentence was.
func TestDecisionFindsMendedArticle(t *testing.T) {
	for text, found := range map[string]bool{
		"Tin tức. Đến nay, tỉnh có 157 sản phẩm OCOP.":              true,
		"Tin mới nhất hôm nay. Đến nay tỉnh  CÓ 157 sản phẩm OCOP.": true,
		"Tin hôm nay. ĐẾN NAY, tỉnh có  157 sản phẩm OCOP.":         true,
		"Tin tức. Đến nay, tỉnh có hơn 157 sản phẩm OCOP.":          false,
	} {
		c := newCorpus(t, "mended 157 2022-12-31")
		sentence := strings.Index(text, ". ") + 2
		c.in.Articles["mended"] = Source{Article: record.Article{ID: "mended", URL: "https://a.vn/1", Text: text}}
		c.change(0, func(f *record.Figure) {
			f.Sentence, f.Start = record.Span{Start: sentence, End: len(text)}, strings.Index(text, "157")
			f.End = f.Start + 3
		})
		old := "Đến nay, tỉnh có 157 sản phẩm OCOP."
		c.in.Decisions = []record.Decision{{Line: 2, Figure: "first-0", Action: record.Reject, Reason: "why", By: "Lan", Date: record.DateOf(2023, 2, 1), Expect: record.Int(157),
			URL: "https://a.vn/1", Sentence: SentenceKey(old, strings.Index(old, "157"))}}
		r := c.run()
		if got := r.Statistics[0].Rank == record.Deprecated; got != found || (len(r.Unfit) == 0) != found {
			t.Errorf("%q: found %v, %+v", text, got, r.Unfit)
		}
	}
}

func TestSuperseded(t *testing.T) {
	c := newCorpus(t).
		source("a", "A", 1, "2023-01-05", "2023-01-06").source("b", "B", 1, "2023-01-08", "2023-01-09").
		source("c", "C", 1, "2023-01-08", "2023-01-15").source("d", "D", 2, "2023-01-08", "2023-02-01").
		say("a 157 2022-12-31", "b 175 2022-12-31", "c 175 2022-12-31", "d 175 2022-12-31")
	r := c.run()
	day := func(s string) record.Date { return c.date(s) }
	old := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 157")
	if old.FirstKnown != day("2023-01-06") || old.SupersededOn != day("2023-01-09") || old.Rank != record.Normal {
		t.Errorf("%+v", old)
	}
	if s := r.find(t, "Hậu Giang, products, stock, 2022-12-31: 175"); s.FirstKnown != day("2023-01-09") || s.SupersededOn.Known() {
		t.Errorf("%+v", s)
	}
	c.in.AsOf = day("2023-01-08")
	if diff := cmp.Diff([]string{"Hậu Giang, products, stock, 2022-12-31: 157 (reported, preferred)"}, c.run().values()); diff != "" {
		t.Error(diff)
	}
	decide(c, ",b-0,reject,,why,Lan,2023-01-20,175")
	c.in.AsOf = record.NoDate
	old = c.run().find(t, "Hậu Giang, products, stock, 2022-12-31: 157")
	if old.SupersededOn != day("2023-01-09") {
		t.Errorf("%+v", old)
	}
}
