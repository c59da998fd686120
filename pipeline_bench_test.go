package ocopstat

import (
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/normalize/place"
	"ocopstat/record"
)

// page writes the i-th generated article: a provincial portal's page with
// navigation, teasers and a footer around 1 to 4 kB of text. What a province
// counts grows from month to month and adds up; one article in forty prints one
// number wrongly. Every twentieth repeats an earlier one under another headline.
func page(i int, province string) string {
	words := rand.New(rand.NewPCG(1, uint64(i)))
	told, headline := i, ""
	if i%20 == 19 {
		told, headline = i-1-words.IntN(15), pick(words, who)+" "+pick(words, does)+" "+pick(words, what)
		words = rand.New(rand.NewPCG(1, uint64(told)))
	}
	h := fnv.New32a()
	h.Write([]byte(province))
	size := int(h.Sum32() % 97)
	day := record.DateOf(2021, 1, 5) + record.Date(told*7%1700+(i-told))
	y, m, d := day.Civil()
	counted := record.DateOf(y, m, 1) - 1 // provinces count at the end of a month
	cy, cm, cd := counted.Civil()
	month := (cy-2021)*12 + cm
	five, four, three := 2+month/12+size%3, 10+size/4+month*(1+size%2), 30+size+month*(1+size%4)
	firms, coops, makers := 6+size/9+month/6, 12+size/5+month/3, 30+size/2+month/2
	total, all := five+four+three, firms+coops+makers
	if words.IntN(40) == 0 {
		four += 10
	}
	if headline == "" {
		headline = pick(words, []string{"%s có %d sản phẩm OCOP", "%s: %d sản phẩm đạt chuẩn OCOP", "Tỉnh %s đã công nhận %d sản phẩm OCOP"})
		headline = fmt.Sprintf(headline, province, total)
	}

	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>%[1]s - Cổng thông tin</title>
<meta property="og:title" content="%[1]s"><meta property="article:published_time" content="%04[2]d-%02[3]d-%02[4]dT08:00:00+07:00">
<link rel="stylesheet" href="/css/site.css"><script>window.site = {id: %[5]d};</script></head><body>
<header><nav><ul>`, headline, y, m, d, i)
	for k := range 40 {
		fmt.Fprintf(&b, `<li class="item-%d"><a href="/chuyen-muc/%d" title="Chuyên mục %d">Chuyên mục số %d</a></li>`, k, k, k, k)
	}
	fmt.Fprintf(&b, `</ul></nav></header><main><article><h1>%s</h1><div class="date">%02d/%02d/%04d 08:00</div><div class="content">
`, headline, d, m, y)
	said := []string{
		fmt.Sprintf(pick(words, []string{"Trong đó có %d sản phẩm 5 sao, %d sản phẩm 4 sao và %d sản phẩm 3 sao.",
			"Trong số này, %d sản phẩm đạt 5 sao, %d sản phẩm đạt 4 sao, còn lại %d sản phẩm đạt 3 sao."}), five, four, three),
		fmt.Sprintf(pick(words, []string{"Các chủ thể gồm %d doanh nghiệp, %d hợp tác xã và %d hộ kinh doanh.",
			"Có %d doanh nghiệp, %d hợp tác xã, %d cơ sở sản xuất là chủ thể OCOP của tỉnh."}), firms, coops, makers),
		fmt.Sprintf("Năm %d, tỉnh công nhận lại %d sản phẩm và phấn đấu có thêm %d sản phẩm mới.", y, 3+month%13, 5+month%9),
		fmt.Sprintf("Tỉnh đã dự %d hội chợ trong nước với %d gian hàng, trên diện tích %d m2.", 2+words.IntN(6), 10+words.IntN(30), 300+words.IntN(50)),
	}
	words.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
	fmt.Fprintf(&b, pick(words, []string{"<p><b>Đến ngày %d/%d/%d, toàn tỉnh %s có %d sản phẩm OCOP còn hiệu lực, của %d chủ thể.</b></p>\n",
		"<p>Tính đến ngày %d/%d/%d, tỉnh %s đã có %d sản phẩm OCOP của %d chủ thể.</p>\n"}), cd, cm, cy, province, total, all)
	for k := range 3 + words.IntN(9) {
		fmt.Fprint(&b, "<p>")
		if k < len(said) && (k < 2 || words.IntN(3) > 0) {
			fmt.Fprint(&b, said[k], " ")
		}
		for range 1 + words.IntN(4) {
			fmt.Fprintf(&b, "%s %s %s %s%s. ", pick(words, who), pick(words, does), pick(words, what), pick(words, when), pick(words, names))
		}
		fmt.Fprint(&b, "</p>\n")
	}
	fmt.Fprint(&b, `</div></article><aside class="related"><h3>Tin liên quan</h3><ul>`)
	for k := range 12 {
		fmt.Fprintf(&b, `<li><a href="/tin/%d">Huyện bên cạnh thêm %d sản phẩm OCOP</a></li>`, k, 2+k)
	}
	fmt.Fprint(&b, `</ul></aside></main><footer><p>Giấy phép số 12/GP-TTĐT. Điện thoại: 0293 000 000.</p></footer></body></html>`)
	return b.String()
}

// The parts of the sentences that fill a page; no two pages fill it alike.
var (
	who = []string{"Người làm nghề trong xã", "Cán bộ nông nghiệp huyện", "Các thành viên tổ sản xuất", "Nhiều gia đình ven sông", "Chị em ở làng bánh",
		"Lớp thợ trẻ mới về quê", "Ban giám đốc hợp tác xã", "Những chủ vườn lâu năm", "Hội phụ nữ địa phương", "Nhóm bạn trẻ mê nấu ăn"}
	does = []string{"kiên trì ghi chép", "cùng nhau sửa lại", "học cách trình bày", "thử nhiều lần rồi chọn", "bàn bạc kỹ về",
		"dành trọn buổi sáng cho", "vẫn giữ nguyên nếp cũ của", "nhờ chuyên gia góp ý cho", "quay phim giới thiệu", "đặt tên riêng cho"}
	what = []string{"bao bì và tem nhãn", "quy trình phơi sấy", "nguồn nguyên liệu sạch", "hồ sơ dự thi cấp tỉnh", "gian trưng bày ngoài chợ",
		"món mắm gia truyền", "trang bán hàng trên mạng", "vùng trồng dọc bờ kênh", "câu chuyện của làng", "kho lạnh dùng chung"}
	when = []string{"từ khi lúa mới gặt xong", "để kịp chuyến hàng cuối tuần", "trước mùa lễ hội", "dù trời mưa kéo dài", "sau những phiên chợ đông",
		"mỗi khi có khách phương xa", "theo lời dặn của người đi trước", "với mong muốn giữ nghề", "cho bằng được như ý", "trong sự chờ đợi của cả xóm"}
)

// names makes the sentences tell of somebody: 20,000 people.
var names = func() (out []string) {
	for _, family := range strings.Fields("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Tô Châu") {
		for _, middle := range strings.Fields("Văn Thị Đức Minh Ngọc Thanh Hữu Công Quang Xuân Kim Thu Hoài Bảo Gia Anh Khánh Tuấn Mỹ Hồng Tấn Phước Bá Đình Trọng") {
			for _, given := range strings.Fields("An Bình Cường Dung Hạnh Giang Hà Khoa Lan Long Mơ Nam Oanh Phúc Quý Sơn Tâm Út Vinh Yến Thắm Nhàn Tươi Hiếu Đạt Lộc Trí Tín Nghĩa Nhân Ly Loan Liễu Cúc Đào Hoa Huệ Sen Trúc Thảo") {
				out = append(out, ", bên cạnh "+family+" "+middle+" "+given)
			}
		}
	}
	return out
}()

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// What TestGenerate writes, and where.
var (
	generate = flag.String("generate", "", "write a generated archive into this folder")
	howMany  = flag.Int("articles", 10_000, "articles of the generated archive")
	first    = flag.Int("first", 0, "number of its first article")
)

// TestGenerate writes the archive that docs/PERFORMANCE.md measures "ocopstat run" on.
func TestGenerate(t *testing.T) {
	if *generate == "" {
		t.Skip("-generate DIR says where to")
	}
	places, err := place.Load()
	if err != nil {
		t.Fatal(err)
	}
	provinces := places.Provinces(record.Vintage63)
	a, _, err := archive.Open(*generate, archive.Options{NoSync: true, MaxSegment: 16 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for i := *first; i < *first+*howMany; i++ {
		body := page(i, provinces[i/20%len(provinces)].Name)
		_, err := a.Write(archive.Exchange{URL: fmt.Sprintf("https://tin%d.example.vn/%d", i%40, i), At: firstDay.Add(time.Duration(i) * time.Minute),
			Role: archive.RolePage, Status: 200, Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkRun does the whole job on 10,000 generated articles on disk. Peak is
// the memory that the process has taken from the system by the end.
func BenchmarkRun(b *testing.B) {
	const articles = 10_000
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	places, err := place.Load()
	if err != nil {
		b.Fatal(err)
	}
	provinces := places.Provinces(record.Vintage63)
	in := b.TempDir()
	size := 0
	for i := range articles {
		body := page(i, provinces[i/20%len(provinces)].Name)
		size += len(body)
		if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%05d.html", i)), []byte(body), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(size))
	var sum Summary
	for b.Loop() {
		sum, err = Run(b.Context(), Config{Inputs: []string{in}, Out: b.TempDir(), Week: "2026-W47"})
		if err != nil {
			b.Fatal(err)
		}
	}
	if sum.Articles != articles || len(sum.Problems) > 0 {
		b.Fatalf("%d articles, problems %v", sum.Articles, sum.Problems)
	}
	b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(sum.Figures)/articles, "figures/article")
	total := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(total)
	b.ReportMetric(float64(total[0].Value.Uint64())/1e6, "peak-MB")
}
