package site

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/fixtures/borrowed"
	"ocopstat/record"
	"ocopstat/table"
)

// TestInABrowser opens the pages from a folder in headless Chromium, at three
// widths and in forced colours: nothing is requested, nothing scrolls sideways,
// every note opens by keyboard within the window, and axe finds no fault. The
// table of provinces sorts and filters, and is whole without scripts.
func TestInABrowser(t *testing.T) {
	browser, tools := borrowed.Chromium(t), borrowed.Node(t, "testdata/browser")
	rows := table.Rows{Figures: &record.Figures{}}
	p := province("04", "Cao Bằng", record.Vintage34)
	build(&rows, "aa", "Đến nay "+hostile, "Có [10] hay [11] sản phẩm "+hostile+", ngày {5}.\nNăm sau có [12].", p)
	rows.Support[1].Role, rows.Statistics[1].Conflict = record.Dissents, true
	target := rows.Statistics[0]
	target.ID, target.Status, target.RefDate, target.Period = "t", record.Target, record.NoDate, record.Years(2021, 2025)
	rows.Statistics = append(rows.Statistics, target)
	rows.Checks = []record.Check{{ID: "c", Rule: "stars-add-up", Place: p, Expression: "10 + 1 = 12", Outcome: record.Failed, Figures: []string{rows.Figures.ID(0)}}}
	build(&rows, "bb", "Nhiều dòng", strings.Repeat("Năm ấy có [13] sản phẩm.\n", 60), province("15", "Lào Cai", record.Vintage34))
	rows.Places = []table.Place{{Place: province("11", "Điện Biên", record.Vintage34), Now: "11"}}
	dir := t.TempDir()
	args := []string{filepath.Join(tools, "check.mjs"), browser, dir}
	for name, body := range site(t, rows) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pages := []string{"index.html", "provinces.html", "articles.html", "outlets.html", "outlet/bao.html", "weeks.html", "week/2023-W02.html", "revisions.html",
		"place/34-04.html", "place/34-01.html", "place/vn.html", "article/aa.html", "article/bb.html"}
	cmd := exec.CommandContext(t.Context(), "node", append(args, pages...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for ; lines.Scan(); seen++ {
		var got struct {
			Page, Forced                   string
			Width, Sideways, Markup, Rules int
			Messages, Outside, Violations  []string
			Chosen                         string
			Tips                           struct{ Marks, Silent, Closed, Covered int }
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Page == "the table" {
			var table struct {
				All, Former, Plain, Dead                 int
				Found, Folded, Rising, Falling, Messages []string
				Sorted, Chosen                           string
			}
			if err := json.Unmarshal(lines.Bytes(), &table); err != nil {
				t.Fatal(err)
			}
			want := table
			want.All, want.Former, want.Plain, want.Dead, want.Messages = 34, 0, 34, 0, []string{}
			want.Found, want.Folded = []string{"Cao Bằng"}, []string{"Điện Biên"}
			want.Rising, want.Falling = []string{"Cao Bằng", "Lào Cai"}, []string{"Lào Cai", "Cao Bằng"}
			want.Sorted, want.Chosen = "descending", "1 0"
			if d := cmp.Diff(want, table); d != "" {
				t.Errorf("the table of provinces (-want +got):\n%s", d)
			}
			continue
		}
		if got.Page == "provinces.html" {
			got.Markup-- // its script
		}
		for _, v := range got.Violations {
			t.Errorf("%s at %d, forced colours %s: axe: %s", got.Page, got.Width, got.Forced, v)
		}
		if got.Rules < 10 {
			t.Errorf("%s at %d: axe tried %d rules only", got.Page, got.Width, got.Rules)
		}
		if got.Sideways > 0 || got.Markup > 0 || len(got.Messages) > 0 || len(got.Outside) > 0 {
			t.Errorf("%s at %d: %d px too wide, %d elements from text, messages %q, requests %q", got.Page, got.Width, got.Sideways, got.Markup, got.Messages, got.Outside)
		}
		if got.Tips.Silent+got.Tips.Closed+got.Tips.Covered > 0 || (got.Page == "article/aa.html" && got.Tips.Marks != 4) {
			t.Errorf("%s at %d: notes of marks: %+v", got.Page, got.Width, got.Tips)
		}
		if got.Page == "index.html" && got.Chosen != "flex none" {
			t.Errorf("the map does not follow the chooser: %q", got.Chosen)
		}
	}
	if want := 4*len(pages) + 1; seen != want {
		t.Errorf("%d pages were opened, want %d", seen, want)
	}
}
