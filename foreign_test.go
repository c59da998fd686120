package ocopstat

import (
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/export"
	"ocopstat/record"
)

// TestForeignCorpora runs the whole job over what other projects test their readers
// of web pages, workbooks, PDF, feeds and packed files with: every document becomes
// an article or a problem that names it or its bundle, and none of them says
// anything of OCOP.
func TestForeignCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a thousand documents; left out with -short")
	}
	for _, module := range []string{
		"codeberg.org/readeck/go-readability", "github.com/xuri/excelize/v2", "github.com/klippa-app/go-pdfium", "github.com/mmcdole/gofeed", "golang.org/x/net",
	} {
		t.Run(module, func(t *testing.T) {
			dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
			if err != nil || len(strings.TrimSpace(string(dir))) == 0 {
				t.Skipf("%s is not here with its tests: %v", module, err)
			}
			corpus, out := strings.TrimSpace(string(dir)), t.TempDir()
			sum, err := Run(t.Context(), Config{Inputs: []string{corpus}, Out: out, Week: "2026-W47"})
			if err != nil {
				t.Fatal(err)
			}
			if sum.Figures > 0 {
				t.Errorf("%d figures in texts that do not name the programme", sum.Figures)
			}
			named := map[string]bool{}
			for _, p := range sum.Problems {
				var problem record.Problem
				if !errors.As(p, &problem) {
					t.Errorf("a problem that names nothing: %v", p)
				}
				named[problem.Name] = true
			}
			articles, err := export.ReadArticles(out)
			if err != nil {
				t.Fatal(err)
			}
			read := map[string]bool{}
			for _, a := range articles {
				read[a.SHA256] = true
			}
			err = filepath.WalkDir(corpus, func(name string, d fs.DirEntry, err error) error {
				if ext := strings.ToLower(filepath.Ext(name)); err != nil || d.IsDir() || ext != ".html" && ext != ".pdf" && ext != ".xlsx" {
					return err
				}
				if digest, err := fileDigest(name); err != nil || !read[digest] && !named[name] {
					t.Errorf("%s is neither an article nor a problem, %v", name, err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(read)+len(named) == 0 {
				t.Error("nothing was found to read")
			}
		})
	}
}
