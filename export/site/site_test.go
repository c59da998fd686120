package site

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

// maxBytes is what a page may weigh.
const maxBytes = 200_000

func province(code, name string, v record.Vintage) record.Place {
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: v, Name: name, Province: code, ProvinceName: name}
}

func stock() record.Dims {
	return record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
}

// build puts an article into rows: every "[n]" of its text becomes a figure of
// the place with a statistic of its own, every "{n}" a number that is rejected.
func build(rows *table.Rows, id, title, text string, p record.Place) {
	var clean strings.Builder
	var figures, rejected []record.Span
	for _, part := range regexp.MustCompile(`\[\d+\]|\{\d+\}|[^[{]+|.`).FindAllString(text, -1) {
		start := clean.Len()
		numbered := len(part) > 2 && strings.ContainsAny(part[:1], "[{") && strings.ContainsAny(part[len(part)-1:], "]}")
		if !numbered {
			clean.WriteString(part)
			continue
		}
		clean.WriteString(part[1 : len(part)-1])
		span := record.Span{Start: start, End: clean.Len()}
		if part[0] == '[' {
			figures = append(figures, span)
		} else {
			rejected = append(rejected, span)
		}
	}
	body := clean.String()
	rows.Articles = append(rows.Articles, record.Article{ID: id, URL: "https://bao.example/" + url.PathEscape(id), SourceID: "bao", Title: title,
		Published: record.PublishedOn(record.DateOf(2023, 1, 12)), Text: body})
	for i, s := range figures {
		fid := record.FigureID(id, s.Start, 0)
		day := record.DateOf(2020, 1, 1+i)
		n, _ := record.ParseDecimal(s.Of(body))
		from := strings.LastIndexByte(body[:s.Start], '.') + 1
		to := len(body)
		if k := strings.IndexByte(body[s.End:], '.'); k >= 0 {
			to = s.End + k + 1
		}
		rows.Figures = append(rows.Figures, record.Figure{ID: fid, ArticleID: id, Span: s, Printed: s.Of(body), Value: n, Dims: stock(), Place: p,
			Qualifier: record.Exactly, Period: record.Day(day), Sentence: record.Span{Start: from, End: to}, Grade: record.GradeA})
		sid := fmt.Sprintf("s-%s-%d", id, i)
		rows.Statistics = append(rows.Statistics, record.Statistic{ID: sid, Dims: stock(), Place: p, PlaceNow: p.Code, RefDate: day, Value: n, HasValue: true,
			Low: n, High: n, Qualifier: record.Exactly, Basis: record.Reported, Rank: record.Preferred, Figures: 1, Sources: 1, SupersededOn: record.NoDate, FirstKnown: record.NoDate})
		rows.Support = append(rows.Support, record.Support{StatisticID: sid, FigureID: fid, Role: record.Supports})
	}
	for _, s := range rejected {
		rows.Rejections = append(rows.Rejections, record.Rejection{ArticleID: id, Span: s, Printed: s.Of(body), Reason: record.IsDate})
	}
}

// site writes the pages of rows. They must be rows that the tables accept.
func site(t *testing.T, rows table.Rows) map[string]string {
	t.Helper()
	set, err := table.NewSet(nil, rows)
	if err != nil {
		t.Fatal(err)
	}
	defer set.Release()
	back, err := set.Rows()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	err = Write(back, Options{Version: "1.2.0", Date: record.DateOf(2026, 11, 22)}, func(name string, page []byte) error {
		if _, ok := pages[name]; ok || path.Clean(name) != name || strings.HasPrefix(name, "..") {
			t.Errorf("page %q is written twice or lies elsewhere", name)
		}
		pages[name] = string(page)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range pages {
		if len(body) > maxBytes {
			t.Errorf("%s has %d bytes, more than %d", name, len(body), maxBytes)
		}
		if body := strings.ToLower(body); strings.Contains(body, "<script") || strings.Contains(body, " style=") {
			t.Errorf("%s has a script or an inline style", name)
		}
	}
	checkLinks(t, pages)
	return pages
}

func parse(t *testing.T, page string) *goquery.Document {
	t.Helper()
	if page == "" {
		t.Fatal("there is no such page")
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// checkLinks follows every link inside the site, and finds every identity once.
func checkLinks(t *testing.T, pages map[string]string) {
	t.Helper()
	ids := map[string]bool{}
	docs := map[string]*goquery.Document{}
	for name, body := range pages {
		docs[name] = parse(t, body)
		docs[name].Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := name + "#" + s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s stands twice", id)
			}
			ids[id] = true
		})
	}
	for name, doc := range docs {
		doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			href := s.AttrOr("href", "")
			if strings.HasPrefix(href, "https://") {
				return
			}
			file, id, _ := strings.Cut(href, "#")
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if pages[target] == "" || id != "" && !ids[target+"#"+id] {
				t.Errorf("%s: the link %q leads nowhere", name, href)
			}
		})
		doc.Find("[aria-describedby],[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr("aria-describedby", "") + " " + s.AttrOr("aria-labelledby", "")) {
				if !ids[name+"#"+id] {
					t.Errorf("%s: nothing is called %s", name, id)
				}
			}
		})
	}
}

