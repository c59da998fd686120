package extract

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"ocopstat/extract/decide"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Style says how Explain sets off the numbers.
type Style uint8

// The styles.
const (
	Plain  Style = iota // brackets alone
	Colour              // brackets in the colours of an ANSI terminal
)

// Explain writes the text of an article with every number marked, "[[68 → 3]]"
// for a figure and "{{2023 → 4}}" for a number left out, and then one entry a
// number in text order: what the figure claims and what each part of the claim
// rests on, with what weighed most in its status, movement, stars, period, facet and place, or
// why the number was left out. Digits that neither a figure nor a
// rejection covers, as in a byline, are entries too. It depends on nothing but
// its arguments; control characters of the text are replaced. The error is the
// writer's.
func Explain(w io.Writer, a record.Article, res Result, style Style) error {
	e := explanation{Writer: bufio.NewWriter(w), article: a, style: style, numbers: numbersOf(a, res),
		said: map[string][]Evidence{}, why: map[string]*[decide.Dimensions]decide.Weighing{}, whyWhole: map[string]*decide.Weighing{}}
	for _, ev := range res.Evidence {
		e.said[ev.FigureID] = append(e.said[ev.FigureID], ev)
	}
	for i := range res.Why {
		e.why[res.Figures[i].ID], e.whyWhole[res.Figures[i].ID] = &res.Why[i], &res.WhyWhole[i]
	}
	e.head()
	e.body()
	e.entries()
	e.total(res)
	return e.Flush()
}

// numbered is one number of the text and what became of it: figures, a
// rejection, or neither.
type numbered struct {
	record.Span
	figures []record.Figure // the rows that rest on it
	reasons []string        // why it was left out
}

// numbersOf collects the numbers of an article in text order, one entry a span.
func numbersOf(a record.Article, res Result) []numbered {
	var out []numbered
	at := map[record.Span]int{}
	entry := func(span record.Span) *numbered {
		i, ok := at[span]
		if !ok {
			i = len(out)
			at[span] = i
			out = append(out, numbered{Span: span})
		}
		return &out[i]
	}
	for _, f := range res.Figures {
		n := entry(f.Span)
		n.figures = append(n.figures, f)
	}
	for _, r := range res.Rejections {
		n := entry(r.Span)
		n.reasons = append(n.reasons, string(r.Reason))
	}
	slices.SortFunc(out, inTextOrder)
	out = append(out, unread(a, out)...)
	slices.SortFunc(out, inTextOrder)
	return out
}

// inTextOrder sorts by start, the longer of two first.
func inTextOrder(a, b numbered) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return b.End - a.End
}

// unread returns the digits of the text that none of the sorted numbers covers.
func unread(a record.Article, sorted []numbered) []numbered {
	var out []numbered
	k, block, covered := 0, 0, 0
	for _, tok := range text.Scan(nil, a.Text, 0, len(a.Text)) {
		if tok.Kind != text.Digits {
			continue
		}
		for ; k < len(sorted) && sorted[k].Start < tok.End; k++ {
			covered = max(covered, sorted[k].End)
		}
		if covered > tok.Start {
			continue
		}
		for block < len(a.Blocks) && a.Blocks[block].End <= tok.Start {
			block++
		}
		reason := "not read: no rule takes it for a number"
		switch {
		case block == len(a.Blocks) || a.Blocks[block].Start > tok.Start:
			reason = "not read: outside the article's blocks"
		case a.Blocks[block].Kind == record.BlockByline:
			reason = "not read: in the byline"
		}
		out = append(out, numbered{Span: record.Span{Start: tok.Start, End: tok.End}, reasons: []string{reason}})
	}
	return out
}

// explanation is one article while it is written. Errors of the writer are kept
// by bufio until the end.
type explanation struct {
	*bufio.Writer
	article  record.Article
	style    Style
	numbers  []numbered
	said     map[string][]Evidence // by figure
	why      map[string]*[decide.Dimensions]decide.Weighing
	whyWhole map[string]*decide.Weighing
}

func (e *explanation) head() {
	if e.article.URL != "" {
		fmt.Fprintln(e, visible(e.article.URL))
	}
	fmt.Fprintln(e, "published", orNone(e.article.Published.String()))
	fmt.Fprintf(e, "%s is a figure, %s is left out; the entries stand below the text.\n",
		e.mark("number", "entry", true), e.mark("number", "entry", false))
	if len(e.why) > 0 {
		fmt.Fprintln(e, weighingHelp)
	}
	fmt.Fprintln(e)
}

// body writes the text. Numbers that overlap share one mark.
func (e *explanation) body() {
	pos := 0
	for i := 0; i < len(e.numbers); {
		n := e.numbers[i]
		end, names, figure := n.End, fmt.Sprint(i+1), len(n.figures) > 0
		j := i + 1
		for ; j < len(e.numbers) && e.numbers[j].Start < end; j++ {
			end = max(end, e.numbers[j].End)
			names += fmt.Sprintf(", %d", j+1)
			figure = figure || len(e.numbers[j].figures) > 0
		}
		e.gap(pos, n.Start)
		e.WriteString(e.mark(e.article.Text[n.Start:end], names, figure))
		pos, i = end, j
	}
	e.gap(pos, max(pos, len(strings.TrimRight(e.article.Text, "\n"))))
	e.WriteString("\n\n")
}

// gap writes the text between two numbers, the cells of a table row on one line.
func (e *explanation) gap(from, to int) {
	blocks := e.article.Blocks
	i, _ := slices.BinarySearchFunc(blocks, from, func(b record.Block, at int) int { return b.End - at })
	for ; i+1 < len(blocks) && blocks[i+1].Start <= to; i++ {
		if a, b := blocks[i], blocks[i+1]; sameRow(a.Cell, b.Cell) && a.End >= from {
			e.WriteString(visible(e.article.Text[from:a.End]) + " | ")
			from = b.Start
		}
	}
	e.WriteString(visible(e.article.Text[from:to]))
}

func sameRow(a, b *record.Cell) bool {
	return a != nil && b != nil && a.Table == b.Table && a.Row == b.Row
}

// mark is a number of the text with the numbers of its entries.
func (e *explanation) mark(printed, names string, figure bool) string {
	open, shut, colour := "{{", "}}", "\x1b[33m" // yellow
	if figure {
		open, shut, colour = "[[", "]]", "\x1b[1;32m" // bold green
	}
	s := open + visible(printed) + " → " + names + shut
	if e.style == Colour {
		s = colour + s + "\x1b[0m"
	}
	return s
}

// visible replaces the characters that a terminal would obey rather than show.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
