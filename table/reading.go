package table

import (
	"errors"
	"fmt"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"ocopstat/record"
)

// Reading is what reading some documents gave, before anything is reconciled: it
// is kept between runs, so that no document is read twice.
type Reading struct {
	Documents  []Document // in the order in which they were read
	Articles   []record.Article
	Sketches   [][]byte // of the articles, by which reprints are found
	Figures    []record.Figure
	Groups     []record.Group
	Rejections []record.Rejection
	Checks     []record.Check // of an article by itself
}

// Document is one thing that was read, whether or not an article came of it.
type Document struct {
	Key        string // of its name and content; "" for a capture of an archive
	Outcome    Outcome
	ArticleID  string    // of its article
	CapturedAt time.Time // UTC, zero when unknown
	Problem    record.Problem
	Unverified bool  // its archive has no digest of it
	Offset     int64 // of its record in its archive file, as archive.Damage counts
}

// Outcome is what came of a document.
type Outcome int

// The outcomes.
const (
	IsArticle  Outcome = iota
	IsProblem          // it could not be used
	Irrelevant         // it does not name the programme, or is a feed or the like
)

// Documents is the name of the table of documents.
const Documents = "documents"

var documentsTable = tableOf(Documents,
	text("key", func(r *Document) *string { return &r.Key }),
	whole("outcome", func(r *Document) *int { return (*int)(&r.Outcome) }),
	text("article_id", func(r *Document) *string { return &r.ArticleID }),
	instant("captured_at", func(r *Document) *time.Time { return &r.CapturedAt }),
	text("name", func(r *Document) *string { return &r.Problem.Name }),
	text("reason", func(r *Document) *string { return &r.Problem.Reason }),
	text("advice", func(r *Document) *string { return &r.Problem.Advice }),
	truth("unverified", func(r *Document) *bool { return &r.Unverified }),
	fixed("offset", arrow.PrimitiveTypes.Int64, nil,
		func(b array.Builder, r *Document) { b.(*array.Int64Builder).Append(r.Offset) },
		func(a arrow.Array, i int, r *Document) { r.Offset = a.(*array.Int64).Value(i) }),
)

// readArticle is an article with its sketch.
type readArticle struct {
	record.Article
	sketch []byte
}

// readArticlesTable is the articles with what else is kept of their texts.
var readArticlesTable = tableOf("articles",
	columnsOf(articlesTable, func(r *readArticle) *record.Article { return &r.Article }),
	bytesOf("sketch", func(r *readArticle) *[]byte { return &r.sketch }),
)

// readFiguresTable is the figures as extract gave them, with all that reconcile
// needs and no sentences.
var readFiguresTable = tableOf("figures",
	text("figure_id", func(r *record.Figure) *string { return &r.ID }),
	code("article_id", func(r *record.Figure) *string { return &r.ArticleID }),
	whole("start", func(r *record.Figure) *int { return &r.Start }),
	whole("end", func(r *record.Figure) *int { return &r.End }),
	text("printed", func(r *record.Figure) *string { return &r.Printed }),
	exact("value", func(r *record.Figure) *record.Decimal { return &r.Value }),
	dims(func(r *record.Figure) *record.Dims { return &r.Dims }),
	code("qualifier", func(r *record.Figure) *record.Qualifier { return &r.Qualifier }),
	place(func(r *record.Figure) *record.Place { return &r.Place }),
	code("province_code", func(r *record.Figure) *string { return &r.Place.Province }),
	code("province_name", func(r *record.Figure) *string { return &r.Place.ProvinceName }),
	code("place_basis", func(r *record.Figure) *record.PlaceBasis { return &r.PlaceBasis }),
	period("period", func(r *record.Figure) *record.Period { return &r.Period }),
	code("period_basis", func(r *record.Figure) *record.PeriodBasis { return &r.PeriodBasis }),
	text("of_figure", func(r *record.Figure) *string { return &r.Of }),
	whole("sentence_start", func(r *record.Figure) *int { return &r.Sentence.Start }),
	whole("sentence_end", func(r *record.Figure) *int { return &r.Sentence.End }),
	code("rule", func(r *record.Figure) *string { return &r.Rule }),
	probability("confidence", func(r *record.Figure) *float64 { return &r.Confidence }),
	code("grade", func(r *record.Figure) *record.Grade { return &r.Grade }),
)

