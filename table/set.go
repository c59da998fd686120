package table

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// Set holds all tables of a run. Those that grow with the articles are made a
// batch at a time, when they are asked for.
type Set struct {
	rows                                            Rows             // sorted
	Support                                         []record.Support // sorted
	Statistics, Checks, Places, Dictionary, Sources arrow.Record
	History                                         arrow.Record // of a release; nil for a run
}

// Rows is what a run found, as the types of package record. The order of the
// slices makes no difference to the tables.
type Rows struct {
	Articles   []record.Article
	Figures    *record.Figures
	Rejections []record.Rejection // none with Texts
	Texts      Texts              // where the texts are; nil when Articles have them
	Statistics []record.Statistic
	Support    []record.Support
	Checks     []record.Check
	Places     []Place // every place that the other rows name is added
	Sources    []Source
	Decisions  map[string]record.Action // by figure ID
	History    []Known                  // of a release; nil for a run
}

// Texts holds what is too large for the memory, by the ID of the article.
type Texts interface {
	// Article is the text of an article, and the numbers in it that were not taken.
	Article(id string) (string, []record.Rejection, error)
	// Quote is a stretch of its text, "" for one that does not lie in it.
	Quote(id string, span record.Span) (string, error)
}

// Quote is a stretch of the text of an article, "" for one that does not lie in it.
func (r *Rows) Quote(a *record.Article, span record.Span) (string, error) {
	switch {
	case r.Texts != nil:
		return r.Texts.Quote(a.ID, span)
	case within(span, a.Text):
		return span.Of(a.Text), nil
	}
	return "", nil
}

// Load puts the texts and the rejected numbers into the memory.
func (r *Rows) Load() error {
	if r.Texts == nil {
		return nil
	}
	articles := make([]record.Article, 0, len(r.Articles))
	var rejections []record.Rejection
	for t, err := range r.told() {
		if err != nil {
			return err
		}
		articles, rejections = append(articles, t.Article), append(rejections, t.rejections...)
	}
	r.Articles, r.Rejections, r.Texts = articles, rejections, nil
	return nil
}

// errWitness reports a number that does not stand where it says it does.
var errWitness = errors.New("the number does not stand at its offsets in the article's text")

// NewSet makes the tables of a run, sorted; articles, figures and support are its
// own from now on. It fails when a figure or rejection has no witness: its article is
// missing, or text[start:end] is not the number as printed, or its sentence does
// not lie in the text; and when a text is not valid UTF-8.
func NewSet(rows Rows) (*Set, error) {
	rows.sort()
	for t, err := range rows.told() {
		if err = cmp.Or(err, t.witnessed()); err != nil {
			return nil, err
		}
	}
	descriptions, err := Descriptions()
	if err != nil {
		return nil, err
	}
	s := &Set{
		rows:       rows,
		Support:    rows.Support,
		Statistics: build(&err, statisticsTable, rows.Statistics),
		Checks:     build(&err, checksTable, rows.Checks),
		Places:     build(&err, placesTable, rows.Places),
		Dictionary: build(&err, dictionaryTable, descriptions),
		Sources:    build(&err, sourcesTable, rows.Sources),
	}
	if rows.History != nil {
		s.History = build(&err, historyTable, rows.History)
	}
	s.rows.Statistics, s.rows.Checks, s.rows.History = nil, nil, nil // the tables have them
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

// Table is one table with its name. Its rows come in batches, which end where they
// have many rows or much text; an empty table has none.
type Table struct {
	Name    string
	Schema  *arrow.Schema
	Batches iter.Seq2[arrow.Record, error] // an error is the last
}

// Tables lists the tables of the set in their fixed order, history the last where
// there is one.
func (s *Set) Tables() []Table {
	all := []Table{
		batched(articlesTable, s.articles), batched(figuresTable, s.figures), batched(rejectionsTable, s.rejections),
		{"statistics", s.Statistics.Schema(), one(s.Statistics)},
		batched(supportTable, func(yield func(record.Support, error) bool) { each(s.Support, yield) }),
		{"checks", s.Checks.Schema(), one(s.Checks)}, {"places", s.Places.Schema(), one(s.Places)},
		{"dictionary", s.Dictionary.Schema(), one(s.Dictionary)}, {"sources", s.Sources.Schema(), one(s.Sources)},
	}
	if s.History != nil {
		all = append(all, Table{"history", s.History.Schema(), one(s.History)})
	}
	return all
}

// one is a table that is a single batch.
func one(rec arrow.Record) iter.Seq2[arrow.Record, error] {
	return func(yield func(arrow.Record, error) bool) {
		if rec.NumRows() > 0 {
			yield(rec, nil)
		}
	}
}

// The rows and bytes of text after which a batch ends.
const (
	batchRows = 1 << 16
	batchText = 16 << 20
)

// batched is a table of rows that are made as they are asked for.
func batched[T any](k kind[T], rows iter.Seq2[T, error]) Table {
	return Table{k.name, k.schema(), func(yield func(arrow.Record, error) bool) {
		b := array.NewRecordBuilder(memory.DefaultAllocator, k.schema())
		n, size := 0, 0
		for r, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			for j, c := range k.columns {
				c.put(b.Field(j), &r)
			}
			n++
			if size += k.size(&r); n == batchRows || size >= batchText {
				if n, size = 0, 0; !yield(b.NewRecord(), nil) {
					return
				}
			}
		}
		if n > 0 {
			yield(b.NewRecord(), nil)
		}
	}}
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

// told is an article with its text and what was read of it.
type told struct {
	record.Article
	figures    []record.Figure // until the next article
	rejections []record.Rejection
}

// told yields the articles, in order. The error is of one whose text cannot be had,
// or of a figure or rejection whose article is missing.
func (r *Rows) told() iter.Seq2[told, error] {
	return func(yield func(told, error) bool) {
		rejections, next := r.Rejections, 0
		var figures []record.Figure
		for _, a := range r.Articles {
			for figures = figures[:0]; next < r.Figures.Len() && r.Figures.ArticleID(next) == a.ID; next++ {
				figures = append(figures, r.Figures.At(next))
			}
			t := told{Article: a, figures: figures}
			var err error
			if r.Texts != nil {
				t.Text, t.rejections, err = r.Texts.Article(a.ID)
				slices.SortStableFunc(t.rejections, compareRejections)
			} else {
				n := 0
				for n < len(rejections) && rejections[n].ArticleID == a.ID {
					n++
				}
				t.rejections, rejections = rejections[:n], rejections[n:]
			}
			if !yield(t, err) || err != nil {
				return
			}
		}
		if next < r.Figures.Len() {
			yield(told{}, fmt.Errorf("figure %s: there is no article %s: %w", r.Figures.ID(next), r.Figures.ArticleID(next), errWitness))
		} else if len(rejections) > 0 {
			yield(told{}, fmt.Errorf("rejected number: there is no article %s: %w", rejections[0].ArticleID, errWitness))
		}
	}
}

// witnessed holds what was read of an article against its text.
func (t *told) witnessed() error {
	if !utf8.ValidString(t.Text) { // the offsets of its figures would be lost
		return fmt.Errorf("article %s (%s): its text is not valid UTF-8", t.ID, t.URL)
	}
	for _, r := range t.rejections {
		if err := t.witness(r.Span, r.Printed); err != nil {
			return fmt.Errorf("rejected number: %w", err)
		}
	}
	for _, f := range t.figures {
		if err := t.witness(f.Span, f.Printed); err != nil {
			return fmt.Errorf("figure %s: %w", f.ID, err)
		}
		if !within(f.Sentence, t.Text) {
			return fmt.Errorf("figure %s: its sentence [%d:%d] is not in the text: %w", f.ID, f.Sentence.Start, f.Sentence.End, errWitness)
		}
	}
	return nil
}

func (t *told) witness(span record.Span, printed string) error {
	if !within(span, t.Text) || span.Of(t.Text) != printed {
		return fmt.Errorf("%q at [%d:%d] of article %s: %w", printed, span.Start, span.End, t.ID, errWitness)
	}
	return nil
}

// The rows of the tables that hold texts.

func (s *Set) articles(yield func(record.Article, error) bool) {
	for t, err := range s.rows.told() {
		if !yield(t.Article, err) {
			return
		}
	}
}

func (s *Set) figures(yield func(Figure, error) bool) {
	for t, err := range s.rows.told() {
		if err != nil {
			yield(Figure{}, err)
			return
		}
		for _, f := range t.figures {
			if !yield(Figure{f, f.Sentence.Of(t.Text), s.rows.Decisions[f.ID]}, nil) {
				return
			}
		}
	}
}

func (s *Set) rejections(yield func(record.Rejection, error) bool) {
	for t, err := range s.rows.told() {
		if err != nil {
			yield(record.Rejection{}, err)
			return
		}
		if !each(t.rejections, yield) {
			return
		}
	}
}

// each yields rows until it is told to stop.
func each[T any](rows []T, yield func(T, error) bool) bool {
	for _, r := range rows {
		if !yield(r, nil) {
			return false
		}
	}
	return true
}

func within(s record.Span, text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text)
}

