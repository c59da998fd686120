package date

import "ocopstat/normalize/text"

// word is a syllable that plays a part in expressions of time.
type word uint8

const (
	none word = iota
	wNgay
	wHom
	wSang // sáng, chiều, tối, trưa, đêm
	wThang
	wQuy
	wNam
	wGiai
	wDoan
	wNhiem
	wNien
	wKy
	wDot
	wVong
	wLan
	wDen // đến, tới
	wTu
	wHet
	wKet
	wThuc
	wKhep
	wLai
	wCuoi
	wDau
	wGiua
	wNua
	wTruoc
	wSau
	wTinh
	wThong
	wKeCount // kê
	wCho
	wChot
	wKe // kể
	wNay
	wHien
	wTai
	wMoi
	wDay
	wVua
	wQua
	wRoi
	wGan
	wThoi
	wDiem
	wGian
	wNgoai
	wNaym // này
	wDo
	wCung
	wSo
	wVoi
	wSeason // xuân, hè, thu, đông
	wTet
	wVa
	wCua
	wThu // thứ
	wHoc
	wVu
	wTrong
	wMany // những, các, nhiều, mấy, vài
	wDip
	wVao
	wLe
	wGio
	wBay
	wTro
	wNumeral // một … chín, mười
)

// vocabulary has every syllable that the package knows.
var vocabulary = build(map[word]string{
	wNgay: "ngày", wHom: "hôm", wSang: "sáng chiều tối trưa đêm", wThang: "tháng", wQuy: "quý quí", wNam: "năm",
	wGiai: "giai", wDoan: "đoạn", wNhiem: "nhiệm", wNien: "niên", wKy: "kỳ kì", wDot: "đợt",
	wVong: "vòng", wLan: "lần", wDen: "đến tới", wTu: "từ", wHet: "hết", wKet: "kết", wThuc: "thúc", wKhep: "khép",
	wLai: "lại", wCuoi: "cuối", wDau: "đầu", wGiua: "giữa", wNua: "nửa", wTruoc: "trước", wSau: "sau", wTinh: "tính",
	wThong: "thống", wKeCount: "kê", wCho: "cho", wChot: "chốt", wKe: "kể", wNay: "nay", wHien: "hiện", wTai: "tại",
	wMoi: "mới", wDay: "đây", wVua: "vừa", wQua: "qua", wRoi: "rồi", wGan: "gần", wThoi: "thời", wDiem: "điểm",
	wGian: "gian", wNgoai: "ngoái", wNaym: "này", wDo: "đó ấy", wCung: "cùng", wSo: "so", wVoi: "với",
	wSeason: "xuân hè thu đông", wTet: "tết", wVa: "và", wCua: "của", wThu: "thứ", wHoc: "học", wVu: "vụ",
	wTrong: "trong", wMany: "những các nhiều mấy vài", wNumeral: "một hai ba bốn sáu bảy bẩy tám chín mười", wDip: "dịp", wVao: "vào", wLe: "lễ", wGio: "giờ", wBay: "bây", wTro: "trở",
})

// known is of the vocabulary's keys.
var known = text.FilterOf(vocabulary)

// numerals are the values of the small numerals that months and quarters have.
var numerals = map[text.Key]int{
	text.KeyOf("một"): 1, text.KeyOf("hai"): 2, text.KeyOf("ba"): 3, text.KeyOf("bốn"): 4, text.KeyOf("tư"): 4,
	text.KeyOf("năm"): 5, text.KeyOf("sáu"): 6, text.KeyOf("bảy"): 7, text.KeyOf("bẩy"): 7, text.KeyOf("tám"): 8,
	text.KeyOf("chín"): 9, text.KeyOf("mười"): 10,
}

// romans are the numbers of quarters and rounds in Roman digits.
var romans = map[text.Key]int{
	text.KeyOf("i"): 1, text.KeyOf("ii"): 2, text.KeyOf("iii"): 3, text.KeyOf("iv"): 4, text.KeyOf("v"): 5,
}

func build(words map[word]string) map[text.Key]word {
	m := map[text.Key]word{}
	for w, list := range words {
		for _, k := range text.Keys(list) {
			m[k] = w
		}
	}
	return m
}

func set(words ...string) map[text.Key]bool {
	m := make(map[text.Key]bool, len(words))
	for _, w := range words {
		m[text.KeyOf(w)] = true
	}
	return m
}

// counted are the first syllables of nouns that are counted: digits before one
// of them are a count, not a year.
var counted = set(
	"sản", "chủ", "hợp", "htx", "doanh", "công", "cơ", "hộ", "tổ", "xã", "huyện", "quận", "phường", "tỉnh", "thôn", "ấp",
	"địa", "đơn", "sao", "lần", "mô", "nhóm", "loại", "người", "cá", "hội", "làng", "gian", "điểm", "dự", "hồ", "tiêu",
	"giải", "dòng", "mặt", "ha", "km", "kg", "tấn", "lít", "m", "đồng", "triệu", "tỷ", "tỉ", "nghìn", "ngàn", "usd", "lượt",
	"con", "cây", "cái", "chiếc", "nhà", "lao", "học", "thành", "thị", "đại", "gói", "hàng", "đơn", "suất", "căn", "phần",
)
