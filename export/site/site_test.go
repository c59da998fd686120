package site

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

func TestEmptyRelease(t *testing.T) {
	pages := site(t, table.Rows{})
	if !strings.Contains(pages["index.html"], "This release holds no statistics.") {
		t.Error("the first page does not say that there is nothing")
	}
	doc := parse(t, pages["index.html"])
	if n := doc.Find(".map .tile").Length(); n != 34 {
		t.Errorf("%d tiles", n)
	}
	if n := parse(t, pages[tableFile]).Find("tbody tr").Length(); n != 34 {
		t.Errorf("%d rows", n)
	}
	tile := doc.Find(".t01")
	if got := tile.Find(".m0").Text() + tile.Find(".m6").Text(); got != strings.Repeat("01 –chưa có số / no figure", 2) {
		t.Errorf("a province without a number shows %q", got)
	}
	if !strings.Contains(pages["place/34-01.html"], "No number has been read about this place.") {
		t.Error("the page of a province does not say that there is nothing")
	}
}

func TestOneFigure(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "Một con số", "Cao Bằng có [144] sản phẩm OCOP.", province("04", "Cao Bằng", record.Vintage34))
	pages := site(t, rows)
	tile := parse(t, pages["index.html"]).Find(".t04 .m0")
	if got := tile.Text(); got != "Cao Bằng 144 01/01/2020" || !tile.HasClass("stale") {
		t.Errorf("the tile shows %q as %s", got, tile.AttrOr("class", ""))
	}
	doc := parse(t, pages["place/34-04.html"])
	if got := shown(doc.Find("mark.acc")); got != "144" {
		t.Errorf("marked is %q", got)
	}
	if n := doc.Find("circle.dot").Length(); n != 1 || doc.Find("polyline").Length() != 0 {
		t.Errorf("one number is drawn as %d dots, or with a line", n)
	}
	if !strings.Contains(doc.Find("#conflicts").Parent().Text(), "No figure says otherwise.") {
		t.Error("that nothing is disputed is not said")
	}
	if href := doc.Find("td a.w").AttrOr("href", ""); href != "../article/aa.html#maa-15" {
		t.Errorf("the statistic leads to %q", href)
	}
}

func TestFirstAndLastByte(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "", "[12] sản phẩm và {7} xã, cả thảy [99]", province("04", "Cao Bằng", record.Vintage34))
	for _, name := range []string{"article/aa.html", "place/34-04.html"} {
		doc := parse(t, site(t, rows)[name])
		if got := shown(doc.Find("p.text")); got != "12 sản phẩm và 7 xã, cả thảy 99" {
			t.Errorf("%s: the text is %q", name, got)
		}
		var got []string
		doc.Find("p.text mark").Each(func(_ int, s *goquery.Selection) { got = append(got, s.AttrOr("class", "")+" "+shown(s)) })
		if d := cmp.Diff([]string{"acc 12", "rej 7", "acc 99"}, got); d != "" {
			t.Errorf("%s: marks (-want +got):\n%s", name, d)
		}
	}
}

// hostile is text that would be something else than text on a careless page.
const hostile = `</p></mark><script>alert(1)</script><img src=x onerror=alert(2)> "quoted" 'single' & &lt;b&gt; {{.}} javascript:alert(3) <!-- ` + "\u202e\u0000`"

func TestHostileText(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	p := province("04", "Cao Bằng", record.Vintage34)
	long := strings.Repeat("dàiquá", 4000)
	build(&rows, "aa", hostile+long, hostile+" [12] "+hostile+" {13} "+long+" [14].", p)
	rows.Articles[0].URL = "javascript:alert(4)"
	rows.Sources = []table.Source{{ID: "bao", Outlet: hostile}}
	rows.Statistics[0].Derivation, rows.Statistics[0].Choice, rows.Statistics[0].Conflict = hostile, hostile, true
	rows.Support[0].Note = hostile
	rows.Checks = []record.Check{{ID: "c", Rule: hostile, Place: p, Expression: hostile, Outcome: record.Failed, Suggestion: hostile, Figures: []string{rows.Figures.ID(0)}}}
	other := province(`../../x"><script>`, hostile, record.Vintage63)
	build(&rows, `../../etc/"><script>`, "x", "Có [15] sản phẩm.", other)
	pages := site(t, rows)
	for name, body := range pages {
		doc := parse(t, body)
		scripts := 0
		if name == tableFile {
			scripts = 1
		}
		if n := doc.Find("script, img, [onerror], [style]").Length(); n != scripts {
			t.Errorf("%s: text became %d elements", name, n)
		}
		doc.Find("[href]").Each(func(_ int, s *goquery.Selection) {
			if strings.HasPrefix(strings.TrimSpace(strings.ToLower(s.AttrOr("href", ""))), "javascript") {
				t.Errorf("%s: a link would run a script", name)
			}
		})
	}
	want := strings.ReplaceAll(hostile+" 12 "+hostile+" 13 "+long+" 14.", "\x00", "\uFFFD")
	var got strings.Builder
	parse(t, pages["article/aa.html"]).Find("p.text").Each(func(_ int, s *goquery.Selection) { got.WriteString(shown(s)) })
	if got.String() != want {
		t.Errorf("the text changed: %d bytes, want %d", got.Len(), len(want))
	}
}

