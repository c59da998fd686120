// Package text reads Vietnamese text as words, numbers and marks without ever
// changing it: every token keeps its byte offsets, and what is compared is a
// folded key beside it.
package text

import (
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota + 1 // a run of letters, one Vietnamese syllable
	Digits                 // digits, with single points or commas between them: "1.234,5"
	Punct                  // any other visible character, one rune
)

// Case says how a word is written.
type Case uint8

// The cases.
const (
	Lower Case = iota // starts with a small letter, or is no word
	Title             // starts with a capital
	Upper             // all capitals, at least two letters
)

// Token is one word, number or mark.
type Token struct {
	Start, End int // byte offsets into the text that was scanned
	Key        Key // of a word or mark; 0 for Digits
	Kind       Kind
	Case       Case
	Spaced     bool // white space, or the start of the text, stands before it
}

// Scan appends the tokens of src[start:end] to dst; offsets count from the
// start of src. White space and invisible characters make no token; an
// invisible character inside a word or number belongs to it. Malformed UTF-8
// becomes Punct tokens of one byte.
func Scan(dst []Token, src string, start, end int) []Token {
	spaced := true
	for i := start; i < end; {
		c := src[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			spaced = true
			i++
			continue
		case c >= '0' && c <= '9':
			j := scanDigits(src, i, end)
			dst = append(dst, Token{Start: i, End: j, Kind: Digits, Spaced: spaced})
			i = j
		default:
			tok, ok := scanOther(src, i, end)
			i = tok.End
			if !ok { // space or invisible
				spaced = spaced || tok.Spaced
				continue
			}
			tok.Spaced = spaced
			dst = append(dst, tok)
		}
		spaced = false
	}
	return dst
}

// scanDigits returns the end of the digits at i, single separators included
// where a digit follows them.
func scanDigits(src string, i, end int) int {
	for i < end {
		c := src[i]
		switch {
		case c >= '0' && c <= '9':
			i++
		case (c == '.' || c == ',') && i+1 < end && src[i+1] >= '0' && src[i+1] <= '9':
			i += 2
		case c >= utf8.RuneSelf:
			n := skipInvisible(src, i, end)
			if n == i || n >= end || src[n] < '0' || src[n] > '9' {
				return i
			}
			i = n
		default:
			return i
		}
	}
	return i
}

func skipInvisible(src string, i, end int) int {
	for i < end {
		r, n := utf8.DecodeRuneInString(src[i:end])
		if !IsInvisible(r) {
			break
		}
		i += n
	}
	return i
}

// scanOther reads a word or a mark at i. It reports false, with Spaced set for
// white space, where there is neither.
func scanOther(src string, i, end int) (Token, bool) {
	r, n := utf8.DecodeRuneInString(src[i:end])
	switch foldRune(r).sort {
	case sortSmall, sortCapital:
		return scanWord(src, i, end), true
	case sortMark, sortHidden:
		return Token{End: i + n}, false
	}
	if unicode.IsSpace(r) {
		return Token{End: i + n, Spaced: true}, false
	}
	return Token{Start: i, End: i + n, Key: Key(r), Kind: Punct}, true
}

func scanWord(src string, i, end int) Token {
	tok := Token{Start: i, Kind: Word}
	h := hasher{h: fnvOffset}
	letters, capitals := 0, 0
	j := i
	for j < end {
		c := src[j]
		if c < utf8.RuneSelf {
			lower := c | 0x20
			if lower < 'a' || lower > 'z' {
				break
			}
			h.flush()
			h.held = rune(lower)
			letters++
			if c != lower {
				capitals++
				if letters == 1 {
					tok.Case = Title
				}
			}
			j++
			tok.End = j
			continue
		}
		r, n := utf8.DecodeRuneInString(src[j:end])
		f := foldRune(r)
		if f.sort == sortOther {
			break
		}
		h.fold(&f)
		j += n
		if f.sort == sortHidden {
			continue // a trailing one does not belong to the word
		}
		tok.End = j
		if f.sort == sortMark {
			continue
		}
		letters++
		if f.sort == sortCapital {
			capitals++
			if letters == 1 {
				tok.Case = Title
			}
		}
	}
	if capitals == letters && letters > 1 {
		tok.Case = Upper
	}
	tok.Key = h.sum()
	return tok
}
