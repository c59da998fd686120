package decide_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/record"
)

// articleOf is a text, a paragraph a line.
func articleOf(text string) record.Article {
	a := record.Article{ID: "t", Text: text, Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	at := 0
	for line := range strings.Lines(text) {
		kind := record.BlockParagraph
		if at == 0 {
			kind = record.BlockTitle
		}
		if words := strings.TrimRight(line, "\r\n"); words != "" {
			a.Blocks = append(a.Blocks, record.Block{Kind: kind, Span: record.Span{Start: at, End: at + len(words)}})
		}
		at += len(line)
	}
	return a
}

// observed are annotated texts as the decision sees them.
var observed = sync.OnceValues(func() ([]decide.Article, error) {
	r, err := extract.New()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob("../../fixtures/texts/*.txt")
	if err != nil {
		return nil, err
	}
	var out []decide.Article
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		_, body, _ := strings.Cut(string(data), "\nTitle: ")
		out = append(out, r.Observe(articleOf(body), nil, map[uint64]string{}))
	}
	return out, nil
})

func articles(t *testing.T) []decide.Article {
	t.Helper()
	all, err := observed()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("%d annotated texts", len(all))
	}
	return all
}

func asRead(a *decide.Article) []decide.Decision {
	out := make([]decide.Decision, len(a.Figures))
	for n := range out {
		out[n] = decide.AsRead(&a.Figures[n])
	}
	return out
}

func TestParentsComeBeforeChildren(t *testing.T) {
	links := 0
	for _, a := range articles(t) {
		for d := range decide.Dimensions {
			p, candidates := a.Problem(d, asRead(&a), nil)
			if len(p.Nodes) != len(a.Figures) {
				t.Fatalf("%d nodes of %d figures", len(p.Nodes), len(a.Figures))
			}
			for n, node := range p.Nodes {
				if node.Parent < -1 || node.Parent >= n {
					t.Fatalf("%s: node %d has the parent %d", d, n, node.Parent)
				}
				if node.Parent >= 0 {
					links++
				}
				if p.Size(n) != decide.Values(d, candidates, n) {
					t.Fatalf("%s: node %d has %d values, want %d", d, n, p.Size(n), decide.Values(d, candidates, n))
				}
			}
		}
	}
	if links == 0 {
		t.Error("no figure hangs on another")
	}
}

// TestNamesGiveTheirKeys asserts that a name finds in the weights what the feature of
// that name looks up.
func TestNamesGiveTheirKeys(t *testing.T) {
	given := map[string]bool{} // by dimension and name
	bad := 0
	check := func(dim, name string, h uint64, key func(string) uint64) {
		if given[dim+"\t"+name] {
			return
		}
		given[dim+"\t"+name] = true
		if h != key(name) && bad < 20 {
			bad++
			t.Errorf("%s: the feature %q is not found by its name", dim, name)
		}
		if strings.ContainsAny(name, "\t\n\r") {
			t.Errorf("%s: the name %q breaks its line", dim, name)
		}
	}
	for _, a := range articles(t) {
		for d := range decide.Dimensions {
			names := map[uint64]string{}
			p, _ := a.Problem(d, asRead(&a), names)
			for h, name := range names {
				key := decide.FeatureKey
				if d >= decide.StarClass && !strings.HasPrefix(name, "E") {
					key = decide.SourceKey
				}
				check(d.String(), name, h, key)
			}
			pairs := map[[2]uint64]bool{}
			for i := range p.Nodes {
				for y := range p.Nodes[i].Sources {
					p.Nodes[i].Value(y, func(uint64) {}, func(s, t uint64) {
						if pairs[[2]uint64{s, t}] {
							return
						}
						pairs[[2]uint64{s, t}] = true
						x, y := names[s], names[t]
						if x > y {
							x, y = y, x
						}
						check(d.String(), x+" & "+y, decide.PairKey(s, t), decide.SourceKey)
					})
				}
			}
		}
		names := map[uint64]string{}
		for n := range a.Figures {
			a.Doubts(n, asRead(&a), names)
		}
		for h, name := range names {
			check("confidence", name, h, decide.FeatureKey)
		}
		names = map[uint64]string{}
		for n := range a.Claims {
			a.KeepFeatures(&a.Claims[n], names)
		}
		for h, name := range names {
			check(decide.ClaimName, name, h, decide.FeatureKey)
		}
	}
	met, all := 0, 0
	for line := range strings.Lines(decide.Weights) {
		if f := strings.Split(line, "\t"); len(f) == 3 {
			all++
			if given[f[0]+"\t"+f[1]] {
				met++
			}
		}
	}
	if met*10 < all*8 {
		t.Errorf("the texts have %d of %d features of the weights", met, all)
	}
	t.Logf("%d names; the texts have %d of %d features of the weights", len(given), met, all)
}

func TestDecidingTwiceGivesTheSame(t *testing.T) {
	m, err := decide.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := articles(t)[:60]
	first := make([][]decide.Decision, len(all))
	for i := range all {
		first[i] = m.Decide(&all[i])
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range all {
				for n, d := range m.Decide(&all[i]) {
					if d != first[i][n] {
						t.Errorf("article %d, row %d: %+v, at first %+v", i, n, d, first[i][n])
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestLongArticleIsDecidedInStretches repeats an article until its rows are too many
// to be decided together.
func TestLongArticleIsDecidedInStretches(t *testing.T) {
	m, err := decide.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	const line = "OCOP năm 2023: công nhận mới 68 sản phẩm, trong đó 20 sản phẩm 4 sao của 12 HTX; đạt 9/10 sản phẩm\n"
	a := r.Observe(articleOf(strings.Repeat(line, 1400)), nil, nil)
	got := m.Decide(&a)
	if len(got) != len(a.Figures) || len(got) < 6000 {
		t.Fatalf("%d decisions on %d rows", len(got), len(a.Figures))
	}
	for n, d := range got {
		if d.Movement == "" || d.Status == "" || d.Confidence <= 0 {
			t.Fatalf("row %d: %+v", n, d)
		}
	}
}

// TestSumsAreThoseOfTheFeatures asserts that the weights that are added up in parts
// and by numbers are those of the features that were trained.
func TestSumsAreThoseOfTheFeatures(t *testing.T) {
	m, err := decide.Load()
	if err != nil {
		t.Fatal(err)
	}
	same := func(i int, d decide.Dimension, found, listed [][]int32) {
		for n := range listed {
			if !slices.Equal(found[n], listed[n]) {
				t.Fatalf("article %d, row %d, %s: sums %v, by the list %v", i, n, d, found[n], listed[n])
			}
		}
	}
	for i, a := range articles(t) {
		found, listed := m.LabelSums(&a)
		same(i, decide.Movement, found, listed)
		for d := decide.StarClass; d < decide.Dimensions; d++ {
			found, listed = m.CandidateSums(&a, d, m.Decide(&a))
			same(i, d, found, listed)
		}
	}
}
