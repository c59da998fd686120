package extract

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// told is an article with one of everything that an explanation shows, read by
// hand.
func told() (record.Article, Result) {
	a := record.Article{ID: "a", URL: "https://example.vn/bai", Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	add := func(kind record.BlockKind, cell *record.Cell, s string) {
		if a.Text != "" {
			a.Text += "\n"
		}
		start := len(a.Text)
		a.Text += s
		a.Blocks = append(a.Blocks, record.Block{Kind: kind, Span: record.Span{Start: start, End: len(a.Text)}, Cell: cell})
	}
	add(record.BlockTitle, nil, "OCOP Bến Tre")
	add(record.BlockByline, nil, "Hà My 24")
	add(record.BlockParagraph, nil, "Có 8 sản phẩm (chiếm 38,80%), 3/5 xã.")
	add(record.BlockCell, &record.Cell{Table: 1, Row: 1}, "Năm 2023")
	add(record.BlockCell, &record.Cell{Table: 1, Row: 1, Col: 1}, "6/9")
	a.Text += "\n(c) 2024\n"

	span := func(s string) record.Span {
		i := strings.Index(a.Text, s)
		return record.Span{Start: i, End: i + len(s)}
	}
	figure := func(printed string, n int, v record.Decimal) record.Figure {
		return record.Figure{ID: record.FigureID("a", span(printed).Start, n), Span: span(printed), Printed: printed, Value: v,
			Dims:      record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual},
			Qualifier: record.Exactly, Sentence: record.Span{Start: a.Blocks[2].Start, End: a.Blocks[2].End}, Rule: ruleNoun, Grade: record.GradeC}
	}
	whole := figure("8", 0, record.Int(8))
	whole.Place = record.Place{Level: record.LevelProvince, Code: "83", Vintage: record.Vintage63, Name: "Bến Tre"}
	whole.PlaceBasis = record.PlaceTitle
	whole.Period, whole.PeriodBasis = record.Day(a.Published.Date), record.PeriodPublished
	share := figure("38,80%", 0, record.Decimal{Coef: 3880, Scale: 2})
	share.Measure, share.Stars, share.Rule, share.Of = record.Percent, record.Stars4, ruleShare, whole.ID
	part, plan := figure("6/9", 0, record.Int(6)), figure("6/9", 1, record.Int(9))
	part.Sentence, plan.Sentence = span("Năm 2023\n6/9"), span("Năm 2023\n6/9")
	part.Rule, plan.Rule, part.Of, plan.Of = ruleNumerator, ruleDenominator, plan.ID, "elsewhere"
	reject := func(s string, why record.Reason) record.Rejection {
		return record.Rejection{Span: span(s), Printed: s, Reason: why}
	}
	return a, Result{
		Figures:    []record.Figure{whole, share, part, plan},
		Rejections: []record.Rejection{reject("3/5 xã", record.NotOurs), reject("5 xã", record.PerUnit), reject("2023", record.IsDate)},
	}
}

const toldPlain = `https://example.vn/bai
published 2024-01-15
[[number → entry]] is a figure, {{number → entry}} is left out; the entries stand below the text.

OCOP Bến Tre
Hà My {{24 → 1}}
Có [[8 → 2]] sản phẩm (chiếm [[38,80% → 3]]), {{3/5 xã → 4, 5}}.
Năm {{2023 → 6}} | [[6/9 → 7]]
(c) {{2024 → 8}}

{{24 → 1}} left out: not read: in the byline
[[8 → 2]] figure
    value      = 8
    dimensions subject product, measure count, stars -, producer -, movement stock, status actual, facet -
    place      Bến Tre (province 83, division of 63 provinces): named in the title, lead or dateline
    period     2024-01-15: from the publication date
    rule       noun-after: the noun follows the number (68 sản phẩm)
    grade      C: confidence 0.00, below 0.90, worth a look
    sentence   Có 8 sản phẩm (chiếm 38,80%), 3/5 xã.
[[38,80% → 3]] figure
    value      = 38.80
    dimensions subject product, measure percent, stars 4, producer -, movement stock, status actual, facet -
    place      -: not known
    period     -: not said
    rule       share: a percentage of the whole before (chiếm 38,8%)
    grade      C: confidence 0.00, below 0.90, worth a look
    of         8, entry 2
    sentence   Có 8 sản phẩm (chiếm 38,80%), 3/5 xã.
{{3/5 xã → 4}} left out: counts something else
{{5 xã → 5}} left out: average or minimum per unit
{{2023 → 6}} left out: date or time
[[6/9 → 7]] figure 1 of 2
    value      = 6
    dimensions subject product, measure count, stars -, producer -, movement stock, status actual, facet -
    place      -: not known
    period     -: not said
    rule       numerator: the part of a fraction (370/453)
    grade      C: confidence 0.00, below 0.90, worth a look
    of         9, entry 7
    sentence   Năm 2023 6/9
[[6/9 → 7]] figure 2 of 2
    value      = 9
    dimensions subject product, measure count, stars -, producer -, movement stock, status actual, facet -
    place      -: not known
    period     -: not said
    rule       denominator: the whole or plan of a fraction (370/453)
    grade      C: confidence 0.00, below 0.90, worth a look
    of         figure elsewhere, which is not here
    sentence   Năm 2023 6/9
{{2024 → 8}} left out: not read: outside the article's blocks

8 numbers: 3 with 4 figures, 5 left out
`

