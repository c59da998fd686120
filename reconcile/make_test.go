package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ocopstat/record"
)

// corpus builds an input from lines that read like what an article says:
//
//	A1  175 product stock 2022-12-31 @Hậu Giang
//	A1  38.8% product 4* stock 2022-12-31 @Hậu Giang
//
// article, value, then codes in any order; what is left out is product, count,
// actual, exact, Hậu Giang, no period. "now" is a date taken from publication.
type corpus struct {
	t  testing.TB
	in Input
	n  map[string]int // figures so far, by article
}

func newCorpus(t testing.TB, lines ...string) *corpus {
	c := &corpus{t: t, n: map[string]int{}, in: Input{Figures: &record.Figures{}, Articles: map[string]Source{}, AsOf: record.NoDate, Places: nowhere{}}}
	return c.say(lines...)
}

func (c *corpus) say(lines ...string) *corpus {
	for _, l := range lines {
		if words := strings.Fields(l); len(words) > 0 {
			f := c.figure(words, l)
			c.in.Figures.Append(&f)
		}
	}
	return c
}

// change changes the i-th figure.
func (c *corpus) change(i int, how func(*record.Figure)) {
	f := c.in.Figures.At(i)
	how(&f)
	c.in.Figures.Set(i, &f)
}

func (c *corpus) figures() (out []record.Figure) {
	for _, f := range c.in.Figures.All() {
		out = append(out, f)
	}
	return out
}

// source describes an article: its outlet, authority, publication and capture.
func (c *corpus) source(id, outlet string, authority int, published, captured string) *corpus {
	s := Source{Authority: authority, Article: record.Article{
		ID: id, SourceID: outlet, URL: "https://example.vn/" + id, Title: "Bài " + id, Published: record.PublishedOn(c.date(published)),
	}}
	if captured != "" {
		s.Article.CapturedAt = c.date(captured).Time().Add(5 * time.Hour)
	}
	c.in.Articles[id] = s
	return c
}

