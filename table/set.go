package table

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/record"
)

// Set holds all tables of a run.
type Set struct {
	Articles, Figures, Rejections, Statistics, Support, Checks, Places, Dictionary, Sources arrow.Record
	History                                                                                 arrow.Record // of a release; nil for a run
}

// Rows is what a run found, as the types of package record. The order of the
// slices makes no difference to the tables.
type Rows struct {
	Articles   []record.Article
	Figures    []record.Figure
	Rejections []record.Rejection
	Statistics []record.Statistic
	Support    []record.Support
	Checks     []record.Check
	Places     []Place // every place that the other rows name is added
	Sources    []Source
	Decisions  map[string]Decision // by figure ID
	History    []Known             // of a release; nil for a run
}

// errWitness reports a number that does not stand where it says it does.
var errWitness = errors.New("the number does not stand at its offsets in the article's text")

// NewSet builds the tables of a run, sorted. It fails when a figure or rejection
// has no witness: its article is missing, or text[start:end] is not the number as
// printed, or its sentence does not lie in the text; and when a text is not valid
// UTF-8.
func NewSet(rows Rows) (*Set, error) {
	rows = Sort(rows)
	figures, err := figureRows(rows)
	if err != nil {
		return nil, err
	}
	descriptions, err := Descriptions()
	if err != nil {
		return nil, err
	}
	s := &Set{
		Articles:   build(&err, articlesTable, rows.Articles),
		Figures:    build(&err, figuresTable, figures),
		Rejections: build(&err, rejectionsTable, rows.Rejections),
		Statistics: build(&err, statisticsTable, rows.Statistics),
		Support:    build(&err, supportTable, rows.Support),
		Checks:     build(&err, checksTable, rows.Checks),
		Places:     build(&err, placesTable, rows.Places),
		Dictionary: build(&err, dictionaryTable, descriptions),
		Sources:    build(&err, sourcesTable, rows.Sources),
	}
	if rows.History != nil {
		s.History = build(&err, historyTable, rows.History)
	}
	return s, err
}

// build fills a table and keeps the first error.
func build[T any](first *error, k kind[T], rows []T) arrow.Record {
	rec, err := k.build(rows)
	*first = cmp.Or(*first, err)
	return rec
}

// read returns the rows of a table and keeps the first error.
func read[T any](first *error, k kind[T], rec arrow.Record) []T {
	rows, err := k.read(rec)
	*first = cmp.Or(*first, err)
	return rows
}

// Table is one table of a set with its name.
type Table struct {
	Name   string
	Record arrow.Record
}

// Tables lists the tables of the set in their fixed order, history the last where
// there is one.
func (s *Set) Tables() []Table {
	all := []Table{
		{"articles", s.Articles}, {"figures", s.Figures}, {"rejections", s.Rejections},
		{"statistics", s.Statistics}, {"support", s.Support}, {"checks", s.Checks},
		{"places", s.Places}, {"dictionary", s.Dictionary}, {"sources", s.Sources},
	}
	if s.History != nil {
		all = append(all, Table{"history", s.History})
	}
	return all
}

// Schema is the schema of one table with the table's name.
type Schema struct {
	Name   string
	Schema *arrow.Schema
}

// Schemas lists the schemas of all tables, in the order of Set.Tables.
func Schemas() []Schema {
	return []Schema{
		articlesTable.named(), figuresTable.named(), rejectionsTable.named(),
		statisticsTable.named(), supportTable.named(), checksTable.named(),
		placesTable.named(), dictionaryTable.named(), sourcesTable.named(), historyTable.named(),
	}
}

func (k kind[T]) named() Schema { return Schema{k.name, k.schema()} }