func TestExplain(t *testing.T) {
	a, res := told()
	for name, style := range map[string]Style{"plain": Plain, "colour": Colour} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := Explain(&b, a, res, style); err != nil {
				t.Fatal(err)
			}
			got := b.String()
			if style == Colour {
				if n := strings.Count(got, "\x1b[1;32m[["); n != 8 {
					t.Errorf("%d figures are green, want 8", n)
				}
				got = regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(got, "")
			}
			if d := cmp.Diff(toldPlain, got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// A page may hold the codes that colour a terminal, move its cursor or turn the
// direction of its text.
func TestExplainObeysNothing(t *testing.T) {
	a := plain("OCOP\x1b[2J có \u202e8\u202c sản phẩm\x07\u009b31m.\n")
	a.URL = "\x1b]0;x\x07"
	span := record.Span{Start: 0, End: len(a.Text) - 1}
	res := Result{Figures: []record.Figure{{Span: span, Sentence: span}}}
	var b strings.Builder
	if err := Explain(&b, a, res, Plain); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(b.String(), "\x1b\x07\u009b\u202e\u202c"); i >= 0 {
		t.Errorf("a control character is left: %q", b.String()[i:min(i+20, b.Len())])
	}
}

// Without its marks the explained text is the article's, every digit stands in a
// mark, and every rule has its meaning.
func TestExplainAll(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../fixtures/texts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts to explain: %v", err)
	}
	if gold, _ := filepath.Glob("../../shared/gold/*.txt"); len(gold) > 0 {
		files = append(files, gold...)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := plain(string(data))
		res := r.Article(a)
		checkExplained(t, file, a, res)
		for _, f := range res.Figures {
			if ruleMeans[f.Rule] == "" {
				t.Errorf("%s: %q is read by rule %q, which --explain cannot explain", file, f.Printed, f.Rule)
			}
		}
	}
}

var inlineMark = regexp.MustCompile(`(?s)(?:\[\[|\{\{)(.*?) → [0-9, ]+(?:\]\]|\}\})`)

func checkExplained(t *testing.T, name string, a record.Article, res Result) {
	t.Helper()
	var b strings.Builder
	e := explanation{Writer: bufio.NewWriter(&b), article: a, numbers: numbersOf(a, res)}
	e.body()
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	marked := strings.TrimRight(b.String(), "\n")
	want := visible(strings.TrimRight(a.Text, "\n"))
	if d := cmp.Diff(want, inlineMark.ReplaceAllString(marked, "$1")); d != "" {
		t.Errorf("%s: without its marks the text is not the article's: -want +got\n%s", name, d)
	}
	if left := strings.Trim(inlineMark.ReplaceAllString(marked, ""), "\n"); strings.ContainsAny(left, "0123456789") {
		t.Errorf("%s: a number stands unmarked:\n%s", name, left)
	}
	b.Reset()
	if err := Explain(&b, a, res, Plain); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n    value "); n != len(res.Figures) {
		t.Errorf("%s: %d of %d figures are shown", name, n, len(res.Figures))
	}
}

func FuzzExplain(f *testing.F) {
	for _, s := range []string{sample, "", "OCOP 370/453 sản phẩm\x1b", "OCOP có 1\u200b2 sản phẩm 3 - 4 sao\r\n\n", "OCOP ²3 ４ sản phẩm"} {
		f.Add(s)
	}
	r, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "[]{}→") || strings.ToValidUTF8(s, "") != s {
			return // marks of its own hide nothing, but deceive the check
		}
		a := plain(s)
		checkExplained(t, "fuzz", a, r.Article(a))
	})
}

func TestExplainTellsOfTheWriter(t *testing.T) {
	a, res := told()
	if err := Explain(full{}, a, res, Plain); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}

var errFull = errors.New("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
