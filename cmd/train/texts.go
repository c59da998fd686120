package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ocopstat"
	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/record"
)

// text is one annotated text as the reader sees it.
type text struct {
	fixtures.Annotated
	batch   string
	host    string // of its address, "" when it has none
	read    record.Article
	rules   []record.Line // what the rules said when they first met it
	article decide.Article
	goldOf  []int // of every row, the annotated figure paired with it; -1 for none
	twins   []int // texts that retell the same page
	decided []decide.Decision
}

// want is the annotated figure of a row, nil when there is none.
func (t *text) want(row int) *fixtures.Gold {
	if t.goldOf[row] < 0 {
		return nil
	}
	return &t.Gold[t.goldOf[row]]
}

// lines are the rows with what was decided of them.
func (t *text) lines() []record.Line {
	out := make([]record.Line, len(t.article.Figures))
	for i := range out {
		f := t.article.Figures[i].Figure
		if t.decided != nil {
			t.decided[i].Apply(&f)
		}
		out[i] = f.Line(t.article.Text)
	}
	return out
}

// batchesFile divides the texts of a folder into batches: first and last name and
// the batch, separated by tabs. A folder without it is one batch of its own name.
const batchesFile = "batches.tsv"

// rulesFile keeps what the rules said of the texts of a folder before anybody had
// read the texts to mend the rules: a line a figure.
const rulesFile = "rules.jsonl"

// ruled is a line of rulesFile.
type ruled struct {
	Text string
	record.Line
}

// load reads annotated folders.
func load(ctx context.Context, reader *extract.Reader, dirs []string) ([]*text, error) {
	var all []*text
	for _, dir := range dirs {
		texts, err := fixtures.ReadFolder(dir)
		if err != nil {
			return nil, err
		}
		batchOf, err := readBatches(dir)
		if err != nil {
			return nil, err
		}
		rules, err := readRules(dir)
		if err != nil {
			return nil, err
		}
		for _, annotated := range texts {
			t, err := readText(ctx, reader, annotated, ingest.File(annotated.File), rules[annotated.Name])
			if err != nil {
				return nil, err
			}
			t.batch = batchOf(t.Name)
			all = append(all, t)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no annotated texts; give folders with NAME.txt and NAME.gold.jsonl")
	}
	return all, nil
}

// shipped reads the archived articles that come with the program.
func shipped(ctx context.Context, reader *extract.Reader) ([]*text, error) {
	var all []*text
	pages, err := fixtures.All()
	for _, f := range pages {
		t, err := readText(ctx, reader, fixtures.Annotated{Name: f.Name, File: f.Name, Gold: f.Figures}, ingest.Ready(f.Capture), nil)
		if err != nil {
			return nil, err
		}
		t.Text, t.batch = t.article.Text, "shipped"
		all = append(all, t)
	}
	return all, err
}

// readText reads one annotated document. rules is what the rules said of it when
// they first met it.
func readText(ctx context.Context, reader *extract.Reader, annotated fixtures.Annotated, in ingest.Input, rules []record.Line) (*text, error) {
	a, err := ocopstat.Read(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", annotated.File, err)
	}
	t := &text{Annotated: annotated, host: hostOf(a.URL), read: a, rules: rules}
	t.observe(reader, nil)
	return t, nil
}

// observe takes what the reader makes of a text, with weights that decide which
// numbers are figures, the rules where they are nil.
func (t *text) observe(reader *extract.Reader, weights *decide.Model) {
	t.article = reader.Observe(t.read, weights, nil)
	t.decided = nil
	lines := t.lines()
	t.asFirstMet(t.rules)
	t.goldOf = slices.Repeat([]int{-1}, len(lines))
	for _, p := range fixtures.Align(t.Gold, lines) {
		t.goldOf[p.Read] = p.Gold
	}
}

func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}

