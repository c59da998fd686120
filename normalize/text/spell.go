package text

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// combining are the tone marks by tone number, for letters that have no
// composed form.
var combining = [...]rune{0, 0x300, 0x301, 0x309, 0x303, 0x323}

// Fold spells out what KeyOf hashes: the word in small composed letters,
// without look-alikes and invisible characters, its tone where the older
// spelling puts it ("HOÀ" is "hòa", "Thuỷ" is "thủy"). Two words with the same
// spelling have the same key, and the other way round; Fold of a Fold changes
// nothing.
func Fold(word string) string {
	letters, tone := lettersOf(word)
	if tone == 0 {
		return string(letters)
	}
	at := toneAt(letters)
	if at < 0 {
		return string(letters) + string(combining[tone])
	}
	return string(letters[:at]) + withTone(letters[at], tone) + string(letters[at+1:])
}

// lettersOf takes a word apart as hasher does.
func lettersOf(word string) (letters []rune, tone byte) {
	held := rune(0)
	flush := func() {
		if held != 0 {
			letters = append(letters, held)
		}
	}
	for _, r := range word {
		f := foldRune(r)
		if f.tone != 0 {
			tone = f.tone
		}
		switch {
		case f.drop, f.tone != 0 && f.base == 0:
		case f.mark != 0:
			held = withMark(held, f.mark)
		default:
			flush()
			held = f.base
		}
	}
	flush()
	return letters, tone
}

// toneAt returns the index of the letter that carries the tone: the last vowel
// with a mark of its own (ươ, iê), else the second of three vowels or of two
// before a consonant, else the first; -1 without a vowel. The u of qu and the i
// of gi before another vowel count as consonants.
func toneAt(letters []rune) int {
	first, n, marked := -1, 0, -1
	for i, r := range letters {
		switch {
		case !isVowel(r):
			if n > 0 {
				return placeOf(first, n, marked, true)
			}
		case n == 0 && i == 1 && i+1 < len(letters) && isVowel(letters[i+1]) && (letters[0] == 'q' && r == 'u' || letters[0] == 'g' && r == 'i'):
		default:
			if n == 0 {
				first = i
			}
			n++
			if r > 'y' {
				marked = i
			}
		}
	}
	return placeOf(first, n, marked, false)
}

func placeOf(first, n, marked int, closed bool) int {
	switch {
	case marked >= 0:
		return marked
	case n >= 3, n == 2 && closed:
		return first + 1
	}
	return first
}

func isVowel(r rune) bool {
	return slices.ContainsFunc(vowels[:], func(v string) bool { return strings.HasPrefix(v, string(r)) })
}

func withTone(vowel rune, tone byte) string { return NFC(string([]rune{vowel, combining[tone]})) }

// NFC composes letters and their marks. It is for text that is being decoded
// from a legacy charset, and for comparing; the text of an article is never
// rewritten after it has been read.
func NFC(s string) string { return norm.NFC.String(s) }
