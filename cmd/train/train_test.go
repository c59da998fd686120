package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/fixtures"
	"ocopstat/record"
)

const annotatedTexts = "../../fixtures/texts"

// folder is a folder with copies of annotated texts.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		for _, ext := range []string{".txt", ".gold.jsonl"} {
			write(t, filepath.Join(dir, name+ext), read(t, filepath.Join(annotatedTexts, name+ext)))
		}
	}
	return dir
}

// first are the names of the first n annotated texts.
func first(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%03d", i+1))
	}
	return names
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, file, data string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func newReader(t *testing.T) *extract.Reader {
	t.Helper()
	r, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// loaded reads the texts of a folder with what the rules say of them.
func loaded(t *testing.T, dir string) []*text {
	t.Helper()
	texts, err := load(t.Context(), newReader(t), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts {
		x.decided = make([]decide.Decision, len(x.article.Figures))
		for n := range x.decided {
			x.decided[n] = decide.AsRead(&x.article.Figures[n])
		}
	}
	return texts
}

func TestTrainingTwiceGivesTheSameWeights(t *testing.T) {
	dir := folder(t, "001", "002", "003")
	if err := run(t.Context(), options{}, []string{dir}, true); err != nil {
		t.Fatal(err)
	}
	var first string
	for range 2 {
		out := t.TempDir()
		if err := run(t.Context(), options{out: out, held: "nothing"}, []string{dir}, false); err != nil {
			t.Fatal(err)
		}
		got := read(t, filepath.Join(out, "weights.tsv"))
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatal("the weights differ")
		}
	}
	if _, err := decide.Parse(first); err != nil {
		t.Error(err)
	}
	for _, dim := range []string{"status", "movement", "stars", "period", "confidence"} {
		if !strings.Contains("\n"+first, "\n"+dim+"\t") {
			t.Errorf("no weights of %s", dim)
		}
	}
}

func TestFreezeStays(t *testing.T) {
	dir := folder(t, "001", "002")
	file := filepath.Join(dir, rulesFile)
	if err := run(t.Context(), options{}, []string{dir}, true); err != nil {
		t.Fatal(err)
	}
	before := read(t, file)
	if strings.Count(before, "\n") < 4 {
		t.Fatalf("%q", before)
	}
	if err := run(t.Context(), options{}, []string{dir}, true); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v, want one that names %s", err, file)
	}
	if read(t, file) != before {
		t.Error("what the rules said at first is overwritten")
	}
	for _, x := range loaded(t, dir) {
		if !x.ruled() {
			t.Errorf("%s: nothing is known of what the rules said", x.Name)
		}
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		harm       func(dir string)
	}{
		{"no such folder", "", func(dir string) { os.RemoveAll(dir) }},
		{"no annotated text", "", func(dir string) { os.Remove(filepath.Join(dir, "001.gold.jsonl")) }},
		{"gold without text", "001.gold.jsonl", func(dir string) { os.Remove(filepath.Join(dir, "001.txt")) }},
		{"gold that is no JSON", "001.gold.jsonl", func(dir string) { write(t, filepath.Join(dir, "001.gold.jsonl"), "{") }},
		{"gold with an unknown key", "001.gold.jsonl", func(dir string) { write(t, filepath.Join(dir, "001.gold.jsonl"), `{"star": "3"}`) }},
		{"rules that are no JSON", rulesFile + ":2", func(dir string) { write(t, filepath.Join(dir, rulesFile), "{\"Text\": \"001\"}\n{\"Text\"\n") }},
		{"batches without tabs", batchesFile + ":2", func(dir string) { write(t, filepath.Join(dir, batchesFile), "001\t009\ta\n010 019 b\n") }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := folder(t, "001")
			tc.harm(dir)
			want := filepath.Join(dir, tc.want)
			if err := run(t.Context(), options{}, []string{dir}, false); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want one that names %s", err, want)
			}
		})
	}
}

func TestTwinsNeverStandOnBothSides(t *testing.T) {
	dir := folder(t, first(14)...)
	retold := strings.Replace(read(t, filepath.Join(dir, "001.txt")), "Title: ", "Title: Đăng lại: ", 1)
	write(t, filepath.Join(dir, "900.txt"), retold+"\nTheo báo tỉnh.\n")
	write(t, filepath.Join(dir, "900.gold.jsonl"), read(t, filepath.Join(dir, "001.gold.jsonl")))
	write(t, filepath.Join(dir, batchesFile), "001\t007\ta\n008\t014\tb\n900\t999\tc\n")
	texts := loaded(t, dir)
	if n := findTwins(texts); n < 1 {
		t.Fatal("no twins")
	}
	last := len(texts) - 1
	if !slices.Contains(texts[0].twins, last) || !slices.Contains(texts[last].twins, 0) {
		t.Errorf("001 has the twins %v and the one that retells it %v", texts[0].twins, texts[last].twins)
	}
	tr := newTrainer(texts, options{test: "a,b,c"})
	if !slices.Equal(tr.batches, []string{"a", "b", "c"}) || !slices.Equal(tr.tests, tr.batches) {
		t.Fatalf("batches %v, of them measured %v", tr.batches, tr.tests)
	}
	for _, b := range tr.batches {
		trains := tr.others(b)
		n := 0
		for i, x := range texts {
			if !trains(i) {
				continue
			}
			n++
			for j, y := range texts {
				if y.batch == b && (x.batch == b || slices.Contains(y.twins, i)) {
					t.Errorf("%s teaches what is measured on %s (%d)", x.Name, y.Name, j)
				}
			}
		}
		if n == 0 {
			t.Errorf("nothing teaches when %s is left out", b)
		}
	}
	if tr.others("c")(0) {
		t.Error("001 teaches what is measured on its twin")
	}
}

