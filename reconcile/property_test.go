package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// randomCorpus makes a small world full of contradictions: few places, months
// and values, so that everything meets everything. A firm one has no softly
// dated figures and no star classes whose meaning depends on others.
func randomCorpus(t testing.TB, r *rand.Rand, firm bool) *corpus {
	c := newCorpus(t)
	articles := 2 + r.IntN(12)
	for a := range articles {
		day := record.DateOf(2022, 1, 1+r.IntN(700))
		published := day.String()
		if !firm && r.IntN(6) == 0 {
			published = ""
		}
		id := fmt.Sprintf("a%02d", a)
		c.source(id, fmt.Sprintf("o%d", r.IntN(5)), r.IntN(3), published, (day + record.Date(r.IntN(9))).String())
		for i := range 1 + r.IntN(9) {
			line := id + " " + randomFigure(r, firm)
			if i > 0 && r.IntN(3) == 0 { // a part of the first
				name, rest, _ := strings.Cut(line, " @")
				line = name + " of:" + id + "-0 @" + rest
			}
			c.say(line)
		}
	}
	return c
}

func pick(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

func randomFigure(r *rand.Rand, firm bool) string {
	value := fmt.Sprint(10 * (1 + r.IntN(6)))
	switch r.IntN(8) {
	case 0:
		value = pick(r, ">", ">=", "<", "<=", "~") + value
	case 1:
		value = fmt.Sprintf("%d.%d%%", r.IntN(100), r.IntN(10))
	}
	stars := []string{"", "3*", "4*", "5*"}
	when := []string{"2022-12-31", "2022-12-15", "2022-06-30", "2023-03", "2023-01-10"}
	if !firm {
		stars = append(stars, "3-4*", "3+*", "4-5*", "5p*")
		when = append(when, "now", "2022", "2023", "")
	}
	if r.IntN(4) == 0 { // a flow or a target
		return fmt.Sprintf("%s product %s %s %s %s @%s", value, pick(r, stars...), pick(r, "new", "renewed", "recognised"),
			pick(r, "2022", "2023", "2022-01/2022-06"), pick(r, "", "", "target"), pick(r, "Hậu_Giang", "Bến_Tre"))
	}
	return fmt.Sprintf("%s %s %s %s stock %s @%s", value, pick(r, "product", "producer"), pick(r, stars...),
		pick(r, "", "", "enterprise", "cooperative", "group", "household"), pick(r, when...), pick(r, "Hậu_Giang", "Bến_Tre"))
}

const worlds = 300

func TestOrderNeverMatters(t *testing.T) {
	for seed := range uint64(worlds) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := randomCorpus(t, r, false)
		want := c.run()
		figures := c.figures()
		r.Shuffle(len(figures), func(i, j int) { figures[i], figures[j] = figures[j], figures[i] })
		c.in.Figures = record.NewFigures(figures...)
		if diff := cmp.Diff(want, c.run()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// supported lists for each figure the values that it supports, as preferred.
func supported(r found) map[string][]string {
	value := map[string]string{}
	for _, s := range r.Statistics {
		if s.Rank == record.Preferred && (s.Basis == record.Reported || s.Basis == record.Merged) {
			value[s.ID] = fmt.Sprintf("%v %s %s%s", s.Dims, s.Place.Name, s.Qualifier, s.Low)
		}
	}
	out := map[string][]string{}
	for _, s := range r.Support {
		if v, ok := value[s.StatisticID]; ok && s.Role == record.Supports {
			out[s.FigureID] = append(out[s.FigureID], v)
		}
	}
	return out
}

func TestAgreeingFigureChangesNoValue(t *testing.T) {
	tried := 0
	for seed := range uint64(worlds) {
		r := rand.New(rand.NewPCG(seed, 2))
		c := randomCorpus(t, r, false)
		before := c.run()
		held := supported(before)
		f := c.in.Figures.At(r.IntN(c.in.Figures.Len()))
		if len(held[f.ID]) == 0 || f.Of != "" {
			continue // it does not agree with what was chosen, or is a part in its article alone
		}
		tried++
		day := record.DateOf(2022, 1, 1+r.IntN(700))
		id := fmt.Sprintf("z%d", r.IntN(2))
		c.source(id, pick(r, "o1", "o9"), r.IntN(5), day.String(), day.String())
		twin := c.in.Articles[f.ArticleID].Article
		if open := !twin.Published.Date.Known() || f.Period.Last() > twin.Published.Date; open || f.PeriodBasis == record.PeriodPublished || !f.Period.Known() {
			s := c.in.Articles[id] // on the same day, or it would say something else
			s.Article.Published, s.Article.CapturedAt = twin.Published, twin.CapturedAt
			c.in.Articles[id] = s
		}
		f.ID, f.ArticleID = id+"-0", id
		if at := c.in.Articles[id].Article.Published.Date; at.Known() && f.Period.Known() && f.Period.Last() > at {
			continue // the period would not be over: another thing
		}
		c.in.Figures.Append(&f)
		after := c.run()
		now := supported(after)
		for figure, values := range held {
			for _, v := range values {
				if !slices.Contains(now[figure], v) {
					t.Fatalf("seed %d: %s supported %s, now %q", seed, figure, v, now[figure])
				}
			}
		}
	}
	if tried < worlds/4 {
		t.Errorf("only %d worlds tried", tried)
	}
}

func TestNoDissentNoConflict(t *testing.T) {
	tried := 0
	for seed := range uint64(worlds) {
		c := randomCorpus(t, rand.New(rand.NewPCG(seed, 3)), false)
		r := c.run()
		for _, s := range r.Statistics {
			if !s.Conflict || s.Rank != record.Preferred {
				continue
			}
			tried++
			dissents := map[string]bool{}
			for _, sup := range r.Support {
				if sup.StatisticID == s.ID && sup.Role == record.Dissents {
					dissents[sup.FigureID] = true
				}
			}
			if len(dissents) == 0 {
				t.Fatalf("seed %d: a conflict without dissent: %v", seed, s)
			}
			less := c.in
			less.Figures = record.NewFigures(slices.DeleteFunc(c.figures(), func(f record.Figure) bool { return dissents[f.ID] })...)
			after := read(grouped(less))
			for _, o := range after.Statistics {
				if o.ID == s.ID && (o.Conflict || o.Value != s.Value) {
					t.Fatalf("seed %d: without dissent %v is %v", seed, s, o)
				}
			}
		}
	}
	if tried < worlds/10 {
		t.Errorf("only %d conflicts tried", tried)
	}
}

func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(worlds) {
		c := randomCorpus(t, rand.New(rand.NewPCG(seed, 4)), false)
		r := c.run()
		seen := map[string]bool{}
		ids := map[string]bool{}
		for _, s := range r.Statistics {
			if ids[s.ID] {
				t.Fatalf("seed %d: two statistics %s", seed, s.ID)
			}
			ids[s.ID] = true
			if s.Low.Cmp(s.High) > 0 && s.HasLow() && s.HasHigh() || s.HasValue && s.Qualifier == record.Exactly && (s.Value.Cmp(s.Low) < 0 || s.Value.Cmp(s.High) > 0) {
				t.Fatalf("seed %d: %v is not within its bounds", seed, s)
			}
		}
		for _, s := range r.Support {
			seen[s.FigureID] = true
			if !ids[s.StatisticID] {
				t.Fatalf("seed %d: support of nothing: %v", seed, s)
			}
		}
		for _, f := range c.in.Figures.All() {
			if !seen[f.ID] {
				t.Fatalf("seed %d: %s supports nothing and dissents from nothing", seed, f.ID)
			}
		}
	}
}

// A value that was superseded on a day was the one to prefer until then.
func TestSupersededIsWhatWasPreferred(t *testing.T) {
	compared := 0
	for seed := range uint64(worlds) {
		c := randomCorpus(t, rand.New(rand.NewPCG(seed, 5)), true)
		for _, s := range c.run().Statistics {
			id, _, other := strings.Cut(s.ID, "~")
			if !other || !s.SupersededOn.Known() {
				continue
			}
			for _, day := range []record.Date{s.SupersededOn - 1, s.SupersededOn} {
				then := c.in
				then.AsOf = day
				past := read(grouped(then))
				i := slices.IndexFunc(past.Statistics, func(o record.Statistic) bool { return o.ID == id })
				if i < 0 || len(past.Statistics[i].Choice) > 0 && strings.HasPrefix(past.Statistics[i].Choice, "arithmetic") {
					continue // it waits for others, or these decided
				}
				if o := &past.Statistics[i]; (o.Value.Equal(s.Value) && o.Qualifier == s.Qualifier) != (day < s.SupersededOn) {
					t.Fatalf("seed %d: %s%s of %s is superseded on %s, as of %s %s%s stands", seed, s.Qualifier, s.Value, s.ID, s.SupersededOn, day, o.Qualifier, o.Value)
				}
				compared++
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d compared", compared)
	}
}
