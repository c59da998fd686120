package site

import (
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// with adds a note, which may be empty.
func with(t, note texts.Text) texts.Text {
	if note == (texts.Text{}) {
		return t
	}
	return texts.Text{VI: t.VI + "; " + note.VI, EN: t.EN + "; " + note.EN}
}

// remark puts a cell of remarks into words, at most n characters of each language.
func remark(cell string, n int) texts.Text {
	return texts.Text{VI: clip(record.RemarksVI(cell), n), EN: clip(record.RemarksEN(cell), n)}
}

// counts says in a few words what numbers with these dimensions count.
func (b *book) counts(d record.Dims) texts.Text {
	t := b.words.Of("subject", string(d.Subject))
	if d.Measure == record.Percent {
		t = texts.Of("indicator.percent", t)
	}
	add := func(code string, label texts.Text) {
		if code != "" {
			t = texts.Of("page.and", t, label)
		}
	}
	add(string(d.Stars), b.words.Of("stars", string(d.Stars)))
	add(string(d.Producer), b.words.Of("producer", string(d.Producer)))
	if rest, other := strings.CutPrefix(string(d.Facet), "other:"); other {
		t = texts.Of("page.and", t, texts.Of("facet.other", rest))
	} else {
		add(string(d.Facet), b.words.Of("facet", string(d.Facet)))
	}
	add(string(d.Movement), b.words.Of("movement", string(d.Movement)))
	if d.Status == record.Target {
		add(string(d.Status), b.words.Of("status", string(d.Status)))
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
