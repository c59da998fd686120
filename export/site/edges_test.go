package site

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ocopstat/record"
	"ocopstat/table"
)

// clicks follows every number of the map: to the row that has it, to a figure of
// that row, to the sentence in the article. It returns how many it followed.
func clicks(t *testing.T, pages map[string]string) (n int) {
	t.Helper()
	docs := map[string]*goquery.Document{}
	open := func(from, href string) (string, *goquery.Selection) {
		file, id, _ := strings.Cut(href, "#")
		name := from
		if file != "" {
			name = path.Join(path.Dir(from), file)
		}
		if docs[name] == nil {
			docs[name] = parse(t, pages[name])
		}
		return name, docs[name].Find("[id='" + id + "']")
	}
	parse(t, pages[indexFile]).Find(".map .tile a").Each(func(_ int, a *goquery.Selection) {
		value, href := shown(a.Find("b")), a.AttrOr("href", "")
		if value == "–" {
			return
		}
		n++
		page, row := open(indexFile, href)
		if a.HasClass("m5") || a.HasClass("m6") { // counts of articles and conflicts
			if !strings.Contains(row.Parent().Text(), value) {
				t.Errorf("%s %s: %s does not have it", a.Text(), value, href)
			}
			return
		}
		if got := row.Find("td.num").Text(); got != value {
			t.Errorf("%s: the row that it leads to has %q", a.Text(), got)
			return
		}
		witness := row.Find("a.w").First()
		_, mark := open(page, witness.AttrOr("href", "#nothing"))
		if mark.Length() != 1 || shown(mark) == "" || shown(mark) != shown(witness) {
			t.Errorf("%s: %q leads to the words %q", a.Text(), shown(witness), shown(mark))
		}
	})
	return n
}

// TestEveryTileLeadsToItsNumber, with numbers of both divisions, on second pages,
// and with as little of the articles' words as may be.
func TestEveryTileLeadsToItsNumber(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	for _, v := range []record.Vintage{record.Vintage63, record.Vintage34} {
		rows.Places = append(rows.Places, table.Place{Place: province("04", "Cao Bằng", v), Now: "04"})
	}
	rows.Places = append(rows.Places, table.Place{Place: province("06", "Bắc Kạn", record.Vintage63), Now: "19"}, table.Place{Place: province("19", "Thái Nguyên", record.Vintage63), Now: "19"})
	build(&rows, "aa", "Trước", "Cao Bằng có [144] sản phẩm. Chợ có {3} gian.", province("04", "Cao Bằng", record.Vintage63))
	build(&rows, "bb", "Nhiều", strings.Repeat("Có [7] sản phẩm. ", 700), province("15", "Lào Cai", record.Vintage34))
	build(&rows, "cc", "Cũ", "Bắc Kạn có [175] sản phẩm.", province("06", "Bắc Kạn", record.Vintage63))
	for _, texts := range []Texts{TextsFull, TextsQuotes, TextsNone} {
		pages := siteOf(t, rows, Options{Version: "1.2.0", Date: record.DateOf(2026, 11, 22), Texts: texts})
		if n := clicks(t, pages); n < 6 {
			t.Errorf("%s: %d numbers on the map", texts, n)
		}
		doc := parse(t, pages["index.html"])
		if got := shown(doc.Find(".t04 .m0 b")) + " " + shown(doc.Find(".t19 .m0 b")); got != "144 –" {
			t.Errorf("the map shows %q", got)
		}
		if pages["place/63-04.html"] != "" || !strings.Contains(pages["place/34-04.html"], "under both divisions") || pages["place/63-06.html"] == "" {
			t.Error("a province that did not change has two pages, or one that was joined has none")
		}
		words := map[string]bool{"Cao Bằng có": texts != TextsNone, "Chợ có": texts == TextsFull}
		for w, want := range words {
			if got := strings.Contains(pages["article/aa.html"], w); got != want {
				t.Errorf("%s: %q is on the page of the article: %v", texts, w, got)
			}
			if got := strings.Contains(pages["place/34-04.html"], w); got != (want && w == "Cao Bằng có") { // the sentences of its figures
				t.Errorf("%s: %q is on the page of the place: %v", texts, w, got)
			}
		}
	}
}