// figureRows adds to the figures what their articles and the office say.
func figureRows(rows Rows) ([]Figure, error) {
	texts := make(map[string]string, len(rows.Articles))
	for _, a := range rows.Articles {
		if !utf8.ValidString(a.Text) { // the offsets of its figures would be lost
			return nil, fmt.Errorf("article %s (%s): its text is not valid UTF-8", a.ID, a.URL)
		}
		texts[a.ID] = a.Text
	}
	for _, r := range rows.Rejections {
		if err := witness(texts, r.ArticleID, r.Span, r.Printed); err != nil {
			return nil, fmt.Errorf("rejected number: %w", err)
		}
	}
	out := make([]Figure, len(rows.Figures))
	for i, f := range rows.Figures {
		if err := witness(texts, f.ArticleID, f.Span, f.Printed); err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.ID, err)
		}
		text := texts[f.ArticleID]
		if !within(f.Sentence, text) {
			return nil, fmt.Errorf("figure %s: its sentence [%d:%d] is not in the text: %w", f.ID, f.Sentence.Start, f.Sentence.End, errWitness)
		}
		out[i] = Figure{f, f.Sentence.Of(text), rows.Decisions[f.ID]}
	}
	return out, nil
}

func witness(texts map[string]string, article string, span record.Span, printed string) error {
	text, ok := texts[article]
	if !ok {
		return fmt.Errorf("%q: there is no article %s: %w", printed, article, errWitness)
	}
	if !within(span, text) || span.Of(text) != printed {
		return fmt.Errorf("%q at [%d:%d] of article %s: %w", printed, span.Start, span.End, article, errWitness)
	}
	return nil
}

func within(s record.Span, text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text)
}

// Rows reads the tables back. Articles come without their blocks, and numbers
// that were worked out with as few decimals as they need; all else is as it
// was given to NewSet, in the order of Sort.
func (s *Set) Rows() (Rows, error) {
	var err error
	r := Rows{
		Articles:   read(&err, articlesTable, s.Articles),
		Rejections: read(&err, rejectionsTable, s.Rejections),
		Statistics: read(&err, statisticsTable, s.Statistics),
		Support:    read(&err, supportTable, s.Support),
		Checks:     read(&err, checksTable, s.Checks),
		Places:     read(&err, placesTable, s.Places),
		Sources:    read(&err, sourcesTable, s.Sources),
	}
	figures := read(&err, figuresTable, s.Figures)
	if err != nil {
		return Rows{}, err
	}
	r.restore(figures)
	return r, nil
}

// restore puts back what the tables of figures, statistics and checks leave to those of articles and places.
func (r *Rows) restore(figures []Figure) {
	complete := completer(r.Places)
	for i := range r.Statistics {
		complete(&r.Statistics[i].Place)
	}
	for i := range r.Checks {
		complete(&r.Checks[i].Place)
	}
	texts := make(map[string]string, len(r.Articles))
	for _, a := range r.Articles {
		texts[a.ID] = a.Text
	}
	r.Decisions = map[string]Decision{}
	for _, f := range figures {
		complete(&f.Place)
		f.Sentence = sentenceAround(texts[f.ArticleID], f.Span, f.SentenceText)
		r.Figures = append(r.Figures, f.Figure)
		if f.Decision != Undecided {
			r.Decisions[f.ID] = f.Decision
		}
	}
}

// completer returns what gives a place its province, which the tables leave to that of places.
func completer(places []Place) func(*record.Place) {
	full := make(map[placeKey]record.Place, len(places))
	for _, p := range places {
		full[keyOf(p.Place)] = p.Place
	}
	return func(p *record.Place) {
		if whole, ok := full[keyOf(*p)]; ok {
			*p = whole
		}
	}
}

// sentenceAround finds the sentence that holds the number.
func sentenceAround(text string, number record.Span, sentence string) record.Span {
	from := max(0, number.End-len(sentence))
	to := min(len(text), number.Start+len(sentence))
	if from > to {
		return record.Span{}
	}
	i := strings.Index(text[from:to], sentence)
	if i < 0 {
		return record.Span{}
	}
	return record.Span{Start: from + i, End: from + i + len(sentence)}
}