func (c *corpus) date(s string) record.Date {
	d, err := record.ParseDate(s)
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

func (c *corpus) figure(words []string, line string) record.Figure {
	c.t.Helper()
	article, printed := words[0], words[1]
	f := record.Figure{ArticleID: article, Printed: printed, Qualifier: record.Exactly, Place: place("Hậu Giang"), Grade: record.GradeA, Rule: "made"}
	f.Subject, f.Measure, f.Movement, f.Status = record.Product, record.Count, record.Stock, record.Actual
	for _, q := range []record.Qualifier{record.AtLeast, record.AtMost, record.Over, record.Under, record.About} {
		if rest, ok := strings.CutPrefix(printed, string(q)); ok {
			f.Qualifier, f.Printed, printed = q, rest, rest
			break
		}
	}
	if rest, ok := strings.CutSuffix(printed, "%"); ok {
		f.Measure, printed = record.Percent, rest
	}
	v, err := record.ParseDecimal(printed)
	if err != nil {
		c.t.Fatalf("%s: %v", line, err)
	}
	f.Value = v
	for i, w := range words[2:] {
		stars, isStars := strings.CutSuffix(w, "*")
		switch {
		case strings.HasPrefix(w, "@"):
			f.Place = place(strings.ReplaceAll(strings.Join(words[2+i:], " ")[1:], "_", " "))
		case isStars:
			f.Stars = record.Stars(stars)
		case w == "product" || w == "producer":
			f.Subject = record.Subject(w)
		case w == "target":
			f.Status = record.Target
		case w == "now":
			f.PeriodBasis = record.PeriodPublished
			f.Period = record.Day(c.in.Articles[article].Article.Published.Date)
		case strings.HasPrefix(w, "facet:"):
			f.Facet = record.Facet(w[6:])
		case strings.HasPrefix(w, "of:"):
			f.Of = w[3:]
		case slices.Contains(record.ProducerTypes(), record.ProducerType(strings.Split(w, "+")[0])):
			f.Producer = record.ProducerType(w)
		case slices.Contains([]string{"stock", "new", "renewed", "recognised", "upgraded", "candidate", "expired"}, w):
			f.Movement = record.Movement(w)
		default:
			if f.Period, err = record.ParsePeriod(w); err != nil {
				c.t.Fatalf("%s: %v", line, err)
			}
			f.PeriodBasis = record.PeriodText
		}
		if strings.HasPrefix(w, "@") {
			break
		}
	}
	n := c.n[article]
	c.n[article]++
	f.ID = fmt.Sprintf("%s-%d", article, n)
	f.Start, f.End = n, n+1
	return f
}

// grouped adds the groups that the figures name, as reading does.
func grouped(in Input) Input {
	at := map[string]*record.Figure{}
	for _, f := range in.Figures.All() {
		at[f.ID] = &f
	}
	in.Groups = nil
	index := map[string]int{}
	for _, f := range in.Figures.All() {
		w := at[f.Of]
		if w == nil {
			continue
		}
		relation := record.OtherParts
		if f.Measure == record.Percent {
			relation = record.Shares
		}
		key := fmt.Sprint(f.Of, f.Sentence, relation, w.Subject == f.Subject, w.Stars == f.Stars, w.Producer == f.Producer,
			w.Movement == f.Movement, w.Status == f.Status, w.Facet == f.Facet)
		i, ok := index[key]
		if !ok {
			i = len(in.Groups)
			index[key] = i
			in.Groups = append(in.Groups, record.Group{Whole: f.Of, Relation: relation})
		}
		in.Groups[i].Parts = append(in.Groups[i].Parts, f.ID)
	}
	return in
}

// found is a result with its rows.
type found struct {
	Statistics []record.Statistic
	Support    []record.Support
	Checks     []record.Check
	Unfit      []Unfit
	Decided    map[string]record.Decision
}

func read(in Input) found {
	r := Run(in)
	f := found{Checks: slices.Collect(r.Checks), Unfit: r.Unfit, Decided: r.Decided}
	for s, support := range r.Statistics {
		f.Statistics, f.Support = append(f.Statistics, s), append(f.Support, support...)
	}
	return f
}

func (c *corpus) run() found {
	c.t.Helper()
	return read(grouped(c.in))
}

// checks lists the checks as "rule: expression: outcome", sorted.
func (r found) checks(rules ...string) []string {
	var out []string
	for _, c := range r.Checks {
		if len(rules) == 0 || slices.Contains(rules, c.Rule) {
			line := c.Rule + ": " + c.Expression + ": " + string(c.Outcome)
			if c.Suggestion != "" && c.Outcome != record.Failed {
				line += " (" + record.RemarksEN(c.Suggestion) + ")"
			}
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

// values lists the statistics as "place dims time = value basis rank", sorted.
func (r found) values(ranks ...record.Rank) []string {
	var out []string
	for _, s := range r.Statistics {
		if len(ranks) > 0 && !slices.Contains(ranks, s.Rank) {
			continue
		}
		line := fmt.Sprintf("%s, %s, %s: %s (%s, %s)", s.Place.Path(), describe(s.Dims), when(s), amount(s), s.Basis, s.Rank)
		if s.Conflict {
			line += " conflict"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// find returns the one statistic that a line of values begins with.
func (r found) find(t testing.TB, prefix string) record.Statistic {
	t.Helper()
	for _, s := range r.Statistics {
		one := found{Statistics: []record.Statistic{s}}
		if strings.HasPrefix(one.values()[0], prefix) {
			return s
		}
	}
	t.Fatalf("no statistic %q among\n%s", prefix, strings.Join(r.values(), "\n"))
	return record.Statistic{}
}

func (r found) supportLines(id string) []string {
	var out []string
	for _, s := range r.Support {
		if s.StatisticID == id {
			line := s.FigureID + " " + string(s.Role)
			if s.Note != "" {
				line += ": " + record.RemarksEN(s.Note)
			}
			out = append(out, line)
		}
	}
	return out
}

// describe names some dimensions in words.
func describe(d record.Dims) string {
	words := []string{string(d.Subject) + "s"}
	if d.Measure == record.Percent {
		words[0] = "share of " + words[0]
	}
	if d.Stars != record.StarsAny {
		words = append(words, string(d.Stars)+" stars")
	}
	if d.Producer != record.AnyProducer {
		words = append(words, string(d.Producer))
	}
	words = append(words, string(d.Movement))
	if d.Status == record.Target {
		words = append(words, "target")
	}
	if d.Facet != record.FacetAll {
		words = append(words, string(d.Facet))
	}
	return strings.Join(words, ", ")
}

func when(s record.Statistic) string {
	switch {
	case s.RefDate.Known():
		return s.RefDate.String()
	case s.Period.Known():
		return s.Period.String()
	}
	return "not dated"
}

func amount(s record.Statistic) string {
	unit := ""
	if s.Measure == record.Percent {
		unit = " %"
	}
	if !s.HasValue {
		return dec(s.Low) + " to " + dec(s.High) + unit
	}
	return s.Qualifier.Sign() + dec(s.Value) + unit
}
