package extract

import (
	"cmp"
	"strings"
	"testing"

	"ocopstat/record"
)

// decided is a sentence read to the end in a given scope.
func decided(t *testing.T, src string, sc scope) *sentence {
	t.Helper()
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	sc.text = src
	s := scanned(t, src, sc.published)
	s.openTimes()
	s.resolvePlaces(r, &sc)
	w := walk{r: r, scope: sc, ocop: true}
	if s.findMentions() {
		w.readMentions(s)
	}
	return s
}

// dimension writes one dimension of every number, the reason for those left out.
func dimension(s *sentence, of func(*mention) string) string {
	var out []string
	for k := range s.mentions {
		if m := &s.mentions[k]; m.reason != "" {
			out = append(out, "! "+string(m.reason))
		} else {
			out = append(out, cmp.Or(of(m), "-"))
		}
	}
	return strings.Join(out, " | ")
}

func province(name, code string) record.Place {
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: name}
}

// inSonLa is the scope of an article about Sơn La, published on layerDay.
func inSonLa() scope {
	p := province("Sơn La", "14")
	w := where{places: []record.Place{p}, basis: record.PlaceTitle}
	return scope{published: layerDay, at: layerDay, province: p, main: w, here: w}
}

func counts(n int64, move record.Movement) *fact {
	return &fact{value: record.Int(n), head: head{subject: record.Product, mark: -1}, move: move, status: record.Actual}
}

