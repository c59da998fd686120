package article

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode"

	"ocopstat/record"
)

// shared is where the test material lies that is not part of the project.
const shared = "../../../shared"

// sharedFile reads a file of the shared test material, unpacked, and skips the
// test without it.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(shared, name))
	if err != nil {
		t.Skipf("test material is not here: %v", err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return b
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// benchPage is a page of the scrapinghub article extraction benchmark.
type benchPage struct {
	id, url, want string
	html          []byte
}

func benchPages(t testing.TB) []benchPage {
	t.Helper()
	var truth map[string]struct {
		ArticleBody string `json:"articleBody"`
		URL         string `json:"url"`
	}
	if err := json.Unmarshal(sharedFile(t, "html/bench/ground-truth.json"), &truth); err != nil {
		t.Fatal(err)
	}
	var pages []benchPage
	for id, p := range truth {
		pages = append(pages, benchPage{id, p.URL, p.ArticleBody, sharedFile(t, "html/bench/"+id+".html.gz")})
	}
	sort.Slice(pages, func(i, j int) bool { return pages[i].id < pages[j].id })
	return pages
}

// shingles counts the runs of four words of a text, the measure of that
// benchmark.
func shingles(s string) map[string]int {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '_'
	})
	n := map[string]int{}
	if len(words) > 0 && len(words) < 4 {
		n[strings.Join(words, " ")]++
	}
	for i := 0; i+4 <= len(words); i++ {
		n[strings.Join(words[i:i+4], " ")]++
	}
	return n
}

// agreement is the share of shingles found in both texts, only in the text read
// and only in the text wanted; they add up to 1.
func agreement(got, want string) (both, extra, missing float64) {
	g, w := shingles(got), shingles(want)
	for s, n := range g {
		both += float64(min(n, w[s]))
		extra += float64(max(0, n-w[s]))
	}
	for s, n := range w {
		missing += float64(max(0, n-g[s]))
	}
	if sum := both + extra + missing; sum > 0 {
		return both / sum, extra / sum, missing / sum
	}
	return 0, 0, 0
}

// bodyOf is the text of an article without its title.
func bodyOf(a record.Article) string {
	var lines []string
	for _, b := range a.Blocks {
		if b.Kind != record.BlockTitle {
			lines = append(lines, b.Of(a.Text))
		}
	}
	return strings.Join(lines, "\n")
}

// score is precision, recall and F1 over pages, each page weighing the same.
type score struct{ both, extra, missing float64 }

func (s *score) add(got, want string) (f1 float64) {
	b, e, m := agreement(got, want)
	s.both, s.extra, s.missing = s.both+b, s.extra+e, s.missing+m
	one := score{b, e, m}
	return one.f1()
}
func (s score) precision() float64 { return s.both / (s.both + s.extra) }
func (s score) recall() float64    { return s.both / (s.both + s.missing) }
func (s score) f1() float64        { return 2 * s.both / (2*s.both + s.extra + s.missing) }

// coreOf is the text that an article goes on in, without lead, captions, names
// and dates, which the benchmark does not count to the body.
func coreOf(a record.Article) string {
	var lines []string
	for _, b := range a.Blocks {
		switch b.Kind {
		case record.BlockParagraph, record.BlockHeading, record.BlockItem, record.BlockCell:
			lines = append(lines, b.Of(a.Text))
		}
	}
	return strings.Join(lines, "\n")
}

// TestBodyAccuracy measures how well the body is found. Readability and
// go-trafilatura reach .949 and .959 on these pages.
func TestBodyAccuracy(t *testing.T) {
	var all, core score
	type result struct {
		id, url string
		f1      float64
	}
	var results []result
	for _, p := range benchPages(t) {
		a, err := Read(t.Context(), record.Capture{URL: p.url, MediaType: "text/html", Body: p.html})
		if err != nil {
			t.Logf("%s: %v", p.id[:12], err)
		}
		core.add(coreOf(a), p.want)
		results = append(results, result{p.id, p.url, all.add(bodyOf(a), p.want)})
	}
	sort.Slice(results, func(i, j int) bool { return results[i].f1 < results[j].f1 })
	for _, r := range results[:12] {
		t.Logf("%.3f %s %s", r.f1, r.id[:12], r.url)
	}
	for _, c := range []struct {
		name  string
		sum   score
		floor float64
	}{{"all but the title", all, .961}, {"paragraphs, headings, items and cells", core, .973}} {
		name, sum, floor := c.name, c.sum, c.floor
		t.Logf("%s: %d pages, F1 %.4f, precision %.4f, recall %.4f", name, len(results), sum.f1(), sum.precision(), sum.recall())
		if sum.f1() < floor {
			t.Errorf("%s: F1 %.4f is below %v", name, sum.f1(), floor)
		}
	}
}
