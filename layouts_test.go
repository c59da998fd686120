package ocopstat

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/extract"
	"ocopstat/ingest"
)

// TestLayouts reads one article in the markup of many portals and papers, under a
// clock, before other articles and comments: title, date and time, author, body
// and figures.
func TestLayouts(t *testing.T) {
	pages, err := filepath.Glob("ingest/article/testdata/layouts/*.html")
	if err != nil || len(pages) < 12 {
		t.Fatal(len(pages), "pages", err)
	}
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".html"), func(t *testing.T) {
			a, err := Read(t.Context(), ingest.File(page))
			if err != nil {
				t.Fatal(err)
			}
			byline := strings.ToLower(a.Byline)
			if strings.HasSuffix(page, "bare-lines.html") { // which names its source alone
				byline += "thu hà"
			}
			if a.Title != "Bến Lức nâng hạng 68 sản phẩm OCOP sau đợt chấm tháng tư" || a.Published.String() != "2024-05-06T07:08:00+07:00" || byline != "thu hà" {
				t.Errorf("title %q, published %s, byline %q", a.Title, a.Published, a.Byline)
			}
			for _, part := range []string{"Đến đầu tháng 5/2024, huyện Bến Lức có 68", "Hội đồng của huyện họp hai ngày", "thuê ngoài vì thiếu máy."} {
				if !strings.Contains(a.Text, part) {
					t.Errorf("%q is missing", part)
				}
			}
			if strings.Contains(a.Text, "777") || strings.Contains(a.Text, "28/11/2026") || strings.Contains(a.Text, "GP-BTTTT") {
				t.Errorf("what is not of the article was read:\n%s", a.Text)
			}
			var printed []string
			for _, f := range reader.Article(a).Figures {
				if !slices.Contains(printed, f.Printed) {
					printed = append(printed, f.Printed)
				}
			}
			if d := cmp.Diff([]string{"68", "45", "23", "31"}, printed); d != "" {
				t.Error(d)
			}
		})
	}
}
