package release

import (
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/export/site"
	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// ParseTexts reads how much of the articles' own words a release holds.
func ParseTexts(s string) (site.Texts, error) {
	all := []site.Texts{site.TextsNone, site.TextsQuotes, site.TextsFull}
	if i := slices.Index(all, site.Texts(s)); i >= 0 {
		return all[i], nil
	}
	return "", fmt.Errorf("texts %q: give one of %v", s, all)
}

// quoting says in a sentence how much of the articles' own words a release holds.
func quoting(t site.Texts) string {
	switch t {
	case site.TextsFull:
		return "articles.text has the whole text of each article, figures.sentence the sentence of each figure."
	case site.TextsNone:
		return "No words of the articles are in it but their titles and the printed numbers: articles.text and figures.sentence are empty. " +
			"The address, the digest of the captured page and the offsets say where each number stands."
	}
	return "figures.sentence has the sentence of each figure; articles.text is empty, because the texts are other people's. " +
		"The address, the digest of the captured page and the offsets say where each number stands."
}

// public is what of a set is published: of a decision not who made it.
func public(set *table.Set, role func(cell string) string) (*table.Set, error) {
	out := *set
	out.Support = slices.Clone(set.Support)
	for i := range out.Support {
		out.Support[i].Note = role(out.Support[i].Note)
	}
	var err error
	out.Statistics, err = rewritten(set.Statistics, "choice", role)
	return &out, err
}

// roles puts the role in the place of the name of whoever decided; and the reason, in
// words that may name somebody as well, is left out unless it is to be published.
func roles(reasons bool) func(cell string) string {
	who := map[record.RemarkCode]int{record.SaidAccept: 0, record.SaidReject: 0, record.SaidCorrect: 2, record.SaidPlan: 0, record.SaidResult: 0,
		record.SaidCandidate: 0, record.SaidGroup: 0, record.SaidDate: 0, record.SaidPlace: 0} // which of the values; the last is the reason
	return func(cell string) string {
		remarks, ok := record.ParseRemarks(cell)
		if !ok {
			return cell
		}
		for _, r := range remarks {
			if i, decided := who[r.Code]; decided {
				r.Values[i] = texts.Both("role.office")
				if !reasons {
					r.Values[len(r.Values)-1] = texts.Both("role.reason")
				}
			}
		}
		return record.JoinRemarks(remarks...)
	}
}

// withoutTexts is what is left of a table when the words of the articles are not
// all published.
func withoutTexts(t table.Table, texts site.Texts) table.Table {
	column := map[string]string{}
	if texts != site.TextsFull {
		column["articles"] = "text"
	}
	if texts == site.TextsNone {
		column["figures"] = "sentence"
	}
	name, ok := column[t.Name]
	if !ok {
		return t
	}
	none := func(string) string { return "" }
	whole := t.Batches
	t.Batches = func(yield func(arrow.Record, error) bool) {
		for rec, err := range whole {
			if err == nil {
				rec, err = rewritten(rec, name, none)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
	return t
}

// publishable takes from the changes what the release before published and this
// one does not: words of articles, names and reasons.
func publishable(changes changeSet, t site.Texts, role func(cell string) string) {
	for _, table := range changes.tables {
		for i := range table.rows {
			switch r := &table.rows[i]; {
			case r.Table == "articles" && r.Column == "text" && t != site.TextsFull, r.Table == "figures" && r.Column == "sentence" && t == site.TextsNone:
				r.Before = ""
			case r.Table == "support" && r.Column == "note", r.Table == "statistics" && r.Column == "choice":
				r.Before = role(r.Before)
			}
		}
	}
}

// rewritten returns a table with the cells of one column of text put through f.
func rewritten(rec arrow.Record, column string, f func(string) string) (arrow.Record, error) {
	at := rec.Schema().FieldIndices(column)
	if len(at) != 1 {
		return nil, fmt.Errorf("there is no column %s", column)
	}
	old, ok := rec.Column(at[0]).(*array.String)
	if !ok {
		return nil, fmt.Errorf("column %s is no text", column)
	}
	b := array.NewStringBuilder(memory.DefaultAllocator)
	for i := range old.Len() {
		b.Append(f(old.Value(i)))
	}
	columns := slices.Clone(rec.Columns())
	columns[at[0]] = b.NewArray()
	return array.NewRecord(rec.Schema(), columns, rec.NumRows()), nil
}
