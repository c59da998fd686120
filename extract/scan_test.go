package extract

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

var layers = sync.OnceValues(New) // one reader for the tests of single layers

// layerDay is the day that the texts of the layer tests appeared on.
var layerDay = record.DateOf(2024, 1, 15)

// scanned is a sentence after the scan, with no other layer run.
func scanned(t *testing.T, src string, published record.Date) *sentence {
	t.Helper()
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	toks := text.Scan(nil, src, 0, len(src))
	var s sentence
	s.begin(new(marks), src, toks, 0, len(toks))
	r.scan.scan(s.marks, src, toks, 0, len(toks), date.Context{Published: published})
	return &s
}

// tables shortens the names of the lexicon's tables.
var tables = map[lexicon.Kind]string{
	lexicon.Noun: "noun", lexicon.Other: "other", lexicon.Movement: "move", lexicon.Status: "status",
	lexicon.Facet: "facet", lexicon.Marker: "mark", lexicon.Label: "label",
}

// show writes a mark as the scan tests expect it: "noun:product", "number 12",
// "stars 4"; "!" before a negated one, the depth behind one in brackets.
func show(s *sentence, mk *mark) string {
	out := ""
	switch mk.kind {
	case markNumber:
		n := &s.numbers[mk.ref]
		out = "number " + n.Value.String()
		if n.Percent {
			out += "%"
		}
		if n.Second != (record.Decimal{}) {
			out += "|" + n.Second.String()
		}
		if s.bad[mk.ref] != nil {
			out += " bad"
		}
	case markStars:
		st := &s.stars[mk.ref]
		out = "stars " + string(st.stars)
		if st.upgrade {
			out += " up"
		}
	case markTime:
		out = "time " + s.times[mk.ref].Whole.String()
	case markPlace:
		c := s.places[mk.ref].Candidates[0]
		out = fmt.Sprintf("place %s %s", c.Level, c.Name)
	case markSelf:
		out = "self " + string(s.selves[mk.ref].level)
	case markPunct:
		return string(mk.punct)
	case markTerm, markOrg:
		var codes []string
		for _, e := range mk.entries {
			codes = append(codes, tables[e.Kind]+":"+e.Code)
		}
		out = strings.Join(codes, "+")
		if mk.kind == markOrg {
			out = "org " + out
		}
	}
	if mk.negated {
		out = "!" + out
	}
	if mk.depth > 0 {
		out += fmt.Sprint(" @", mk.depth)
	}
	return out
}

