package article

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// visibleLines are the lines that a page shows.
func visibleLines(t testing.TB, b []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Skip(err)
	}
	p := layout(root, len(b))
	var lines []string
	for _, l := range p.lines {
		lines = append(lines, p.text(l))
	}
	return strings.Join(lines, "\n")
}

func TestLean(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a<!-- b --> c":                "<p>a c",
		"<!--><p>a":                       "<p>a",
		"<!-- a":                          "<!-- a",
		"<script>if (a<b) x()</script>c":  "<script></script>c",
		"<SCRIPT type='a>b'>x</Script >c": "<SCRIPT type='a>b'></Script >c",
		`<script type="application/ld+json">{}</script>`:   `<script type="application/ld+json">{}</script>`,
		"<script><!-- <script>a</script> --></script>b":    "<script><!-- <script>a</script> --></script>b",
		"<style>a</styles></style>b":                       "<style></style>b",
		"<title><!-- a --></title>b":                       "<title><!-- a --></title>b",
		`<div data-x="<script>"><p>a</div><script>b`:       `<div data-x="<script>"><p>a</div><script>b`,
		"<p title=it's>a<script>'</script>b":               "<p title=it's>a<script></script>b",
		"1 < 2 <3 <":                                       "1 < 2 <3 <",
		"<noscript><style>a</noscript><p>b<style></style>": "<noscript></noscript><p>b<style></style>",
	} {
		if got := string(lean([]byte(in))); got != want {
			t.Errorf("lean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLeanShowsTheSame(t *testing.T) {
	pages := map[string][]byte{}
	for _, p := range benchPages(t) {
		pages[p.id] = p.html
	}
	names, err := filepath.Glob(filepath.Join(shared, "html/vn/*.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		pages[n] = sharedFile(t, "html/vn/"+filepath.Base(n))
	}
	for name, b := range pages {
		if got, want := visibleLines(t, lean(b)), visibleLines(t, b); got != want {
			t.Errorf("%s: other lines after lean", name)
		}
	}
}
