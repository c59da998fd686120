package extract

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

// entries writes what became of each number.
func (e *explanation) entries() {
	byID := map[string]int{}
	for i, n := range e.numbers {
		for _, f := range n.figures {
			byID[f.ID] = i
		}
	}
	for i, n := range e.numbers {
		printed := strings.Join(strings.Fields(n.Of(e.article.Text)), " ")
		for _, reason := range n.reasons {
			fmt.Fprintf(e, "%s left out: %s\n", e.mark(printed, fmt.Sprint(i+1), false), reason)
		}
		for row, f := range n.figures {
			fmt.Fprintf(e, "%s figure", e.mark(printed, fmt.Sprint(i+1), true))
			if len(n.figures) > 1 {
				fmt.Fprintf(e, " %d of %d", row+1, len(n.figures))
			}
			fmt.Fprintln(e)
			e.figure(f, byID)
			e.evidence(f.ID)
			e.weighings(&f)
		}
	}
}

func (e *explanation) figure(f record.Figure, byID map[string]int) {
	for _, line := range [][2]string{
		{"value", string(f.Qualifier) + " " + f.Value.String()},
		{"dimensions", dimensions(f.Dims)},
		{"place", orNone(placeOf(f.Place)) + ": " + cmp.Or(placeRests[f.PlaceBasis], string(f.PlaceBasis))},
		{"period", orNone(f.Period.String()) + ": " + cmp.Or(periodRests[f.PeriodBasis], string(f.PeriodBasis))},
		{"rule", f.Rule + ": " + ruleMeans[f.Rule]},
		{"grade", fmt.Sprintf("%s: confidence %.2f, %s", f.Grade, f.Confidence, gradeMeans[f.Grade])},
		{"of", e.whole(f.Of, byID)},
		{"sentence", strings.Join(strings.Fields(visible(f.Sentence.Of(e.article.Text))), " ")},
	} {
		if line[1] != "" {
			fmt.Fprintf(e, "    %-11s%s\n", line[0], strings.TrimSuffix(line[1], ": "))
		}
	}
}

// evidence writes the words that decided each dimension, with where they stand.
func (e *explanation) evidence(id string) {
	var said []string
	for _, ev := range e.said[id] {
		said = append(said, fmt.Sprintf("%s “%s” at %d", ev.Dim, strings.Join(strings.Fields(visible(ev.Of(e.article.Text))), " "), ev.Start))
	}
	if len(said) > 0 {
		fmt.Fprintf(e, "    %-11s%s\n", "rests on", strings.Join(said, ", "))
	}
}

// whole names the number that a part, share or fraction hangs on.
func (e *explanation) whole(id string, byID map[string]int) string {
	if id == "" {
		return ""
	}
	i, ok := byID[id]
	if !ok {
		return "figure " + id + ", which is not here"
	}
	for _, f := range e.numbers[i].figures {
		if f.ID == id {
			return fmt.Sprintf("%s, entry %d", f.Value, i+1)
		}
	}
	return ""
}

func (e *explanation) total(res Result) {
	figures, left := 0, 0
	for _, n := range e.numbers {
		if len(n.figures) > 0 {
			figures++
		} else {
			left++
		}
	}
	fmt.Fprintf(e, "\n%d numbers: %d with %d figures, %d left out\n", len(e.numbers), figures, len(res.Figures), left)
}

func dimensions(d record.Dims) string {
	return fmt.Sprintf("subject %s, measure %s, stars %s, producer %s, movement %s, status %s, facet %s",
		d.Subject, d.Measure, orNone(string(d.Stars)), orNone(string(d.Producer)), d.Movement, d.Status, orNone(string(d.Facet)))
}

func placeOf(p record.Place) string {
	if !p.Known() {
		return ""
	}
	return fmt.Sprintf("%s (%s %s, division of %s provinces)", p.Path(), p.Level, p.Code, p.Vintage)
}

func orNone(s string) string { return cmp.Or(s, "-") }

// What a place rests on.
var placeRests = map[record.PlaceBasis]string{
	record.PlaceText:      "named in the sentence or before it",
	record.PlaceTitle:     "named in the title, lead or dateline",
	record.PlaceSource:    "the province of the outlet",
	record.PlaceGazetteer: "the only province with a district or commune named in the text",
	record.PlaceDefault:   "the article names no place within the country",
	record.PlaceNone:      "not known",
}