// TestWrittenWeightsDecideAsTrained gives every feature of some texts a weight by
// chance, writes the weights, and holds what they decide when they are read against
// what the weights decide before.
func TestWrittenWeightsDecideAsTrained(t *testing.T) {
	texts := loaded(t, folder(t, first(40)...))
	random := rand.New(rand.NewPCG(7, 8))
	var file weightsFile
	unclear := make([]map[int]bool, len(texts)) // rows whose value is a near thing, or rests on one
	for d := range decide.Dimensions {
		names := map[uint64]string{}
		problems, candidates, allowed := make([]decide.Problem, len(texts)), make([][][]decide.Candidate, len(texts)), make([][][]bool, len(texts))
		for i, x := range texts {
			problems[i], candidates[i] = x.article.Problem(d, x.decided, names)
		}
		s, data := prepare(problems, allowed, names)
		w := make([]float64, s.size)
		for i := range w {
			w[i] = float64(20+random.IntN(3000)) / 1000 * float64(2*random.IntN(2)-1)
		}
		file.add(d, s, w)
		for i, x := range texts {
			if unclear[i] == nil {
				unclear[i] = map[int]bool{}
			}
			value, pair := data[i].scores(w, 1)
			one, _ := data[i].marginals(value, pair, nil)
			for n, l := range one {
				if near(d, l, candidates[i], n, decide.AsRead(&x.article.Figures[n])) {
					unclear[i][n] = true
				}
			}
			x.decide(d, &data[i], w, candidates[i])
		}
	}
	m, err := decide.Parse(string(file.bytes()))
	if err != nil {
		t.Fatal(err)
	}
	rows, moved := 0, 0
	for i, x := range texts {
		if len(unclear[i]) > 0 {
			continue
		}
		for n, got := range m.Decide(&x.article) {
			want := x.decided[n]
			if got.Status != want.Status || got.Movement != want.Movement || got.Stars != want.Stars || got.Period != want.Period || got.Facet != want.Facet || got.Place != want.Place {
				t.Errorf("%s row %d: written weights say %v, trained ones %v", x.Name, n, got, want)
			}
			rows++
			if f := x.article.Figures[n]; f.Movement != want.Movement || f.Period != want.Period {
				moved++
			}
		}
	}
	t.Logf("%d rows compared, %d moved", rows, moved)
	if rows < 100 || moved < 50 {
		t.Errorf("%d rows could be compared, of them %d that the weights moved", rows, moved)
	}
}

// near reports whether the likeliest value is about as likely as another, or about as
// much likelier than that of the rules as it must be to be taken.
func near(d decide.Dimension, logs []float64, candidates [][]decide.Candidate, row int, rules decide.Decision) bool {
	best := slices.Max(logs)
	byRules := [...]string{string(rules.Status), string(rules.Movement), string(rules.Stars), rules.Period.String(), string(rules.Facet), rules.Place.Path()}[d]
	margin := [decide.Dimensions]float64{2, .1, .5, .5, .5, .5}[d]
	if d == decide.Movement && rules.Movement == record.Candidate {
		margin = .5
	}
	for y, v := range logs {
		apart := best - v
		if v != best && apart < .05 || decide.ValueOf(d, candidates, row, y) == byRules && math.Abs(apart-margin) < .05 {
			return true
		}
	}
	return false
}

func TestWeightsFile(t *testing.T) {
	var f weightsFile
	s := &space{labels: 2, names: map[uint64]string{1: "Rstatus:actual", 2: "Elist", 3: "Rnone"}, at: map[uint64]int32{}}
	s.place(1, 2)
	s.place(2, 4)
	s.place(3, 2)
	f.add(decide.Status, s, []float64{.0414, -.5, 0, 1, -.0314, 0, .01, -.01})
	const want = "status\tElist\tactual>target=1000\nstatus\tRstatus:actual\tactual=41 target=-500\nend\t2\n"
	if got := f.bytes(); !bytes.Equal(got, []byte(want)) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err := decide.Parse(want); err != nil {
		t.Error(err)
	}
	var none weightsFile
	if _, err := decide.Parse(string(none.bytes())); err != nil {
		t.Errorf("a file without weights: %v", err)
	}
}

func TestAllowed(t *testing.T) {
	year := func(y int) decide.Candidate { return decide.Candidate{Period: record.Years(y, y)} }
	day := decide.Candidate{Period: record.Day(record.DateOf(2024, 12, 31))}
	candidates := [][]decide.Candidate{{{}, year(2023), day}}
	for _, tc := range []struct {
		name string
		gold fixtures.Gold
		want []bool
	}{
		{"as annotated", fixtures.Gold{Line: record.Line{Period: "2023"}}, []bool{false, true, false}},
		{"another will do", fixtures.Gold{Line: record.Line{Period: "2023"}, Alt: map[string][]string{"period": {"2024-12-31"}}}, []bool{false, true, true}},
		{"within what is annotated", fixtures.Gold{Line: record.Line{Period: "2024"}}, []bool{false, false, true}},
		{"not offered", fixtures.Gold{Line: record.Line{Period: "2019"}}, nil},
		{"not annotated", fixtures.Gold{}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := text{Annotated: fixtures.Annotated{Gold: []fixtures.Gold{tc.gold}}, goldOf: []int{0}, article: decide.Article{Figures: make([]decide.Figure, 1)}}
			if got := x.allowed(decide.Period, candidates)[0]; !slices.Equal(got, tc.want) {
				t.Errorf("%v, want %v", got, tc.want)
			}
		})
	}
}
