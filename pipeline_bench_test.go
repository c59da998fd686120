package ocopstat

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"

	"ocopstat/extract"
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
	for k := range 6 {
		fmt.Fprintf(&b, "<p>Người làm nghề ở tổ sản xuất số %d kể rằng việc ghi chép, đóng gói và dán tem nay đã thành nếp; khách hỏi mua đều đặn hơn trước, "+
			"nhất là vào dịp lễ. Cán bộ xã thường xuyên đến từng nhà để hướng dẫn hồ sơ, mẫu mã và cách bảo quản, còn các hợp tác xã thì lo khâu thu mua.</p>\n", k+1)
	}
	fmt.Fprint(&b, `</div></article><aside class="related"><h3>Tin liên quan</h3><ul>`)
	for k := range 12 {
		fmt.Fprintf(&b, `<li><a href="/tin/%d">Huyện bên cạnh thêm %d sản phẩm OCOP</a></li>`, k, 2+k)
	}
	fmt.Fprint(&b, `</ul></aside></main><footer><p>Giấy phép số 12/GP-TTĐT. Điện thoại: 0293 000 000.</p></footer></body></html>`)
	return b.String()
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

// BenchmarkExtract reads the figures of the archived articles; bytes are those
// of their texts.
func BenchmarkExtract(b *testing.B) {
	reader, err := extract.New()
	if err != nil {
		b.Fatal(err)
	}
	inputs, _, err := find(nil)
	if err != nil {
		b.Fatal(err)
	}
	var articles []record.Article
	size := 0
	for _, in := range inputs {
		a, err := Read(b.Context(), in)
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, a)
		size += len(a.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, a := range articles {
			reader.Article(a)
		}
	}
}
