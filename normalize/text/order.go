package text

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The order of the alphabet where it is not that of Unicode: what a letter with a
// mark sorts behind, and the tones (CLDR, collation "vi").
var (
	letterMarks = map[rune]rune{0x306: 1, 0x302: 2, 0x31B: 3}                     // ă â, ê, ô, ơ ư
	toneOrder   = map[rune]rune{0x300: 1, 0x309: 2, 0x303: 3, 0x301: 4, 0x323: 5} // à ả ã á ạ
)

// Order compares two names as a Vietnamese dictionary does: by letters, ă behind a
// and đ behind d, then by tones, then small letters before capitals.
func Order(a, b string) int {
	lettersA, tonesA := sortKeys(a)
	lettersB, tonesB := sortKeys(b)
	return cmp.Or(strings.Compare(lettersA, lettersB), strings.Compare(tonesA, tonesB), strings.Compare(b, a))
}

// sortKeys are the letters of a name with their marks, and the tone of each.
func sortKeys(name string) (letters, tones string) {
	const room = 4 // marks a letter
	var l, t []rune
	for _, r := range norm.NFD.String(name) {
		switch n := len(l) - 1; {
		case n >= 0 && letterMarks[r] > 0:
			l[n] += letterMarks[r]
		case n >= 0 && toneOrder[r] > 0:
			t[n] = toneOrder[r]
		case unicode.ToLower(r) == 'đ':
			l, t = append(l, 'd'*room+1), append(t, 0)
		default:
			l, t = append(l, unicode.ToLower(r)*room), append(t, 0)
		}
	}
	return string(l), string(t)
}
