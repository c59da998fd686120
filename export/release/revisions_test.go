package release

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

// What a version says otherwise than the one before, with the reason.
func TestRevisions(t *testing.T) {
	value := func(rows *table.Rows, i int, v int64) {
		rows.Statistics[i].Value, rows.Statistics[i].Low, rows.Statistics[i].High = record.Int(v), record.Int(v), record.Int(v)
	}
	for _, tt := range []struct {
		name    string
		change  func(rows *table.Rows)
		version string
		want    string // before, after, why, detail
	}{
		{"decision", func(r *table.Rows) {
			r.Decisions = map[string]record.Action{r.Figures.ID(0): record.Correct}
			value(r, 0, 176)
		}, "1.2.1", "175,176,decision,'=Bài \"một\", hai"},
		{"new article", func(r *table.Rows) {
			a, f := r.Articles[0], r.Figures.At(0)
			a.ID, a.Title, a.URL = "cc", "Bài mới", "https://bao.example/2"
			f.ID, f.ArticleID = record.FigureID("cc", f.Start, 0), "cc"
			r.Articles = append(r.Articles, a)
			r.Figures.Append(&f)
			r.Support = append(r.Support, record.Support{StatisticID: "s1", FigureID: f.ID, Role: record.Supports})
			value(r, 0, 180)
		}, "1.3.0", "175,180,new article,Bài mới"},
		{"article gone", func(r *table.Rows) {
			r.Articles, r.Figures, r.Rejections, r.Support, r.Checks = r.Articles[1:], nil, nil, nil, nil
			value(r, 0, 170)
		}, "1.2.1", "175,170,article gone,'=Bài \"một\", hai"},
		{"read again", func(r *table.Rows) {
			f := r.Figures.At(0)
			f.Movement = record.Recognised
			r.Figures.Set(0, &f)
			value(r, 0, 171)
		}, "1.2.1", "175,171,read again,v1 → v2"},
		{"reconciled", func(r *table.Rows) { r.Statistics[0].Rank = record.Normal }, "1.2.1", "175,175 (normal),reconciled,v1 → v2"},
		{"withdrawn", func(r *table.Rows) { r.Statistics = r.Statistics[:2] }, "1.2.1", "200,,reconciled,v1 → v2"},
		{"a bound", func(r *table.Rows) { r.Statistics[0].Qualifier = record.Over }, "1.2.1", "175,> 175,reconciled,v1 → v2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			opt := options(t.TempDir(), "1.2.0", "")
			opt.Program = "v1"
			first := mustWrite(t, sample(), opt)
			if body := files(t, first); !strings.Contains(body["REVISIONS.md"], "first release") || strings.Count(body["corrections.csv"], "\n") != 1 {
				t.Error("the first release has something revised")
			}
			rows := sample()
			tt.change(&rows)
			opt.Version, opt.Previous, opt.Program = tt.version, first.Dir, "v2"
			second := mustWrite(t, rows, opt)
			body := files(t, second)
			_, log, err := readCSV([]byte(body["corrections.csv"]))
			if err != nil || len(log) != 1 {
				t.Fatalf("%d corrections (%v), want 1: %v", len(log), err, log)
			}
			if d := cmp.Diff(tt.want, strings.Join(log[0][8:], ",")); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			cells := strings.Split(tt.want, ",")
			for _, name := range []string{"REVISIONS.md", "site/revisions.html"} {
				if !strings.Contains(body[name], cells[0]) || !strings.Contains(strings.ReplaceAll(body[name], "&gt;", ">"), strings.TrimPrefix(cells[1], "x")) {
					t.Errorf("%s does not have the numbers", name)
				}
			}
			if tt.name != "decision" {
				return
			}
			// The log goes on; a version without a correction adds nothing.
			opt.Previous = second.Dir
			parts := strings.Split(tt.version, ".")
			opt.Version = parts[0] + "." + parts[1] + ".9"
			third := files(t, mustWrite(t, rows, opt))
			if third["corrections.csv"] != body["corrections.csv"] || !strings.Contains(third["REVISIONS.md"], "No number was revised.") {
				t.Errorf("the log went on as %q", third["corrections.csv"])
			}
		})
	}
}
