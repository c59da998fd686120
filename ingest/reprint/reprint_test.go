package reprint

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
	for i, o := range Originals(articles) {
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
		got := Originals(articles)
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
		for _, o := range Originals(articles) {
			if o != "" {
				n++
			}
		}
		if n != 200 {
			b.Fatal(n)
		}
	}
}
