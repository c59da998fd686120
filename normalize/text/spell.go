package text

import "strings"

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
	at := -1
	if tone > 0 {
		at = toneAt(letters)
	}
	var b strings.Builder
	for i, r := range letters {
		if i != at {
			b.WriteRune(r)
			continue
		}
		b.WriteString(withTone(r, tone))
	}
	if tone > 0 && at < 0 {
		b.WriteRune(combining[tone])
	}
	return b.String()
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
	for _, v := range vowels {
		if strings.HasPrefix(v, string(r)) {
			return true
		}
	}
	return false
}

func withTone(vowel rune, tone byte) string {
	for _, v := range vowels {
		if strings.HasPrefix(v, string(vowel)) {
			return string([]rune(v)[tone])
		}
	}
	return string(vowel) + string(combining[tone])
}
