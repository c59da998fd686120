package extract

import (
	"strings"
	"testing"

	"ocopstat/record"
)

// read is the article that a text is without title and address, read by all layers.
func readText(t *testing.T, src string) Result {
	t.Helper()
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	return r.Article(record.Article{ID: "t", Text: src, Blocks: []record.Block{{Kind: record.BlockParagraph, Span: record.Span{End: len(src)}}}})
}

// TestFound holds which numbers of a text are figures, one kind of turn a row:
// printed, with the class, bound and place below the province where there is one.
func TestFound(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"a day in the name of a square", "Ngày hội tại Quảng trường 26/3 có 40 sản phẩm OCOP được công nhận năm 2022 của Hòa Bình.", "40"},
		{"a day in a name without its kind", "Nhà thi đấu 30/4 bày 25 sản phẩm OCOP của tỉnh Sơn La.", "25"},
		{"renamed", "Năm 2023, Sơn La đổi tên 3 sản phẩm OCOP và công nhận 9 sản phẩm OCOP.", "9"},
		{"denied", "Sơn La có 121 sản phẩm OCOP, chứ không phải 128 sản phẩm như một số trang đã nêu.", "121"},
		{"parts of a paper", "Sơn La có 139 sản phẩm OCOP. Bộ tiêu chí OCOP gồm 3 phần: sản phẩm, tiếp thị và chất lượng.", "139"},
		{"councils", "Hồ sơ OCOP của Sơn La được giao cho 4 Hội đồng chuyên ngành.", ""},
		{"dossiers in bundles", "Sơn La tiếp nhận 33 bộ hồ sơ OCOP; 2 bộ hồ sơ được gửi Trung ương.", "33; 2 *5p"},
		{"turns that were recognised", "Đến nay Sơn La có tổng số 310 lượt sản phẩm được công nhận OCOP từ 3 sao.", "310 *3+"},
		{"points that are given to products", "Hội đồng OCOP Sơn La cho điểm 61 sản phẩm.", "61"},
		{"compared with a number", "Sơn La có 88 sản phẩm OCOP, gấp đôi so với con số 44 sản phẩm cuối năm 2021.", "88; 44"},
		{"compared with a place that has some", "So với toàn tỉnh Sơn La - nơi đang có 153 sản phẩm OCOP, huyện Mộc Châu còn ít.", "153"},
		{"each of the places named before", "Mộc Châu và Yên Châu của Sơn La là hai huyện dẫn đầu về OCOP, mỗi huyện có 12 sản phẩm.", "12 @Mộc Châu; 12 @Yên Châu"},
		{"each of places with a province in brackets", "Mai Sơn, Thuận Châu (Sơn La) có nhiều sản phẩm OCOP nhất, mỗi nơi 9 sản phẩm.", "9 @Mai Sơn; 9 @Thuận Châu"},
		{"each of two joined by cùng", "Huyện Mộc Châu cùng huyện Mai Sơn (tỉnh Sơn La) mỗi nơi có 15 sản phẩm OCOP.", "15 @Mộc Châu; 15 @Mai Sơn"},
		{"each of places one of which could be two", "Hà Tĩnh có nhiều sản phẩm OCOP: Thạch Hà, Cẩm Xuyên và Kỳ Anh mỗi huyện có 5 sản phẩm.", "5 @Thạch Hà; 5 @Cẩm Xuyên; 5 @Kỳ Anh"},
		{"names with one capital", "Nghệ An có 68 sản phẩm OCOP: Thanh chương 41, Anh sơn 27.", "68; 41 @Thanh Chương; 27 @Anh Sơn"},
		{"a council of a district", "Hội đồng OCOP huyện Mộc Châu (Sơn La) họp ngày 12/3/2024. Có 5 sản phẩm được chấm.", "5 @Mộc Châu"},
		{"a district whose province stands in brackets", "Tỉnh Bến Tre có 316 sản phẩm OCOP. Riêng huyện Lấp Vò (tỉnh Đồng Tháp) có 25 sản phẩm OCOP.", "316; 25 @Lấp Vò"},
		{"those that take part beside a stock", "Đến nay, Sơn La có 219 chủ thể với 569 sản phẩm tham gia chương trình; 336 sản phẩm đã được xếp hạng 3 sao.", "219; 569; 336 *3"},
		{"letters for digits", "Sơn La có 1O sản phẩm OCOP 4 sao và l2 sản phẩm OCOP 3 sao.", ""},
		{"each without places", "Tỉnh Sơn La yêu cầu mỗi huyện có ít nhất 5 sản phẩm OCOP.", ""},
		{"years in front of their numbers", "Sơn La phát triển 190 sản phẩm OCOP. Phân kỳ: năm 2026: 60; năm 2027: 70; năm 2028: 60 sản phẩm.", "190; 60; 70; 60"},
		{"of a plan", "Năm 2024, Sơn La công nhận 27 sản phẩm OCOP/KH 20 sản phẩm; số chủ thể mới là 12/KH 10.", "27; 20; 12; 10"},
		{"a chain behind respectively", "Số sản phẩm OCOP công nhận mới của Sơn La lần lượt là 18, 25, 31 và 40 trong các năm 2020 đến 2023.", "18; 25; 31; 40"},
		{"classes in order", "Xếp theo hạng 5, 4 và 3 sao, số sản phẩm OCOP của Sơn La lần lượt là 1, 17 và 142.", "1 *5; 17 *4; 142 *3"},
		{"classes in the other order", "Số sản phẩm OCOP hạng 3, 4 và 5 sao của Sơn La lần lượt là 120, 40 và 2.", "120 *3; 40 *4; 2 *5"},
		{"levels that judged", "Sơn La có 48 sản phẩm OCOP được đánh giá, phân hạng (cấp tỉnh 07, cấp huyện 41).", "48; 07; 41"},
		{"a bracket behind a count of districts", "29 sản phẩm OCOP của TP.HCM thuộc 3 huyện Củ Chi (14), Hóc Môn (8), Bình Chánh (7).", "29; 14 @Củ Chi; 8 @Hóc Môn; 7 @Bình Chánh"},
		{"a name that ends like a label", "Hà Nội có 120 sản phẩm OCOP, nhiều nhất là Vạn Điểm 27.", "120; 27"},
		{"a kind behind the plain word", "Sơn La có 50 chủ thể OCOP, gồm 30 chủ thể HTX và 20 chủ thể hộ kinh doanh.", "50; 30; 20"},
		{"a bound around the class", "Đến năm 2025, Sơn La phấn đấu có từ 80 sản phẩm OCOP đạt 3 sao trở lên.", "80 *3+ >="},
		{"a bound before the verb", "Năm 2025, tỉnh Sơn La phấn đấu ít nhất phải có thêm 35 sản phẩm OCOP.", "35 >="},
		{"more than", "Sơn La có hơn 400 sản phẩm OCOP.", "400 >"},
		{"nobody printed a number", "Sơn La có 15 sản phẩm OCOP 4 sao, còn lại là 5 sao.", "15 *4"},
		{"characteristic is not on display", "12 sản phẩm OCOP đặc trưng của tỉnh Sơn La đạt 4 sao.", "12 *4"},
		{"digits of an address", "Sơn La có 40 sản phẩm OCOP. Xem https://baosonla.vn/them-66-san-pham-ocop-316.html của 5 chủ thể.", "40; 5"},
	} {
		var got []string
		for _, f := range readText(t, tc.src).Figures {
			s := f.Printed
			if f.Stars != "" {
				s += " *" + string(f.Stars)
			}
			if f.Qualifier != record.Exactly {
				s += " " + string(f.Qualifier)
			}
			if f.Place.Level == record.LevelDistrict || f.Place.Level == record.LevelCommune {
				s += " @" + f.Place.Name
			}
			got = append(got, s)
		}
		if got := strings.Join(got, "; "); got != tc.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tc.name, tc.src, got, tc.want)
		}
	}
}