// groupPart is one part of a group.
type groupPart struct {
	whole, part string
	relation    record.Relation
	first       bool // the part opens a group
}

var groupsTable = tableOf("groups",
	code("whole", func(r *groupPart) *string { return &r.whole }),
	text("part", func(r *groupPart) *string { return &r.part }),
	code("relation", func(r *groupPart) *record.Relation { return &r.relation }),
	truth("first", func(r *groupPart) *bool { return &r.first }),
)

// exact is a column of decimals in Go notation, which lose nothing.
func exact[T any](name string, at func(*T) *record.Decimal) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: arrow.BinaryTypes.String},
		put:   func(b array.Builder, r *T) { b.(*array.StringBuilder).Append(at(r).String()) },
		size:  func(r *T) int { return len(at(r).String()) },
		get: func(a arrow.Array, i int, r *T) {
			// What is no number was damaged in a way that no digest has seen, and becomes 0.
			*at(r), _ = record.ParseDecimal(a.(*array.String).Value(i))
		},
	}}
}

// Tables are the tables that a reading is kept as.
func (r *Reading) Tables() ([]Table, error) {
	var parts []groupPart
	for _, g := range r.Groups {
		for i, p := range g.Parts {
			parts = append(parts, groupPart{g.Whole, p, g.Relation, i == 0})
		}
	}
	articles := make([]readArticle, len(r.Articles))
	for i, a := range r.Articles {
		articles[i] = readArticle{Article: a}
		if i < len(r.Sketches) {
			articles[i].sketch = r.Sketches[i]
		}
	}
	var err error
	out := []Table{single(&err, documentsTable, r.Documents), single(&err, readArticlesTable, articles),
		single(&err, readFiguresTable, r.Figures), single(&err, groupsTable, parts), single(&err, rejectionsTable, r.Rejections), single(&err, checksTable, r.Checks)}
	return out, err
}

// single is a table of one batch.
func single[T any](first *error, k kind[T], rows []T) Table {
	return Table{k.name, k.schema(), one(build(first, k, rows))}
}

// errDangling reports a reading whose tables do not belong together.
var errDangling = errors.New("names an article that is not there")

// ReadReading is the reading that was kept as tables; open returns the one of a
// name and schema.
func ReadReading(open func(Schema) (arrow.Record, error)) (Reading, error) {
	var err error
	var r Reading
	r.Documents = opened(&err, documentsTable, open)
	articles := opened(&err, readArticlesTable, open)
	r.Figures = opened(&err, readFiguresTable, open)
	parts := opened(&err, groupsTable, open)
	r.Rejections = opened(&err, rejectionsTable, open)
	r.Checks = opened(&err, checksTable, open)
	if err != nil {
		return Reading{}, err
	}
	for _, a := range articles {
		r.Articles, r.Sketches = append(r.Articles, a.Article), append(r.Sketches, a.sketch)
	}
	for _, p := range parts {
		if p.first || len(r.Groups) == 0 {
			r.Groups = append(r.Groups, record.Group{Whole: p.whole, Relation: p.relation})
		}
		g := &r.Groups[len(r.Groups)-1]
		g.Parts = append(g.Parts, p.part)
	}
	return r, r.whole()
}

func opened[T any](first *error, k kind[T], open func(Schema) (arrow.Record, error)) []T {
	if *first != nil {
		return nil
	}
	rec, err := open(k.named())
	if err == nil {
		var rows []T
		if rows, err = k.read(rec); err == nil {
			return rows
		}
	}
	*first = err
	return nil
}

// whole reports a document or figure whose article is missing.
func (r *Reading) whole() error {
	have := make(map[string]bool, len(r.Articles))
	for _, a := range r.Articles {
		have[a.ID] = true
	}
	for _, d := range r.Documents {
		if d.Outcome == IsArticle && !have[d.ArticleID] {
			return fmt.Errorf("a document %w: %s", errDangling, d.ArticleID)
		}
	}
	for i := range r.Figures {
		if !have[r.Figures[i].ArticleID] {
			return fmt.Errorf("figure %s %w", r.Figures[i].ID, errDangling)
		}
	}
	for _, c := range r.Checks {
		if len(c.Figures) == 0 || !have[record.ArticleOf(c.Figures[0])] {
			return fmt.Errorf("check %s %w", c.ID, errDangling)
		}
	}
	return nil
}
