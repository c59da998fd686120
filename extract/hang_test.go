package extract

import (
	"strings"
	"testing"

	"ocopstat/record"
)

// hung is a sentence whose numbers hang on their wholes.
func hung(t *testing.T, src string, earlier []*fact) *sentence {
	t.Helper()
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	s := scanned(t, src, layerDay)
	s.resolvePlaces(r, &scope{text: src, at: layerDay})
	if s.findMentions() {
		s.attach()
		s.findStars()
		s.hang(earlier)
	}
	return s
}

// tree writes what hangs on what: "68; 15% share of 68; 29 makers of 68".
func tree(s *sentence) string {
	var out []string
	s.each(func(_ int, m *mention) {
		line := m.num.Span.Of(s.src)
		if m.base != nil {
			line += " " + [...]string{kinPart: "part", kinMaker: "makers", kinShare: "share"}[m.kin] + " of " + m.base.value.String()
		}
		out = append(out, line)
	})
	return strings.Join(out, "; ")
}

func TestHang(t *testing.T) {
	products := func(n int64, s record.Stars) *fact {
		return &fact{value: record.Int(n), head: head{subject: record.Product, mark: -1}, stars: s, move: record.Stock, status: record.Actual}
	}
	makers := func(n int64) *fact {
		return &fact{value: record.Int(n), head: head{subject: record.Producer, mark: -1}, move: record.Stock, status: record.Actual}
	}
	for _, tc := range []struct {
		name, src string
		earlier   []*fact // of the sentences before
		want      string
	}{
		{"two counts without a word between", "Có 68 sản phẩm, huyện có 107 sản phẩm", nil, "68; 107"},
		{"of these", "Có 175 sản phẩm, trong đó có 68 sản phẩm 4 sao", nil, "175; 68 part of 175"},
		{"consists of", "Có 175 sản phẩm, gồm 68 sản phẩm 4 sao và 107 sản phẩm 3 sao", nil, "175; 68 part of 175; 107 part of 175"},
		{"colon", "Có 175 sản phẩm: 68 sản phẩm 4 sao, 107 sản phẩm 3 sao", nil, "175; 68 part of 175; 107 part of 175"},
		{"colon behind a label splits nothing", "Có 5 sản phẩm, hạng 4 sao: 8 sản phẩm", nil, "5; 8"},
		{"nouns left out", "Có 175 sản phẩm, trong đó 4 sao có 68, 3 sao có 107", nil, "175; 68 part of 175; 107 part of 175"},
		{"remainder", "Có 175 sản phẩm, trong đó 68 sản phẩm 4 sao, còn lại 107 sản phẩm 3 sao", nil, "175; 68 part of 175; 107 part of 175"},
		{"a part is no larger than its whole", "Có 12 sản phẩm, trong đó có 68 sản phẩm 4 sao", nil, "12; 68"},
		{"the whole is of the same subject", "Có 175 sản phẩm và 90 chủ thể, trong đó có 68 sản phẩm 4 sao", nil, "175; 90; 68 part of 175"},
		{"of these in the next sentence", "Trong đó có 68 sản phẩm 4 sao", []*fact{products(175, "")}, "68 part of 175"},
		{"the last whole that fits", "Trong đó có 68 sản phẩm 4 sao", []*fact{products(175, ""), products(12, "")}, "68 part of 175"},
		{"of these, of producers", "Trong đó có 30 chủ thể là HTX", []*fact{makers(90), products(175, "")}, "30 part of 90"},
		{"share in brackets", "Có 68 sản phẩm (38,8%)", nil, "68; 38,8% share of 68"},
		{"share behind a comma", "Có 68 sản phẩm, chiếm 38,8%", nil, "68; 38,8% share of 68"},
		{"the share of one class is a part", "Có 68 sản phẩm, 4 sao chiếm 20%", nil, "68; 20% part of 68"},
		{"a share of a share", "Tỷ lệ 4 sao 20%, 3 sao 80%", nil, "20%; 80%"},
		{"count in brackets", "Có 68 sản phẩm (20 sản phẩm 4 sao)", nil, "68; 20 part of 68"},
		{"two counts in brackets", "Có 68 sản phẩm (20 sản phẩm 4 sao, 48 sản phẩm 3 sao)", nil, "68; 20 part of 68; 48 part of 68"},
		{"makers in brackets", "Có 68 sản phẩm (29 chủ thể)", nil, "68; 29 makers of 68"},
		{"makers", "Có 68 sản phẩm của 29 chủ thể", nil, "68; 29 makers of 68"},
		{"makers who do it", "Có 68 sản phẩm do 29 chủ thể đăng ký", nil, "68; 29 makers of 68"},
		{"makers beside the products", "Có 68 sản phẩm và 29 chủ thể", nil, "68; 29"},
		{"kinds of makers", "Có 68 sản phẩm của 29 chủ thể, gồm 20 HTX và 9 doanh nghiệp", nil, "68; 29 makers of 68; 20 part of 29; 9 part of 29"},
		{"makers of all classes of a list", "Có 175 sản phẩm, gồm 68 sản phẩm 4 sao và 107 sản phẩm 3 sao của 90 chủ thể", nil, "175; 68 part of 175; 107 part of 175; 90 makers of 175"},
		{"makers of nothing said", "Quà của 29 chủ thể", []*fact{products(68, "")}, "29"},
		{"said again", "Cả 12 sản phẩm đều đạt 3 sao", []*fact{products(12, "")}, "12 part of 12"},
		{"among so many", "Trong 104 sản phẩm ấy, huyện có 6 sản phẩm", nil, "104; 6 part of 104"},
		{"parts by their sum", "Công nhận 20 sản phẩm 4 sao và 48 sản phẩm 3 sao", []*fact{products(68, "")}, "20 part of 68; 48 part of 68"},
		{"a sum of nothing", "Công nhận 20 sản phẩm 4 sao và 48 sản phẩm 3 sao", []*fact{products(69, "")}, "20; 48"},
		{"a sum in the sentence", "Có 68 sản phẩm; 20 sản phẩm 4 sao, 48 sản phẩm 3 sao", nil, "68; 20 part of 68; 48 part of 68"},
		{"one class alone", "Có 146 sản phẩm 3 sao và 4 sao, riêng 4 sao là 28", nil, "146; 28 part of 146"},
		{"share of the products counted before", "Có 80% sản phẩm là thực phẩm", []*fact{products(175, "")}, "80% part of 175"},
		{"one district of the whole", "Riêng huyện Mộc Châu có 12 sản phẩm", []*fact{products(175, "")}, "12 part of 175"},
		{"a share of one class with", "Có 9.852 sản phẩm, với 66,9% sản phẩm 3 sao", nil, "9.852; 66,9% part of 9852"},
		{"makers with", "Có 21 sản phẩm với 15 chủ thể", nil, "21; 15 makers of 21"},
		{"a share behind a class and a comma", "Sản phẩm 4 sao có 12, chiếm 1,6%", nil, "12; 1,6% share of 12"},
		{"said again with a decimal", "Cả 12,0 sản phẩm đều đạt 3 sao", []*fact{products(12, "")}, "12,0 part of 12"},
		{"said again behind among", "Trong số 12 sản phẩm có mật ong", []*fact{products(12, "")}, "12 part of 12"},
		{"among the number of", "Trong số 104 sản phẩm ấy, huyện có 6 sản phẩm", nil, "104; 6 part of 104"},
		{"besides", "Bảo Thắng 5 sản phẩm, Bát Xát 5 sản phẩm, ngoài ra còn 3 sản phẩm", []*fact{products(10, "")}, "5 part of 10; 5 part of 10; 3"},
		{"a verb opens no list of parts", "Có 3 sản phẩm, công nhận 4 sản phẩm", []*fact{products(7, "")}, "3; 4"},
		{"a pair of classes is one number's", "Có 112 sản phẩm 3 sao và 4 sao của 51 chủ thể", nil, "112; 51 makers of 112"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tree(hung(t, tc.src, tc.earlier)); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

// A class is given to the number that it stands with.
func TestClasses(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{ // the class of each number, "-" for none
		{"behind the noun", "Có 68 sản phẩm 4 sao", "4"},
		{"reached", "Có 68 sản phẩm đạt từ 3 sao trở lên", "3+"},
		{"in front as a label", "Hạng 4 sao có 86 sản phẩm", "4"},
		{"in front with a colon", "4 sao: 86 sản phẩm", "4"},
		{"in front of a list of numbers", "4 sao có 12, 3 sao có 25", "4 3"},
		{"each its own", "Có 68 sản phẩm 4 sao, 107 sản phẩm 3 sao", "4 3"},
		{"none for the whole", "Có 175 sản phẩm, trong đó 68 sản phẩm 4 sao", "- 4"},
		{"the nearer one", "Có 2 và 3 sản phẩm 4 sao", "- 4"},
		{"two named together", "Có 68 sản phẩm 3 sao, 4 sao", "3-4"},
		{"two joined by and", "Có 68 sản phẩm 3 sao và 4 sao", "3-4"},
		{"the second class labels the next number", "Có 68 sản phẩm 3 sao, 4 sao: 5 sản phẩm", "3 4"},
		{"a step is to its end", "Nâng hạng 5 sản phẩm từ 3 sao lên 4 sao", "4"},
		{"a frame at the head", "Ở nhóm 4 sao, tỉnh có 12 sản phẩm", "4"},
		{"two classes before a link", "Có 112 sản phẩm 3 sao và 4 sao của 51 chủ thể", "3-4 -"},
		{"alone in brackets", "Có 16 sản phẩm được chứng nhận (từ 3 sao trở lên)", "3+"},
		{"each, behind a comma", "Có 4 sản phẩm, đều hạng 3 sao", "3"},
		{"all of them, behind a comma", "Có 9 sản phẩm, tất cả đều đạt 4 sao", "4"},
		{"behind the goods by name", "Có 3 sản phẩm tôm, cua và mật ong dự thi 5 sao", "5"},
		{"in front, each with its number behind", "5 sao: 3, 4 sao: 68", "5 4"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := hung(t, tc.src, nil)
			var got []string
			s.each(func(_ int, m *mention) {
				if m.stars == record.StarsAny {
					got = append(got, "-")
				} else {
					got = append(got, string(m.stars))
				}
			})
			if got := strings.Join(got, " "); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}
