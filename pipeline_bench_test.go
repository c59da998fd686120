package ocopstat

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"

	"ocopstat/normalize/place"
	"ocopstat/record"
)

// page writes the i-th generated article: a provincial portal's page with
// navigation, teasers and a footer around some 2 kB of text, whose figures add
// up. Every province has an article every few weeks.
func page(i int, province string) string {
	five, four, three := 1+i%5, 20+i%37, 60+i%101
	total := five + four + three
	makers, coops, firms := 40+i%29, 15+i%11, 9+i%7
	renewed := 3 + i%13
	day := record.DateOf(2021, 1, 5) + record.Date(i%1700)
	y, m, d := day.Civil()

	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>%[1]s: %[2]d sản phẩm OCOP - Cổng thông tin</title>
<meta property="og:title" content="%[1]s có %[2]d sản phẩm OCOP"><meta property="article:published_time" content="%04[3]d-%02[4]d-%02[5]dT08:00:00+07:00">
<link rel="stylesheet" href="/css/site.css"><script>window.site = {id: %[6]d};</script></head><body>
<header><nav><ul>`, province, total, y, m, d, i)
	for k := range 40 {
		fmt.Fprintf(&b, `<li class="item-%d"><a href="/chuyen-muc/%d" title="Chuyên mục %d">Chuyên mục số %d</a></li>`, k, k, k, k)
	}
	fmt.Fprintf(&b, `</ul></nav></header><main><article><h1>%s có %d sản phẩm OCOP</h1><div class="date">%02d/%02d/%04d 08:00</div><div class="content">
<p><b>Đến ngày %d/%d/%d, toàn tỉnh %s có %d sản phẩm OCOP còn hiệu lực, của %d chủ thể.</b></p>
<p>Trong đó có %d sản phẩm 5 sao, %d sản phẩm 4 sao và %d sản phẩm 3 sao. Các chủ thể gồm %d doanh nghiệp, %d hợp tác xã và %d hộ kinh doanh.</p>
<p>Năm %d, tỉnh công nhận lại %d sản phẩm và phấn đấu có thêm %d sản phẩm mới. Tỉnh đã dự %d hội chợ trong nước với %d gian hàng, trên diện tích %d m2.</p>
`, province, total, d, m, y, d, m, y, province, total, makers+coops+firms, five, four, three, firms, coops, makers, y, renewed, 5+i%9, 2+i%6, 10+i%30, 300+i%50)
	words := rand.New(rand.NewPCG(1, uint64(i)))
	for range 6 {
		fmt.Fprint(&b, "<p>")
		for range 3 {
			fmt.Fprintf(&b, "%s %s %s %s. ", pick(words, who), pick(words, does), pick(words, what), pick(words, when))
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

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

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
		body := page(i, provinces[i%len(provinces)].Name)
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
