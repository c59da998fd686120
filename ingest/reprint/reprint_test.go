package reprint

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// release is a press release of three paragraphs.
var release = []string{
	"Ngày 12/5, Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh họp xét 42 hồ sơ của 31 chủ thể đến từ 9 huyện, thị xã và thành phố trong tỉnh, gồm các nhóm thực phẩm, đồ uống, dược liệu và thủ công mỹ nghệ.",
	"Theo kết quả chấm điểm, 38 sản phẩm đủ điều kiện công nhận, trong đó 11 sản phẩm đạt 4 sao và 27 sản phẩm đạt 3 sao; bốn hồ sơ còn lại phải hoàn thiện thêm về bao bì, truy xuất nguồn gốc và hồ sơ an toàn thực phẩm trước khi trình lại ở đợt sau.",
	"Như vậy, đến nay toàn tỉnh có 286 sản phẩm OCOP của 174 chủ thể còn hiệu lực, trong đó 2 sản phẩm 5 sao, 74 sản phẩm 4 sao và 210 sản phẩm 3 sao. Ngành nông nghiệp đề nghị các địa phương tiếp tục hỗ trợ chủ thể đưa hàng lên sàn thương mại điện tử và vào hệ thống siêu thị.",
}

func join(parts ...string) string { return strings.Join(parts, "\n") }

const other = "Sáng nay, tại trung tâm văn hóa thị trấn, hội phụ nữ huyện tổ chức hội chợ giới thiệu nông sản với sự tham gia của đông đảo bà con nông dân, các hợp tác xã và doanh nghiệp; ban tổ chức cho biết lượng khách năm nay tăng gấp rưỡi, nhiều gian hàng bán hết ngay từ buổi sáng và phải nhập thêm hàng."

