package site

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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

// change changes the i-th figure.
func change(rows table.Rows, i int, how func(*record.Figure)) {
	f := rows.Figures.At(i)
	how(&f)
	rows.Figures.Set(i, &f)
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
		rows.Figures.Append(&record.Figure{ID: fid, ArticleID: id, Span: s, Printed: s.Of(body), Value: n, Dims: stock(), Place: p,
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

// site writes the pages of rows with the whole texts. They must be rows that the
// tables accept.
func site(t *testing.T, rows table.Rows) map[string]string {
	t.Helper()
	return siteOf(t, rows, Options{Version: "1.2.0", Date: record.DateOf(2026, 11, 22), Texts: TextsFull, Citation: "X (2026). Y."})
}

// siteOf writes the pages of rows as the options say.
func siteOf(t *testing.T, rows table.Rows, opt Options) map[string]string {
	t.Helper()
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	back, err := set.Rows()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	err = Write(back, opt, func(name string, page []byte) error {
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
		if body := strings.ToLower(body); name != tableFile && strings.Contains(body, "<script") || strings.Contains(body, " style=") {
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
			if strings.HasPrefix(target, "../") { // a table, beside the folder of the site; the release looks after it
				return
			}
			id, err := url.PathUnescape(id) // as a browser does
			if pages[target] == "" || err != nil || id != "" && !ids[target+"#"+id] {
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
	s.Find(".tip, .hid, title").Remove()
	return s.Text()
}