// Rows are the rows of the tables in their order, with what was worked out
// as the tables have it: numbers with as few decimals as they need.
func (s *Set) Rows() (Rows, error) {
	var err error
	r := s.rows
	r.Support = s.Support
	r.Statistics = read(&err, statisticsTable, s.Statistics)
	r.Checks = read(&err, checksTable, s.Checks)
	r.complete()
	return r, err
}

// ReadRows reads the rows of a run back from its tables; open returns the one of a
// name and schema. Articles come without their blocks, and numbers that were
// worked out with as few decimals as they need; all else is as it was given to
// NewSet, in order.
func ReadRows(open func(Schema) (arrow.Record, error)) (Rows, error) {
	var err error
	r := Rows{
		Articles:   opened(&err, articlesTable, open),
		Rejections: opened(&err, rejectionsTable, open),
		Statistics: opened(&err, statisticsTable, open),
		Support:    opened(&err, supportTable, open),
		Checks:     opened(&err, checksTable, open),
		Places:     opened(&err, placesTable, open),
		Sources:    opened(&err, sourcesTable, open),
	}
	figures := opened(&err, figuresTable, open)
	if err != nil {
		return Rows{}, err
	}
	r.restore(figures)
	return r, nil
}

// restore puts back what the tables of figures, statistics and checks leave to
// those of articles and places.
func (r *Rows) restore(figures []Figure) {
	complete := r.complete()
	texts := make(map[string]string, len(r.Articles))
	for _, a := range r.Articles {
		texts[a.ID] = a.Text
	}
	r.Decisions, r.Figures = map[string]record.Action{}, record.NewFigures()
	for _, f := range figures {
		complete(&f.Place)
		f.Sentence = f.SentenceIn(texts[f.ArticleID])
		r.Figures.Append(&f.Figure)
		if f.Decision != record.NoAction {
			r.Decisions[f.ID] = f.Decision
		}
	}
}

// complete gives the places of statistics and checks their provinces, and returns
// what does that.
func (r *Rows) complete() func(*record.Place) {
	complete := completer(r.Places)
	for i := range r.Statistics {
		complete(&r.Statistics[i].Place)
	}
	for i := range r.Checks {
		complete(&r.Checks[i].Place)
	}
	return complete
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