func readBatches(dir string) (func(name string) string, error) {
	file := filepath.Join(dir, batchesFile)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return func(string) string { return filepath.Base(dir) }, nil
	}
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if len(row) != 3 {
			return nil, fmt.Errorf("%s:%d: want first name, last name and batch with tabs between", file, len(rows)+1)
		}
		rows = append(rows, row)
	}
	return func(name string) string {
		for _, r := range rows {
			if r[0] <= name && name <= r[1] {
				return r[2]
			}
		}
		return filepath.Base(dir)
	}, nil
}

func readRules(dir string) (map[string][]record.Line, error) {
	file := filepath.Join(dir, rulesFile)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := map[string][]record.Line{}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		var r ruled
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		out[r.Text] = append(out[r.Text], r.Line)
	}
	return out, nil
}

// freeze writes what the rules say of the texts of a folder today.
func freeze(ctx context.Context, reader *extract.Reader, dir string) error {
	file := filepath.Join(dir, rulesFile)
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("%s is there already: it holds what the rules said when the texts were first met, and stays", file)
	}
	texts, err := load(ctx, reader, []string{dir})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, t := range texts {
		for _, l := range t.lines() {
			l.Sentence = ""
			if err := e.Encode(ruled{t.Name, l}); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// asFirstMet puts in place of what the rules say today what they said when they
// first met the text. Rows that nobody read then have no reading by rules.
func (t *text) asFirstMet(then []record.Line) {
	used := make([]bool, len(then))
	for i := range t.article.Figures {
		f := &t.article.Figures[i]
		f.Unruled = true
		for k, l := range then {
			if used[k] || l.Start != f.Start || !l.Value.Equal(f.Value) {
				continue
			}
			used[k] = true
			f.Unruled = false
			f.Stars, f.Movement, f.Status, f.Facet, f.Rule, f.Grade = l.Stars, l.Movement, l.Status, l.Facet, l.Rule, l.Grade
			f.Period, _ = record.ParsePeriod(l.Period)
			f.At = t.article.PlaceNamed(l.Place)
			break
		}
	}
}

// Texts whose words and their twos and threes are more alike than this retell one
// page; from one host less is enough.
const (
	alike       = .16
	alikeOnHost = .11
)

// findTwins finds the texts that retell one page, by the cosine of their
// term frequencies weighted by inverse document frequency.
func findTwins(all []*text) (pairs int) {
	vectors := make([]map[string]float64, len(all))
	inTexts := map[string]int{}
	for i, t := range all {
		vectors[i] = map[string]float64{}
		words := strings.Fields(strings.ToLower(t.Text))
		for from := range words {
			for n := 1; n <= 3 && from+n <= len(words); n++ {
				vectors[i][strings.Join(words[from:from+n], " ")]++
			}
		}
		for w := range vectors[i] {
			inTexts[w]++
		}
	}
	holders := map[string][]int{}
	for i, v := range vectors {
		for _, w := range sortedKeys(v) {
			v[w] = (1 + math.Log(v[w])) * math.Log(float64(len(all))/float64(inTexts[w]))
		}
		length := 0.0
		for _, w := range sortedKeys(v) {
			length += v[w] * v[w]
		}
		for _, w := range sortedKeys(v) {
			v[w] /= math.Sqrt(length)
			if n := inTexts[w]; n > 1 && n < len(all)/4 {
				holders[w] = append(holders[w], i)
			}
		}
	}
	for i, v := range vectors {
		cosine := make([]float64, i)
		for _, w := range sortedKeys(v) {
			for _, j := range holders[w] {
				if j < i {
					cosine[j] += v[w] * vectors[j][w]
				}
			}
		}
		for j, c := range cosine {
			if c > alike || c > alikeOnHost && all[i].host != "" && all[i].host == all[j].host {
				all[i].twins, all[j].twins = append(all[i].twins, j), append(all[j].twins, i)
				pairs++
			}
		}
	}
	return pairs
}

func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
