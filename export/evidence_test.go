package export

import (
	"strings"
	"testing"

	"ocopstat/export/texts"
)

// Where not all figures fit, those of the latest articles are there, and the sheet
// says how many are not.
func TestEvidenceThatDoesNotFit(t *testing.T) {
	b := bookOf(t, demoRows(t, 1), WorkbookOptions{})
	all := b.newest(len(b.rows.Figures))
	if len(all) != len(b.rows.Figures) || len(all) < 8 {
		t.Fatalf("%d of %d figures", len(all), len(b.rows.Figures))
	}
	most := len(all) / 2
	shown := map[string]bool{}
	newest := b.newest(most)
	oldest := newsDate(b.articles[newest[0].ArticleID])
	for _, f := range newest {
		shown[f.ID] = true
		oldest = min(oldest, newsDate(b.articles[f.ArticleID]))
	}
	if len(shown) != most {
		t.Fatalf("%d figures, want %d", len(shown), most)
	}
	for _, f := range all {
		if !shown[f.ID] && newsDate(b.articles[f.ArticleID]) > oldest {
			t.Errorf("%s is left out, though it is newer than some that are there", f.ID)
		}
	}
	if s := texts.Both("sheet.stopped", count(2), count(1200)); !strings.Contains(s, "1.200") || !strings.Contains(s, "figures.csv") {
		t.Error(s)
	}
}