// A release that speaks of no province: the country and a region alone.
func TestNoProvince(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "Cả nước", "Cả nước có [18000] sản phẩm.", record.Place{Level: record.LevelCountry, Code: "VN", Vintage: record.Vintage34, Name: "Việt Nam"})
	build(&rows, "bb", "Vùng", "Vùng có [900] sản phẩm.", record.Place{Level: record.LevelRegion, Code: "TN", Vintage: record.Vintage63, Name: "Tây Nguyên"})
	pages := site(t, rows)
	if got := parse(t, pages["place/vn.html"]).Find("td.num").Text(); got != "18.000" {
		t.Errorf("the page of the country has %q", got)
	}
	if vn := parse(t, pages["place/vn.html"]); vn.Find("circle.dot").Length() != 1 || !strings.Contains(vn.Find(".brief").Text(), "18.000") || !strings.Contains(vn.Find("h1").Text(), "The whole country") {
		t.Error("the country has no series, summary or English name")
	}
	if got := parse(t, pages["place/other.html"]).Find("td.num").Text(); got != "900" {
		t.Errorf("the page of other places has %q", got)
	}
	if n := clicks(t, pages); n != 34 { // each has 0 articles
		t.Errorf("%d numbers on the map, want the 34 zeros of articles", n)
	}
}

// One article that speaks of a province in both divisions.
func TestOneArticleInTwoDivisions(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	for _, p := range [][3]string{{"06", "Bắc Kạn", "19"}, {"19", "Thái Nguyên", "19"}} {
		rows.Places = append(rows.Places, table.Place{Place: province(p[0], p[1], record.Vintage63), Now: p[2]})
	}
	build(&rows, "aa", "Hai hệ", "Trước sáp nhập tỉnh có [313] sản phẩm. Nay tỉnh có [500] sản phẩm.", province("19", "Thái Nguyên", record.Vintage63))
	now := province("19", "Thái Nguyên", record.Vintage34)
	rows.Statistics[1].Place = now
	change(rows, 1, func(f *record.Figure) { f.Place = now })
	pages := site(t, rows)
	for file, want := range map[string]string{"place/63-19.html": "313", "place/34-19.html": "500"} {
		if got := parse(t, pages[file]).Find("#statistics").Parent().Find("td.num").Text(); got != want {
			t.Errorf("%s has %q, want %s", file, got, want)
		}
	}
	if got := shown(parse(t, pages["index.html"]).Find(".t19 .m0 b")); got != "500" {
		t.Errorf("the map shows %q", got)
	}
	if n := parse(t, pages["article/aa.html"]).Find(`.meta a[href^="../place/"]`).Length(); n != 2 {
		t.Errorf("the article leads to %d places", n)
	}
	clicks(t, pages)
}