func TestDecideWhere(t *testing.T) {
	district := inSonLa()
	district.here = where{places: []record.Place{{Level: record.LevelDistrict, Code: "123", Province: "14", Vintage: record.Vintage63, Name: "Mộc Châu"}}, basis: record.PlaceText}
	district.district = district.here.first()
	nowhere := scope{published: layerDay, at: layerDay}
	for _, tc := range []struct {
		name, src string
		scope     scope
		want      string
	}{
		{"nothing said and nothing known", "Có 68 sản phẩm", nowhere, "-"},
		{"nothing said", "Có 68 sản phẩm", inSonLa(), "Sơn La title"},
		{"the paragraph's district", "Có 12 sản phẩm", district, "Mộc Châu text"},
		{"province in front", "Tỉnh Lào Cai có 68 sản phẩm", nowhere, "Lào Cai text own"},
		{"province in front of another article", "Tỉnh Lào Cai có 68 sản phẩm", inSonLa(), "Lào Cai text own"},
		{"district in front", "Huyện Mộc Châu có 12 sản phẩm", inSonLa(), "Mộc Châu text own"},
		{"province behind", "Có 68 sản phẩm của tỉnh Lào Cai", inSonLa(), "Lào Cai text own"},
		{"district and its province in brackets", "Huyện Mộc Châu (tỉnh Sơn La) có 12 sản phẩm", nowhere, "Mộc Châu text own"},
		{"district and its province behind a comma", "Huyện Mộc Châu, tỉnh Sơn La có 12 sản phẩm", nowhere, "Mộc Châu text own"},
		{"district of its province", "Huyện Mộc Châu của tỉnh Sơn La có 12 sản phẩm", nowhere, "Mộc Châu text own"},
		{"a district and another province", "Ngoài huyện Mộc Châu, tỉnh Lào Cai có 12 sản phẩm", nowhere, "Lào Cai text own"},
		{"the province spoken of, behind its district", "Huyện Mộc Châu có 12 sản phẩm, toàn tỉnh có 453 sản phẩm", inSonLa(), "Mộc Châu text own | Sơn La text"},
		{"not the place compared with", "So với tỉnh Lào Cai, 68 sản phẩm", inSonLa(), "Sơn La title"},
		{"the country", "Cả nước có 9.852 sản phẩm", inSonLa(), "Việt Nam text own"},
		{"the province spoken of", "Toàn tỉnh hiện có 453 sản phẩm", district, "Sơn La text"},
		{"the district spoken of", "Toàn huyện đạt 12 sản phẩm", district, "Mộc Châu text"},
		{"the district spoken of, and none is", "Toàn huyện đạt 12 sản phẩm", inSonLa(), "Sơn La title"},
		{"of the province", "Số sản phẩm của tỉnh là 453", district, "Sơn La text"},
		{"a list of districts", "Mộc Châu 12 sản phẩm, Yên Châu 8 sản phẩm", inSonLa(), "Mộc Châu text own | Yên Châu text own"},
		{"each of two districts", "Mộc Châu và Yên Châu mỗi huyện 8 sản phẩm", inSonLa(), "Mộc Châu+Yên Châu text own"},
		{"in turn", "Mộc Châu và Yên Châu lần lượt có 12 và 8 sản phẩm", inSonLa(), "Mộc Châu text own | Yên Châu text own"},
		{"parts are where their whole is", "Huyện Mộc Châu có 12 sản phẩm, trong đó 8 sản phẩm 4 sao", inSonLa(), "Mộc Châu text own | Mộc Châu text"},
		{"a place in brackets is not passed on", "Có 20 sản phẩm (theo tỉnh Lào Cai) và 5 chủ thể", inSonLa(), "Sơn La title | Sơn La title"},
		{"the province named before", "Tỉnh Lào Cai có 3 chủ thể, toàn tỉnh hiện có 50 sản phẩm", inSonLa(), "Lào Cai text own | Lào Cai text"},
		{"in brackets it is that number's", "Có 20 sản phẩm (Mộc Châu 12 sản phẩm)", inSonLa(), "Sơn La title | Mộc Châu text own"},
		{"a fair is held elsewhere", "Tham gia hội chợ ở Hà Nội, tỉnh có 12 sản phẩm", inSonLa(), "Sơn La text"},
		{"merged with another province", "Sau khi hợp nhất với tỉnh Lào Cai, tỉnh có 12 sản phẩm", inSonLa(), "Sơn La text"},
		{"many provinces", "Có 120 sản phẩm của 20 tỉnh, thành phố", inSonLa(), "Việt Nam text own | ! counts something else"},
		{"all provinces", "Các tỉnh, thành phố đã công nhận 500 sản phẩm", inSonLa(), "Việt Nam text"},
		{"a list before brackets", "Tỉnh có 40 sản phẩm tại Mộc Châu, Yên Châu (mỗi nơi 20 sản phẩm)", inSonLa(), "Mộc Châu text own | Mộc Châu+Yên Châu text own"},
		{"each, behind the noun", "Mộc Châu và Yên Châu có dưới 10 sản phẩm mỗi nơi", inSonLa(), "Mộc Châu+Yên Châu text own"},
		{"said of the places counted", "Mộc Châu, Yên Châu, Mai Sơn là ba huyện có trên 30 sản phẩm", inSonLa(), "! counts something else | Mộc Châu+Yên Châu+Mai Sơn text own"},
		{"what a share is of", "Tỉnh chiếm 19% sản phẩm của cả nước, còn chủ thể là 1.500", inSonLa(), "Sơn La text | Sơn La text"},
		{"the remainder", "Huyện Mộc Châu có 12 sản phẩm 4 sao, 35 sản phẩm còn lại đạt 3 sao", inSonLa(), "Mộc Châu text own | Mộc Châu text own"},
		{"numbers in turn without the word", "Sản phẩm của Mộc Châu, Yên Châu là 5 và 8", inSonLa(), "Mộc Châu text own | Yên Châu text own"},
		{"right behind the noun", "Có 40 sản phẩm Lào Cai", inSonLa(), "Lào Cai text own"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := dimension(decided(t, tc.src, tc.scope), func(m *mention) string {
				if !m.where.known() {
					return ""
				}
				var names []string
				for _, p := range m.where.places {
					names = append(names, p.Name)
				}
				out := strings.Join(names, "+") + " " + string(m.where.basis)
				if m.where.own {
					out += " own"
				}
				return out
			})
			if got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

func TestDecideMovement(t *testing.T) {
	flowing := inSonLa()
	flowing.flowing = true
	for _, tc := range []struct {
		name, src string
		scope     scope
		want      string
	}{
		{"nothing said", "Có 68 sản phẩm", inSonLa(), "stock"},
		{"a total", "Tổng số 68 sản phẩm", inSonLa(), "stock"},
		{"recognised", "Công nhận 68 sản phẩm", inSonLa(), "recognised"},
		{"recognised behind the noun", "Có 68 sản phẩm được công nhận", inSonLa(), "stock"},
		{"recognised behind the noun in a year", "Năm 2023 có 68 sản phẩm được công nhận", inSonLa(), "recognised"},
		{"recognised until now is a stock", "Đến nay đã công nhận 68 sản phẩm", inSonLa(), "stock"},
		{"new", "Công nhận mới 68 sản phẩm", inSonLa(), "new"},
		{"new behind the noun", "Công nhận 68 sản phẩm mới", inSonLa(), "new"},
		{"the same word for just", "Tỉnh mới đạt 68 sản phẩm", inSonLa(), "stock"},
		{"renewed", "Công nhận lại 68 sản phẩm", inSonLa(), "renewed"},
		{"renewed after running out", "Công nhận lại 68 sản phẩm hết hạn", inSonLa(), "renewed"},
		{"expired", "Có 68 sản phẩm hết hạn", inSonLa(), "expired"},
		{"upgraded", "Nâng hạng 5 sản phẩm từ 3 sao lên 4 sao", inSonLa(), "upgraded"},
		{"registered", "Có 68 sản phẩm đăng ký dự thi", inSonLa(), "candidate"},
		{"dossiers", "Nhận 68 hồ sơ", inSonLa(), "candidate"},
		{"potential five stars", "Có 5 sản phẩm tiềm năng 5 sao", inSonLa(), "candidate"},
		{"not yet recognised", "Có 68 sản phẩm chưa được công nhận", inSonLa(), "candidate"},
		{"not new", "Chưa công nhận mới 68 sản phẩm", inSonLa(), "stock"},
		{"a part moves as its whole", "Công nhận mới 68 sản phẩm, trong đó 20 sản phẩm 4 sao", inSonLa(), "new | new"},
		{"a part of its own", "Công nhận 68 sản phẩm, trong đó 20 sản phẩm mới", inSonLa(), "recognised | new"},
		{"new and renewed", "Công nhận mới 20 sản phẩm, công nhận lại 48 sản phẩm", inSonLa(), "new | renewed"},
		{"a number in a year", "Năm 2023, toàn vùng 68 sản phẩm", inSonLa(), "recognised"},
		{"a number at a date", "Đến ngày 30/6/2023, toàn vùng 68 sản phẩm", inSonLa(), "stock"},
		{"the decision was spoken of before", "68 sản phẩm đạt 4 sao", flowing, "recognised"},
		{"no decision was spoken of", "68 sản phẩm đạt 4 sao", inSonLa(), "stock"},
		{"makers move as their products", "Công nhận mới 68 sản phẩm của 29 chủ thể", inSonLa(), "new | new"},
		{"what is left", "Sau khi loại 9 sản phẩm hết hạn, Sơn La còn 111 sản phẩm", inSonLa(), "expired | stock"},
		{"new before a share says nothing", "Có 68 sản phẩm 4 sao mới chiếm 13,2%", inSonLa(), "stock | stock"},
		{"run out and recognised again", "Trong 53 sản phẩm hết hạn, 29 sản phẩm được công nhận lại", inSonLa(), "expired | renewed"},
		{"asked for", "Đề nghị Trung ương công nhận 5 sản phẩm", inSonLa(), "candidate"},
		{"a class asked for", "Có 30 sản phẩm được đề nghị công nhận 4 sao", inSonLa(), "candidate"},
		{"sold somewhere in a year", "Năm 2023, đưa 198 sản phẩm lên sàn thương mại điện tử", inSonLa(), "stock"},
		{"ranked over some years", "Qua 5 năm, tỉnh đã xếp hạng 120 sản phẩm", inSonLa(), "stock"},
		{"dossiers with their products", "35 hồ sơ với 68 sản phẩm", inSonLa(), "candidate | candidate"},
		{"a plan for the year", "Kế hoạch năm 2024 là 45 sản phẩm", inSonLa(), "recognised"},
		{"new makers who take part", "Phát triển mới 45 chủ thể tham gia", inSonLa(), "new"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := dimension(decided(t, tc.src, tc.scope), func(m *mention) string { return string(m.move) }); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

func TestDecideFacet(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"none", "Có 68 sản phẩm", "-"},
		{"behind the noun", "Có 68 sản phẩm thực phẩm", "food"},
		{"as predicate", "Có 68 sản phẩm lên sàn thương mại điện tử", "ecommerce"},
		{"in front as a label", "Nhóm thực phẩm có 124 sản phẩm", "food"},
		{"a group each", "Nhóm thực phẩm 124 sản phẩm, nhóm đồ uống 12 sản phẩm", "food | drink"},
		{"mainly is not all", "Có 68 sản phẩm chủ yếu là thực phẩm", "-"},
		{"a part has its whole's", "Có 68 sản phẩm thực phẩm, trong đó 20 sản phẩm 4 sao", "food | food"},
		{"women", "Có 29 chủ thể do phụ nữ làm chủ", "women"},
		{"food safety is no food", "Có 68 sản phẩm đạt an toàn thực phẩm", "-"},
		{"from craft villages", "Có 25 sản phẩm đến từ 3 làng nghề", "craft | ! counts something else"},
		{"of several groups", "Có 25 sản phẩm thuộc các nhóm thực phẩm, đồ uống và thủ công mỹ nghệ", "-"},
		{"several names of one group", "Có 5 sản phẩm du lịch cộng đồng, du lịch sinh thái và điểm du lịch", "tourism"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := dimension(decided(t, tc.src, inSonLa()), func(m *mention) string { return string(m.facet) }); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

func TestDecideQualifier(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"exactly", "Có 68 sản phẩm", "="},
		{"at least", "Có ít nhất 68 sản phẩm", ">="},
		{"over", "Có hơn 68 sản phẩm", ">"},
		{"under", "Có gần 68 sản phẩm", "<"},
		{"at most", "Có tối đa 68 sản phẩm", "<="},
		{"about", "Có khoảng 68 sản phẩm", "~"},
		{"at least, behind", "Có từ 8 sản phẩm trở lên", ">="},
		{"the bound is the class's", "Có 68 sản phẩm từ 3 sao trở lên", "="},
		{"chosen from a class and upwards", "Chọn từ 95 sản phẩm đạt 3 sao trở lên", "="},
		{"one bound for one count", "Có ít nhất 20 sản phẩm mới và 10 sản phẩm 4 sao", ">= | ="},
		{"a verb behind the bound", "Ít nhất có 40 sản phẩm", ">="},
		{"behind the noun", "Có 30 sản phẩm trở lên", ">="},
		{"from, and behind the noun and its words", "Có từ 8 sản phẩm mới trở lên", ">="},
		{"one bound for the kinds of one whole", "Ít nhất 35% chủ thể là hợp tác xã, 30% là doanh nghiệp", ">= | >="},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := dimension(decided(t, tc.src, inSonLa()), func(m *mention) string { return string(m.qualifier) }); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

// What a number without a noun counts is settled by what was counted before.
func TestDecideSubject(t *testing.T) {
	after := inSonLa()
	after.product = counts(175, record.Stock)
	after.last = after.product
	after.facts = []*fact{after.product}
	for _, tc := range []struct {
		name, src string
		scope     scope
		want      string
	}{
		{"nothing counted before", "Con số này là 68", inSonLa(), "! no noun found that it counts"},
		{"the number before", "Con số này là 175", after, "product"},
		{"a label, and nothing counted before", "Mộc Châu: 12", inSonLa(), "! no noun found that it counts"},
		{"a label", "Mộc Châu: 12", after, "product"},
		{"a group", "Nhóm thực phẩm: 12", inSonLa(), "product"},
		{"a class", "Hạng 4 sao: 12", inSonLa(), "product"},
		{"women", "Nữ làm chủ chiếm 40%", inSonLa(), "producer"},
		{"a recognition", "Công nhận mới 10", inSonLa(), "product"},
		{"share of the number before", "Có 68 sản phẩm (38,8%)", inSonLa(), "product | product"},

		{"a share then and now", "Tỷ lệ sản phẩm 4 sao tăng từ 16% năm 2021 lên 27,2% năm 2023", inSonLa(), "product | product"},
		{"a share of producers named behind", "Hợp tác xã chiếm 52,4% trong tổng số 311 chủ thể", inSonLa(), "cooperative | producer"},
		{"growth", "Tăng 15% sản phẩm", inSonLa(), "! growth or multiple"},
		{"difference", "Tăng 12 sản phẩm", inSonLa(), "! difference of two stocks"},
		{"difference behind", "Có 12 sản phẩm so với năm 2020", inSonLa(), "! difference of two stocks"},
		{"average", "Bình quân 3 sản phẩm", inSonLa(), "! average or minimum per unit"},
		{"each", "Mỗi xã có ít nhất 1 sản phẩm", inSonLa(), "! average or minimum per unit"},
		{"one producer", "HTX Rồng Xanh có 3 sản phẩm", inSonLa(), "! one producer's own products"},
		{"at a fair", "Trưng bày 30 sản phẩm và đặc sản", inSonLa(), "! goods on display at an event"},
		{"enterprises of no programme", "Có 500 doanh nghiệp", inSonLa(), "! counts something else"},
		{"enterprises beside products", "Có 68 sản phẩm của 20 doanh nghiệp", inSonLa(), "product | enterprise"},
		{"share of a plan that was met", "Kế hoạch là 45 sản phẩm, đã đạt 68,9%", inSonLa(), "product | ! share of a plan"},
		{"a bound is no comparison", "Vượt mốc 300 sản phẩm", inSonLa(), "product"},
		{"a producer told it", "Giám đốc HTX cho biết HTX vừa có thêm 1 sản phẩm", inSonLa(), "! one producer's own products"},
		{"one among the producers", "Là một trong những cơ sở tiên phong, nhà anh có 8 sản phẩm", inSonLa(), "! one producer's own products"},
		{"a producer at the head", "HTX nay có 7 sản phẩm", inSonLa(), "! one producer's own products"},
		{"each works for the whole", "Mỗi sở bám sát mục tiêu toàn tỉnh có 220 sản phẩm", inSonLa(), "product"},
		{"shown", "120 sản phẩm được trưng bày", inSonLa(), "! goods on display at an event"},
		{"founded", "Giúp thành lập 23 HTX OCOP", inSonLa(), "! counts something else"},
		{"units beside communes", "12 xã và 4 đơn vị có sản phẩm OCOP", inSonLa(), "! counts something else | ! counts something else"},
		{"share of other goods", "Hàng Việt chiếm khoảng 95%", after, "! counts something else"},
		{"over the plan", "Cao hơn kế hoạch gần 15%", inSonLa(), "! share of a plan"},
		{"fewer, and how many", "Sơn La ít hơn: 171 sản phẩm", inSonLa(), "product"},
		{"compared with a count", "So với 30 sản phẩm của cuối năm 2022", inSonLa(), "product"},
		{"compared with a place", "So với cả nước, Sơn La có 68 sản phẩm", inSonLa(), "product"},
		{"of the plan compared with", "So với mục tiêu là 250 sản phẩm thì đạt 82,8%", inSonLa(), "product | ! share of a plan"},
		{"a producer and where it is", "HTX Rồng Xanh ở xã Tân Lập hiện có 3 sản phẩm", inSonLa(), "! one producer's own products"},
		{"this producer", "Cơ sở này từng có 3 sản phẩm đạt 3 sao", inSonLa(), "! one producer's own products"},
		{"somebody's firm", "Bà Lan cho hay, tại Mộc Châu công ty bà có 4 sản phẩm", inSonLa(), "! one producer's own products"},
		{"some producer", "Một công ty ở Mộc Châu khoe có 5 sản phẩm", inSonLa(), "! one producer's own products | ! one producer's own products"},
		{"a person with a district's number", "Ông Nam: Đến năm 2025 huyện có ít nhất 18 sản phẩm", inSonLa(), "product"},
		{"a producer at the head without a time", "HTX có 7 sản phẩm", inSonLa(), "! one producer's own products"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := dimension(decided(t, tc.src, tc.scope), func(m *mention) string {
				return cmp.Or(string(m.head.producer()), string(m.head.subject))
			})
			if got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

// An article that never says OCOP has no figures.
func TestNotOCOP(t *testing.T) {
	s := decided(t, "Có 68 sản phẩm", inSonLa())
	s.mentions[0].reason = ""
	if got := new(walk).objection(s, 0); got != record.NotOCOP {
		t.Errorf("the reason is %q, want %q", got, record.NotOCOP)
	}
}
