package ocopstat

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ocopstat/record"
)

// TestHostileInputs puts documents and archives that were made to deceive into one
// folder and does the whole job on it: nothing breaks the reader, and each that is
// not read is named.
func TestHostileInputs(t *testing.T) {
	const shared = "../shared/hostile"
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("test material is not here: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "inbox")
	if err := os.CopyFS(dir, os.DirFS(shared)); err != nil {
		t.Fatal(err)
	}
	r, err := reconciled(t.Context(), Config{Inputs: []string{dir}, Week: "2026-W47"})
	if err != nil {
		t.Fatal(err)
	}
	problems := map[string]string{}
	for _, err := range r.Problems {
		line := err.Error()
		var p record.Problem
		if strings.Contains(line, "broke the reader") || strings.Contains(line, "\n") {
			t.Error(line)
		}
		if errors.As(err, &p) {
			line = p.Name + " " + line
		}
		for _, name := range append(slices.Collect(maps.Keys(problemsWanted)), "decree.rtf") {
			if strings.Contains(line, name) {
				problems[name] = line
			}
		}
	}
	for name, want := range problemsWanted {
		if !regexp.MustCompile(want).MatchString(problems[name]) {
			t.Errorf("%s: %q, want %q", name, problems[name], want)
		}
	}
	articles := map[string]record.Article{}
	for _, a := range r.rows.Articles {
		articles[a.URL] = a
	}
	printed := map[string][]string{}
	for _, f := range r.rows.Figures.All() {
		for url, a := range articles {
			if a.ID == f.ArticleID {
				printed[url] = append(printed[url], f.Printed)
			}
		}
	}
	want := map[string]string{"panic_cell1.html": "220", "panic_cell3.html": "12 3 220", "date_bare.html": "11 12", "date_header_today.html": "11 12",
		"decree.pdf": "220", "decree.html": "220", "decree_box.docx": "220", "http://a.vn/2": "2"}
	if _, err := exec.LookPath("soffice"); err == nil {
		want["decree.rtf"] = "220"
	} else if !strings.Contains(problems["decree.rtf"], "LibreOffice") {
		t.Errorf("decree.rtf: %q", problems["decree.rtf"])
	}
	for url, figures := range want {
		got := " " + strings.Join(printed[url], " ") + " "
		for f := range strings.FieldsSeq(figures) {
			if !strings.Contains(got, " "+f+" ") {
				t.Errorf("%s: figures%s, want %s", url, got, f)
			}
		}
	}
	for url, day := range map[string]string{"date_bare.html": "2024-05-06T07:08:00+07:00", "date_header_today.html": "2024-05-06T07:08:00+07:00",
		"decree.pdf": "2023-11-20", "decree.html": "2023-11-20", "decree_box.docx": "2023-11-20"} {
		if got := articles[url].Published.String(); got != day {
			t.Errorf("%s: published %q, want %s", url, got, day)
		}
	}
	for url, name := range map[string]string{"date_bare.html": "", "byline_jsonld_graph_id.html": "Nguyễn Văn An"} {
		if got := articles[url].Byline; got != name {
			t.Errorf("%s: byline %q, want %q", url, got, name)
		}
	}
	if a := articles["decree.html"]; !strings.HasPrefix(a.Title, "QUYẾT ĐỊNH Về việc") {
		t.Errorf("decree.html: title %q", a.Title)
	}
	boxed := 0
	for _, f := range r.rows.Figures.All() {
		switch {
		case f.ArticleID == articles["decree_box.docx"].ID && f.Printed == "30":
			boxed++
		case f.ArticleID == articles["decree.pdf"].ID && f.Printed == "220" && f.Period.String() != "2023-11-20":
			t.Errorf("decree.pdf: 220 of %s", f.Period)
		}
	}
	if boxed != 1 {
		t.Errorf("decree_box.docx: the figure of its text box %d times", boxed)
	}
	if n := strings.Count(strings.Join(printed["decree.pdf"], " ")+" ", " "); n < 14 {
		t.Errorf("decree.pdf: %d figures, want 5 of its text and 9 of its table", n)
	}
}

// problemsWanted are the inputs that are to be named, and how, as expressions.
var problemsWanted = map[string]string{
	"tampered.warc.gz":    "does not fit its digest",
	"js_cookie_wall.html": "wants JavaScript",
	"bomb_flate2g.pdf":    "is damaged|takes more than", // its limit of memory or, on a busy machine, that of time
	"inbox: holds files":  "left out: 1 .tsv, 1 .xml, 2 .rss",
}
