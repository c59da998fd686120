package export

import (
	"cmp"

	"ocopstat/record"
)

// What the data dictionary has no code for.

// reason puts the reasons of a statistic, a check or a support into both
// languages.
func reason(remarks string) string {
	return bilingual(record.RemarksVI(remarks), record.RemarksEN(remarks))
}

// ruleText names a check.
func ruleText(rule string) string {
	return bilingual(cmp.Or(ruleWords[rule], rule), rule)
}

// ruleWords are the checks' names in Vietnamese.
var ruleWords = map[string]string{
	"stars-add-up":                        "các hạng sao cộng thành tổng",
	"stars-3-4-add-up":                    "3 sao cộng 4 sao thành tổng",
	"stars-4-5-add-up":                    "4 sao cộng 5 sao thành tổng",
	"producers-add-up":                    "các loại chủ thể cộng thành tổng",
	"recognised-add-up":                   "công nhận mới cộng công nhận lại thành tổng",
	"share-of-whole":                      "tỷ lệ khớp với số lượng",
	"named-parts-add-up":                  "các phần nêu trong bài cộng thành tổng",
	"products-per-producer":               "chủ thể không nhiều hơn sản phẩm",
	"part-of-whole":                       "phần không lớn hơn tổng",
	"bound-is-kept":                       "số suy ra hợp với \"hơn\", \"gần\" đã in",
	"stock-and-flow":                      "số cũ cộng số mới thành số hiện có",
	"no-fall-without-reason":              "số hiện có không giảm vô cớ",
	"target-against-actual":               "kế hoạch so với thực hiện",
	"districts-to-province":               "các huyện cộng thành tỉnh",
	"provinces-to-region":                 "các tỉnh cộng thành vùng",
	"provinces-to-country":                "các tỉnh cộng thành cả nước",
	"regions-to-country":                  "các vùng cộng thành cả nước",
	"merged-province-continues-its-parts": "tỉnh mới nối tiếp các tỉnh cũ",
	"count-is-whole":                      "số lượng là số nguyên",
	"count-in-range":                      "số lượng trong khoảng hợp lý",
	"percent-at-most-100":                 "tỷ lệ không quá 100 %",
	"not-before-it-happened":              "không đăng trước khi xảy ra",
}

// otherFacets are the Vietnamese words for the kinds that have no code of their
// own: those of the lexicon.
var otherFacets = map[string]string{
	"electronic stamp or barcode": "có tem điện tử, mã vạch",
	"failed":                      "không đạt",
	"logo support":                "được hỗ trợ in logo",
	"national pilot":              "trung ương chỉ đạo điểm",
	"ornamental":                  "sinh vật cảnh",
	"strengthened":                "được củng cố",
	"strengthened or upgraded":    "được củng cố, nâng cấp",
	"traceability":                "truy xuất nguồn gốc",
	"trained":                     "được tập huấn",
	"value chain":                 "theo chuỗi giá trị",
}
