package number

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// maxBound is the number of tokens in the longest bound phrase.
const maxBound = 4

// bounds are the phrases before a number that bound it; "" marks those that look
// like a bound and are none.
var bounds = lexicon.Phrases(vocabulary, map[string]record.Qualifier{
	"at-least": record.AtLeast, "over": record.Over, "under": record.Under, "at-most": record.AtMost, "about": record.About, "no-bound": "",
})

// afterBounds are the phrases after a number or its noun that bound it.
var afterBounds = lexicon.Phrases(vocabulary, map[string]record.Qualifier{
	"at-least-after": record.AtLeast, "at-most-after": record.AtMost, "over-after": record.Over,
})

// BoundBefore reads the words right before toks[i] that bound the number there:
// "ít nhất", "hơn", "gần", "không quá", "khoảng". n is the number of tokens, 0
// when there are none, and then q is record.Exactly. A "từ" between the words
// and the number is counted in: "khoảng từ 8 đến 10".
func BoundBefore(src string, toks []text.Token, i int) (q record.Qualifier, n int) {
	end, from := i, 0
	if end > 0 && toks[end-1].Key == keyFrom {
		end, from = end-1, 1
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
	if toks[j].Key == keyMore && (j+1 == len(toks) || toks[j+1].Kind == text.Punct) {
		return record.Over, 1
	}
	return record.Exactly, 0
}