// What a period rests on.
var periodRests = map[record.PeriodBasis]string{
	record.PeriodText:      "said with the figure",
	record.PeriodContext:   "inherited from the sentence, paragraph or title",
	record.PeriodPublished: "from the publication date",
	record.PeriodNone:      "not said",
}

// What a grade says of the confidence.
var gradeMeans = map[record.Grade]string{
	record.GradeA: "0.97 or more",
	record.GradeB: "0.90 or more",
	record.GradeC: "below 0.90, worth a look",
}

// What a rule did, with an example.
var ruleMeans = map[string]string{
	ruleNoun:        "the noun follows the number (68 sản phẩm)",
	ruleNounBefore:  "the noun stands before the number (số sản phẩm là 68)",
	ruleLabel:       "the number stands behind its label (Bảo Thắng: 44)",
	ruleElided:      "the noun is left out (68 sản phẩm 4 sao, 107 3 sao)",
	ruleMaker:       "the producers of the products before (của 29 chủ thể)",
	ruleShare:       "a percentage of the whole before (chiếm 38,8%)",
	rulePart:        "a part of the whole before (trong đó 5 sản phẩm)",
	ruleNumerator:   "the part of a fraction (370/453)",
	ruleDenominator: "the whole or plan of a fraction (370/453)",
	ruleRange:       "an end of a range (8 đến 10)",
	ruleTable:       "a table cell: its column and row say what it counts",
	rulePlan:        "the plan that a result is compared with (bằng 190% chỉ tiêu 30 sản phẩm)",
}

const weighingHelp = `The whole, status, movement, stars, period, facet and place are weighed: the value with its probability, then the features that
speak most for it rather than for the next likeliest value, then behind "for" those that speak for the next,
each with its weight in the logarithm of the odds; "rest" is all other features together.`

// The reasons that are shown.
const (
	reasonsFor     = 4
	reasonsAgainst = 2
	leastReason    = .05 // less would print as nothing
)

// weighings writes what the dimensions of a figure were decided by.
func (e *explanation) weighings(f *record.Figure) {
	if w := e.whyWhole[f.ID]; w != nil && (w.Value != "" || !w.Alone) {
		fmt.Fprintf(e, "      %-9s %s\n", "whole", weighed(w, f.Doubtful()))
	}
	if w := e.why[f.ID]; w != nil {
		for d := range w {
			fmt.Fprintf(e, "      %-9s %s\n", decide.Dimension(d), weighed(&w[d], f.Doubtful()))
		}
	}
}

// weighed is one line: "recognised .94 (rules: stock): NL0 “công nhận” at 34 +1.8; for stock: Crole:one −0.7".
func weighed(w *decide.Weighing, doubtful bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", orNone(w.Value), likely(w.Likely))
	switch {
	case w.Alone:
		b.WriteString(", no other value is to be had")
	case doubtful:
		fmt.Fprintf(&b, " or %s %s", orNone(w.Next), likely(w.NextLikely))
	}
	if w.Value != w.Rules {
		fmt.Fprintf(&b, " (rules: %s)", orNone(w.Rules))
	} else if w.Odds < 0 {
		b.WriteString(" (in doubt the rules' reading stays)")
	}
	var side [2][]string // for the value, for the next
	rest := 0.0
	for _, r := range w.Reasons {
		s, most := 0, reasonsFor
		if r.Weight < 0 {
			s, most = 1, reasonsAgainst
		}
		if len(side[s]) == most || math.Abs(r.Weight) < leastReason {
			rest += r.Weight
			continue
		}
		side[s] = append(side[s], reason(&r, w.Next))
	}
	parts := []string{strings.Join(side[0], ", ")}
	if len(side[1]) > 0 {
		parts = append(parts, "for "+orNone(w.Next)+": "+strings.Join(side[1], ", "))
	}
	if math.Abs(rest) >= leastReason {
		parts = append(parts, "rest "+signed(rest))
	}
	if text := strings.TrimPrefix(strings.Join(parts, "; "), "; "); text != "" {
		b.WriteString(": " + text)
	}
	return b.String()
}

func reason(r *decide.Reason, next string) string {
	s := visible(r.Feature)
	if r.Words != "" {
		s += fmt.Sprintf(" “%s” at %d", visible(r.Words), r.At)
	}
	if r.OfNext {
		s += " of " + orNone(next)
	}
	return s + " " + signed(r.Weight)
}

func signed(w float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f", w), "-", "−", 1)
}

// likely writes a probability: .94.
func likely(p float64) string {
	switch {
	case p >= .995:
		return ">.99"
	case p < .005:
		return "<.01"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0")
}
