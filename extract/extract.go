// Package extract reads the figures out of an article: which numbers count OCOP
// products or producers, what exactly they count, where and when, and why every
// other number was left out.
//
// A sentence goes through layers, each of which builds on what those before it
// found:
//
//   - annotate: scan.go, stars.go and sentence.go turn words into typed spans
//   - attach: zones.go, attach.go, noun.go, kinds.go, subject.go and qualifier.go find what
//     every number counts; comparison.go, owner.go and relevance.go turn numbers away
//   - group: hang.go, whole.go, makers.go and sums.go hang parts on their wholes
//   - decide: where.go, facet.go and classes.go read place, facet and stars from the
//     words; cues.go, movement.go, status.go and when.go give a first reading of
//     movement, status and time. Package decide has the last word on what each
//     figure is a part of, and on status, movement, stars, period, facet and place of all figures of
//     the article at once; observe.go gathers what it looks at
//   - context: survey.go, walk.go, scope.go and era.go keep what the article has spoken
//     of and pass it down to the next sentence
package extract

import (
	"fmt"
	"sync"

	"ocopstat/extract/decide"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/place"
	"ocopstat/record"
)

// Result is what one article says. Figures and rejections are in text order.
type Result struct {
	Figures    []record.Figure
	Groups     []record.Group // which figures name which as their whole
	Rejections []record.Rejection

	// Filled by Reader.Evidence only.
	Evidence []Evidence
	Why      [][decide.Dimensions]decide.Weighing // of every figure
	WhyWhole []decide.Weighing                    // of what each figure is a part of
}

// Reader extracts figures. It is read-only after New and may be used by many
// goroutines.
type Reader struct {
	lex   *lexicon.Lexicon
	gaz   *place.Gazetteer
	scan  scanner
	model *decide.Model

	walks sync.Pool // of *walk, for their memory
}

// New loads the lexicon and the gazetteer.
func New() (*Reader, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	gaz, err := place.Load()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	model, err := decide.Load()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return &Reader{lex: lex, gaz: gaz, scan: scanner{lex, gaz}, model: model}, nil
}

// With is a reader with the same tables and other weights.
func (r *Reader) With(m *decide.Model) *Reader {
	return &Reader{lex: r.lex, gaz: r.gaz, scan: r.scan, model: m}
}

// Article extracts the figures of one article.
func (r *Reader) Article(a record.Article) Result {
	return r.read(a, false)
}

func (r *Reader) read(a record.Article, evidence bool) Result {
	w := newWalk(r, a)
	w.evidence, w.gate = evidence, r.model
	for i := range a.Blocks {
		w.block(i)
	}
	w.decided()
	w.settleEras()
	if evidence {
		w.evidenceOfWholes()
		w.out.Why, w.out.WhyWhole = r.model.Why(&w.seen.Article), r.model.WhyWhole(&w.seen.Article)
	}
	out := w.out
	out.Groups = groups(out.Figures)
	w.out, w.article = Result{}, record.Article{}
	r.walks.Put(w)
	return out
}

// Observe reads an article and returns what the decision over the whole of it
// rests on, with the rows as the rules read them. Weights decide which numbers are
// figures, the rules where they are nil. names, when not nil, takes the names of the
// features of these decisions, which are then kept.
func (r *Reader) Observe(a record.Article, weights *decide.Model, names map[uint64]string) decide.Article {
	w := newWalk(r, a)
	w.gate, w.names = weights, names
	for i := range a.Blocks {
		w.block(i)
	}
	for i := range w.seen.Figures {
		w.seen.Figures[i].Figure = w.out.Figures[i]
	}
	return w.seen.Article // and the walk is not used again
}