func TestFiveThousandRows(t *testing.T) {
	const n = 5000
	rows := table.Rows{Figures: &record.Figures{}}
	p := province("04", "Cao Bằng", record.Vintage34)
	var one, many strings.Builder
	for i := range n / 2 {
		fmt.Fprintf(&many, "Xã có [%d] sản phẩm.\n", i+1)
		fmt.Fprintf(&one, "[%d] ", i+1) // one sentence, as a row of a table is
	}
	build(&rows, "aa", "Nhiều câu", many.String(), p)
	build(&rows, "bb", "Một câu", one.String(), p)
	for _, f := range rows.Figures.All() { // and one statistic that rests on all
		rows.Support = append(rows.Support, record.Support{StatisticID: rows.Statistics[0].ID, FigureID: f.ID, Role: record.Derives})
	}
	pages := site(t, rows)
	marks, statistics := map[string]int{}, map[string]bool{}
	for name, body := range pages {
		doc := parse(t, body)
		group, _, _ := strings.Cut(name, "/")
		marks[group] += doc.Find("mark").Length()
		doc.Find("tr[id]").Each(func(_ int, s *goquery.Selection) { statistics[s.AttrOr("id", "")] = true })
	}
	if marks["place"] != n || marks["article"] != n || len(statistics) != n {
		t.Errorf("%d marks on pages of places, %d on those of articles, %d statistics: want %d each", marks["place"], marks["article"], len(statistics), n)
	}
	if !slices.ContainsFunc(slices.Collect(maps.Values(pages)), func(body string) bool { return strings.Contains(body, "4995 more") }) {
		t.Error("a row that names few of its figures does not count the others")
	}
}

func TestOldProvincesAreLinked(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	for code, name := range map[string]string{"92": "Cần Thơ", "93": "Hậu Giang", "94": "Sóc Trăng"} {
		rows.Places = append(rows.Places, table.Place{Place: province(code, name, record.Vintage63), Now: "92"})
	}
	rows.Places = append(rows.Places, table.Place{Place: province("04", "Cao Bằng", record.Vintage63), Now: "04"}, table.Place{Place: province("92", "Cần Thơ", record.Vintage34), Now: "92"})
	build(&rows, "aa", "x", "Có [175] sản phẩm.", province("93", "Hậu Giang", record.Vintage63))
	build(&rows, "bb", "y", "Có [144] sản phẩm.", province("04", "Cao Bằng", record.Vintage63))
	pages := site(t, rows)
	now := parse(t, pages["place/34-92.html"])
	for _, file := range []string{"63-92", "63-93", "63-94"} {
		if now.Find(`a[href="../place/`+file+`.html"]`).Length() == 0 {
			t.Errorf("no link to %s", file)
		}
		if parse(t, pages["place/"+file+".html"]).Find(`a[href="../place/34-92.html"]`).Length() != 1 {
			t.Errorf("%s: no link to the province of today", file)
		}
	}
	index := parse(t, pages["index.html"])
	if got := shown(index.Find(".t92 .m0")); got != "Cần Thơ –" {
		t.Errorf("three provinces became one, and the map shows %q, the number of one of them", got)
	}
	if got := index.Find(".t04 .m0 b").Text(); got != "144" {
		t.Errorf("a province that stayed as it was shows %q", got)
	}
}

func TestTargetLine(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "x", "Có [175] sản phẩm.", province("04", "Cao Bằng", record.Vintage34))
	target := rows.Statistics[0]
	target.ID, target.Status, target.RefDate, target.Period = "t", record.Target, record.NoDate, record.Years(2018, 2019)
	rows.Statistics = append(rows.Statistics, target)
	line := parse(t, site(t, rows)["place/34-04.html"]).Find("line.target")
	if line.Length() != 1 || line.AttrOr("x1", "") != unit(chartLeft) {
		t.Errorf("%d target lines, from %s", line.Length(), line.AttrOr("x1", ""))
	}
}

func TestTilesDoNotOverlap(t *testing.T) {
	fields, codes := map[[2]int]string{}, map[string]bool{}
	for _, x := range tiles() {
		at := [2]int{x.row, x.col}
		if fields[at] != "" || codes[x.code] || x.col < 1 || x.col > 5 {
			t.Errorf("%s stands on %q or twice", x.code, fields[at])
		}
		fields[at], codes[x.code] = x.code, true
	}
	if len(codes) != 34 {
		t.Errorf("%d provinces", len(codes))
	}
}

func TestWriteStopsAtTheFirstError(t *testing.T) {
	full := errors.New("the disk is full")
	n := 0
	err := Write(table.Rows{}, Options{}, func(string, []byte) error { n++; return full })
	if !errors.Is(err, full) || n != 1 {
		t.Errorf("got %v after %d pages", err, n)
	}
}
