package place

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

func load(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// mentions scans a whole text.
func mentions(g *Gazetteer, src string) []Mention {
	var out []Mention
	toks := text.Scan(nil, src, 0, len(src))
	for i := 0; i < len(toks); {
		m, n := g.Scan(src, toks, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// show prints mentions as resolved in a context: printed words, path, and what
// was noted about the mention.
func show(g *Gazetteer, src string, ctx Context) []string {
	var out []string
	for _, m := range mentions(g, src) {
		p, _, _ := g.Resolve(m, ctx)
		s := m.Of(src) + " = " + p.Path()
		if m.Typed != "" {
			s += " typed " + m.Typed
		}
		for note, on := range map[string]bool{" list": m.list, " name": m.InName} {
			if on {
				s += note
			}
		}
		out = append(out, s)
	}
	return out
}

var (
	day2022 = record.DateOf(2022, 6, 1)
	day2026 = record.DateOf(2026, 6, 1)
)

func TestScan(t *testing.T) {
	g := load(t)
	for _, c := range []struct{ src, want string }{
		// type words
		{"tỉnh Điện Biên", "tỉnh Điện Biên = Điện Biên typed tỉnh"},
		{"Huyện Điện Biên", "Huyện Điện Biên = Điện Biên/Điện Biên typed huyện"},
		{"Điện Biên", "Điện Biên = Điện Biên"},
		{"TP Hải Dương, Hải Dương", "TP Hải Dương = Hải Dương/Thành phố Hải Dương typed thành phố|Hải Dương = Hải Dương"},
		{"TP. Hải Dương", "TP. Hải Dương = Hải Dương/Thành phố Hải Dương typed thành phố"},
		{"Tp.Hải Dương", "Tp.Hải Dương = Hải Dương/Thành phố Hải Dương typed thành phố"},
		{"T.P Vinh", "T.P Vinh = Nghệ An/Vinh typed thành phố"},
		{"H.Mộc Châu", "H.Mộc Châu = Sơn La/Mộc Châu typed huyện"},
		{"h.Mộc Châu", "Mộc Châu = Sơn La/Mộc Châu"},
		{"TX. Phú Thọ", "TX. Phú Thọ = Phú Thọ/Phú Thọ typed thị xã"},
		{"thị xã Quảng Trị", "thị xã Quảng Trị = Quảng Trị/Quảng Trị typed thị xã"},
		{"huyện Quảng Ninh", "huyện Quảng Ninh = Quảng Bình/Quảng Ninh typed huyện"},
		{"TT. Mộc Châu", "TT. Mộc Châu = Sơn La/Mộc Châu typed thị trấn"},
		{"thành phố Cần Thơ", "thành phố Cần Thơ = Cần Thơ typed thành phố"},
		{"Thủ đô Hà Nội", "Thủ đô Hà Nội = Hà Nội typed thành phố"},
		{"quận 1", "quận 1 = Hồ Chí Minh/1 typed quận"},
		{"Q.12", "Q.12 = Hồ Chí Minh/12 typed quận"},
		{"huyện Kinh Môn", "huyện Kinh Môn = Hải Dương/Kinh Môn typed huyện"}, // a town since 2019
		{"huyện đảo Lý Sơn", "huyện đảo Lý Sơn = Quảng Ngãi/Lý Sơn typed huyện"},
		{"huyện miền núi Quế Phong", "huyện miền núi Quế Phong = Nghệ An/Quế Phong typed huyện"},
		{"đặc khu Phú Quốc", "đặc khu Phú Quốc = An Giang/Phú Quốc typed đặc khu"},
		{"TP Thủ Đức", "TP Thủ Đức = Hồ Chí Minh/Thủ Đức typed thành phố"},
		// "huyện" of a province is no name
		{"Ba huyện Hà Tĩnh", "Hà Tĩnh = Hà Tĩnh"},
		// cooperatives are no communes
		{"hợp tác xã Tân Lập", ""},
		{"hợp tác xã Hà Nội", "Hà Nội = Hà Nội name"},
		// abbreviations and spellings
		{"TP.HCM", "TP.HCM = Hồ Chí Minh typed thành phố"},
		{"TPHCM", "TPHCM = Hồ Chí Minh"},
		{"TP Hồ Chí Minh", "TP Hồ Chí Minh = Hồ Chí Minh typed thành phố"},
		{"BR-VT; BR – VT", "BR-VT = Bà Rịa - Vũng Tàu|BR – VT = Bà Rịa - Vũng Tàu"},
		{"Bà Rịa–Vũng Tàu, Bà Rịa - Vũng Tàu, Bà Rịa Vũng Tàu", "Bà Rịa–Vũng Tàu = Bà Rịa - Vũng Tàu|Bà Rịa - Vũng Tàu = Bà Rịa - Vũng Tàu|Bà Rịa Vũng Tàu = Bà Rịa - Vũng Tàu"},
		{"TT-Huế, TT Huế, Thừa Thiên - Huế, Thừa Thiên Huế", "TT-Huế = Thừa Thiên Huế|TT Huế = Thừa Thiên Huế|Thừa Thiên - Huế = Thừa Thiên Huế|Thừa Thiên Huế = Thừa Thiên Huế"},
		{"Đăk Lăk, Đắc Lắc, Daklak", "Đăk Lăk = Đắk Lắk|Đắc Lắc = Đắk Lắk|Daklak = Đắk Lắk"},
		{"Đăk Nông, Đắc Nông", "Đăk Nông = Đắk Nông|Đắc Nông = Đắk Nông"},
		{"Bắc Cạn, KonTum, Qui Nhơn, Sapa", "Bắc Cạn = Bắc Kạn|KonTum = Kon Tum|Qui Nhơn = Bình Định/Quy Nhơn|Sapa = Lào Cai/Sa Pa"},
		{"huyện Cư Mgar, huyện Đak Đoa, Đăk Đoa", "huyện Cư Mgar = Đắk Lắk/Cư M'gar typed huyện|huyện Đak Đoa = Gia Lai/Đak Đoa typed huyện|Đăk Đoa = Gia Lai/Đak Đoa"},
		{"Đồng Hỉ, huyện Mĩ Đức, Qui Nhơn", "Đồng Hỉ = Thái Nguyên/Đồng Hỷ|huyện Mĩ Đức = Hà Nội/Mỹ Đức typed huyện|Qui Nhơn = Bình Định/Quy Nhơn"},
		{"Phan Rang–Tháp Chàm, Phan Rang", "Phan Rang–Tháp Chàm = Ninh Thuận/Phan Rang - Tháp Chàm|Phan Rang = Ninh Thuận/Phan Rang - Tháp Chàm"},
		{"thị trấn Phong Hải", "thị trấn Phong Hải = Lào Cai/Nông trường Phong Hải typed thị trấn"},
		{"huyện Cư M’gar, huyện M'Đrắk", "huyện Cư M’gar = Đắk Lắk/Cư M'gar typed huyện|huyện M'Đrắk = Đắk Lắk/M'Đrắk typed huyện"},
		{"Hoà Bình, HÒA BÌNH, Hòa bình", "Hoà Bình = Hòa Bình|HÒA BÌNH = Hòa Bình"},
		{text.NFC("Đắk Lắk"), "Đắk Lắk = Đắk Lắk"},
		// capitals
		{"hòa bình, tây nguyên", ""},
		{"TỈNH SƠN LA", "TỈNH SƠN LA = Sơn La typed tỉnh"},
		// communes need a type word or a list
		{"Tân Tiến có 5", ""},
		{"Vinh cho biết", ""},
		{"các xã Xuân Giang, Minh Tân và Tân Bắc", "xã Xuân Giang =  typed xã list|Minh Tân =  typed xã list|Tân Bắc = Hà Giang/Tân Bắc typed xã list"},
		{"các xã dẫn đầu là Xuân Giang 7 sản phẩm, Tân Bắc 6", "Xuân Giang =  typed xã list|Tân Bắc = Hà Giang/Tân Bắc typed xã list"},
		{"các xã có nhiều sản phẩm gồm Xuân Giang: 7", "Xuân Giang =  typed xã list"},
		{"hai huyện Mộc Châu (12), Vân Hồ", "huyện Mộc Châu = Sơn La/Mộc Châu typed huyện list|Vân Hồ = Sơn La/Vân Hồ typed huyện list"},
		{"năm 2023 tỉnh Hà Giang", "tỉnh Hà Giang = Hà Giang typed tỉnh"},
		// numbers that count and numbers that belong to a name
		{"xã Sơn Kim 1 có", "xã Sơn Kim 1 = Hà Tĩnh/Sơn Kim 1 typed xã"},
		{"Bảo Lâm 2 sản phẩm", "Bảo Lâm = "},
		{"huyện Bảo Thắng 09, Sa Pa 7", "huyện Bảo Thắng = Lào Cai/Bảo Thắng typed huyện|Sa Pa = Lào Cai/Sa Pa"},
		// regions and the country
		{"vùng Đồng bằng sông Cửu Long", "vùng Đồng bằng sông Cửu Long = Đồng bằng sông Cửu Long typed vùng"},
		{"ĐBSCL, đồng bằng sông Hồng", "ĐBSCL = Đồng bằng sông Cửu Long|đồng bằng sông Hồng = Đồng bằng sông Hồng"},
		{"các tỉnh miền núi phía Bắc", "miền núi phía Bắc = miền núi phía Bắc"},
		{"Trung du và miền núi phía Bắc", "Trung du và miền núi phía Bắc = Trung du và miền núi phía Bắc"},
		{"Bắc Trung bộ và Duyên hải miền Trung", "Bắc Trung bộ và Duyên hải miền Trung = Bắc Trung Bộ và duyên hải miền Trung"},
		{"Đông Nam bộ; phía Tây Bắc; vùng Tây Bắc", "Đông Nam bộ = Đông Nam Bộ|Tây Bắc = Tây Bắc|vùng Tây Bắc = Tây Bắc typed vùng"},
		{"Cả nước có; trên toàn quốc", "Cả nước = Việt Nam|toàn quốc = Việt Nam"},
		{"kể cả nước mắm", ""},
		{"hàng Việt Nam; tại Việt Nam", "Việt Nam = Việt Nam|Việt Nam = Việt Nam"},
		// parts of longer names
		{"Công ty CP Ngọc trai Hạ Long có", "Hạ Long = Quảng Ninh/Hạ Long name"},
		{"riêng HTX Sơn Hòa góp", "Sơn Hòa = Phú Yên/Sơn Hòa name"},
		{"ba kích Ba Chẽ, gà Tiên Yên", "Ba Chẽ = Quảng Ninh/Ba Chẽ|Tiên Yên = Quảng Ninh/Tiên Yên name"},
		{"ông Nguyễn Văn Thái Bình", "Thái Bình = Thái Bình name"},
		{"của Thái Bình Dương", "Bình Dương = Bình Dương name"},
		{"Chủ tịch Hồ Chí Minh; tại Hồ Chí Minh", "Hồ Chí Minh = Hồ Chí Minh name|Hồ Chí Minh = Hồ Chí Minh"},
		{"sữa Mộc Châu Milk", "Mộc Châu = Sơn La/Mộc Châu name"},
		{"các HTX ở Bắc Giang, doanh nghiệp Hà Nội", "Bắc Giang = Bắc Giang|Hà Nội = Hà Nội"},
		{"Liên minh HTX Bắc Kạn; các HTX Bắc Kạn", "Bắc Kạn = Bắc Kạn|Bắc Kạn = Bắc Kạn"},
		{"sản phẩm OCOP Hà Tĩnh", "Hà Tĩnh = Hà Tĩnh"},
		{"núi Ba Vì, chợ Đồng Xuân", "Ba Vì = Hà Nội/Ba Vì name|Đồng Xuân = Phú Yên/Đồng Xuân name"},
		// larger places printed right after
		{"huyện Châu Thành (Long An)", "huyện Châu Thành = Long An/Châu Thành typed huyện|Long An = Long An"},
		{"xã Tân Lập, huyện Lục Yên, tỉnh Yên Bái", "xã Tân Lập = Yên Bái/Tân Lập typed xã|huyện Lục Yên = Yên Bái/Lục Yên typed huyện|tỉnh Yên Bái = Yên Bái typed tỉnh"},
		{"xã Tân Lập, huyện Mộc Châu", "xã Tân Lập =  typed xã|huyện Mộc Châu = Sơn La/Mộc Châu typed huyện"}, // dissolved before the tables
		{"xã Hòa Hội (huyện Châu Thành, Tây Ninh)", "xã Hòa Hội = Tây Ninh/Hòa Hội typed xã|huyện Châu Thành = Tây Ninh/Châu Thành typed huyện|Tây Ninh = Tây Ninh"},
		{"Chợ Mới - An Giang", "Chợ Mới = An Giang/Chợ Mới|An Giang = An Giang"},
		{"Hà Nội, Sơn La", "Hà Nội = Hà Nội|Sơn La = Sơn La"},
		{"Nậm Đét (Lào Cai) và Nậm Đét", "Nậm Đét = Lào Cai/Nậm Đét|Lào Cai = Lào Cai"},
		{"bánh ngọt Hải An (xã Duy Trinh)", "Hải An = Hải Phòng/Hải An name|xã Duy Trinh = Quảng Nam/Duy Trinh typed xã"},
		{"bột rau má Hòa Bình; ở số 11 Vân Đồn", "Hòa Bình = Hòa Bình name|Vân Đồn = Quảng Ninh/Vân Đồn name"},
		{"đến nay Việt Nam có; tới nay, Việt Nam có", "Việt Nam = Việt Nam|Việt Nam = Việt Nam"},
		{"hộ kinh doanh Mai Hương Đắk Lắk", "Đắk Lắk = Đắk Lắk name"},
		{"ấp Phú Hòa B, thôn Tân Bình", "Phú Hòa = Phú Yên/Phú Hòa name|Tân Bình = Hồ Chí Minh/Tân Bình name"},
		// a unit that the gazetteer does not have
		{"xã Quế Trung, H. Nông Sơn", "H. Nông Sơn = Quảng Nam/Nông Sơn typed huyện"},
		{"Chủ tịch UBND huyện Mộc Châu Lê Văn Nam", "huyện Mộc Châu = Sơn La/Mộc Châu typed huyện"},
		// apostrophes inside a list
		{"các huyện Ea H’leo, Krông Búk", "huyện Ea H’leo = Đắk Lắk/Ea H'leo typed huyện list|Krông Búk = Đắk Lắk/Krông Búk typed huyện list"},
		// a name does not go on in the next line
		{"Bắc\nKạn", ""},
	} {
		got := strings.Join(show(g, c.src, Context{At: record.NoDate}), "|")
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	g := load(t)
	province := func(code string, v record.Vintage) record.Place {
		p, ok := g.Province(code, v)
		if !ok {
			t.Fatalf("no province %s", code)
		}
		return p
	}
	namDinh, bacGiang := province("36", record.Vintage63), province("24", record.Vintage63)
	for _, c := range []struct {
		src    string
		ctx    Context
		want   string // level code vintage path
		basis  record.PlaceBasis
		others int
	}{
		// the date decides the vintage
		{"Phú Thọ", Context{At: day2022}, "province 25 63 Phú Thọ", record.PlaceText, 0},
		{"Phú Thọ", Context{At: day2026}, "province 25 34 Phú Thọ", record.PlaceText, 0},
		{"Phú Thọ", Context{At: record.NoDate}, "province 25 63 Phú Thọ", record.PlaceText, 1},
		{"Lào Cai", Context{At: day2022}, "province 10 63 Lào Cai", record.PlaceText, 0},
		{"Lào Cai", Context{At: day2026}, "province 15 34 Lào Cai", record.PlaceText, 0},
		{"Sơn La", Context{At: record.NoDate}, "province 14 63 Sơn La", record.PlaceText, 0},
		{"Sơn La", Context{At: day2026}, "province 14 34 Sơn La", record.PlaceText, 0},
		{"tỉnh Bắc Giang", Context{At: day2026}, "province 24 63 Bắc Giang", record.PlaceText, 0},
		{"Phú Thọ", Context{At: record.Merger}, "province 25 34 Phú Thọ", record.PlaceText, 0},
		{"Phú Thọ", Context{At: record.Merger - 1}, "province 25 63 Phú Thọ", record.PlaceText, 0},
		{"Tây Nguyên", Context{At: day2026}, "region TN 34 Tây Nguyên", record.PlaceText, 0},
		{"cả nước", Context{At: day2022}, "country VN 63 Việt Nam", record.PlaceText, 0},
		// Huế
		{"Huế", Context{At: day2022}, "province 46 63 Thừa Thiên Huế", record.PlaceText, 0},
		{"thành phố Huế", Context{At: day2022}, "district 474 63 Thừa Thiên Huế/Thành phố Huế", record.PlaceGazetteer, 0},
		{"thành phố Huế", Context{At: record.DateOf(2025, 3, 1)}, "province 46 63 Huế", record.PlaceText, 0},
		{"Huế", Context{At: record.DateOf(2025, 3, 1)}, "province 46 63 Huế", record.PlaceText, 0},
		{"Huế", Context{At: day2026}, "province 46 34 Huế", record.PlaceText, 0},
		{"Thừa Thiên Huế", Context{At: day2026}, "province 46 34 Huế", record.PlaceText, 0},
		{"huyện Phú Vang", Context{At: day2022}, "district 478 63 Thừa Thiên Huế/Phú Vang", record.PlaceGazetteer, 0},
		{"huyện Phú Vang", Context{At: record.DateOf(2025, 3, 1)}, "district 478 63 Huế/Phú Vang", record.PlaceGazetteer, 0},
		// namesakes
		{"huyện Châu Thành", Context{At: day2022}, " ", record.PlaceNone, 10},
		{"huyện Châu Thành", Context{At: day2022, Province: province("80", record.Vintage63)}, "district 808 63 Long An/Châu Thành", record.PlaceText, 0},
		{"huyện Châu Thành", Context{At: day2022, Source: province("83", record.Vintage63)}, "district 831 63 Bến Tre/Châu Thành", record.PlaceSource, 0},
		{"huyện Châu Thành", Context{At: day2022, Near: []record.Place{province("94", record.Vintage63)}}, "district 942 63 Sóc Trăng/Châu Thành", record.PlaceText, 0},
		{"Chợ Mới", Context{At: day2022}, " ", record.PlaceNone, 2},
		{"Chợ Mới", Context{At: day2022, Province: province("06", record.Vintage63)}, "district 065 63 Bắc Kạn/Chợ Mới", record.PlaceText, 0},
		{"Chợ Mới", Context{At: day2022, Districts: 8}, "district 065 63 Bắc Kạn/Chợ Mới", record.PlaceText, 0},
		{"thành phố Cao Lãnh", Context{At: day2022}, "district 866 63 Đồng Tháp/Cao Lãnh", record.PlaceGazetteer, 0},
		{"Cao Lãnh", Context{At: day2022}, " ", record.PlaceNone, 2},
		{"huyện Châu Thành (Long An)", Context{At: day2022, Province: province("82", record.Vintage63)}, "district 808 63 Long An/Châu Thành", record.PlaceText, 0},
		// one province only
		{"huyện Lấp Vò", Context{At: day2022}, "district 875 63 Đồng Tháp/Lấp Vò", record.PlaceGazetteer, 0},
		{"xã An Phú Thuận", Context{At: day2022}, "commune 30265 63 Đồng Tháp/An Phú Thuận", record.PlaceGazetteer, 0},
		{"Lấp Vò", Context{At: day2022, Province: province("87", record.Vintage63)}, "district 875 63 Đồng Tháp/Lấp Vò", record.PlaceText, 0},
		// a bare district elsewhere against a commune of the province spoken of
		{"Thanh Sơn", Context{At: day2022}, "district 238 63 Phú Thọ/Thanh Sơn", record.PlaceGazetteer, 0},
		{"Thanh Sơn", Context{At: day2022, Province: province("25", record.Vintage63)}, "district 238 63 Phú Thọ/Thanh Sơn", record.PlaceText, 0},
		{"Thanh Sơn", Context{At: day2022, Province: province("20", record.Vintage63)}, " ", record.PlaceNone, 2},
		{"xã Thanh Sơn", Context{At: day2022, Province: province("20", record.Vintage63)}, "commune 06421 63 Lạng Sơn/Thanh Sơn", record.PlaceText, 0},
		// the new communes
		{"Mộc Châu", Context{At: day2026}, "commune 03980 34 Sơn La/Mộc Châu", record.PlaceGazetteer, 0},
		{"huyện Mộc Châu", Context{At: day2026}, "district 123 63 Sơn La/Mộc Châu", record.PlaceGazetteer, 0},
		{"Yên Dũng", Context{At: day2026, Province: province("24", record.Vintage34)}, "commune 07681 34 Bắc Ninh/Yên Dũng", record.PlaceText, 0},
		{"huyện Yên Dũng", Context{At: day2022, Province: bacGiang}, "district 221 63 Bắc Giang/Yên Dũng", record.PlaceText, 0},
		{"huyện Mỹ Lộc", Context{At: day2022, Province: namDinh}, "district 358 63 Nam Định/Mỹ Lộc", record.PlaceText, 0},
		// places of a district
		{"xã Tân Lập", Context{At: day2022, Near: []record.Place{mustDistrict(t, g, "135")}}, "commune 04354 63 Yên Bái/Tân Lập", record.PlaceText, 0},
		// dissolved and refounded under one name
		{"huyện Đạ Huoai", Context{At: day2022}, "district 681 63 Lâm Đồng/Đạ Huoai", record.PlaceGazetteer, 0},
		{"huyện Đạ Huoai", Context{At: record.DateOf(2025, 3, 1)}, "district 682 63 Lâm Đồng/Đạ Huoai", record.PlaceGazetteer, 0},
	} {
		ms := mentions(g, c.src)
		if len(ms) == 0 {
			t.Errorf("%s: no mention", c.src)
			continue
		}
		p, basis, others := g.Resolve(ms[0], c.ctx)
		got := strings.TrimRight(fmt.Sprintf("%s %s %s %s", p.Level, p.Code, p.Vintage, p.Path()), " ")
		if got != strings.TrimRight(c.want, " ") || basis != c.basis || len(others) != c.others {
			t.Errorf("%s at %s in %q: %s, basis %q, %d others; want %s, %q, %d", c.src, c.ctx.At, c.ctx.Province.Name,
				got, basis, len(others), c.want, c.basis, c.others)
		}
	}
}

func mustDistrict(t *testing.T, g *Gazetteer, code string) record.Place {
	t.Helper()
	u := find(g.districts, code)
	if u == nil {
		t.Fatalf("no district %s", code)
	}
	return u.Place
}

func TestResolveNothing(t *testing.T) {
	g := load(t)
	if p, basis, others := g.Resolve(Mention{}, Context{At: day2022}); p.Known() || basis != record.PlaceNone || others != nil {
		t.Errorf("got %v %q %v", p, basis, others)
	}
}

func TestSelfReference(t *testing.T) {
	g := load(t)
	for src, want := range map[string]string{
		"toàn tỉnh có":                       "toàn tỉnh province strong",
		"Cả tỉnh":                            "Cả tỉnh province strong",
		"trên địa bàn tỉnh":                  "trên địa bàn tỉnh province strong",
		"trên địa bàn toàn tỉnh đã":          "trên địa bàn toàn tỉnh province strong",
		"tỉnh nhà":                           "tỉnh nhà province strong",
		"Đến nay, tỉnh có":                   "tỉnh province weak",
		"sự kiện trong tỉnh":                 "trong tỉnh province strong",
		"toàn huyện hiện còn":                "toàn huyện district strong",
		"huyện đã có 89":                     "huyện district weak",
		"thành phố có 488":                   "thành phố city weak",
		"toàn thành phố có":                  "toàn thành phố city strong",
		"toàn TP có":                         "toàn TP city strong",
		"địa phương này đã":                  "địa phương này  strong",
		"mức hỗ trợ của địa phương từ":       "địa phương  weak",
		"toàn tỉnh Điện Biên có":             "",
		"cấp tỉnh công nhận":                 "",
		"các tỉnh khác":                      "",
		"12 địa phương":                      "",
		"8 huyện, thành phố":                 "",
		"26/30 quận, huyện, thị xã":          "",
		"mỗi huyện 4 sản phẩm":               "",
		"xã hội, xã viên, hợp tác xã đã":     "",
		"Tỉnh ủy, huyện ủy, tỉnh lộ":         "",
		"tỉnh Hà Giang, huyện Quang Bình":    "",
		"thị trấn Cái Rồng":                  "",
		"huyện Xyz có":                       "",
		"huyện đảo Cô Tô":                    "",
		"tỉnh/thành phố":                     "",
		"10/10 huyện, thành phố đều góp mặt": "",
	} {
		var got []string
		toks := text.Scan(nil, src, 0, len(src))
		for i := 0; i < len(toks); i++ {
			if level, strong, n := g.SelfReference(toks, i); n > 0 {
				word := map[bool]string{true: "strong", false: "weak"}[strong]
				got = append(got, fmt.Sprintf("%s %s %s", src[toks[i].Start:toks[i+n-1].End], level, word))
				i += n - 1
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %q, want %q", src, s, want)
		}
	}
}

func TestDivisions(t *testing.T) {
	g := load(t)
	if n, m := len(g.Provinces(record.Vintage63)), len(g.Provinces(record.Vintage34)); n != 63 || m != 34 {
		t.Fatalf("%d and %d provinces", n, m)
	}
	sum := 0
	for _, p := range g.Provinces(record.Vintage34) {
		sum += len(g.Parts(p))
		if !g.Region(p).Known() {
			t.Errorf("%s has no region", p.Name)
		}
	}
	if sum != 63 {
		t.Errorf("the 34 are made of %d provinces", sum)
	}
	names := func(ps []record.Place) (out []string) {
		for _, p := range ps {
			out = append(out, p.Name)
		}
		return out
	}
	phuTho, _ := g.Province("25", record.Vintage34)
	if d := cmp.Diff([]string{"Hòa Bình", "Phú Thọ", "Vĩnh Phúc"}, names(g.Parts(phuTho))); d != "" {
		t.Error(d)
	}
	haGiang, _ := g.Province("02", record.Vintage63)
	if now, ok := g.Now(haGiang); !ok || now.Name != "Tuyên Quang" || now.Code != "08" || now.Vintage != record.Vintage34 {
		t.Errorf("Hà Giang lies in %v", now)
	}
	if _, ok := g.Now(record.Country(record.Vintage63)); ok {
		t.Error("the country lies in a province")
	}
	mocChau := mustDistrict(t, g, "123")
	if now, _ := g.Now(mocChau); now.Name != "Sơn La" {
		t.Errorf("Mộc Châu lies in %v", now)
	}
	if r := g.Region(haGiang); r.Code != "TDMNPB" || r.Vintage != record.Vintage63 {
		t.Errorf("Hà Giang is in %v", r)
	}
	if d := cmp.Diff([]string{"Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng"},
		names(g.Parts(record.Place{Level: record.LevelRegion, Code: "TN", Vintage: record.Vintage63}))); d != "" {
		t.Error(d)
	}
}
