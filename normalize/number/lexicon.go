package number

import "ocopstat/normalize/text"

// class is the part that a syllable plays in a numeral.
type class uint8

const (
	unit     class = iota + 1 // không … chín
	unitTail                  // mốt, tư, lăm, nhăm: only after tens
	ten                       // mười
	twenty                    // hăm: hăm ba
	tens                      // mươi
	hundred                   // trăm
	scale                     // chục, nghìn, vạn, triệu, tỷ
	dozen                     // tá
	odd                       // lẻ, linh
	half                      // rưỡi
	point                     // phẩy
	dot                       // chấm, in Parse only
	minus                     // âm
	except                    // trừ, in Parse only
	ordinal                   // thứ
	rank                      // nhất, nhì: only after thứ and giải
)

// lexeme is one numeral syllable.
type lexeme struct {
	class  class
	v      int64
	starts bool // can be the first syllable of a numeral in running text
}

// lexicon has every syllable that numerals are made of.
var lexicon = index(map[string]lexeme{
	"không": {unit, 0, true}, "một": {unit, 1, true}, "hai": {unit, 2, true},
	"ba": {unit, 3, true}, "bốn": {unit, 4, true}, "năm": {unit, 5, true},
	"sáu": {unit, 6, true}, "bảy": {unit, 7, true}, "bẩy": {unit, 7, true},
	"tám": {unit, 8, true}, "chín": {unit, 9, true},
	"mốt": {unitTail, 1, false}, "tư": {unitTail, 4, false},
	"lăm": {unitTail, 5, false}, "nhăm": {unitTail, 5, false},
	"hăm": {twenty, 20, true}, "mười": {ten, 10, true}, "mươi": {tens, 10, false}, "trăm": {hundred, 100, false},
	"chục": {scale, 10, false}, "tá": {dozen, 12, false},
	"nghìn": {scale, 1e3, false}, "ngàn": {scale, 1e3, false}, "vạn": {scale, 1e4, false},
	"triệu": {scale, 1e6, false}, "tỷ": {scale, 1e9, false}, "tỉ": {scale, 1e9, false},
	"lẻ": {odd, 0, false}, "linh": {odd, 0, false},
	"rưỡi": {half, 0, false}, "rưởi": {half, 0, false},
	"phẩy": {point, 0, false}, "phảy": {point, 0, false}, "chấm": {dot, 0, false},
	"âm": {minus, 0, true}, "trừ": {except, 0, false},
	"thứ": {ordinal, 0, true}, "nhất": {rank, 1, false}, "nhì": {rank, 2, false},
})

// abbreviated are the scales as written onto the digits.
var abbreviated = index(map[string]int64{"tr": 1e6, "k": 1e3})

// measures are units of measure, before which a number may have decimals.
var measures = set(
	"ha", "hecta", "km", "m", "cm", "mm", "kg", "gam", "g", "tấn", "tạ", "yến", "lít", "ml", "l", "héc", "mét", "ki",
	"usd", "euro", "độ", "sào",
)

// notNumeral are second syllables that make another word of a scale or of "tư"
// before them: tỷ lệ, triệu phú, vạn vật, tá dược, tư nhân.
var notNumeral = set(
	"lệ", "trọng", "suất", "số", "giá", "phú", "chứng", "tập", "vật", "dược",
	"nhân", "vấn", "liệu", "duy", "pháp", "thương", "lệnh", "tưởng", "thục", "gia", "cách", "thế", "bản", "trang",
)

// counted are the first syllables of what articles count. A one-syllable
// numeral before one of them is a numeral.
var counted = set(
	"sản", "chủ", "hợp", "htx", "doanh", "công", "cơ", "hộ", "tổ", "xã", "huyện", "quận", "phường", "tỉnh",
	"thành", "thị", "địa", "đơn", "sao", "lần", "tháng", "ngày", "giờ", "tuần", "mô", "nhóm", "loại", "người", "cá",
	"đợt", "hội", "làng", "nghề", "gian", "điểm", "trung", "dự", "hồ", "tiêu", "giải", "dòng", "mặt", "ấp", "thôn",
	"hạng", "nhà", "trang", "vùng", "thương", "đặc", "chương", "nội", "giai", "kỳ", "chứng", "cửa", "siêu",
	"tập", "nhãn", "tác", "hàng", "đại", "bộ", "khu", "năm", "hạt", "tấn", "kg", "ha", "giống",
	"mẫu", "vườn", "phiên", "cuộc", "buổi", "lớp", "khóa", "văn", "quyết", "quốc", "miền", "ngành", "lĩnh", "món", "quầy",
	"sàn", "kênh", "giấy", "gói", "bằng", "chuỗi", "sự", "chi", "cụm", "tiểu",
)