// TestPlanOver holds that what a plan wanted is a target beside what was done.
func TestPlanOver(t *testing.T) {
	for _, src := range []string{
		"Năm 2024, tỉnh Sơn La công nhận 27 sản phẩm OCOP/KH 20 sản phẩm.",
		"Năm 2024, tỉnh Sơn La công nhận 47 sản phẩm OCOP trên chỉ tiêu 120.",
	} {
		f := readText(t, src).Figures
		if len(f) != 2 || f[0].Status != record.Actual || f[1].Status != record.Target {
			t.Errorf("%s: read %+v, want an actual figure and a target", src, f)
		}
	}
}

// TestGroupsInNames holds that a group said in the name of goods or of a producer is
// not what is counted.
func TestGroupsInNames(t *testing.T) {
	for src, want := range map[string]record.Facet{
		"Sơn La có 4 sản phẩm OCOP rượu men lá người Dao.":                       "",
		"Sơn La có 4 sản phẩm OCOP của người Dao.":                               record.Minority,
		"Sơn La công nhận 4 sản phẩm OCOP của Công ty Gốm sứ Quang Minh.":        "",
		"Sơn La có 20 sản phẩm OCOP gốm sứ.":                                     record.Handicraft,
		"Sơn La có 16 sản phẩm OCOP nhóm dịch vụ du lịch nông thôn và bán hàng.": record.Tourism,
	} {
		f := readText(t, src).Figures
		if len(f) == 0 || f[0].Facet != want {
			t.Errorf("%s: read %+v, want the group %q", src, f, want)
		}
	}
}

// TestOutlookInAName holds that the last year of a plan's name is not when things are
// as they are.
func TestOutlookInAName(t *testing.T) {
	for src, want := range map[string]string{
		"Theo Đề án “OCOP giai đoạn 2018 - 2020, định hướng đến năm 2030”, Sơn La có 90 sản phẩm OCOP.": "2030",
		"Sơn La phê duyệt Chương trình OCOP, tầm nhìn đến năm 2045. Tỉnh có 90 sản phẩm OCOP.":          "2045",
	} {
		for _, f := range readText(t, src).Figures {
			if strings.Contains(f.Period.String(), want) {
				t.Errorf("%s: %s is of %s", src, f.Printed, f.Period)
			}
		}
	}
}

// TestNewAndRenewed holds that products some of which are new and some renewed are
// recognised.
func TestNewAndRenewed(t *testing.T) {
	for _, words := range []string{"tái công nhận và công nhận mới", "công nhận mới và công nhận lại", "mới và đánh giá lại"} {
		src := "Đợt này tỉnh Sơn La có 10 sản phẩm OCOP " + words + "."
		if f := readText(t, src).Figures; len(f) != 1 || f[0].Movement != record.Recognised {
			t.Errorf("%s: read %+v, want 10 recognised", src, f)
		}
	}
}

// Products that take part are candidates, also where the sentence says what there is.
func TestTakingPartIsNoStock(t *testing.T) {
	for _, src := range []string{
		"Đến nay, toàn tỉnh Sơn La có 219 chủ thể với 569 sản phẩm tham gia chương trình OCOP.",
		"Đến nay, tỉnh Sơn La có 41 sản phẩm OCOP tham gia.",
	} {
		figures := readText(t, src).Figures
		if f := figures[len(figures)-1]; f.Movement != record.Candidate {
			t.Errorf("%s: %s is %s", src, f.Printed, f.Movement)
		}
	}
}
