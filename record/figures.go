package record

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Figures is a list of figures in a quarter of the memory that a slice of them
// takes: what many of them share is kept once. The zero value is an empty list, and
// a nil one can be read.
type Figures struct {
	rows     []row
	articles Names[string]
	printed  Names[string]
	places   Names[Place]
	claims   Names[claim]
}

// row is a figure whose shared parts are numbers in the lists of these.
type row struct {
	id, of                           string
	value                            Decimal
	confidence                       float64
	period                           Period
	start, end, from, to             int32 // of the number, and of its sentence
	article, printed, place, claimed int32
}

// claim is what many figures have in common besides.
type claim struct {
	Dims
	qualifier   Qualifier
	placeBasis  PlaceBasis
	periodBasis PeriodBasis
	rule        string
	grade       Grade
}

// NewFigures makes a list of figures.
func NewFigures(list ...Figure) *Figures {
	l := &Figures{}
	for i := range list {
		l.Append(&list[i])
	}
	return l
}

// Append adds a figure to the end.
func (l *Figures) Append(f *Figure) { l.rows = append(l.rows, l.row(f)) }

// Set puts another figure in the place of the i-th.
func (l *Figures) Set(i int, f *Figure) { l.rows[i] = l.row(f) }

func (l *Figures) row(f *Figure) row {
	return row{
		id: f.ID, of: f.Of, value: f.Value, confidence: f.Confidence, period: f.Period,
		start: int32(f.Start), end: int32(f.End), from: int32(f.Sentence.Start), to: int32(f.Sentence.End),
		article: l.articles.Number(f.ArticleID), printed: l.word(f.Printed), place: l.places.Number(f.Place),
		claimed: l.claims.Number(claim{f.Dims, f.Qualifier, f.PlaceBasis, f.PeriodBasis, f.Rule, f.Grade}),
	}
}

// word numbers what is printed. It is no part of a text, which would stay with it.
func (l *Figures) word(s string) int32 {
	if n, known := l.printed.Known(s); known {
		return n
	}
	return l.printed.Number(strings.Clone(s))
}

// Len is how many figures there are.
func (l *Figures) Len() int {
	if l == nil {
		return 0
	}
	return len(l.rows)
}

// At is the i-th figure.
func (l *Figures) At(i int) Figure {
	r := &l.rows[i]
	c := &l.claims.List[r.claimed]
	return Figure{
		ID: r.id, ArticleID: l.articles.List[r.article], Span: Span{int(r.start), int(r.end)}, Printed: l.printed.List[r.printed],
		Value: r.value, Dims: c.Dims, Qualifier: c.qualifier, Place: l.places.List[r.place], PlaceBasis: c.placeBasis,
		Period: r.period, PeriodBasis: c.periodBasis, Of: r.of, Sentence: Span{int(r.from), int(r.to)},
		Rule: c.rule, Confidence: r.confidence, Grade: c.grade,
	}
}

// ID is that of the i-th figure, ArticleID and Place are its article and place.
func (l *Figures) ID(i int) string        { return l.rows[i].id }
func (l *Figures) ArticleID(i int) string { return l.articles.List[l.rows[i].article] }
func (l *Figures) Place(i int) Place      { return l.places.List[l.rows[i].place] }

// Places are the different places of the figures.
func (l *Figures) Places() []Place {
	if l == nil {
		return nil
	}
	return l.places.List
}

// Index is where each figure stands, by its ID.
func (l *Figures) Index() map[string]int32 {
	at := make(map[string]int32, l.Len())
	for i := range l.Len() {
		at[l.ID(i)] = int32(i)
	}
	return at
}

// All yields the figures in order.
func (l *Figures) All() iter.Seq2[int, Figure] {
	return func(yield func(int, Figure) bool) {
		for i := range l.Len() {
			if !yield(i, l.At(i)) {
				return
			}
		}
	}
}

// Sort orders figures by article and by the number's place in its text. Those that
// rest on the same number are told apart by their IDs, the shorter first ("a-7"
// before "a-7.2", "a-7.9" before "a-7.10").
func (l *Figures) Sort() {
	if l == nil {
		return
	}
	order := l.articles.Sort(strings.Compare)
	for i := range l.rows {
		l.rows[i].article = order[l.rows[i].article]
	}
	slices.SortStableFunc(l.rows, func(a, b row) int {
		if a.article != b.article || a.start != b.start {
			return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.start, b.start))
		}
		return cmp.Or(cmp.Compare(len(a.id), len(b.id)), strings.Compare(a.id, b.id))
	})
}