// afterMot are the second syllables with which "một" is no numeral: một số, một
// trong, một vài. "một nửa" and "một phần ba" are fractions.
var afterMot = set(
	"số", "vài", "trong", "cách", "phần", "ít", "mặt", "khi", "thời", "mình", "chút", "lúc", "loạt", "lòng",
	"mực", "đôi", "bên", "chiều", "đằng", "cửa", "nắng", "dạo", "hồi", "khoảng", "lượng",
)

// beforeMot are the words after which "một" and its noun are a count rather
// than "a, an".
var beforeMot = set("có", "chỉ", "thêm", "gồm", "và", "với", "còn", "đạt", "được", "mới", "duy", "riêng", "từ", "cả", "trong")

// beforeYear are the words after which "năm" is a year, not five.
var beforeYear = set(
	"trong", "mỗi", "mọi", "hằng", "hàng", "cả", "một", "nhiều", "các", "đầu", "cuối", "giữa", "hết", "sau", "mấy", "vài",
	"từng", "suốt", "qua", "những", "quanh", "tròn", "thường", "lâu", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín",
	"mười", "mươi", "trăm", "nghìn", "theo", "kết", "thúc", "ngày", "tháng", "quý", "đến", "tới", "bình", "quân", "nửa",
)

// afterYear are the words before which "năm" is a year.
var afterYear = set(
	"nay", "ngoái", "qua", "trước", "sau", "tới", "học", "đầu", "cuối", "thứ", "mới", "vừa", "đó", "này", "kia", "ấy",
	"gần", "liên", "liền", "kế", "tiếp", "một", "nào", "được", "mùa", "tuổi", "nhuận", "kể", "tài", "kinh", "hoạt",
)

// beforeRank are the words after which a numeral word says which one.
var beforeRank = set("hạng", "giải", "lớp", "khóa", "vòng", "bậc", "tháng", "quý")

// everyOne are the words between "mỗi" and "một" in the programme's name and
// its like: mỗi xã một sản phẩm, mỗi làng một nghề.
var everyOne = set("xã", "làng", "phường", "thôn", "bản", "ấp", "quận", "thị", "trấn", "đặc", "khu", "và")

// vague are the words that make an approximation of the numeral after them:
// dăm ba, vài ba, đôi ba.
var vague = set("dăm", "vài", "đôi", "mấy")

var (
	keyPhan  = text.KeyOf("phần")
	keyTram  = text.KeyOf("trăm")
	keyNua   = text.KeyOf("nửa")
	keyNam   = text.KeyOf("năm")
	keyMot   = text.KeyOf("một")
	keyMoi   = text.KeyOf("mỗi")
	keyDen   = text.KeyOf("đến")
	keyToi   = text.KeyOf("tới")
	keyTu    = text.KeyOf("từ")
	keyThu   = text.KeyOf("thứ")
	keyCa    = text.KeyOf("cả")
	keyTren  = text.KeyOf("trên")
	keyTrong = text.KeyOf("trong")
	keyTong  = text.KeyOf("tổng")
	keySo    = text.KeyOf("số")
	keySao   = text.KeyOf("sao")
	keyMay   = text.KeyOf("mấy")
	keyOCOP  = text.KeyOf("ocop")
)

// known is of the lexicon's keys.
var known = text.FilterOf(lexicon)

func index[V any](words map[string]V) map[text.Key]V {
	m := make(map[text.Key]V, len(words))
	for w, v := range words {
		m[text.KeyOf(w)] = v
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
