package extract

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/record"
)

// Which province a name means in a text after the merger: what the text says of
// it, else the day that the figure is of.
func TestEras(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"in brackets", "Tỉnh Phú Thọ (cũ) có 300 sản phẩm OCOP.", "300 Phú Thọ 63"},
		{"without", "Tỉnh Phú Thọ cũ có 300 sản phẩm OCOP, tỉnh Vĩnh Phúc cũ có 150 sản phẩm OCOP.", "300 Phú Thọ 63 undated, 150 Vĩnh Phúc 63 undated"},
		{"of today", "Tỉnh Phú Thọ có 700 sản phẩm OCOP.", "700 Phú Thọ 34"},
		{"before the merger", "Trước khi sáp nhập, tỉnh Phú Thọ có 300 sản phẩm OCOP.", "300 Phú Thọ 63 2025-06-30"},
		{"before the merger, in turn", "Trước sáp nhập, ba tỉnh Phú Thọ, Vĩnh Phúc, Hòa Bình lần lượt có 306, 204 và 158 sản phẩm OCOP.",
			"306 Phú Thọ 63 2025-06-30, 204 Vĩnh Phúc 63 2025-06-30, 158 Hòa Bình 63 2025-06-30"},
		{"before the merger, behind the name", "Tỉnh Phú Thọ (trước sáp nhập) có 300 sản phẩm OCOP.", "300 Phú Thọ 63"},
		{"before and since", "Trước sáp nhập, toàn tỉnh Phú Thọ có 300 sản phẩm OCOP; đến ngày 5/9/2025, toàn tỉnh có 700 sản phẩm OCOP.", "300 Phú Thọ 63 2025-06-30, 700 Phú Thọ 34 2025-09-05"},
		{"compared with before", "Toàn tỉnh Phú Thọ có 700 sản phẩm OCOP, gấp 1,8 lần so với trước khi hợp nhất, của 283 chủ thể.", "700 Phú Thọ 34, 283 Phú Thọ 34"},
		{"a day before", "Tính đến hết năm 2024, tỉnh Phú Thọ có 280 sản phẩm OCOP, trong đó 200 sản phẩm 3 sao và 80 sản phẩm 4 sao.",
			"280 Phú Thọ 63 2024-12-31, 200 Phú Thọ 63 2024-12-31, 80 Phú Thọ 63 2024-12-31"},
		{"a day before, then one since", "Tính đến hết năm 2024, tỉnh Phú Thọ có 280 sản phẩm OCOP. Tính đến ngày 5/9/2025, tỉnh Phú Thọ có 700 sản phẩm OCOP.",
			"280 Phú Thọ 63 2024-12-31, 700 Phú Thọ 34 2025-09-05"},
		{"a flow of a year before", "Năm 2024, tỉnh Phú Thọ công nhận mới 45 sản phẩm OCOP.", "45 Phú Thọ 63 2024"},
		{"a day before, said of today's", "Sau hợp nhất, tính đến ngày 30/6/2025, tỉnh Phú Thọ có 632 sản phẩm OCOP.", "632 Phú Thọ 34 2025-06-30"},
		{"a plan", "Kế hoạch giai đoạn 2021-2025, tỉnh Phú Thọ có 300 sản phẩm OCOP.", "300 Phú Thọ 34 2021/2025"},
		{"a part beside former ones", "Đến ngày 20/8/2025, tỉnh Ninh Bình có 940 sản phẩm OCOP, trong đó Nam Định 544 sản phẩm, Ninh Bình 231 sản phẩm và Hà Nam 165 sản phẩm.",
			"940 Ninh Bình 34 2025-08-20, 544 Nam Định 63 2025-08-20, 231 Ninh Bình 63 2025-08-20, 165 Hà Nam 63 2025-08-20"},
		{"by the old bounds", "Tính theo địa giới cũ, Gia Lai có 465 sản phẩm OCOP, Bình Định có 521 sản phẩm OCOP.", "465 Gia Lai 63, 521 Bình Định 63"},
		{"by the territory before", "Phân theo khu vực trước sáp nhập: Phú Thọ 318 sản phẩm, Hòa Bình 178 sản phẩm, Vĩnh Phúc 188 sản phẩm OCOP.", "318 Phú Thọ 63, 178 Hòa Bình 63, 188 Vĩnh Phúc 63"},
		{"the former one does not last", "Khu vực Vĩnh Long (cũ) có 300 sản phẩm OCOP. Toàn tỉnh Vĩnh Long có 900 sản phẩm OCOP, trong đó 5 sản phẩm 5 sao.", "300 Vĩnh Long 63, 900 Vĩnh Long 34, 5 Vĩnh Long 34"},
		{"a province that did not change", "Tính đến hết năm 2024, tỉnh Sơn La có 280 sản phẩm OCOP.", "280 Sơn La 34 2024-12-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := record.Article{ID: "a", Text: c.text, Published: record.PublishedOn(record.DateOf(2025, 9, 10)),
				Blocks: []record.Block{{Kind: record.BlockParagraph, Span: record.Span{End: len(c.text)}}}}
			var got []string
			for _, f := range r.Article(a).Figures {
				s := fmt.Sprint(f.Printed, " ", f.Place.Name, " ", f.Place.Vintage)
				switch {
				case !f.Period.Known(): // "Phú Thọ cũ có" may be of any day before
					s += " undated"
				case f.Period != record.Day(a.Published.Date):
					s += " " + f.Period.String()
				}
				got = append(got, s)
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}