func TestOriginals(t *testing.T) {
	full := join(release...)
	lastYear := strings.NewReplacer("42", "35", "31 chủ", "29 chủ", "38", "33", "11 sản", "9 sản", "27", "24", "286", "248",
		"174", "151", "2 sản", "1 sản", "74 sản", "63 sản", "210", "184", "12/5", "20/6").Replace(full)
	type text struct {
		id, day, body string
	}
	for _, c := range []struct {
		name  string
		texts []text
		want  string // "id>original" of the reprints
	}{
		{"word for word", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", full}}, "b>a"},
		{"in the other order of time", []text{{"a", "2024-05-14", full}, {"b", "2024-05-13", full}}, "a>b"},
		{"spelt another way", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", strings.ToUpper(strings.ReplaceAll(full, "ý", "y\u0301"))}}, "b>a"},
		{"new headline and first words", []text{{"a", "2024-05-12", join("Tỉnh xét sản phẩm OCOP", full)},
			{"b", "2024-05-13", join("Thêm 38 sản phẩm được công nhận", strings.Replace(full, "Ngày 12/5, Hội đồng", "Theo Báo tỉnh, chiều 12/5 Hội đồng", 1))}}, "b>a"},
		{"shortened", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", join(release[1:]...)}}, "b>a"},
		{"shortened before", []text{{"a", "2024-05-12", release[2]}, {"b", "2024-05-13", full}}, "a>b"},
		{"three of one", []text{{"a", "2024-05-12", release[2]}, {"b", "2024-05-13", full}, {"c", "2024-05-14", full}}, "a>b c>b"},
		{"one slip in a number", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", strings.Replace(full, "286", "268", 1)}}, "b>a"},
		{"the same report a year before", []text{{"a", "2023-06-20", lastYear}, {"b", "2024-05-12", full}}, ""},
		{"one paragraph quoted in a longer piece", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", join(other, release[2], other+" Hết.", strings.ToUpper(other)+" x")}}, ""},
		{"about the same, told otherwise", []text{{"a", "2024-05-12", full}, {"b", "2024-05-13", other}}, ""},
		{"a slip in a number is taken for days, not weeks", []text{{"a", "2024-05-12", full}, {"b", "2024-05-19", strings.Replace(full, "286", "268", 1)}}, ""},
		{"a week's report with two new numbers", []text{{"a", "2024-05-12", full}, {"b", "2024-05-15", strings.NewReplacer("286", "287", "210 sản", "211 sản").Replace(full)}}, ""},
		{"the same again two years later", []text{{"a", "2022-05-12", full}, {"b", "2024-05-15", full}}, "b>a"},
		{"under another address and day", []text{{"a", "2022-05-12", join("URL: https://a.vn/12-5-2022.html", "Thứ Năm, 12/05/2022, 08:30", full)},
			{"b", "2024-05-15", join("URL: https://b.vn/15-5-2024.html", "Thứ Tư, 15/05/2024, 10:15", full)}}, "b>a"},
		{"short and the same", []text{{"a", "2024-05-12", "Tỉnh có 12 sản phẩm OCOP."}, {"b", "2024-05-13", "Tỉnh có 12 sản phẩm OCOP"}}, "b>a"},
		{"short and not the same", []text{{"a", "2024-05-12", "Tỉnh có 12 sản phẩm OCOP."}, {"b", "2024-05-13", "Tỉnh có 13 sản phẩm OCOP."}}, ""},
		{"empty", []text{{"a", "2024-05-12", ""}, {"b", "2024-05-13", ""}}, ""},
		{"no date comes last", []text{{"a", "", full}, {"b", "2024-05-13", full}}, "a>b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var articles []record.Article
			for _, x := range c.texts {
				a := record.Article{ID: x.id, Text: x.body}
				if x.day != "" {
					d, err := time.Parse(time.DateOnly, x.day)
					if err != nil {
						t.Fatal(err)
					}
					a.Published = record.PublishedOn(record.DateIn(d))
				}
				articles = append(articles, a)
			}
			for range 3 { // any order in gives the same out
				if got := describe(articles); got != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
				rand.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
			}
		})
	}
}

func describe(articles []record.Article) string {
	var out []string
	for i, o := range Unpack(articles, sketches(articles)).Originals(articles) {
		if o != "" {
			out = append(out, articles[i].ID+">"+o)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// What an article repeats repeats nothing itself, whatever the articles.
func TestNoChains(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	sentences := append(slices.Clone(release), other, "Câu thứ năm nói về việc khác hẳn, dài hơn một chút để có đủ số từ cần thiết cho phép so sánh.")
	for range 300 {
		var articles []record.Article
		for i := range 12 {
			var parts []string
			for range 1 + r.IntN(6) {
				parts = append(parts, sentences[r.IntN(len(sentences))])
			}
			articles = append(articles, record.Article{ID: fmt.Sprint(i), Text: join(parts...), Published: record.PublishedOn(record.Date(19000 + r.IntN(5)))})
		}
		got := Unpack(articles, sketches(articles)).Originals(articles)
		for i, o := range got {
			if o == "" {
				continue
			}
			for j, a := range articles {
				if a.ID == o && (got[j] != "" || i == j) {
					t.Fatalf("%d repeats %s, which repeats %q", i, o, got[j])
				}
			}
		}
		texts := Unpack(articles, sketches(articles)) // more and more of them, in any order: as each time anew
		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		if r.IntN(2) == 0 {
			slices.SortFunc(articles, func(a, b record.Article) int { return int(a.Published.Date - b.Published.Date) })
		}
		for n := 1; n <= len(articles); n += 1 + r.IntN(4) {
			some := articles[:n]
			if diff := cmp.Diff(Unpack(some, sketches(some)).Originals(some), texts.Originals(some)); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// Articles about the same programme by different people are no reprints.
func TestGoldTexts(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/gold/*.txt")
	if files == nil {
		t.Skip("no ../shared/gold")
	}
	var articles []record.Article
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, record.Article{ID: filepath.Base(f), Text: string(b)})
	}
	if got := describe(articles); got != "" {
		t.Errorf("%d texts: %s", len(articles), got)
	}
}

// weekly is a province's report of a week: the words stay, the numbers do not.
func weekly(week int) string {
	return fmt.Sprintf("Theo báo cáo của Văn phòng điều phối nông thôn mới tỉnh, đến ngày %d/%d, toàn tỉnh có %d sản phẩm OCOP của 174 chủ thể còn hiệu lực, "+
		"trong đó có 2 sản phẩm 5 sao, 74 sản phẩm 4 sao và %d sản phẩm 3 sao. Trong tuần, các địa phương tiếp tục rà soát hồ sơ, hướng dẫn chủ thể hoàn thiện "+
		"bao bì, nhãn mác và đăng ký tham gia các sàn thương mại điện tử; 9 huyện, thị xã đã thành lập tổ giúp việc, 31 chủ thể được tập huấn.",
		1+week%28, 1+week/4, 286+week, 210+week)
}

// The reports of half a year are so many reports; each printed again is a reprint
// of its own week.
func TestWeeklyReports(t *testing.T) {
	var articles []record.Article
	var want []string
	for week := range 26 {
		day := record.DateOf(2024, 1, 5) + record.Date(7*week)
		articles = append(articles,
			record.Article{ID: fmt.Sprintf("w%02d", week), Text: weekly(week), Published: record.PublishedOn(day)},
			record.Article{ID: fmt.Sprintf("x%02d", week), Text: "Tin trong tuần\n" + weekly(week), Published: record.PublishedOn(day + 300)})
		want = append(want, fmt.Sprintf("x%02d>w%02d", week, week))
	}
	if got := describe(articles); got != strings.Join(want, " ") {
		t.Errorf("%s", got)
	}
}

// edited changes one word in so many of a text: another word in its place, none,
// one more, or another name.
func edited(r *rand.Rand, text string, oneIn int) string {
	spare := strings.Fields("nhiều khá hiện vừa qua tích cực chủ động Nguyễn Trần Hùng Lan địa phương người dân bà con thời gian")
	var out []string
	for _, w := range strings.Split(text, " ") {
		if r.IntN(oneIn) > 0 || strings.ContainsAny(w, "0123456789") {
			out = append(out, w)
			continue
		}
		switch r.IntN(4) {
		case 0:
		case 1:
			out = append(out, w, spare[r.IntN(len(spare))])
		default:
			out = append(out, spare[r.IntN(len(spare))])
		}
	}
	return strings.Join(out, " ")
}

// Articles with 6 % of their words edited are still reprints, and the articles
// themselves are none of each other.
func TestEditedReprints(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/texts/*.txt")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var articles []record.Article
	n := 0
	for i, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		day := record.DateOf(2023, 1, 1) + record.Date(i)
		articles = append(articles, record.Article{ID: filepath.Base(f), Text: string(b), Published: record.PublishedOn(day)})
		if len(strings.Fields(string(b))) < 60 {
			continue
		}
		n++
		articles = append(articles, record.Article{ID: "again " + filepath.Base(f), Text: edited(r, string(b), 16), Published: record.PublishedOn(day + 400)})
	}
	found := 0
	for _, got := range strings.Split(describe(articles), " again ") {
		name, of, _ := strings.Cut(strings.TrimPrefix(got, "again "), ">")
		if name != of {
			t.Errorf("%s repeats %s", name, of)
			continue
		}
		found++
	}
	if found*100 < n*98 {
		t.Errorf("%d of %d found", found, n)
	}
	t.Logf("%d of %d found", found, n)
}

func TestRedate(t *testing.T) {
	then, now := record.DateOf(2023, 12, 20), record.DateOf(2025, 3, 1)
	articles := []record.Article{{ID: "a", Published: record.PublishedOn(then)}, {ID: "b", Published: record.PublishedOn(now)}, {ID: "c", Published: record.PublishedOn(now)}}
	figure := func(article, printed string, basis record.PeriodBasis, p record.Period) record.Figure {
		return record.Figure{ArticleID: article, Printed: printed, Period: p, PeriodBasis: basis, Dims: record.Dims{Status: record.Actual}}
	}
	figures := record.NewFigures(
		figure("a", "151", record.PeriodText, record.Years(2022, 2022)),
		figure("b", "151", record.PeriodPublished, record.Day(now)),   // as the original has it
		figure("b", "152", record.PeriodPublished, record.Day(now)),   // to date
		figure("b", "5", record.PeriodText, record.Years(2025, 2025)), // this year
		figure("b", "7", record.PeriodText, record.Years(2021, 2021)), // a year that was said
		figure("c", "151", record.PeriodPublished, record.Day(now)),   // another article
	)
	Redate(articles, []string{"", "a", ""}, figures)
	for i, want := range []string{"2022", "2022", "2023-12-20", "2023", "2021", "2025-03-01"} {
		if got := figures.At(i).Period.String(); got != want {
			t.Errorf("figure %d is of %s, want %s", i, got, want)
		}
	}
}

func BenchmarkOriginals(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(join(release...) + " " + other)
	var articles []record.Article
	size := 0
	for i := range 2000 {
		if i%10 == 9 { // every tenth is a reprint
			articles = append(articles, record.Article{ID: fmt.Sprint(i), Text: articles[i-5].Text})
			continue
		}
		var t strings.Builder
		for range 500 {
			t.WriteString(words[r.IntN(len(words))] + " ")
		}
		size += t.Len()
		articles = append(articles, record.Article{ID: fmt.Sprint(i), Text: t.String()})
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		n := 0
		for _, o := range Unpack(articles, sketches(articles)).Originals(articles) {
			if o != "" {
				n++
			}
		}
		if n != 200 {
			b.Fatal(n)
		}
	}
}

// sketches are those of articles, by ID.
func sketches(articles []record.Article) map[string][]byte {
	out := map[string][]byte{}
	for i := range articles {
		out[articles[i].ID] = Sketch(&articles[i])
	}
	return out
}

// What a text is compared by comes back out of its sketch, and one that is cut off
// anywhere is no harm.
func TestSketch(t *testing.T) {
	a := record.Article{ID: "a", Text: strings.Repeat("Tỉnh có 175 sản phẩm OCOP, trong đó 38,8% đạt 4 sao. ", 9) + "Hết ngày 5."}
	var r reader
	want, packed := r.read(&a), Sketch(&a)
	if got := unpacked(packed); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for n := range packed {
		unpacked(packed[:n])
	}
}