// 34 provinces over 8 years, with classes, kinds and targets.
func TestEightYears(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	for i, tile := range tiles() {
		p := province(tile.code, "Tỉnh "+tile.code, record.Vintage34)
		var text strings.Builder
		for year := range 8 {
			for k := range 9 {
				fmt.Fprintf(&text, "Năm %d, mục {%d}: [%d].\n", 2018+year, k+1, 100*(year+1)+10*i+k)
			}
		}
		first := len(rows.Statistics)
		build(&rows, fmt.Sprintf("a%02d", i), p.Name, text.String(), p)
		for n := range rows.Statistics[first:] {
			s := &rows.Statistics[first+n]
			s.RefDate = record.DateOf(2018+n/9, 12, 31)
			d := [9]record.Dims{total(record.Product), total(record.Product), total(record.Product), total(record.Product), total(record.Producer), total(record.Producer), total(record.Producer), total(record.Producer), total(record.Product)}[n%9]
			d.Stars = [9]record.Stars{"", "3", "4", "5"}[n%9]
			d.Producer = [9]record.ProducerType{5: record.Enterprise, 6: record.Cooperative, 7: record.Household}[n%9]
			if n%9 == 8 {
				d.Status, s.RefDate, s.Period = record.Target, record.NoDate, record.Years(2018+n/9, 2018+n/9)
			}
			if n%9 == 0 || n%9 == 4 { // a total is not smaller than its parts
				s.Value = record.Int(5000)
				s.Low, s.High = s.Value, s.Value
			}
			s.Dims = d
			change(rows, first+n, func(f *record.Figure) { f.Dims, f.Period = d, record.Day(record.DateOf(2018+n/9, 12, 31)) })
		}
	}
	pages := site(t, rows)
	if n := clicks(t, pages); n != 34*7 {
		t.Errorf("%d numbers on the map", n)
	}
	doc := parse(t, pages["place/34-01.html"])
	if lines, bars, targets := doc.Find("polyline").Length(), doc.Find("svg rect").Length(), doc.Find("line.target").Length(); lines != 2 || bars != 2*8*4 || targets != 8 {
		t.Errorf("%d lines, %d parts of bars, %d targets", lines, bars, targets)
	}
	if got := parse(t, pages[tableFile]).Find("tbody tr").Length(); got != 34 {
		t.Errorf("%d rows", got)
	}
}

// What stands at each number: its quality and conflict in words, the arithmetic,
// how to cite it.
func TestHowWeKnow(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "x", "Có [107] và [68], cả thảy [175] sản phẩm. Có bài ghi [176].", province("04", "Cao Bằng", record.Vintage34))
	s := &rows.Statistics[2]
	s.Quality, s.QualityReason, s.Conflict = record.Firm, "sums-close", true
	s.ID = "5315668a8da83058~>=46" // of a number that competes with another
	for i := range rows.Support {
		if rows.Support[i].StatisticID == "s-aa-2" {
			rows.Support[i].StatisticID = s.ID
		}
	}
	s.Choice = record.JoinRemarks(record.Say(record.MoreSources, "2", "1"))
	rows.Support[3] = record.Support{StatisticID: s.ID, FigureID: rows.Figures.ID(3), Role: record.Dissents}
	rows.Checks = []record.Check{{ID: "c", Rule: "stars-add-up", Place: s.Place, Expression: "107 + 68 = 175", Outcome: record.Passed,
		Figures: []string{rows.Figures.ID(0), rows.Figures.ID(1), rows.Figures.ID(2)}}}
	for i := range 5 {
		rows.Checks = append(rows.Checks, rows.Checks[0])
		rows.Checks[i+1].ID = fmt.Sprint("c", i)
	}
	pages := site(t, rows)
	row := parse(t, pages["place/34-04.html"]).Find(`[id="s5315668a8da83058~>=46"]`)
	for _, want := range []string{"chắc chắn", "firm", "mâu thuẫn", "conflict", "sums with other numbers come out", "107 + 68 = 175", "passed", "và 2 phép tính nữa", "and 2 more",
		"Cao Bằng, products, stock, 03/01/2020: 175. Statistic 5315668a8da83058~>=46. X (2026). Y."} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("the row does not say %q:\n%s", want, row.Text())
		}
	}
	if checks := parse(t, pages["place/34-04.html"]).Find("table:not(.facts:has(tr[id]))").Text(); !strings.Contains(checks, "các hạng sao cộng thành tổng") {
		t.Errorf("the arithmetic is not named in words:\n%s", checks)
	}
	if row.Find(`details a[href="#s5315668a8da83058~%3e=46"]`).Length() != 1 {
		t.Error("there is no permalink")
	}
	week := parse(t, pages["week/2023-W02.html"])
	if week.Find(`a[href="../article/aa.html"]`).Length() != 1 || parse(t, pages["outlet/bao.html"]).Find(`a[href="../article/aa.html"]`).Length() != 1 {
		t.Error("the article is not on the page of its week or outlet")
	}
}