// shown is the text of a selection as a reader sees it: without the notes that
// open on a mark.
func shown(s *goquery.Selection) string {
	s = s.Clone()
	s.Find(".tip").Remove()
	return s.Text()
}

func TestEmptyRelease(t *testing.T) {
	pages := site(t, table.Rows{})
	if !strings.Contains(pages["index.html"], "This release holds no statistics.") {
		t.Error("the first page does not say that there is nothing")
	}
	doc := parse(t, pages["index.html"])
	if n := doc.Find(".map a.tile").Length(); n != 34 {
		t.Errorf("%d tiles", n)
	}
	if n := doc.Find("tbody tr").Length(); n != 34 {
		t.Errorf("%d rows", n)
	}
	if !strings.Contains(pages["place/34-01.html"], "No number has been read about this place.") {
		t.Error("the page of a province does not say that there is nothing")
	}
}

func TestOneFigure(t *testing.T) {
	var rows table.Rows
	build(&rows, "aa", "Một con số", "Cao Bằng có [144] sản phẩm OCOP.", province("04", "Cao Bằng", record.Vintage34))
	pages := site(t, rows)
	tile := parse(t, pages["index.html"]).Find("a.t04")
	if got := tile.Find(".m0").Text(); got != "144" {
		t.Errorf("the tile shows %q", got)
	}
	doc := parse(t, pages["place/34-04.html"])
	if got := shown(doc.Find("mark.acc")); got != "144" {
		t.Errorf("marked is %q", got)
	}
	if n := doc.Find("circle.dot").Length(); n != 1 || doc.Find("polyline").Length() != 0 {
		t.Errorf("one number is drawn as %d dots, or with a line", n)
	}
	if href := doc.Find("td a.w").AttrOr("href", ""); href != "../article/aa.html#maa-15" {
		t.Errorf("the statistic leads to %q", href)
	}
}

