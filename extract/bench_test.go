package extract

import (
	"strings"
	"testing"

	"ocopstat/record"
)

// sample is text of the kind the extractor meets: three figures to a kilobyte of
// prose, as in the articles of provincial newspapers.
const sample = `Đến nay, toàn tỉnh có 453 sản phẩm OCOP đạt từ 3 sao trở lên của 175 chủ thể, trong đó 68 sản phẩm 4 sao (chiếm 15%), 385 sản phẩm 3 sao.
Thời gian qua, các địa phương đã đồng hành cùng người dân trong khâu chế biến, bao bì và quảng bá, nhờ đó giá trị nông sản tăng lên rõ rệt so với trước.
Ông Nguyễn Văn Bình, chủ một cơ sở ở xã An Phú, cho biết mỗi tháng gia đình bán được 300 kg khô cá, giá 180.000 đồng/kg, chủ yếu qua khách quen.
Năm 2024, tỉnh phấn đấu công nhận thêm ít nhất 30 sản phẩm, nâng hạng 5 sản phẩm từ 3 sao lên 4 sao; huyện Lấp Vò 6 sản phẩm, Tháp Mười và Cao Lãnh mỗi huyện 4 sản phẩm.
Theo ngành nông nghiệp, nhiều hộ dân đã thay đổi thói quen sản xuất, ghi chép nhật ký đồng ruộng, giảm phân bón hóa học và chuyển dần sang canh tác hữu cơ.
Việc xây dựng nhãn hiệu tập thể, đăng ký mã vùng trồng và áp dụng tiêu chuẩn an toàn giúp nông sản địa phương đứng vững hơn trên thị trường trong nước.
Cùng với đó, các sở, ngành phối hợp tổ chức hội nghị kết nối cung cầu, đưa hàng hóa tham gia hội chợ, tuần hàng tại các thành phố lớn và điểm du lịch.
Nhiều bạn trẻ trở về quê lập nghiệp, mạnh dạn đầu tư máy móc, thiết kế bao bì bắt mắt, quay phim giới thiệu cách làm ra món quà quê để bán qua mạng xã hội.
Lãnh đạo địa phương nhìn nhận, khó nhất hiện nay là giữ chất lượng đồng đều giữa các mẻ hàng, bởi phần lớn khâu chế biến vẫn dựa vào kinh nghiệm của người thợ.
Bên cạnh những kết quả đạt được, chương trình vẫn còn khó khăn về vốn, về lao động có tay nghề và về đầu ra ổn định cho sản phẩm của các hợp tác xã.
`

func sampleArticle(bytes int) record.Article {
	text := strings.Repeat(sample, bytes/len(sample)+1)
	a := record.Article{ID: "bench", URL: "https://example.vn/bai", Title: "Đồng Tháp", Text: text, Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	for start, line := range lines(text) {
		a.Blocks = append(a.Blocks, record.Block{Kind: record.BlockParagraph, Span: record.Span{Start: start, End: start + len(line)}})
	}
	return a
}

func lines(s string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		at := 0
		for line := range strings.Lines(s) {
			if !yield(at, strings.TrimSuffix(line, "\n")) {
				return
			}
			at += len(line)
		}
	}
}

// BenchmarkArticle reads with the trained weights, and by the rules alone: the ratio
// of the two is steadier than either.
func BenchmarkArticle(b *testing.B) {
	r, err := New()
	if err != nil {
		b.Fatal(err)
	}
	a := sampleArticle(6 << 10)
	for _, bc := range []struct {
		name string
		read func()
	}{
		{"decided", func() { r.Article(a) }},
		{"rules", func() {
			w := newWalk(r, a)
			for i := range a.Blocks {
				w.block(i)
			}
			w.out, w.article = Result{}, record.Article{}
			r.walks.Put(w)
		}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			b.SetBytes(int64(len(a.Text)))
			b.ReportAllocs()
			for b.Loop() {
				bc.read()
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}
