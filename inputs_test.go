package ocopstat

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ocopstat/ingest/archive"
	"ocopstat/record"
	"ocopstat/table"
)

// servedPage is a page as a site serves it.
func servedPage(title, text string) string {
	return `<html><head><meta charset="utf-8"><title>` + title + `</title></head><body><article><h1>` + title + `</h1>` +
		`<p>` + text + `</p></article></body></html>`
}

var firstDay = time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)

// exchange is the answer of baohaugiang.com.vn on the n-th day.
func exchange(day int, path, body string) archive.Exchange {
	return archive.Exchange{URL: "https://baohaugiang.com.vn" + path, At: firstDay.AddDate(0, 0, day), Role: archive.RolePage, Status: 200,
		Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(body)}
}

// archiveOf makes an archive and returns its folder.
func archiveOf(t testing.TB, exchanges ...archive.Exchange) string {
	t.Helper()
	dir := t.TempDir()
	a, _, err := archive.Open(dir, archive.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range exchanges {
		if _, err := a.Write(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// release is a text of a length that shows whether another repeats it.
func release(products int) string {
	return fmt.Sprintf("Đến nay, toàn tỉnh Hậu Giang có %d sản phẩm OCOP được công nhận. Các chủ thể đã đầu tư máy móc, đổi mới bao bì, "+
		"mở rộng vùng nguyên liệu và đưa hàng lên các sàn thương mại điện tử để tiếp cận người mua ở nhiều nơi trong cả nước.", products)
}

// captured are the articles of a run over archives, by path of their address,
// and its summary.
func captured(t *testing.T, cfg Config) (map[string]record.Article, table.Rows, Summary) {
	t.Helper()
	r, err := reconciled(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	if err := r.rows.Load(); err != nil {
		t.Fatal(err)
	}
	out := map[string]record.Article{}
	for _, a := range r.rows.Articles {
		_, path, _ := strings.Cut(strings.TrimPrefix(a.URL, "https://"), "/")
		out[path] = a
	}
	return out, r.rows.Rows, r.Summary
}

func TestRunReadsArchives(t *testing.T) {
	feed := exchange(2, "/rss", "<rss><channel><item><title>Hậu Giang có 68 sản phẩm OCOP</title></item></channel></rss>")
	feed.Role, feed.Header = "", http.Header{"Content-Type": {"application/rss+xml"}} // as other crawlers leave it
	dir := archiveOf(t,
		exchange(0, "/68", servedPage("Hậu Giang có 68 sản phẩm OCOP", release(68))),
		exchange(0, "/mua", servedPage("Mùa nước nổi", "Nước về sớm, cá linh đầy đồng, bà con vui mừng vì một mùa bội thu 12 năm mới có.")),
		exchange(1, "/68", servedPage("Hậu Giang có 68 sản phẩm OCOP", release(68))), // unchanged: a revisit
		exchange(2, "/in-lai", servedPage("Tin Hậu Giang", release(68))),
		feed,
	)
	articles, rows, sum := captured(t, Config{Archives: []string{dir}})
	if len(articles) != 2 || sum.Irrelevant != 2 || len(sum.Problems) != 0 {
		t.Fatalf("%d articles, %+v", len(articles), sum)
	}
	first, again := articles["68"], articles["in-lai"]
	if !first.CapturedAt.Equal(firstDay) {
		t.Errorf("captured at %v, want the first time, %v", first.CapturedAt, firstDay)
	}
	if first.DuplicateOf != "" || again.DuplicateOf != first.ID {
		t.Errorf("the reprint repeats %q, the original %q; want %q and nothing", again.DuplicateOf, first.DuplicateOf, first.ID)
	}
	if rows.Figures.Len() == 0 {
		t.Error("no figures")
	}
}

// An article that its crawler gave no source belongs to the one of its host.
func TestRunNamesSourcesByHost(t *testing.T) {
	catalogue := filepath.Join(t.TempDir(), "sources.tsv")
	err := os.WriteFile(catalogue, []byte("id\toutlet\thost\tprovince\tkind\turl\tpattern\tauthority\tnote\n"+
		"hg\tBáo\tbaohaugiang.com.vn\t92\tpage\thttps://baohaugiang.com.vn/\t\tnewspaper\t\n"), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	dir := archiveOf(t, exchange(0, "/68", servedPage("Hậu Giang có 68 sản phẩm OCOP", release(68))))
	articles, rows, _ := captured(t, Config{Archives: []string{dir}, Sources: catalogue})
	if articles["68"].SourceID != "hg" {
		t.Errorf("source %q", articles["68"].SourceID)
	}
	if len(rows.Sources) != 1 || rows.Sources[0].Outlet != "Báo" {
		t.Errorf("sources %+v", rows.Sources)
	}
}

func TestAsOf(t *testing.T) {
	dir := archiveOf(t,
		exchange(0, "/68", servedPage("Hậu Giang có 68 sản phẩm OCOP", release(68))),
		exchange(10, "/75", servedPage("Hậu Giang có 75 sản phẩm OCOP", release(75))))
	inbox := t.TempDir()
	for name, body := range map[string]string{
		"old.txt":     "URL: https://x.vn/1\nTitle: Bến Tre\nPublished: 2026-02-01\n\nTỉnh Bến Tre có 316 sản phẩm OCOP.",
		"new.txt":     "URL: https://x.vn/2\nTitle: Bến Tre\nPublished: 2026-03-20\n\nTỉnh Bến Tre có 320 sản phẩm OCOP.",
		"undated.txt": "Tỉnh Bạc Liêu có 90 sản phẩm OCOP.",
	} {
		if err := os.WriteFile(filepath.Join(inbox, name), []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		asOf  record.Date
		want  []string
		later int
	}{
		{0, []string{"320", "316", "68", "75", "90"}, 0},
		{record.NoDate, []string{"320", "316", "68", "75", "90"}, 0},
		{record.DateOf(2026, 3, 1), []string{"316", "68"}, 3},
		{record.DateOf(2026, 3, 10), []string{"316", "68"}, 3},
		{record.DateOf(2026, 3, 11), []string{"316", "68", "75"}, 2},
		{record.DateOf(2026, 3, 20), []string{"316", "320", "68", "75"}, 1},
	} {
		_, rows, sum := captured(t, Config{Archives: []string{dir}, Inputs: []string{inbox}, AsOf: c.asOf})
		printed := map[string]bool{}
		for _, f := range rows.Figures.All() {
			printed[f.Printed] = true
		}
		var got []string
		for p := range printed {
			got = append(got, p)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if d := cmp.Diff(c.want, got); d != "" || sum.Later != c.later {
			t.Errorf("as of %s: %d left out, want %d; figures %s", c.asOf, sum.Later, c.later, d)
		}
		values := map[string]bool{}
		for _, s := range rows.Statistics {
			values[s.Value.String()] = true
		}
		for _, v := range c.want {
			if !values[v] {
				t.Errorf("as of %s: no statistic %s", c.asOf, v)
			}
		}
	}
	_, err := Run(t.Context(), Config{Archives: []string{dir}, AsOf: record.DateOf(2026, 1, 1), Out: filepath.Join(t.TempDir(), "out"), Week: "2026-W47"})
	if !errors.Is(err, ErrNothing) || !strings.Contains(err.Error(), "2 were captured after 2026-01-01") {
		t.Errorf("got %v", err)
	}
}

// What is damaged in an archive is a problem, and what surrounds it is read.
func TestRunReadsAroundDamage(t *testing.T) {
	dir := archiveOf(t,
		exchange(0, "/1", servedPage("Hậu Giang có 68 sản phẩm OCOP", release(68))),
		exchange(0, "/2", servedPage("Hậu Giang có 75 sản phẩm OCOP", release(75))),
		exchange(0, "/3", servedPage("Hậu Giang có 91 sản phẩm OCOP", release(91))))
	a, _, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, _ := a.Latest("https://baohaugiang.com.vn/2")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, second.File)
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	copy(body[second.Offset+second.Length/2:], "this was written over")
	if err := os.WriteFile(file, body, 0o666); err != nil {
		t.Fatal(err)
	}
	noWARC := filepath.Join(dir, "notes.warc.gz")
	if err := os.WriteFile(noWARC, []byte("not a WARC file"), 0o666); err != nil {
		t.Fatal(err)
	}
	articles, _, sum := captured(t, Config{Archives: []string{filepath.Join(dir, "gone.warc.gz"), t.TempDir(), noWARC, file}})
	if len(articles) != 2 {
		t.Errorf("%d articles, want the two around the damage", len(articles))
	}
	var damaged, other int
	for _, p := range sum.Problems {
		if d := new(archive.Damage); errors.As(p, &d) {
			damaged++
		} else {
			other++
		}
		if strings.Contains(p.Error(), "\n") || !strings.Contains(p.Error(), "; ") && !strings.Contains(p.Error(), ", ") {
			t.Errorf("not one line with an advice: %v", p)
		}
	}
	if damaged < 2 || other != 2 {
		t.Errorf("%d damages, %d other problems: %v", damaged, other, sum.Problems)
	}
}
