package decide_test

import (
	"slices"
	"testing"

	"ocopstat/extract"
	"ocopstat/extract/decide"
)

// What an article offers a figure beyond the classes and times beside it.
func TestOffers(t *testing.T) {
	r, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		text       string
		d          decide.Dimension
		figure     int
		want, lack []string
	}{
		"two levels said together": {"OCOP Sơn La\nTỉnh có 120 sản phẩm OCOP 3 sao và 4 sao.", decide.StarClass, 0, []string{"", "3", "4", "3-4"}, []string{"5", "5p"}},
		"three levels":             {"OCOP Sơn La\nTỉnh công nhận các hạng 3 sao, 4 sao và 5 sao cho 120 sản phẩm OCOP.", decide.StarClass, 0, []string{"3-5"}, nil},
		"levels with words between": {"OCOP Sơn La\nTỉnh có 120 sản phẩm OCOP đạt 3 sao, trong đó 20 sản phẩm 4 sao.", decide.StarClass, 0,
			[]string{"3", "4"}, []string{"3-4"}},
		"a class of the centre":           {"OCOP Sơn La\nBộ trưởng công nhận 12 sản phẩm OCOP của tỉnh.", decide.StarClass, 0, []string{"", "5", "5p"}, nil},
		"no centre":                       {"OCOP Sơn La\nTỉnh công nhận 12 sản phẩm OCOP.", decide.StarClass, 0, []string{""}, []string{"5", "5p"}},
		"five stars that may be promised": {"OCOP Sơn La\nTỉnh trình 12 sản phẩm OCOP 5 sao.", decide.StarClass, 0, []string{"5", "5p"}, nil},
		"a day said behind the figures": {"OCOP Sơn La\nToàn tỉnh có 362 sản phẩm OCOP.\nTỉnh đã mở lớp cho bà con.\nCác số liệu nêu trên được tổng hợp đến ngày 31/8/2023.",
			decide.Period, 0, []string{"2023-08-31"}, nil},
		"a day of something else far behind": {"OCOP Sơn La\nToàn tỉnh có 362 sản phẩm OCOP.\nMột.\nHai.\nBa.\nBốn.\nHội chợ mở ngày 31/8/2023.",
			decide.Period, 0, nil, []string{"2023-08-31"}},
		"years in turn": {"OCOP Sơn La\nTỉnh công nhận lần lượt 18, 25 và 31 sản phẩm OCOP trong các năm 2020, 2021, 2022.", decide.Period, 1,
			[]string{"2021"}, []string{"2020"}},
		"years of other numbers": {"OCOP Sơn La\nGiai đoạn 2020 - 2022, tỉnh công nhận 18 sản phẩm OCOP.", decide.Period, 0, nil, []string{"2021"}},
		"a class of the same number before": {"OCOP Sơn La\nTỉnh có 62 sản phẩm OCOP 4 sao.\nMột.\nHai.\nBa.\nBốn.\nTỉnh vui mừng.\nHuyện nào cũng góp vào 62 sản phẩm OCOP.", decide.StarClass, 1,
			[]string{"4"}, nil},
		"a day of the same number behind": {"Sơn La có 362 sản phẩm OCOP\nTỉnh miền núi.\nMột.\nHai.\nBa.\nBốn.\nNăm.\nHuyện có 5 sản phẩm OCOP.\nTính đến ngày 31/8/2023, tỉnh có 362 sản phẩm OCOP.",
			decide.Period, 0, []string{"2023-08-31"}, nil},
		"a facet in front":          {"OCOP Sơn La\nNhóm đồ uống có 30 sản phẩm OCOP.", decide.Facet, 0, []string{"", "drink"}, []string{"food"}},
		"a facet of the row before": {"OCOP Sơn La\nNhóm đồ uống có 30 sản phẩm OCOP.\nHuyện Mai Sơn có 12 sản phẩm OCOP.", decide.Facet, 1, []string{"", "drink"}, nil},
		"a district of the sentence before": {"OCOP Sơn La\nHuyện Mộc Châu có 30 sản phẩm OCOP. Trong năm có thêm 12 sản phẩm OCOP.", decide.PlaceScope, 1,
			[]string{"", "Sơn La", "Sơn La/Mộc Châu"}, []string{"Việt Nam"}},
		"each of several places": {"OCOP Sơn La\nMộc Châu và Mai Sơn mỗi huyện có 12 sản phẩm OCOP.", decide.PlaceScope, 1, []string{"Sơn La/Mai Sơn"}, []string{"", "Sơn La"}},
		"no facet":               {"OCOP Sơn La\nTỉnh có 30 sản phẩm OCOP.", decide.Facet, 0, []string{""}, []string{"drink"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := r.Observe(articleOf(tc.text), nil, nil)
			if len(a.Figures) <= tc.figure {
				t.Fatalf("%d figures", len(a.Figures))
			}
			_, candidates := a.Problem(tc.d, asRead(&a), nil)
			var got []string
			for y := range candidates[tc.figure] {
				got = append(got, decide.ValueOf(tc.d, candidates, tc.figure, y))
			}
			for _, w := range tc.want {
				if !slices.Contains(got, w) {
					t.Errorf("%q is not among %q", w, got)
				}
			}
			for _, w := range tc.lack {
				if slices.Contains(got, w) {
					t.Errorf("%q is among %q", w, got)
				}
			}
		})
	}
}
