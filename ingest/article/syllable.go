package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// vietnamese counts the words of a text that have letters beyond ASCII: those
// that can be Vietnamese syllables and those that cannot. It is what tells the
// right charset from a wrong one.
func vietnamese(text []byte) (good, bad int) {
	for len(text) > 0 {
		word, rest := nextWord(text)
		text = rest
		if isASCII(word) {
			continue
		}
		if isSyllable(string(word)) {
			good++
		} else {
			bad++
		}
	}
	return good, bad
}

// nextWord splits the first word off a text: a run of letters, marks, and of
// the symbols and controls that only a wrong charset puts among letters.
func nextWord(text []byte) (word, rest []byte) {
	start := -1
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text[i:])
		}
		inside := unicode.IsLetter(r) || r >= 0x80 && strayInWord(r) || r < ' ' && !isSpace(byte(r))
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			return text[start:i], text[i:]
		}
		i += n
	}
	if start < 0 {
		return nil, nil
	}
	return text[start:], nil
}

// strayInWord reports whether a character beyond ASCII is none that stands
// between words: quotes, dashes, the ellipsis, bullets, no-break space.
func strayInWord(r rune) bool {
	switch r {
	case 0xA0, 0xAB, 0xBB, '–', '—', '‘', '’', '“', '”', '…', '•', '·', '°', '²', '³', '½', '©', '®', '™', '€', '′', '″':
		return false
	}
	return true
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c < ' ' {
			return false
		}
	}
	return true
}

// The parts of a Vietnamese syllable, without tones: an initial, a nucleus with
// an optional glide, a final.
var (
	initials = wordSet(`b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x`)
	finals   = wordSet(`c|ch|m|n|ng|nh|p|t|k`)
	nuclei   = wordSet(`a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu|uêu|ie|uao|uă|uai|uay|ue|ueo|uo|uâu`)
)

// isSyllable reports whether a word can be a Vietnamese syllable. Its letters
// must be of one case, or the first a capital.
func isSyllable(word string) bool {
	if len(word) > 24 || !evenCase(word) {
		return false
	}
	plain, tones := withoutTones(strings.ToLower(word))
	if tones > 1 {
		return false
	}
	start := strings.IndexFunc(plain, isVowel)
	if start < 0 {
		return plain == "đ"
	}
	end := strings.LastIndexFunc(plain, isVowel)
	_, size := utf8.DecodeRuneInString(plain[end:])
	end += size
	initial, nucleus, final := plain[:start], plain[start:end], plain[end:]
	if initial != "" && !initials[initial] || final != "" && !finals[final] {
		return false
	}
	if nuclei[nucleus] {
		return true
	}
	// The i of gi and the u of qu belong to the initial.
	return initial == "g" && strings.HasPrefix(nucleus, "i") && nuclei[nucleus[1:]] ||
		initial == "q" && strings.HasPrefix(nucleus, "u") && nuclei[nucleus[1:]]
}

func isVowel(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) }

// evenCase reports whether a word is in small letters, in capitals, or begins
// with a capital.
func evenCase(word string) bool {
	upper, lower := 0, 0
	for i, r := range word {
		switch {
		case unicode.IsLower(r):
			lower++
		case unicode.IsUpper(r) && i > 0:
			upper++
		}
	}
	return upper == 0 || lower == 0
}

// withoutTones takes the tone marks off a word and counts them. The marks that
// make a letter of their own (ă, ê, ơ) stay.
func withoutTones(word string) (plain string, tones int) {
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			tones++
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String()), tones
}
