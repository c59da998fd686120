package place

import (
	"math/bits"
	"strings"

	"ocopstat/normalize/text"
)

// typeWord is a word for a kind of unit, as printed before its name.
type typeWord struct {
	canonical string
	exact     uint16 // kinds it names
	loose     uint16 // kinds it may have named before the unit changed its kind
	dot       bool   // an abbreviation that needs its point and a capital: "H.", "Q."
	capital   bool   // an abbreviation that needs capitals: "TT"
}

const (
	provinceKinds = 1<<kindProvince | 1<<kindCapital
	districtKinds = 1<<kindCity | 1<<kindTown | 1<<kindUrban | 1<<kindRural
	communeKinds  = 1<<kindWard | 1<<kindTownship | 1<<kindCommune | 1<<kindZone
	regionKinds   = 1<<kindCountry | 1<<kindRegion
	allKinds      = regionKinds | provinceKinds | districtKinds | communeKinds
)

// typeWords lists the type words. What a word may loosely mean are the other
// kinds of its level: "huyện Kinh Môn" was written before 2019 for what is now
// thị xã Kinh Môn.
var typeWords = []struct {
	words     string // alternatives between bars
	canonical string
	exact     uint16
	loose     uint16
	dot       bool
	capital   bool
}{
	{words: "tỉnh", canonical: "tỉnh", exact: provinceKinds},
	{words: "thành phố|tp|t.p|thủ đô", canonical: "thành phố", exact: 1<<kindCapital | 1<<kindCity, loose: districtKinds | provinceKinds},
	{words: "thị xã|tx|t.x", canonical: "thị xã", exact: 1 << kindTown, loose: districtKinds},
	{words: "quận", canonical: "quận", exact: 1 << kindUrban, loose: districtKinds},
	{words: "q", canonical: "quận", exact: 1 << kindUrban, loose: districtKinds, dot: true},
	{words: "huyện", canonical: "huyện", exact: 1 << kindRural, loose: districtKinds},
	{words: "h", canonical: "huyện", exact: 1 << kindRural, loose: districtKinds, dot: true},
	{words: "phường", canonical: "phường", exact: 1 << kindWard, loose: communeKinds},
	{words: "p", canonical: "phường", exact: 1 << kindWard, dot: true},
	{words: "thị trấn", canonical: "thị trấn", exact: 1 << kindTownship, loose: communeKinds},
	{words: "tt", canonical: "thị trấn", exact: 1 << kindTownship, loose: communeKinds, capital: true},
	{words: "xã", canonical: "xã", exact: 1 << kindCommune, loose: communeKinds},
	{words: "x", canonical: "xã", exact: 1 << kindCommune, dot: true},
	{words: "đặc khu", canonical: "đặc khu", exact: 1 << kindZone, loose: communeKinds},
	{words: "vùng|khu vực", canonical: "vùng", exact: regionKinds},
}

// modifiers may stand between a type word and the name.
const modifiers = "đảo|biển|biên giới|miền núi|vùng cao|vùng cao biên giới|miền núi vùng cao|nghèo|vùng sâu|cảng|trẻ|ven biển|miền biển|cù lao|anh hùng|trung du"

// wordClass is what a word before a name says about it.
type wordClass uint32

const (
	orgWord     wordClass = 1 << iota // HTX, công ty: what follows is the name of a firm
	featureWord                       // chợ, núi, sông: names a thing, not the unit
	productWord                       // chè, gạo: names goods
	goodsWord                         // bánh, gạo: also with a word or two between them and the name
	personWord                        // ông, bà, chủ tịch
	breakWord                         // tại, của, có: ends the reach of an organisation word
	pluralWord                        // các, những: organisations in general
	officeWord                        // Sở, Hội: a capital that is no part of a place's own name
	placeWord                         // ở, tại: a place follows
	sepWord                           // và, cùng: joins the places of a list
	quantWord                         // cấp, mỗi, ngoài: not the place spoken of
	numberWord                        // hai, ba
	tailWord                          // after a type word: another word (tỉnh ủy, xã hội)
	aloneWord                         // Vinh: a name alone, but also a person's
	headWord                          // là, gồm: the places of a list follow its head
	unitWord                          // sản phẩm: what the places of a list have
	countWord                         // sản phẩm, chủ thể: a number before it counts it
)

