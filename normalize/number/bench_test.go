package number

import (
	"strings"
	"testing"

	"ocopstat/normalize/text"
)

// article is press prose with the usual share of numbers.
const article = `Theo báo cáo của Văn phòng Điều phối nông thôn mới, đến nay toàn tỉnh có 1.234 sản phẩm OCOP
còn hiệu lực của 567 chủ thể, trong đó 12 sản phẩm 5 sao, 345 sản phẩm 4 sao và 877 sản phẩm 3 sao; hợp tác xã
chiếm 38,8%, doanh nghiệp chiếm 24,1%, còn lại là các cơ sở sản xuất và tổ hợp tác. Riêng năm 2023, hội đồng cấp
tỉnh đã công nhận mới bốn mươi lăm sản phẩm, đánh giá lại 43/50 sản phẩm hết hạn. Nhiều địa phương đã chủ động
hỗ trợ các chủ thể hoàn thiện hồ sơ, cải tiến bao bì, đưa hàng lên sàn thương mại điện tử và tham gia các hội chợ
trong nước. Chương trình mỗi xã một sản phẩm giúp người dân ở vùng cao có thêm việc làm và thu nhập ổn định.
`

func BenchmarkScan(b *testing.B) {
	src := strings.Repeat(article, 20)
	toks := text.Scan(nil, src, 0, len(src))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		for i := 0; i < len(toks); {
			_, used, _ := Scan(src, toks, i)
			i += max(used, 1)
		}
	}
}

func BenchmarkParseWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Parse("một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy"); err != nil {
			b.Fatal(err)
		}
	}
}
