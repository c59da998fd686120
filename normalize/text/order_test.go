package text

import (
	"slices"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// TestOrder holds the order against the one of the Unicode project.
func TestOrder(t *testing.T) {
	names := []string{"An Giang", "Bà Rịa", "Bá Thước", "Bạc Liêu", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Cà Mau", "Cao Bằng", "Cần Thơ", "Da Nang", "Đà Nẵng",
		"Đắk Lắk", "Đắk Nông", "Điện Biên", "Gia Lai", "Hà Giang", "Hạ Long", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hoà Bình", "Hoa Lư", "Hưng Yên", "Kon Tum",
		"Lai Châu", "Lào Cai", "Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Măng", "Mâng", "ma", "MA", "Nghệ An", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam",
		"Quảng Ngãi", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thành phố Huế", "Thái Bình", "Thanh Hóa", "Thừa Thiên Huế", "Tuyên Quang", "U Minh", "Ư", "Việt Nam", "Vĩnh Long", "Y Tý",
		"Ýên", "Yên Bái", "Quận 1", "Quận 10", "Quận 2"}
	library := collate.New(language.Vietnamese)
	for _, a := range names {
		for _, b := range names {
			if got, want := Order(a, b), library.CompareString(a, b); got != want && want != 0 {
				t.Errorf("Order(%q, %q) = %d, want %d", a, b, got, want)
			}
			if Order(a, b) != -Order(b, a) || a != b && Order(a, b) == 0 {
				t.Errorf("%q and %q have no order", a, b)
			}
		}
	}
	slices.SortFunc(names, Order)
	if slices.Index(names, "Đà Nẵng") < slices.Index(names, "Da Nang") {
		t.Errorf("%q", names)
	}
}
