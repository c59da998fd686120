package site

import (
	"fmt"
	"strings"
)

// tile is a province's field of the tile map.
type tile struct {
	code, Name string
	row, col   int
}

// tiles lays the 34 provinces out on a grid, each near its neighbours on the
// map: the north above, the sea to the right.
func tiles() []tile {
	return []tile{
		{"12", "Lai Châu", 1, 1}, {"15", "Lào Cai", 1, 2}, {"08", "Tuyên Quang", 1, 3}, {"04", "Cao Bằng", 1, 4},
		{"11", "Điện Biên", 2, 1}, {"14", "Sơn La", 2, 2}, {"25", "Phú Thọ", 2, 3}, {"19", "Thái Nguyên", 2, 4}, {"20", "Lạng Sơn", 2, 5},
		{"01", "Hà Nội", 3, 3}, {"24", "Bắc Ninh", 3, 4}, {"22", "Quảng Ninh", 3, 5},
		{"37", "Ninh Bình", 4, 3}, {"33", "Hưng Yên", 4, 4}, {"31", "Hải Phòng", 4, 5},
		{"38", "Thanh Hóa", 5, 2}, {"40", "Nghệ An", 6, 2}, {"42", "Hà Tĩnh", 7, 3}, {"44", "Quảng Trị", 8, 3},
		{"46", "Huế", 9, 4}, {"48", "Đà Nẵng", 10, 4}, {"51", "Quảng Ngãi", 11, 5}, {"52", "Gia Lai", 12, 5}, {"66", "Đắk Lắk", 13, 5},
		{"75", "Đồng Nai", 14, 3}, {"68", "Lâm Đồng", 14, 4}, {"56", "Khánh Hòa", 14, 5},
		{"80", "Tây Ninh", 15, 2}, {"79", "Hồ Chí Minh", 15, 3},
		{"91", "An Giang", 16, 1}, {"82", "Đồng Tháp", 16, 2}, {"86", "Vĩnh Long", 16, 3},
		{"96", "Cà Mau", 17, 1}, {"92", "Cần Thơ", 17, 2},
	}
}

// tileCSS puts every tile on its field. A policy without inline styles leaves
// classes as the way to do it.
func tileCSS() string {
	var b strings.Builder
	for _, t := range tiles() {
		fmt.Fprintf(&b, ".t%s{grid-area:%d/%d}", t.code, t.row, t.col)
	}
	for i := range measures() {
		fmt.Fprintf(&b, ".atlas:has(#m%d:checked) .m%d{display:flex}", i, i)
		if i > 0 {
			fmt.Fprintf(&b, ".atlas:has(#m%d:checked) .m0{display:none}", i)
		}
	}
	return b.String()
}