var wordLists = []struct {
	class wordClass
	words string
}{
	{orgWord, "htx tht dntn ctcp cp tnhh cty mtv hkd thpt thcs đh tncs ty hãng xưởng hộ"},
	{featureWord, "chợ núi sông suối hồ vịnh đèo cảng cầu ga đường phố khẩu thác hang đầm chùa đền báo đài học vườn dốc viện thôn ấp khóm bản làng xóm khối buôn"},
	{productWord, "gà vịt lợn trâu bò dê cá tôm cua mực sùng ngán hàu ốc chè trà cam quýt bưởi vải nhãn na xoài chuối mận đào hồng ổi táo dứa khoai sắn gạo nếp miến dong bún phở bánh kẹo giò chả nem rượu bia mắm muối mật ong tỏi gừng ớt phê dừa lạc vừng sen nấm măng rau đậu tương đen cẩm gốm lụa nón chiếu bơ sâm quế sấy tráng ca ếch khô lạp xưởng giấm chổi nhung yến mì má"},
	{goodsWord, "bánh bột mắm rượu gạo miến chè trà bún phở mật bưởi giò chả nem rau mứt cốm kẹo gà vịt lợn tôm xoài chuối dứa thịt mực nấm măng gốm lụa tỏi hạt dầu thổ"},
	{personWord, "ông bà anh chị cụ bác cô chú em thầy chí"},
	{breakWord, "tại ở của thuộc trên trong từ đến về và với cho do có được là tỉnh huyện quận phường gồm mà khi nơi như ngoài tới nhờ theo đạt bị sau trước qua vào ra đưa này đã đang sẽ còn cũng năm tháng ngày"},
	{pluralWord, "các những nhiều mọi số minh"},
	{numberWord, "hai ba bốn năm sáu bảy tám chín mười"},
	{officeWord, "sở ban hội phòng cục đảng bộ đoàn ủy trung quốc nông tỉnh thành xuân hè thu đông tết xứ"},
	{placeWord, "tại ở cả toàn nước khắp trong trên đất thổ của"},
	{aloneWord, "vinh lắk lăk lak chũ"},
	{countWord, "sản chủ hợp doanh cơ hộ sao mô tổ công gian điểm làng đơn mặt loại dự tỷ tỉ triệu nghìn ngàn ha kg tấn người ông xã huyện phường thôn bản hồ lượt cửa"},
	{tailWord, "ủy uỷ lộ lỵ lị bạn khác nào đoàn đội hội viên ngoài thành thị phường xã"},
	{sepWord, "và cùng với hay hoặc"},
	{headWord, "là gồm như"},
	{unitWord, "sản phẩm sp"},
	{quantWord, "cấp mỗi một từng liên ngoài ngoại giữa hàng vài nào đa hầu trục hết đơn theo"},
}

func buildWords() map[text.Key]wordClass {
	m := map[text.Key]wordClass{}
	for _, l := range wordLists {
		for w := range strings.FieldsSeq(l.words) {
			m[text.KeyOf(w)] |= l.class
		}
	}
	return m
}

// span returns the readings of an entry whose kinds lie between the lowest and
// the highest of a set: the sets used are runs of the order of kinds.
func (g *Gazetteer) span(e *entry, set uint16) (lo, hi int32) {
	low, high := kind(bits.TrailingZeros16(set)), kind(15-bits.LeadingZeros16(set))
	lo = e.first
	for lo < e.last && g.kinds[lo] < low {
		lo++
	}
	hi = lo
	for hi < e.last && g.kinds[hi] <= high {
		hi++
	}
	return lo, hi
}

// Keys of syllables that rules ask for by name.
var (
	keyXa     = text.KeyOf("xã")
	keyTac    = text.KeyOf("tác")
	keyThi    = text.KeyOf("thị")
	keyLang   = text.KeyOf("làng")
	keySo     = text.KeyOf("sở")
	keyCo     = text.KeyOf("cơ")
	keyNumber = text.KeyOf("số")
	keyBao    = text.KeyOf("báo")
	keyNam    = text.KeyOf("năm")
	keyThang  = text.KeyOf("tháng")
	keyTinh   = text.KeyOf("tỉnh")
	keyHuyen  = text.KeyOf("huyện")
	keyPho    = text.KeyOf("phố")
)
