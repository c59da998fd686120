package export

import (
	"strings"
	"testing"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// Where not all figures fit, those of the latest articles are there, and the sheet
// says how many are not.
func TestEvidenceThatDoesNotFit(t *testing.T) {
	b := bookOf(t, demoRows(t, 1), WorkbookOptions{})
	all := b.evidence(b.rows.Figures.Len())
	if len(all) != b.rows.Figures.Len() || len(all) < 8 {
		t.Fatalf("%d of %d figures", len(all), b.rows.Figures.Len())
	}
	most := len(all) / 2
	shown := map[int]bool{}
	newest := b.evidence(most)
	date := func(row int) record.Date { return newsDate(b.articles[b.rows.Figures.ArticleID(row)]) }
	oldest := date(newest[0])
	for _, f := range newest {
		shown[f] = true
		oldest = min(oldest, date(f))
	}
	if len(shown) != most {
		t.Fatalf("%d figures, want %d", len(shown), most)
	}
	for _, f := range all {
		if !shown[f] && date(f) > oldest {
			t.Errorf("%s is left out, though it is newer than some that are there", b.rows.Figures.ID(f))
		}
	}
	if s := texts.Both("sheet.stopped", count(2), count(1200)); !strings.Contains(s, "1.200") || !strings.Contains(s, "figures.csv") {
		t.Error(s)
	}
}
