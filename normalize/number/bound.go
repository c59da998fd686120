package number

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// maxBound is the number of tokens in the longest bound phrase.
const maxBound = 4

// bounds are the words before a number that bound it; "" marks a phrase that
// looks like a bound and is none.
var boundsBefore = map[record.Qualifier][]string{
	record.AtLeast: {"ít nhất", "tối thiểu", "không dưới", "không ít hơn", "không thấp hơn", "không kém", "chẳng kém", "chí ít", "≥"},
	record.Over:    {"hơn", "trên", "khoảng hơn", "khoảng trên", "nhiều hơn", "quá", "vượt quá", "vượt trên", "vượt mốc", "vượt con số", "vượt ngưỡng", ">"},
	record.Under: {"gần", "dưới", "chưa đến", "chưa tới", "chưa đầy", "không đầy", "không đến", "không tới", "ngót", "ngót nghét", "suýt soát", "khoảng gần", "khoảng dưới",
		"chưa được", "ít hơn", "<"},
	record.AtMost: {"tối đa", "không quá", "không vượt quá", "không hơn", "không nhiều hơn", "chưa quá", "không trên", "≤"},
	record.About: {"khoảng", "chừng", "xấp xỉ", "ước", "tầm", "độ", "vào khoảng", "khoảng chừng", "ước chừng", "ước khoảng", "ước tính", "áng chừng", "phỏng chừng",
		"ước đạt", "ước tính đạt", "ước có", "trên dưới", "cỡ", "tầm khoảng", "vào tầm", "~", "≈"},
	"": {"cao hơn", "thấp hơn", "tốt hơn", "lớn hơn", "nhỏ hơn", "nhiệt độ", "mức độ", "tốc độ", "tiến độ", "chế độ", "trình độ", "cường độ", "mật độ",
		"nâng tầm", "vươn tầm", "quy ước", "mong ước", "mơ ước", "công ước"},
}

var bounds = trie(boundsBefore)

// boundEnds are the last words of those phrases: most numbers have none of them
// before, which one look-up tells.
var boundEnds = lastWords(boundsBefore)

// afterBounds are the words after a number or its noun that bound it.
var afterBounds = trie(map[record.Qualifier][]string{
	record.AtLeast: {"trở lên", "đổ lên", "hoặc hơn", "hoặc nhiều hơn", "là ít nhất", "là tối thiểu", "+"},
	record.AtMost:  {"trở xuống", "trở lại", "đổ lại", "đổ xuống", "là cùng", "là tối đa", "hoặc ít hơn"},
	record.Over:    {"có hơn", "có lẻ"},
})

var keyHon = text.KeyOf("hơn")

func trie(phrases map[record.Qualifier][]string) *text.Trie[record.Qualifier] {
	t := &text.Trie[record.Qualifier]{}
	for q, list := range phrases {
		for _, p := range list {
			t.Add(p, q)
		}
	}
	return t
}

func lastWords(phrases map[record.Qualifier][]string) map[text.Key]bool {
	m := map[text.Key]bool{}
	for _, list := range phrases {
		for _, p := range list {
			keys := text.Keys(p)
			m[keys[len(keys)-1]] = true
		}
	}
	return m
}

// BoundBefore reads the words right before toks[i] that bound the number there:
// "ít nhất", "hơn", "gần", "không quá", "khoảng". n is the number of tokens, 0
// when there are none, and then q is record.Exactly. A "từ" between the words
// and the number is counted in: "khoảng từ 8 đến 10".
func BoundBefore(src string, toks []text.Token, i int) (q record.Qualifier, n int) {
	end, from := i, 0
	if end > 0 && toks[end-1].Key == keyTu {
		end, from = end-1, 1
	}
	if end == 0 || !boundEnds[toks[end-1].Key] {
		return record.Exactly, 0
	}
	for n := min(maxBound, end); n > 0; n-- {
		q, used := bounds.Longest(toks[:end], end-n)
		if used != n {
			continue
		}
		if q == "" {
			return record.Exactly, 0
		}
		return q, n + from
	}
	return record.Exactly, 0
}

// BoundAfter reads the words at toks[j], right after a number or its noun, that
// bound the number: "trở lên", "trở xuống", "trở lại". n is the number of
// tokens, 0 when there are none, and then q is record.Exactly.
func BoundAfter(src string, toks []text.Token, j int) (q record.Qualifier, n int) {
	if j >= len(toks) {
		return record.Exactly, 0
	}
	if q, n = afterBounds.Longest(toks, j); n > 0 {
		return q, n
	}
	if toks[j].Key == keyHon && (j+1 == len(toks) || toks[j+1].Kind == text.Punct) {
		return record.Over, 1
	}
	return record.Exactly, 0
}
