package extract

import (
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

func TestStarGrammar(t *testing.T) {
	const (
		upgrade   = "up"
		potential = "potential"
	)
	for _, tc := range []struct {
		name, src string
		stars     record.Stars
		flag      string
		rest      string // what is left of src behind the class
	}{
		{"one class", "4 sao", record.Stars4, "", ""},
		{"with a leading nought", "04 sao", record.Stars4, "", ""},
		{"in words", "ba sao", record.Stars3, "", ""},
		{"five in words", "năm sao", record.Stars5, "", ""},
		{"behind the word for class", "hạng 5 sao", record.Stars5, "", ""},
		{"behind the word for level", "mức 3 sao", record.Stars3, "", ""},
		{"and upwards", "từ 3 sao trở lên", record.Stars3Up, "", ""},
		{"upwards without from", "4 sao trở lên", record.Stars4Up, "", ""},
		{"from alone", "từ 3 sao", record.Stars3Up, "", ""},
		{"from the class", "từ hạng 4 sao trở lên", record.Stars4Up, "", ""},
		{"five and upwards is five", "5 sao trở lên", record.Stars5, "", ""},
		{"hyphen", "3-4 sao", record.Stars34, "", ""},
		{"spaced hyphen", "3 - 5 sao", record.Stars35, "", ""},
		{"dash", "4–5 sao", record.Stars45, "", ""},
		{"from to", "từ 3 đến 5 sao", record.Stars35, "", ""},
		{"from to with both words", "từ 3 sao đến 4 sao", record.Stars34, "", ""},
		{"other word for to", "3 tới 5 sao", record.Stars35, "", ""},
		{"to the class", "từ hạng 3 đến hạng 4 sao", record.Stars34, "", ""},
		{"list", "3, 4, 5 sao", record.Stars35, "", ""},
		{"list with and", "3 và 4 sao", record.Stars34, "", ""},
		{"list with a slash", "3/4 sao", record.Stars34, "", ""},
		{"from high to low", "5 - 3 sao", record.Stars35, "", ""},
		{"a list of full classes is not one class", "3 sao, 4 sao", record.Stars3, "", ", 4 sao"},
		{"potential", "tiềm năng 5 sao", record.Stars5Pot, potential, ""},
		{"potential to reach", "tiềm năng đạt 5 sao", record.Stars5Pot, potential, ""},
		{"potential to be classed", "tiềm năng được công nhận hạng 5 sao", record.Stars5Pot, potential, ""},
		{"potential four", "tiềm năng 4 sao", record.Stars4, potential, ""},
		{"a step", "từ 3 sao lên 4 sao", record.Stars4, upgrade, ""},
		{"a step without from", "3 sao lên 4 sao", record.Stars4, upgrade, ""},
		{"a step by rising", "từ 4 sao vươn lên 5 sao", record.Stars5, upgrade, ""},
		{"a step by raising", "3 sao nâng lên 4 sao", record.Stars4, upgrade, ""},
		{"a straight step", "từ 3 sao lên thẳng 5 sao", record.Stars5, upgrade, ""},
		{"a step to the class", "từ 3 sao lên hạng 4 sao", record.Stars4, upgrade, ""},
		{"no class behind the step", "3 sao lên kệ", record.Stars3, "", " lên kệ"},
		{"no class behind the dash", "3 sao - gạo", record.Stars3, "", " - gạo"},
		{"the next number is a count", "3 sao, 5 sản phẩm", record.Stars3, "", ", 5 sản phẩm"},
		{"the number behind to is a count", "3 sao đến 5 sản phẩm", record.Stars3, "", " đến 5 sản phẩm"},
		{"two stars have no class", "2 sao", record.StarsAny, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			toks := text.Scan(nil, tc.src, 0, len(tc.src))
			st, n := starScanner{tc.src, toks}.scan(0)
			if n == 0 {
				t.Fatal("no class")
			}
			if st.stars != tc.stars || st.upgrade != (tc.flag == upgrade) || st.potential != (tc.flag == potential) {
				t.Errorf("got %+v, want %q %s", st, tc.stars, tc.flag)
			}
			if rest := tc.src[toks[n-1].End:]; rest != tc.rest {
				t.Errorf("left is %q, want %q", rest, tc.rest)
			}
		})
	}
}

func TestNoStars(t *testing.T) {
	for name, src := range map[string]string{
		"no star":           "4 sản phẩm",
		"six":               "6 sao",
		"nought":            "0 sao",
		"three digits":      "005 sao",
		"no level":          "sao",
		"potential alone":   "tiềm năng lớn",
		"range without":     "3 - 4 năm",
		"class without":     "hạng 4",
		"the end":           "từ 3",
		"not at the number": "có 3 sao",
	} {
		t.Run(name, func(t *testing.T) {
			toks := text.Scan(nil, src, 0, len(src))
			if st, n := (starScanner{src, toks}).scan(0); n != 0 {
				t.Errorf("%q is class %+v", src, st)
			}
		})
	}
}

func TestJoinStars(t *testing.T) {
	one := func(l int) starSpan { return starSpan{level: l} }
	for _, tc := range []struct {
		name string
		a, b starSpan
		want record.Stars
		ok   bool
	}{
		{"neighbours", one(3), one(4), record.Stars34, true},
		{"from high to low", one(5), one(4), record.Stars45, true},
		{"ends", one(3), one(5), record.Stars35, true},
		{"below the classes", one(2), one(3), record.StarsAny, false},
		{"a range", starSpan{stars: record.Stars34}, one(5), "", false},
		{"potential", starSpan{level: 5, potential: true}, one(4), "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, ok := joinStars(tc.a, tc.b); got != tc.want || ok != tc.ok {
				t.Errorf("got %q, %v, want %q, %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

// A class with its count behind it, and then the next class.
func TestCountsBehindClasses(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []string{
		"Có 175 sản phẩm OCOP (5 sao: 3, 4 sao: 68, 3 sao: 104)",
		"Có 175 sản phẩm OCOP: 5 sao có 3, 4 sao có 68, 3 sao có 104",
		"Có 175 sản phẩm OCOP, 5 sao là 3, 4 sao là 68, 3 sao là 104",
	} {
		got := ""
		for _, f := range r.Article(plain(src)).Figures {
			got += " " + f.Value.String() + "=" + string(f.Stars)
		}
		if want := " 175= 3=5 68=4 104=3"; got != want {
			t.Errorf("%s\ngot %s, want %s", src, got, want)
		}
	}
}
