package site

import (
	"strings"

	"ocopstat/record"
	"ocopstat/table"
)

// Text is a text in both languages.
type Text struct{ VI, EN string }

// with adds a note, which may be empty.
func (t Text) with(note Text) Text {
	if note == (Text{}) {
		return t
	}
	return Text{t.VI + "; " + note.VI, t.EN + "; " + note.EN}
}

// words gives the words of the data dictionary for a column's code.
type words map[[2]string]Text

func newWords() (words, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	w := words{}
	for _, d := range descriptions {
		if key := [2]string{d.Column, d.Code}; w[key] == (Text{}) {
			w[key] = Text{d.LabelVI, d.LabelEN}
		}
	}
	return w, nil
}

// of returns the words for a code; one that the dictionary does not have stands
// for itself.
func (w words) of(column, code string) Text {
	if column == "producer" && strings.Contains(code, "+") {
		var out Text
		for i, part := range strings.Split(code, "+") {
			t := w.of(column, part)
			if i > 0 {
				out.VI, out.EN = out.VI+" và ", out.EN+" and "
			}
			out.VI, out.EN = out.VI+t.VI, out.EN+t.EN
		}
		return out
	}
	if rest, ok := strings.CutPrefix(code, "other:"); ok && column == "facet" {
		return Text{"khác: " + rest, rest}
	}
	if t, ok := w[[2]string{column, code}]; ok && code != "" {
		return t
	}
	return Text{code, code}
}

// remark puts a cell of remarks into words, at most n characters of each language.
func remark(cell string, n int) Text {
	return Text{clip(record.RemarksVI(cell), n), clip(record.RemarksEN(cell), n)}
}

// counts says in a few words what numbers with these dimensions count.
func (w words) counts(d record.Dims) Text {
	t := w.of("subject", string(d.Subject))
	if d.Measure == record.Percent {
		t = Text{"tỷ lệ % " + t.VI, "percent of " + t.EN}
	}
	add := func(column, code string) {
		if code != "" {
			c := w.of(column, code)
			t.VI, t.EN = t.VI+", "+c.VI, t.EN+", "+c.EN
		}
	}
	add("stars", string(d.Stars))
	add("producer", string(d.Producer))
	add("facet", string(d.Facet))
	add("movement", string(d.Movement))
	if d.Status == record.Target {
		add("status", string(d.Status))
	}
	return t
}

// value prints a statistic's number with its bound: "175", "≥ 40", "12–14".
func value(s record.Statistic) string {
	signs := map[record.Qualifier]string{record.AtLeast: "≥ ", record.Over: "> ", record.AtMost: "≤ ", record.Under: "< ", record.About: "≈ "}
	unit := ""
	if s.Measure == record.Percent {
		unit = " %"
	}
	if !s.HasValue {
		return s.Low.VI() + "–" + s.High.VI() + unit
	}
	return signs[s.Qualifier] + s.Value.VI() + unit
}

// when is the date of a stock, or the period of a flow or target.
func when(s record.Statistic) string {
	if s.RefDate.Known() {
		return s.RefDate.VI()
	}
	if s.Period.Known() {
		return s.Period.VI()
	}
	return "?"
}

// name is a place inside a province's page.
func name(p record.Place) string {
	if !p.Known() {
		return "?"
	}
	return p.Name
}