func TestFirstAndLastByte(t *testing.T) {
	var rows table.Rows
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
	var rows table.Rows
	p := province("04", "Cao Bằng", record.Vintage34)
	long := strings.Repeat("dàiquá", 4000)
	build(&rows, "aa", hostile+long, hostile+" [12] "+hostile+" {13} "+long+" [14].", p)
	rows.Articles[0].URL = "javascript:alert(4)"
	rows.Sources = []table.Source{{ID: "bao", Outlet: hostile}}
	rows.Statistics[0].Derivation, rows.Statistics[0].Choice, rows.Statistics[0].Conflict = hostile, hostile, true
	rows.Support[0].Note = hostile
	rows.Checks = []record.Check{{ID: "c", Rule: hostile, Place: p, Expression: hostile, Outcome: record.Failed, Suggestion: hostile, Figures: []string{rows.Figures[0].ID}}}
	other := province(`../../x"><script>`, hostile, record.Vintage63)
	build(&rows, `../../etc/"><script>`, "x", "Có [15] sản phẩm.", other)
	pages := site(t, rows)
	for name, body := range pages {
		doc := parse(t, body)
		if n := doc.Find("script, img, [onerror], [style]").Length(); n > 0 {
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

func TestVerdicts(t *testing.T) {
	var rows table.Rows
	build(&rows, "aa", "x", "Có [10] hay [11] hay [12] hay [13] sản phẩm, ngày {5}.", province("04", "Cao Bằng", record.Vintage34))
	rows.Support[1].Role, rows.Support[1].Note = record.Dissents, "says 11"
	rows.Support = rows.Support[:2] // the third supports nothing, the fourth is ruled out
	rows.Decisions = map[string]table.Decision{rows.Figures[3].ID: table.Reject}
	doc := parse(t, site(t, rows)["article/aa.html"])
	want := map[string][2]string{"acc": {"10", "accepted: products"}, "dis": {"11", "says 11"}, "idle": {"12", "read, not used"}, "rej": {"13", "the office ruled it out"}}
	for class, w := range want {
		m := doc.Find("mark." + class).First()
		if shown(m) != w[0] || !strings.Contains(m.Find(".tip").Text(), w[1]) {
			t.Errorf("%s: %q with the note %q, want %q with %q", class, shown(m), m.Find(".tip").Text(), w[0], w[1])
		}
		if m.AttrOr("tabindex", "") != "0" || m.AttrOr("aria-describedby", "") != m.Find(".tip").AttrOr("id", "-") {
			t.Errorf("%s: the note cannot be reached by keyboard", class)
		}
	}
	if got := doc.Find("mark.rej").Last().Find(".tip").Text(); !strings.Contains(got, "date or time") {
		t.Errorf("the reason of a rejection is %q", got)
	}
}

// Numbers that share characters are marked once, with every reading.
func TestOverlap(t *testing.T) {
	a := mark{record.Span{Start: 3, End: 10}, accepted, []note{{Where: "a"}}, []string{"a"}}
	b := mark{record.Span{Start: 5, End: 12}, dissenting, []note{{Where: "b"}}, []string{"b"}}
	c := mark{record.Span{Start: 12, End: 14}, rejected, []note{{Where: "c"}}, nil}
	got := merge([]mark{c, b, a})
	if len(got) != 2 || got[0].Span != (record.Span{Start: 3, End: 12}) || got[0].Verdict != dissenting || len(got[0].Notes) != 2 || got[1].Verdict != rejected {
		t.Errorf("got %+v", got)
	}
}

func TestFiveThousandRows(t *testing.T) {
	const n = 5000
	var rows table.Rows
	p := province("04", "Cao Bằng", record.Vintage34)
	var one, many strings.Builder
	for i := range n / 2 {
		fmt.Fprintf(&many, "Xã có [%d] sản phẩm.\n", i+1)
		fmt.Fprintf(&one, "[%d] ", i+1) // one sentence, as a row of a table is
	}
	build(&rows, "aa", "Nhiều câu", many.String(), p)
	build(&rows, "bb", "Một câu", one.String(), p)
	for _, f := range rows.Figures { // and one statistic that rests on all
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
	if !strings.Contains(pages["place/34-04.html"], "4995 more") {
		t.Error("a row that names few of its figures does not count the others")
	}
}

func TestOldProvincesAreLinked(t *testing.T) {
	var rows table.Rows
	for code, name := range map[string]string{"92": "Cần Thơ", "93": "Hậu Giang", "94": "Sóc Trăng"} {
		rows.Places = append(rows.Places, table.Place{Place: province(code, name, record.Vintage63), Now: "92"})
	}
	rows.Places = append(rows.Places, table.Place{Place: province("04", "Cao Bằng", record.Vintage63), Now: "04"}, table.Place{Place: province("92", "Cần Thơ", record.Vintage34), Now: "92"})
	build(&rows, "aa", "x", "Có [175] sản phẩm.", province("93", "Hậu Giang", record.Vintage63))
	build(&rows, "bb", "y", "Có [144] sản phẩm.", province("04", "Cao Bằng", record.Vintage63))
	pages := site(t, rows)
	now := parse(t, pages["place/34-92.html"])
	for _, file := range []string{"63-92", "63-93", "63-94"} {
		if now.Find(`a[href="../place/`+file+`.html"]`).Length() != 1 {
			t.Errorf("no link to %s", file)
		}
		if parse(t, pages["place/"+file+".html"]).Find(`a[href="../place/34-92.html"]`).Length() != 1 {
			t.Errorf("%s: no link to the province of today", file)
		}
	}
	index := parse(t, pages["index.html"])
	if got := index.Find("a.t92 .m0").Text(); got != "–" {
		t.Errorf("three provinces became one, and the map shows %q, the number of one of them", got)
	}
	if got := index.Find("a.t04 .m0").Text(); got != "144" {
		t.Errorf("a province that stayed as it was shows %q", got)
	}
}

func TestTargetLine(t *testing.T) {
	var rows table.Rows
	build(&rows, "aa", "x", "Có [175] sản phẩm.", province("04", "Cao Bằng", record.Vintage34))
	target := rows.Statistics[0]
	target.ID, target.Status, target.RefDate, target.Period = "t", record.Target, record.NoDate, record.Years(2018, 2019)
	rows.Statistics = append(rows.Statistics, target)
	line := parse(t, site(t, rows)["place/34-04.html"]).Find("line.target")
	if line.Length() != 1 || line.AttrOr("x1", "") != "56.0" {
		t.Errorf("%d target lines, from %s", line.Length(), line.AttrOr("x1", ""))
	}
}

func TestTilesDoNotOverlap(t *testing.T) {
	fields, codes := map[[2]int]string{}, map[string]bool{}
	for _, x := range tiles() {
		at := [2]int{x.row, x.col}
		if fields[at] != "" || codes[x.code] || x.col < 1 || x.col > 5 {
			t.Errorf("%s stands on %q or twice", x.Name, fields[at])
		}
		fields[at], codes[x.code] = x.Name, true
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
