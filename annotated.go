package ocopstat

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ocopstat/extract"
	"ocopstat/record"
	"ocopstat/table"
)

// Annotations is what ExportTexts made of an office's decisions.
type Annotations struct {
	Texts   int // articles with a decision
	Decided int // figures accepted or corrected
	Left    int // figures rejected, and not written
	Open    int // figures nobody decided on, written as optional

	Problems []error // inputs that could not be used, decisions whose figure is gone
}

// ExportTexts writes every article on whose figures the office decided as an
// annotated text into a new folder: NAME.txt and NAME.gold.jsonl, as
// fixtures.ReadFolder reads them. A decision whose figure is gone, or has another
// value by now, is a problem of the result.
func (o Office) ExportTexts(ctx context.Context, out string) (Annotations, error) {
	var cfg Config
	if err := o.Inputs(&cfg); err != nil {
		return Annotations{}, err
	}
	e := annotator{out: out, decided: latest(cfg.Decisions, 0), articles: map[string]bool{}, seen: map[string]bool{}}
	for id := range e.decided {
		e.articles[record.ArticleOf(id)] = true
	}
	if len(e.decided) == 0 {
		return Annotations{}, fmt.Errorf("%s has no decision on a figure; \"ocopstat review import\" takes them over", o.decisionsFile())
	}
	if entries, err := os.ReadDir(out); err == nil && len(entries) > 0 {
		return Annotations{}, fmt.Errorf("%s is not empty; give a new folder, so that nothing that people annotated there is lost", out)
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return Annotations{}, fmt.Errorf("cannot make the folder of the texts: %w", err)
	}
	var err error
	if e.reader, err = extract.New(); err != nil {
		return Annotations{}, err
	}
	documents, err := everything(ctx, cfg)
	if err != nil {
		return Annotations{}, err
	}
	for d := range documents {
		var problem record.Problem
		switch err := Guard(ctx, d.Name, func() error { return e.document(ctx, d) }); {
		case errors.As(err, &problem):
			e.Problems = append(e.Problems, problem)
		case ctx.Err() != nil:
			return e.Annotations, ctx.Err()
		case err != nil:
			e.Problems = append(e.Problems, err)
		}
	}
	for _, d := range cfg.Decisions {
		if last, open := e.decided[d.Figure]; open && last == d {
			e.Problems = append(e.Problems, fmt.Errorf("decision of line %d on figure %s: there is no such figure with the value %s any more", d.Line, d.Figure, d.Expect))
		}
	}
	return e.Annotations, nil
}

// annotator writes the annotated texts of an office.
type annotator struct {
	Annotations
	out      string
	reader   *extract.Reader
	decided  map[string]record.Decision // by figure; without those met
	articles map[string]bool            // that the decisions are about
	seen     map[string]bool            // articles that were written
}

// document writes a document if there are decisions about it.
func (e *annotator) document(ctx context.Context, d document) error {
	r, err := relevantArticle(ctx, d, nil, false)
	if err = cmp.Or(err, r.err); err != nil {
		return err
	}
	if r.document.Outcome == table.IsProblem {
		e.Problems = append(e.Problems, r.document.Problem)
	}
	a := r.article
	if a.ID == "" || !e.articles[a.ID] || e.seen[a.ID] {
		return nil
	}
	e.seen[a.ID] = true
	text := plainOf(a)
	var gold bytes.Buffer
	rows := json.NewEncoder(&gold)
	rows.SetEscapeHTML(false)
	met := false
	for _, f := range e.reader.Article(a).Figures {
		decision, ok := e.decided[f.ID]
		if ok = ok && decision.Expect.Equal(f.Value); ok {
			met = true
			delete(e.decided, f.ID)
		}
		if ok {
			decision.Apply(&f)
		}
		row := text.row(a, f)
		switch {
		case !ok:
			e.Open++
			row.Optional = true
		case decision.Action == record.Reject:
			e.Left++
			continue
		default:
			e.Decided++
			row.Note = decision.Reason
			if decision.Action == record.Correct {
				row.Value = decision.Value
			}
		}
		if err := rows.Encode(row); err != nil {
			return err
		}
	}
	if !met {
		return nil // all its decisions are stale
	}
	e.Texts++
	stem := filepath.Join(e.out, a.ID)
	if err := os.WriteFile(stem+".txt", text.Bytes(), 0o666); err != nil {
		return err
	}
	return os.WriteFile(stem+".gold.jsonl", gold.Bytes(), 0o666)
}

// goldRow is a line of NAME.gold.jsonl, see fixtures.Gold.
type goldRow struct {
	Quote  string         `json:"quote"`
	Figure string         `json:"figure"`
	Value  record.Decimal `json:"value"`
	record.Dims
	Qualifier record.Qualifier `json:"qualifier"`
	Geo       string           `json:"geo"`
	Period    string           `json:"period"`
	Note      string           `json:"note,omitempty"`
	Optional  bool             `json:"optional,omitempty"`
}

// plainText is an article as a text file, and where its blocks stand in it.
type plainText struct {
	bytes.Buffer
	at []int // of every block; -1 when it was left out
}

// plainOf writes an article's blocks as a text file: header lines, then a
// paragraph a block. The cells of a table row are one line.
func plainOf(a record.Article) *plainText {
	t := &plainText{at: slices.Repeat([]int{-1}, len(a.Blocks))}
	body, open := a.Blocks, false
	if a.URL != "" {
		fmt.Fprintf(t, "URL: %s\n", oneLine(a.URL))
	}
	if len(body) > 0 && body[0].Kind == record.BlockTitle {
		t.WriteString("Title: ")
		t.block(a, 0)
		t.WriteByte('\n')
	} else if a.Title != "" {
		fmt.Fprintf(t, "Title: %s\n", oneLine(a.Title))
	}
	if s := a.Published.String(); s != "" {
		fmt.Fprintf(t, "Published: %s\n", s)
	}
	for i, b := range body {
		switch {
		case t.at[i] >= 0 || b.Kind == record.BlockByline:
			continue
		case i > 0 && b.Cell != nil && body[i-1].Cell != nil && b.Cell.Table == body[i-1].Cell.Table && b.Cell.Row == body[i-1].Cell.Row:
			t.WriteString(" | ")
		case open:
			t.WriteString("\n\n")
		default:
			t.WriteByte('\n')
		}
		t.block(a, i)
		open = true
	}
	t.WriteByte('\n')
	return t
}

// block writes block i on one line, byte for byte but for the ends of lines.
func (t *plainText) block(a record.Article, i int) {
	t.at[i] = t.Len()
	t.WriteString(strings.NewReplacer("\n", " ", "\r", " ").Replace(a.Blocks[i].Of(a.Text)))
}

// row is a figure as an annotated row. Its quote is the sentence, or begins with
// the number where the same digits stand before it.
func (t *plainText) row(a record.Article, f record.Figure) goldRow {
	out := goldRow{Quote: f.Printed, Figure: f.Printed, Value: f.Value, Dims: f.Dims, Qualifier: f.Qualifier, Geo: f.Place.Path(), Period: f.Period.String()}
	for i, b := range a.Blocks {
		if t.at[i] < 0 || f.Start < b.Start || f.End > b.End {
			continue
		}
		shift, text := t.at[i]-b.Start, t.String()
		from, to := max(f.Sentence.Start, b.Start)+shift, min(f.Sentence.End, b.End)+shift
		number := f.Start + shift
		if strings.Index(text[from:to], f.Printed) != number-from {
			from = number
		}
		out.Quote = strings.TrimSpace(text[from:to])
	}
	return out
}