func TestScan(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"number and noun", "68 sản phẩm", "number 68; noun:product"},
		{"the longest term wins", "5 hộ kinh doanh cá thể", "number 5; noun:household"},
		{"thousands with a dot", "2.439 chủ thể", "number 2439; noun:producer"},
		{"decimals with a comma", "38,8%", "number 38.8%"},
		{"a fraction is one number", "370/453 sản phẩm", "number 370|453; noun:product"},
		{"a range is one number", "8 - 10 sản phẩm", "number 8|10; noun:product"},
		{"class before number", "68 sản phẩm 4 sao", "number 68; noun:product; stars 4"},
		{"no class without the word for star", "68 sản phẩm 4 lần", "number 68; noun:product; number 4; other:ratio+label:ordinal"},
		{"year", "năm 2023 có 12 sản phẩm", "time 2023; mark:is; number 12; noun:product"},
		{"the word for year is also five", "năm sản phẩm", "number 5; noun:product"},
		{"bare year behind the programme", "OCOP 2023", "time 2023"},
		{"bare number elsewhere is no year", "gạo 2023", "number 2023"},
		{"province", "tỉnh Sơn La có", "place province Sơn La; mark:is"},
		{"the place spoken of in front of a verb", "toàn tỉnh có", "self province; mark:is"},
		{"the place spoken of by its level", "toàn huyện đạt", "self district; mark:verb"},
		{"kind of producer", "có 12 HTX tham gia", "mark:is; number 12; noun:cooperative; move:taking"},
		{"one producer by name", "của HTX Rồng Xanh", "mark:link; org noun:cooperative"},
		{"one producer by quoted name", "HTX “Rồng Xanh”", "org noun:cooperative; “; ”"},
		{"a counted kind is no name", "12 HTX Rồng", "number 12; noun:cooperative"},
		{"two kinds are no name", "các HTX, THT", "noun:cooperative; ,; noun:group"},
		{"two kinds side by side are no name", "các HTX THT", "noun:cooperative; noun:group"},
		{"the programme is no name", "HTX OCOP", "noun:cooperative"},
		{"a person by name", "bà Hoa nói", "org mark:person; mark:report"},
		{"a person without a name", "các bà bán", "mark:person"},
		{"depth of brackets", "68 sản phẩm (15%)", "number 68; noun:product; (; number 15% @1; )"},
		{"brackets in brackets", "(a (5))", "(; (; number 5 @2; ); )"},
		{"a closing bracket too many", "5) và 6", "number 5; ); mark:and; number 6"},
		{"a bracket behind one too many", "5) và (6)", "number 5; ); mark:and; (; number 6 @1; )"},
		{"negation reaches four tokens", "chưa được tỉnh công nhận", "!mark:verb; !self province; !move:recognised"},
		{"negation ends", "chưa có ai ở đó công nhận", "!mark:is; move:recognised"},
		{"a word in two tables", "12 làng nghề", "number 12; other:other+facet:craft"},
		{"a noun and a group are no single term", "3 sản phẩm, dịch vụ du lịch cộng đồng 6", "number 3; noun:product; ,; facet:tourism; number 6"},
		{"a step past a class", "từ 3 sao lên thẳng 5 sao", "stars 5 up"},
		{"a word within another is no place", "thể hiện", "mark:none"},
		{"breakdown", "trong đó, còn lại là", "mark:breakdown; ,; mark:remainder"},
		{"small letters and capitals alike", "SẢN PHẨM Đạt", "noun:product; mark:verb"},
		{"old tone placement", "hoà và hòa", "mark:and"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := scanned(t, tc.src, layerDay)
			var got []string
			for i := range s.list {
				got = append(got, show(s, &s.list[i]))
			}
			if got := strings.Join(got, "; "); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

// Every term of the lexicon is read in some place: none stands in the shadow of a
// time, number or place that begins with the same word.
func TestTermsAreRead(t *testing.T) {
	for kind, name := range map[lexicon.Kind]string{
		lexicon.Noun: "noun", lexicon.Other: "other", lexicon.Movement: "movement", lexicon.Status: "status",
		lexicon.Facet: "facet", lexicon.Marker: "marker", lexicon.Label: "label",
	} {
		table, err := os.ReadFile("../normalize/lexicon/" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(table)) {
			cells := strings.Split(line, "\t")
			if len(cells) < 2 || strings.HasPrefix(line, "#") {
				continue
			}
			if !termRead(t, cells[0], kind, cells[1]) {
				t.Errorf("%s.tsv: %q is always read as something else", name, cells[0])
			}
		}
	}
}

// termRead reports whether a scan finds a term by itself, beside a number or
// behind a word that takes a time away.
func termRead(t *testing.T, term string, kind lexicon.Kind, code string) bool {
	for _, src := range []string{term, term + " 5", "5 " + term, "và " + term, "chủ thể " + term} {
		s := scanned(t, src, layerDay)
		for i := range s.list {
			mk := &s.list[i]
			if span := s.spanOf(i); mk.is(kind, code) && span.Of(src) == term {
				return true
			}
		}
	}
	return false
}

// A scan fills marks that were used before as if they were new.
func TestScanLeavesNothingBehind(t *testing.T) {
	s := scanned(t, "tỉnh Sơn La có 68 sản phẩm (4 sao) năm 2023", layerDay)
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	r.scan.scan(s.marks, s.src, s.toks, 0, 0, date.Context{})
	m := s.marks
	if n := len(m.list) + len(m.numbers) + len(m.bad) + len(m.stars) + len(m.times) + len(m.places) + len(m.selves); n != 0 {
		t.Errorf("%d spans of the sentence before are left", n)
	}
}

func TestOpenTimes(t *testing.T) {
	for _, tc := range []struct {
		name, src string
		depth     int // of the time
	}{
		{"alone in brackets", "Huyện (tháng 7/2023) có 5 sản phẩm", 0},
		{"beside a number in brackets", "Huyện (12 sản phẩm năm 2022) có 5 sản phẩm", 1},
		{"outside", "Huyện năm 2022 có 5 sản phẩm", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := scanned(t, tc.src, layerDay)
			s.openTimes()
			for i := range s.list {
				if mk := &s.list[i]; mk.kind == markTime && mk.depth != tc.depth {
					t.Errorf("the time stands on depth %d, want %d", mk.depth, tc.depth)
				}
			}
			if len(s.times) != 1 {
				t.Errorf("%d times, want 1", len(s.times))
			}
		})
	}
}
