package number

import (
	"strings"

	"ocopstat/normalize/text"
)

// peerWindow is how many tokens either side of a number are searched for others
// that show the style of the text.
const peerWindow = 48

// peers returns the decimal mark that the numbers around toks[i] use, 0 when
// none of them shows it or they differ.
func (r *reader) peers(i int) byte {
	seen := byte(0)
	for j := max(0, i-peerWindow); j < len(r.toks) && j < i+peerWindow; j++ {
		if j == i || r.toks[j].Kind != text.Digits {
			continue
		}
		m := shown(r.src[r.toks[j].Start:r.toks[j].End])
		if m == 0 || m == seen {
			continue
		}
		if seen != 0 {
			return 0
		}
		seen = m
	}
	return seen
}

// shown returns the decimal mark of the style that a Digits token is surely
// written in, 0 when it does not show: "8,5" and "1.234" have the decimal comma,
// "1,234,567" the decimal point; "8.5" may be a section or a date.
func shown(s string) byte {
	comma, dot := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case comma == 0 && dot == 0:
		return 0
	case comma == 1 && dot == 0 && len(s)-strings.IndexByte(s, ',') != 4:
		return ','
	case comma == 0:
		if _, _, st := digits(s); dot == 1 && st == pointThree || dot > 1 && st == plain {
			return ','
		}
	case dot == 0 && comma > 1:
		if _, _, st := digits(s); st == plain {
			return '.'
		}
	case comma > 0 && dot > 0:
		if _, _, st := digits(s); st == plain {
			return s[strings.LastIndexAny(s, ".,")]
		}
	}
	return 0
}
