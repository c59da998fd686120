package record

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestRemarks(t *testing.T) {
	for _, tc := range []struct {
		list        []Remark
		text        string
		english, vi string
	}{
		{[]Remark{Say(MoreExact)}, "more-exact",
			"an exact number over a bound or a round one", "số chính xác, số kia chỉ là giới hạn hoặc số làm tròn"},
		{[]Remark{Say(PublishedLater, "2023-01-20")}, "published-later: 2023-01-20",
			"published later, on 2023-01-20", "đăng muộn hơn, ngày 20/01/2023"},
		{[]Remark{Say(Says, "38,8 %"), Say(DigitsSwapped, "38,8 %", "83,8 %")}, "says: 38,8 %; digits-swapped: 38,8 % | 83,8 %",
			"says 38,8 %; 38,8 % may be 83,8 % (digits swapped)", "ghi 38,8 %; 38,8 % có thể là 83,8 % (đảo chữ số)"},
		{[]Remark{Say(SaidReject, "Lan; Minh", "2023-02-01", `{1} | a \ b: c`)}, `rejected: Lan\; Minh | 2023-02-01 | {1} \| a \\ b: c`,
			`rejected by Lan; Minh on 2023-02-01: {1} | a \ b: c`, `Lan; Minh bác bỏ ngày 01/02/2023: {1} | a \ b: c`},
	} {
		text := JoinRemarks(tc.list...)
		if text != tc.text {
			t.Errorf("written %q, want %q", text, tc.text)
		}
		if got, ok := ParseRemarks(text); !ok || !reflect.DeepEqual(got, tc.list) {
			t.Errorf("%q is read as %q, %v", text, got, ok)
		}
		if en, vi := RemarksEN(text), RemarksVI(text); en != tc.english || vi != tc.vi {
			t.Errorf("%q is in words %q and %q", text, en, vi)
		}
	}
}

func TestNoRemarks(t *testing.T) {
	for _, text := range []string{"", "says", "says: 1 | 2", "later publication", "=1+1", "more-exact; ", ";|"} {
		if list, ok := ParseRemarks(text); ok {
			t.Errorf("%q is read as %v", text, list)
		}
		if RemarksEN(text) != text {
			t.Errorf("%q became %q", text, RemarksEN(text))
		}
	}
}

// Each wording uses each of its values, in both languages.
func TestRemarkWords(t *testing.T) {
	for code, w := range remarkWords {
		for _, words := range []string{w.english, w.vietnamese} {
			for i := range 9 {
				if has := strings.Contains(words, "{"+string(rune('1'+i))+"}"); has != (i < w.values) {
					t.Errorf("%s: %q and value %d of %d", code, words, i+1, w.values)
				}
			}
		}
		for _, column := range w.columns {
			if column != "choice" && column != "note" && column != "suggestion" && column != "quality_reason" {
				t.Errorf("%s stands in a column %q", code, column)
			}
		}
	}
	source, err := os.ReadFile("remark.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`RemarkCode = "([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
		if remarkWords[RemarkCode(m[1])].vietnamese == "" {
			t.Errorf("no words for %s", m[1])
		}
	}
	if rows := strings.Count(remarkTable, "\n") - 2; rows != len(remarkWords) {
		t.Errorf("%d codes in %d lines of remarks.tsv", len(remarkWords), rows)
	}
	if n := len(RemarkCodes("choice")); n != 16 {
		t.Errorf("%d codes of choices", n)
	}
}

func FuzzRemarks(f *testing.F) {
	f.Add("Lan | Minh", `a\;b`)
	f.Fuzz(func(t *testing.T, by, why string) {
		by, why = strings.TrimSpace(by), strings.TrimSpace(why)
		want := []Remark{Say(SaidAccept, by, "2023-01-01", why), Say(PartOfIt)}
		if got, ok := ParseRemarks(JoinRemarks(want...)); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %q, %v", want, got, ok)
		}
	})
}
