package site

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

func TestVerdicts(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	build(&rows, "aa", "x", "Có [10] hay [11] hay [12] hay [13] sản phẩm, ngày {5}.", province("04", "Cao Bằng", record.Vintage34))
	rows.Support[1].Role, rows.Support[1].Note = record.Dissents, "says: 11"
	rows.Support = rows.Support[:2] // the third supports nothing, the fourth is ruled out
	rows.Decisions = map[string]record.Action{rows.Figures.ID(0): record.Accept, rows.Figures.ID(2): record.IsPlan, rows.Figures.ID(3): record.Reject}
	rows.Support = append(rows.Support, record.Support{StatisticID: rows.Statistics[3].ID, FigureID: rows.Figures.ID(3), Role: record.Supports, Note: "a typing error"})
	doc := parse(t, site(t, rows)["article/aa.html"])
	want := map[string][2]string{"acc": {"10", "decision of the office: accept"}, "dis": {"11", "the number chosen is 11; says 11"}, "idle": {"12", "read, not used: products, stock · decision of the office: a plan"}, "rej": {"13", "decision of the office: reject; a typing error"}}
	for class, w := range want {
		m := doc.Find("mark." + class).First()
		if shown(m) != w[0] || !strings.Contains(m.Find(".tip").Text(), w[1]) {
			t.Errorf("%s: %q with the note %q, want %q with %q", class, shown(m), m.Find(".tip").Text(), w[0], w[1])
		}
		if m.AttrOr("tabindex", "") != "0" || m.AttrOr("aria-describedby", "") != m.Find(".tip").AttrOr("id", "-") {
			t.Errorf("%s: the note cannot be reached by keyboard", class)
		}
	}
	if got := doc.Find("mark.dis .tip").Text(); !strings.Contains(got, "số được chọn là 11; ghi 11") {
		t.Errorf("the reason is in English alone: %q", got)
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

// An article stands on the page of a place with the sentences of that place, and a
// way to the rest.
func TestEvidenceOfAPlace(t *testing.T) {
	rows := table.Rows{Figures: &record.Figures{}}
	cao, lao := province("04", "Cao Bằng", record.Vintage34), province("15", "Lào Cai", record.Vintage34)
	build(&rows, "aa", "Một nơi", "Hội chợ có {30} gian hàng.\nTỉnh có [144] sản phẩm.", cao)
	build(&rows, "bb", "Hai nơi", "Hội chợ có {31} gian hàng.\nTỉnh này có [145] sản phẩm. Tỉnh kia có [604] sản phẩm.", cao)
	change(rows, 2, func(f *record.Figure) { f.Place = lao })
	build(&rows, "cc", "Dài", "Hội chợ có {32} gian hàng. "+strings.Repeat("Dài quá. ", together/8)+"Tỉnh có [146] sản phẩm.", cao)
	build(&rows, "dd", "Không số", "Hội chợ có {33} gian hàng.", cao)
	pages := site(t, rows)
	doc := parse(t, pages["place/34-04.html"])
	var got []string
	doc.Find("article").Each(func(_ int, s *goquery.Selection) {
		line := s.Find("h3").Text() + ":"
		s.Find("mark").Each(func(_ int, m *goquery.Selection) { line += " " + m.AttrOr("class", "") + " " + shown(m) })
		s.Find(".meta a[href^='../article']").Each(func(_ int, a *goquery.Selection) { line += " " + a.AttrOr("href", "") + " " + a.Find(".en").Text() })
		got = append(got, line)
	})
	want := []string{
		"Một nơi: acc 144 ../article/aa.html other numbers on the page of the article: 1",
		"Hai nơi: acc 145 ../article/bb.html other numbers on the page of the article: 2",
		"Dài: acc 146 ../article/cc.html other numbers on the page of the article: 1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("articles (-want +got):\n%s", d)
	}
	if n := parse(t, pages["article/bb.html"]).Find(`a[href="../place/34-04.html"], a[href="../place/34-15.html"]`).Length(); n != 2 {
		t.Errorf("the article of two places leads to %d", n)
	}
	list := parse(t, pages["articles.html"])
	if got := strings.Fields(list.Find(`tr:has(a[href="article/dd.html"])`).Find("td.num").Text()); !cmp.Equal(got, []string{"0001"}) {
		t.Errorf("an article without a figure is listed with %q", got)
	}
	if parse(t, pages["index.html"]).Find(`a[href="articles.html"]`).Length() != 1 {
		t.Error("the first page does not lead to the list of articles")
	}
}
