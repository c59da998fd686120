package extract

import (
	"strings"
	"testing"

	"ocopstat/record"
)

// attached is a sentence whose numbers have found what they count.
func attached(t *testing.T, src string) *sentence {
	t.Helper()
	s := scanned(t, src, layerDay)
	if s.findMentions() {
		s.attach()
	}
	return s
}

// counted says of a mention what it counts, "-" for a noun that is left out, or
// why it counts nothing of ours.
func counted(m *mention) string {
	if m.reason != "" {
		return "! " + string(m.reason)
	}
	out := string(m.head.subject)
	switch {
	case m.head.dossier:
		out = "dossier"
	case m.head.generic:
		out = "unit"
	case m.head.kinds != 0 && m.head.subject == record.Producer:
		out = string(m.head.producer())
	case m.head.kinds != 0:
		out += " by " + string(m.head.producer())
	}
	if m.head.elided {
		out += "-"
	}
	return out
}

func TestAttach(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{ // one answer a number, in text order
		{"noun behind", "Tỉnh có 68 sản phẩm", "product"},
		{"noun behind a class", "68 sản phẩm và 107 4 sao", "product | -"},
		{"noun in front", "Số sản phẩm là 68", "product"},
		{"noun in front of a share", "Hợp tác xã chiếm 43,3%", "cooperative"},
		{"the class and the noun in front", "Sản phẩm 3 sao có 381", "product"},
		{"producers", "29 chủ thể", "producer"},
		{"one kind of producer", "29 HTX", "cooperative"},
		{"two kinds in one number", "25 doanh nghiệp, hợp tác xã tham gia", "enterprise+cooperative"},
		{"two kinds joined by and", "25 HTX và tổ hợp tác tham gia", "cooperative+group"},
		{"the second kind has its own number", "15 doanh nghiệp, hợp tác xã chiếm 26,8%", "enterprise | cooperative"},
		{"kind as predicate", "32% là hợp tác xã", "cooperative"},
		{"kind as predicate of producers", "20% chủ thể là doanh nghiệp", "enterprise"},
		{"kind in front of producers", "tổ hợp tác với 3 chủ thể", "group"},
		{"kind that gives products", "hợp tác xã góp 31 sản phẩm", "product by cooperative"},
		{"plain units", "8 đơn vị", "unit"},
		{"a works alone is no kind", "7 cơ sở", "unit"},
		{"dossiers", "95 hồ sơ", "dossier"},
		{"one noun for two numbers", "2 và 3 sản phẩm", "product | product"},
		{"one noun for three numbers", "1, 2 và 3 sản phẩm", "product | product | product"},
		{"so many of so many", "8 trong 26 sản phẩm", "product | product"},
		{"share with a noun of its own", "15% số sản phẩm", "product"},
		{"share of nothing said", "Tỉnh đạt 15%", "-"},
		{"a number and a share have no noun in common", "5 và 15% sản phẩm", "- | product"},
		{"fraction", "370/453 sản phẩm", "product"},
		{"noun left out", "Bảo Thắng 9, Bát Xát 8", "- | -"},
		{"or more, before the noun", "Phấn đấu 60% trở lên sản phẩm", "product"},
		{"recognitions", "công nhận 95 lượt sản phẩm", "product"},
		{"models with a class", "6 mô hình đạt 4 sao", "product"},
		{"products of their makers", "15 sản phẩm do doanh nghiệp làm", "product by enterprise"},
		{"products of two kinds of producer", "4 sản phẩm của doanh nghiệp và 5 sản phẩm của hợp tác xã", "product by enterprise | product by cooperative"},
		{"products of one kind of producer", "4 sản phẩm của doanh nghiệp", "product"},
		{"kind that owns products", "12 sản phẩm do tổ hợp tác sở hữu", "product by group"},
		{"kind that makes products", "Hợp tác xã sản xuất 9 sản phẩm", "product by cooperative"},
		{"kind whose products are", "của HTX là 32 sản phẩm", "product by cooperative"},
		{"a colon behind the label of an entry", "1. Số sản phẩm đưa ra chấm: 11", "! ordinal or label | product"},
		{"a level is no label of a share", "ở mức 40% sản phẩm", "product"},

		{"districts", "12 huyện", "! counts something else"},
		{"a typed place", "3 tỉnh Sơn La, Lai Châu", "! counts something else"},
		{"fairs", "4 hội chợ", "! counts something else"},
		{"a noun that no table knows", "7 chiếc xe", "! counts something else"},
		{"craft villages", "12 làng nghề", "! counts something else"},
		{"days", "12 tuổi và 3 đêm", "! date or time | ! date or time"},
		{"money", "150 triệu đồng và 9 USD", "! money | ! money"},
		{"weights", "300 kg và 2 tấn", "! physical measure | ! physical measure"},
		{"multiples", "4 lần", "! growth or multiple"},
		{"share in words", "Một nửa sản phẩm", "! growth or multiple"},
		{"document", "Quyết định 919/QĐ-TTg", "! document number"},
		{"document by its word", "Quyết định số 715", "! document number"},
		{"rank", "đứng thứ 2 và top 10", "! ordinal or label | ! ordinal or label"},
		{"standard", "ISO 22000", "! part of a name"},
		{"a name that is no name before a noun", "Số 3 sản phẩm", "product"},
		{"number of a list entry", "1. Có 5 sản phẩm", "! ordinal or label | product"},
		{"number of a list entry with a bracket", "2) Có 5 sản phẩm", "! ordinal or label | product"},
		{"plan", "đạt 126,5% kế hoạch", "! share of a plan"},
		{"four digits without a noun", "Mã hàng 2047.", "! date or time"},
		{"two ways to read", "12.345% sản phẩm", "! value can be read in two ways"},
		{"share of workers at producers", "Tỷ lệ lao động tại các chủ thể đạt 10%", "! counts something else"},
		{"a noun between ours and the number", "Sản phẩm có 12 huyện", "! counts something else"},
		{"a name in quotes", "Cơ sở Sáu Lành “86” có 2 sản phẩm", "! no noun found that it counts | product"},
		{"the end of a producer's name", "Cơ sở Chè Hương Rừng 3, huyện có 5 sản phẩm", "! no noun found that it counts | product"},
		{"a reference", "Theo tài liệu [12], có 5 sản phẩm", "! no noun found that it counts | product"},
		{"one among some", "1 trong 7 sản phẩm", "! one producer's own products | product"},
		{"places counted", "Mộc Châu và Yên Châu là hai đơn vị có nhiều chủ thể", "! counts something else"},
		{"a fourth", "Sản phẩm 5 sao chiếm 1/4", "! growth or multiple"},
		{"times of something else", "Có 95 lượt sản phẩm", "! counts something else"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := attached(t, tc.src)
			var got []string
			for k := range s.mentions {
				got = append(got, counted(&s.mentions[k]))
			}
			if got := strings.Join(got, " | "); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

// The marks between two numbers belong to the one or the other.
func TestZones(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{ // before > number < after, of each number
		{"comma", "Tỉnh có 5 sản phẩm 3 sao, có 2 sản phẩm mới", "Tỉnh có > 5 < sản phẩm 3 sao | , có > 2 < sản phẩm mới"},
		{"a clause that goes on", "Có 5 sản phẩm, đạt 3 sao, huyện có 2 sản phẩm", "Có > 5 < sản phẩm , đạt 3 sao | , huyện có > 2 < sản phẩm"},
		{"semicolon", "Có 5 sản phẩm; đạt 2", "Có > 5 < sản phẩm | ; đạt > 2 <"},
		{"brackets hold their own", "Có 5 (chiếm 3%) sản phẩm", "Có > 5 < ( ) sản phẩm | chiếm > 3% <"},
		{"a class of its own", "Có 5 sản phẩm, trong đó 4 sao có 2", "Có > 5 < sản phẩm , | trong đó 4 sao có > 2 <"},
		{"of which, of the number before", "Có 30 sản phẩm, 10 sản phẩm trong đó đạt 4 sao, huyện có 5", "Có > 30 < sản phẩm | , > 10 < sản phẩm trong đó đạt 4 sao | , huyện có > 5 <"},
		{"districts between", "Bảo Thắng 9, Bát Xát 8", "Bảo Thắng > 9 < | , Bát Xát > 8 <"},
		{"two places are one stretch", "Bảo Thắng và Bát Xát có 8", "Bảo Thắng và Bát Xát có > 8 <"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := attached(t, tc.src)
			words := func(zone []int) string {
				var out []string
				for _, i := range zone {
					out = append(out, s.src[s.toks[s.list[i].from].Start:s.toks[s.list[i].to-1].End])
				}
				return strings.Join(out, " ")
			}
			var got []string
			for k := range s.mentions {
				m := &s.mentions[k]
				got = append(got, strings.TrimSpace(words(m.before)+" > "+m.num.Span.Of(s.src)+" < "+words(m.after)))
			}
			if got := strings.Join(got, " | "); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}
