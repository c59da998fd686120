package extract

import (
	"fmt"
	"strings"

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
		{"place", orNone(placeOf(f.Place)) + ": " + placeRests(f.PlaceBasis)},
		{"period", orNone(f.Period.String()) + ": " + periodRests(f.PeriodBasis)},
		{"rule", f.Rule + ": " + ruleMeans(f.Rule)},
		{"grade", fmt.Sprintf("%s: confidence %.2f, %s", f.Grade, f.Confidence, gradeMeans(f.Grade))},
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

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func placeRests(b record.PlaceBasis) string {
	switch b {
	case record.PlaceText:
		return "named in the sentence or before it"
	case record.PlaceTitle:
		return "named in the title, lead or dateline"
	case record.PlaceSource:
		return "the province of the outlet"
	case record.PlaceGazetteer:
		return "the only province with a district or commune named in the text"
	case record.PlaceDefault:
		return "the article names no place within the country"
	case record.PlaceNone:
		return "not known"
	}
	return string(b)
}

func periodRests(b record.PeriodBasis) string {
	switch b {
	case record.PeriodText:
		return "said with the figure"
	case record.PeriodContext:
		return "inherited from the sentence, paragraph or title"
	case record.PeriodPublished:
		return "from the publication date"
	case record.PeriodNone:
		return "not said"
	}
	return string(b)
}

func gradeMeans(g record.Grade) string {
	switch g {
	case record.GradeA:
		return "0.97 or more"
	case record.GradeB:
		return "0.90 or more"
	case record.GradeC:
		return "below 0.90, worth a look"
	}
	return ""
}

// ruleMeans says what a rule did, with an example.
func ruleMeans(rule string) string {
	switch rule {
	case ruleNoun:
		return "the noun follows the number (68 sản phẩm)"
	case ruleNounBefore:
		return "the noun stands before the number (số sản phẩm là 68)"
	case ruleLabel:
		return "the number stands behind its label (Bảo Thắng: 44)"
	case ruleElided:
		return "the noun is left out (68 sản phẩm 4 sao, 107 3 sao)"
	case ruleMaker:
		return "the producers of the products before (của 29 chủ thể)"
	case ruleShare:
		return "a percentage of the whole before (chiếm 38,8%)"
	case rulePart:
		return "a part of the whole before (trong đó 5 sản phẩm)"
	case ruleNumerator:
		return "the part of a fraction (370/453)"
	case ruleDenominator:
		return "the whole or plan of a fraction (370/453)"
	case ruleRange:
		return "an end of a range (8 đến 10)"
	case ruleTable:
		return "a table cell: its column and row say what it counts"
	case rulePlan:
		return "the plan that a result is compared with (bằng 190% chỉ tiêu 30 sản phẩm)"
	}
	return ""
}
