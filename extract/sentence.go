package extract

import (
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/text"
)

// maxSentence is the number of tokens after which a sentence is cut wherever it
// stands. Real sentences have a third of it; what is longer is a table or a list
// that lost its line ends, or hostile.
const maxSentence = 600

// sentences cuts the tokens of a block into sentences, as token ranges. A full
// stop ends a sentence unless it stands after an abbreviation or an initial, or
// the text goes on with a small letter.
func sentences(dst [][2]int, src string, toks []text.Token) [][2]int {
	start := 0
	for i, t := range toks {
		if i-start < maxSentence && (t.Kind != text.Punct || !endsSentence(src, toks, i)) {
			continue
		}
		dst = append(dst, [2]int{start, i + 1})
		start = i + 1
	}
	if start < len(toks) {
		dst = append(dst, [2]int{start, len(toks)})
	}
	return dst
}

func endsSentence(src string, toks []text.Token, i int) bool {
	switch toks[i].Key {
	case '!', '?':
		return true
	case '.', '…':
	default:
		return false
	}
	if i+1 == len(toks) {
		return true
	}
	next := toks[i+1]
	if !next.Spaced && next.Kind != text.Punct && !strings.ContainsRune(src[toks[i].End:next.Start], '\n') {
		// "…vào năm nay.Tin" happens, "TP.HCM" and "4.0" happen more.
		return i > 0 && next.Case == text.Title && !abbreviation(src, toks, i)
	}
	if next.Kind == text.Word && next.Case == text.Lower {
		return false
	}
	if next.Key == '.' || next.Key == ')' || next.Key == ',' || next.Key == ';' {
		return false
	}
	return !abbreviation(src, toks, i)
}

// abbreviation reports whether the full stop at toks[i] belongs to the word
// before it.
func abbreviation(src string, toks []text.Token, i int) bool {
	if i == 0 || toks[i].Key != '.' {
		return false
	}
	prev := toks[i-1]
	if prev.End != toks[i].Start {
		return false
	}
	word := src[prev.Start:prev.End]
	if prev.Kind == text.Digits { // "1. Kết quả" at the head of a line
		return i == 1 && len(word) <= 2
	}
	if prev.Kind != text.Word || prev.Case == text.Lower {
		return false
	}
	if i == 1 && strings.Trim(word, "IVX") == "" { // "IV. Nhiệm vụ" at the head of a line
		return true
	}
	if utf8.RuneCountInString(word) == 1 {
		return true
	}
	return abbreviations[prev.Key]
}
