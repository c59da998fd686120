package place

import (
	"testing"

	"ocopstat/record"
)

func TestFromHost(t *testing.T) {
	g := load(t)
	for _, c := range []struct{ host, want string }{
		{"https://baobackan.com.vn/bac-kan-phat-trien", "Bắc Kạn"},
		{"laocaitv.vn", "Lào Cai"},
		{"https://thuonghieuquangninh.gov.vn/?p=3964", "Quảng Ninh"},
		{"bachthong.gov.vn", "Bắc Kạn/Bạch Thông"},
		{"baothaibinh.com.vn", "Thái Bình"},
		{"https://snnptnt.thuathienhue.gov.vn/?cn=28", "Thừa Thiên Huế"},
		{"http://hhdn.yenbai.vn/tin-tuc/", "Yên Bái"},
		{"backancity.gov.vn", "Bắc Kạn/Thành phố Bắc Kạn"},
		{"baohatinh.vn", "Hà Tĩnh"},
		{"danang.gov.vn", "Đà Nẵng"},
		{"hcmcity.gov.vn", "Hồ Chí Minh"},
		{"hanoimoi.vn", "Hà Nội"},
		{"http://qlqh.laocai.gov.vn/en/bai-viet/16125", "Lào Cai"},
		{"https://www.doingoailaocai.vn/vi/bai-viet/22825", "Lào Cai"},
		{"http://ocoptinhthanhhoa.com.vn/web", "Thanh Hóa"},
		{"http://lmhtx.bacgiang.gov.vn/node/2620", "Bắc Giang"},
		{"http://laichau.dcs.vn/index.php", "Lai Châu"},
		{"http://dienbien.gov.vn/portal/", "Điện Biên"},
		{"chauthanh.kiengiang.gov.vn", "Kiên Giang/Châu Thành"},
		{"chauthanh.gov.vn", ""},
		{"mocchau.sonla.gov.vn", "Sơn La/Mộc Châu"},
		{"huyenmocchau.gov.vn", "Sơn La/Mộc Châu"},
		{"ba-ria-vungtau.gov.vn", "Bà Rịa - Vũng Tàu"},
		{"baobariavungtau.com.vn", "Bà Rịa - Vũng Tàu"},
		{"huecity.gov.vn", "Thừa Thiên Huế/Thành phố Huế"},
		{"thaibinhduong.vn", ""},
		{"dinhduongvietnam.vn", ""},
		{"vietnamdinhduong.vn", ""},
		{"hoangiang.com", ""},
		{"vietnam.vn", ""},
		{"congthuong.vn", ""},
		{"hatiplaza.com", ""},
		{"baomoi.com", ""},
		{"nghean24h.vn", "Nghệ An"},
		{"daklak.gov.vn", "Đắk Lắk"},
		{"hanoi-haiphong.vn", ""},
		{"https://user@baohaiduong.vn:443/x?y=http://hanoi.gov.vn", "Hải Dương"},
		{"hanoidep.vn", "Hà Nội"},
		{"saigontimes.vn", ""},
		{"ubndthixasapa.laocai.gov.vn", "Lào Cai/Sa Pa"},
		{"ocophuyenchupuh.vn", "Gia Lai/Chư Pưh"},
		{"thanhphohaiduong.gov.vn", "Hải Dương/Thành phố Hải Dương"},
		{"tayho.hanoi.gov.vn", "Hà Nội/Tây Hồ"},
		{"hochiminhcity.gov.vn", "Hồ Chí Minh"},
		{"longanhotel.vn", ""},
		{"chehamyen.com", ""},
		{"baodongkhoi.vn", "Bến Tre"},
		{"baoapbac.vn", "Tiền Giang"},
		{"huengaynay.vn", "Thừa Thiên Huế"},
		{"baodienbienphu.vn", "Điện Biên"},
		{"myxuyen.soctrang.gov.vn", "Sóc Trăng/Mỹ Xuyên"},
		{"phongdien.cantho.gov.vn", "Cần Thơ/Phong Điền"},
		{"phongdien.gov.vn", ""},
		{"hueuni.edu.vn", ""},
		{"tranhuevn.com", ""},
		{"binhphuong.vn", ""},
		{"", ""},
		{"https://vietnam.vn/langson/hon-30", ""},
	} {
		p, ok := g.FromHost(c.host)
		if p.Path() != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q %v, want %q", c.host, p.Path(), ok, c.want)
		}
	}
}

func TestFromHostOfEveryProvince(t *testing.T) {
	g := load(t)
	for _, p := range g.Provinces(record.Vintage63) {
		name := Toneless(p.Name)
		for _, host := range []string{"bao" + name + ".vn", name + ".gov.vn", name + "tv.vn", "snnptnt." + name + ".gov.vn",
			"https://www.dulich" + name + ".com.vn/x", "khuyennong" + name + ".vn"} {
			if got, ok := g.FromHost(host); !ok || got.Code != p.Code || got.Level != p.Level {
				t.Errorf("%s: %v, want %s", host, got, p.Name)
			}
		}
	}
}

func TestFromAddress(t *testing.T) {
	g := load(t)
	for url, want := range map[string]string{
		"https://vietnam.vn/langson/hon-30":         "Lạng Sơn",
		"https://vietnam.vn/lang-son/hon-30":        "Lạng Sơn",
		"https://vietnam.vn/langson":                "",
		"https://vietnam.vn/tin-langson/hon-30":     "",
		"https://baobackan.com.vn/langson/hon-30":   "Bắc Kạn",
		"https://vi-du.example/news/langson/hon-30": "",
		"vietnam.vn": "",
	} {
		p, ok := g.FromAddress(url)
		if p.Path() != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", url, p.Path(), ok, want)
		}
	}
}
