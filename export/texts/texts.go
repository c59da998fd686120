// Package texts holds what the workbook, the evidence pages and the mails print,
// in one table that a spreadsheet can edit: texts.tsv, a key, the Vietnamese and
// the English text a line, separated by tabs. Lines that begin with # are
// remarks, {1} stands for the first value of a text, \n for a line end.
package texts

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"ocopstat/record"
	"ocopstat/table"
)

// Text is a text in both languages.
type Text struct{ VI, EN string }

// Both is "chữ Việt / English words", the Vietnamese alone when the English is the same or missing.
func (t Text) Both() string {
	if t.VI == t.EN || t.EN == "" {
		return t.VI
	}
	return t.VI + " / " + t.EN
}

// Lang says in which languages texts are printed.
type Lang string

// The languages; "" is Vietnamese.
const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
	Bilingual  Lang = "both"
)

// Pick is a text as it is printed in a language.
func (l Lang) Pick(t Text) string {
	switch {
	case l == Bilingual:
		return t.Both()
	case l == English && t.EN != "":
		return t.EN
	}
	return t.VI
}

// Of is the text with a key as it is printed in a language.
func (l Lang) Of(key string, values ...any) string { return l.Pick(Of(key, values...)) }

// Capital begins a text with a capital letter.
func Capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

//go:embed texts.tsv
var file string

// entry is a line of the table.
type entry struct {
	key string
	Text
}

// parse reads the table. A line that is none stands as a key without texts.
func parse(file string) (out []entry) {
	for line := range strings.Lines(file) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			cells := strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "\t")
			cells = append(cells, "", "")
			out = append(out, entry{cells[0], Text{cells[1], cells[2]}})
		}
	}
	return out
}

var all = sync.OnceValue(func() map[string]Text {
	out := map[string]Text{}
	for _, e := range parse(file) {
		out[e.key] = e.Text
	}
	return out
})

// Of is the text with a key, with values in place of {1}, {2} … A value that is
// a Text itself gives each language its own. A key that is not there stands for
// itself, as the names of places and columns do among the heads of a table.
func Of(key string, values ...any) Text {
	t, ok := all()[key]
	if !ok {
		return Text{key, key}
	}
	if len(values) == 0 {
		return t
	}
	var vi, en []string
	for i, v := range values {
		both, ok := v.(Text)
		if !ok {
			both = Text{fmt.Sprint(v), fmt.Sprint(v)}
		}
		name := "{" + strconv.Itoa(i+1) + "}"
		vi, en = append(vi, name, both.VI), append(en, name, both.EN)
	}
	return Text{strings.NewReplacer(vi...).Replace(t.VI), strings.NewReplacer(en...).Replace(t.EN)}
}

// Both is a text in both languages on one line.
func Both(key string, values ...any) string { return Of(key, values...).Both() }

// Has reports whether there is a text with a key.
func Has(key string) bool {
	_, ok := all()[key]
	return ok
}

// Labels gives the words of the data dictionary for a column's code.
type Labels map[[2]string]Text

// NewLabels takes the first words for each code: the first table that has a column speaks for its codes.
func NewLabels(descriptions []table.Description) Labels {
	l := Labels{}
	for _, d := range descriptions {
		if key := [2]string{d.Column, d.Code}; l[key] == (Text{}) {
			l[key] = Text{d.LabelVI, d.LabelEN}
		}
	}
	return l
}

// Of is the words for a code; one that is not in the dictionary stands for itself.
// Kinds of producers can be joined with "+"; kinds of products that are no code of
// their own, "other:…", and the checks have their words among the texts.
func (l Labels) Of(column, code string) Text {
	first, rest, several := strings.Cut(code, "+")
	other, isOther := strings.CutPrefix(code, "other:")
	switch {
	case column == "producer" && several:
		return Of("label.and", l.Of(column, first), l.Of(column, rest))
	case column == "facet" && isOther && Has("facet.other."+other):
		return Of("facet.other." + other)
	case column == "facet" && isOther:
		return Of("facet.other", other)
	case column == "rule" && Has("rule."+code):
		return Of("rule." + code)
	}
	if code == "" {
		code = table.EmptyCode
	}
	if t, ok := l[[2]string{column, code}]; ok {
		return t
	}
	if code == table.EmptyCode {
		code = ""
	}
	return Text{code, code}
}

// Indicator says in a few words what a number with these dimensions counts:
// "sản phẩm 4 sao · thực phẩm · hiện có", "products, 4 stars, food, stock".
func (l Labels) Indicator(d record.Dims) Text {
	t := l.Of("subject", string(d.Subject))
	if d.Measure == record.Percent {
		t = Of("indicator.percent", t)
	}
	stars, producer := "indicator.stars", "indicator.of"
	if d.Subject == record.Producer {
		stars, producer = "indicator.producer-stars", "indicator.is"
	}
	if d.Stars != record.StarsAny {
		t = Of(stars, t, l.Of("stars", string(d.Stars)))
	}
	if d.Producer != record.AnyProducer {
		t = Of(producer, t, l.Of("producer", string(d.Producer)))
	}
	if d.Facet != record.FacetAll {
		t = Of("indicator.with", t, l.Of("facet", string(d.Facet)))
	}
	if d.Status == record.Target && d.Movement == record.Stock {
		return Of("indicator.stock-target", t) // "hiện có" would say that they are there
	}
	t = Of("indicator.with", t, l.Of("movement", string(d.Movement)))
	if d.Status == record.Target {
		t = Of("indicator.with", t, l.Of("status", string(d.Status)))
	}
	return t
}
