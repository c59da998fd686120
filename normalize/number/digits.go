package number

import (
	"fmt"
	"math"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// What makes a printed group of digits unreadable.
var (
	errGroups   = fmt.Errorf("%w: the points and commas do not part the digits into thousands and decimals", errAmbiguous)
	errComma    = fmt.Errorf("%w: the comma before three digits may mark thousands or decimals", errAmbiguous)
	errPoint    = fmt.Errorf("%w: the point before three digits may mark thousands or decimals", errAmbiguous)
	errZero     = fmt.Errorf("%w: digits with a leading zero, as in a telephone number or code", errAmbiguous)
	errSpace    = fmt.Errorf("%w: digits parted by a space may be one number or two", errAmbiguous)
	errNegative = fmt.Errorf("%w: the dash before the percentage may be a minus or a list mark", errAmbiguous)
	errLetters  = fmt.Errorf("%w: letters among the digits, which may be misread digits", errAmbiguous)
	errStars    = fmt.Errorf("%w: a comma between star levels that parts two of them", errAmbiguous)
	errPerMille = fmt.Errorf("%w: per thousand, not per hundred", errAmbiguous)
)

// style is how thousands and decimals are marked.
type style uint8

const (
	plain      style = iota // one reading only
	notOne                  // "1.2.3": no number at all
	bad                     // groups that fit no style
	tooLarge                // more digits than a Decimal holds
	commaThree              // "1,039": thousands or decimals
	pointThree              // "1.039": thousands, unless per cent
	mixedThree              // "1.234,567": decimals, unless a misprint for thousands
	zeroes                  // "0912": a code
)

// digits reads a Digits token without its surroundings. For the styles with two
// readings v is the one with thousands; alt is the one with decimals.
func digits(s string) (v, alt record.Decimal, st style) {
	var buf [64]byte
	var marks [24]struct {
		mark byte
		at   int // digits before it
	}
	n, m := 0, 0
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case c >= '0' && c <= '9':
			if n == len(buf) {
				return v, alt, tooLarge
			}
			buf[n] = c
			n++
		case c == '.' || c == ',':
			if m == len(marks) {
				return v, alt, bad
			}
			marks[m].mark, marks[m].at = c, n
			m++
		} // the rest is invisible
	}
	all := buf[:n]
	if m == 0 && len(all) > 3 && all[0] == '0' {
		return v, alt, zeroes
	}
	if m == 0 {
		return decimal(all, 0)
	}
	lastMark, lastAt := marks[m-1].mark, marks[m-1].at
	tail := n - lastAt
	grouped, same := marks[0].at <= 3 && all[0] != '0', true
	short := marks[0].at <= 2 && tail != 3 // as in dates and section numbers
	for k := 1; k < m; k++ {
		short = short && marks[k].at-marks[k-1].at <= 2
		grouped = grouped && marks[k].at-marks[k-1].at == 3
		same = same && marks[k].mark == marks[0].mark
	}
	switch {
	case m == 1 && marks[0].at <= 3 && tail == 3 && all[0] != '0':
		st = commaThree
		if lastMark == '.' {
			st = pointThree
		}
	case m == 1:
		if lastMark == '.' && tail > 3 && all[0] != '0' || tail == 3 && all[0] != '0' || all[0] == '0' && lastAt > 2 {
			return v, alt, bad // "1.2345", "1234.567", "012.5"
		}
		return decimal(all, tail)
	case same && grouped && tail == 3: // 1.234.567
		return decimal(all, 0)
	case same:
		if short {
			return v, alt, notOne
		}
		return v, alt, bad
	case !grouped || strings.Count(s, string(rune(lastMark))) > 1:
		return v, alt, bad
	case tail == 3: // 1.234,567
		st = mixedThree
	default: // 1.234,5
		return decimal(all, tail)
	}
	alt, _, dst := decimal(all, 3)
	v, _, wst := decimal(all, 0)
	if dst != plain || wst != plain {
		return v, alt, tooLarge
	}
	return v, alt, st
}

// decimal reads digits with the given number of decimals.
func decimal(all []byte, decimals int) (v, alt record.Decimal, st style) {
	if decimals > record.MaxScale {
		return v, alt, tooLarge
	}
	for _, c := range all {
		d := int64(c - '0')
		if v.Coef > (math.MaxInt64-d)/10 {
			return record.Decimal{}, alt, tooLarge
		}
		v.Coef = v.Coef*10 + d
	}
	v.Scale = uint8(decimals)
	return v, alt, plain
}

// digitAtom reads the digits at toks[i], thousands parted by spaces included.
// percent and measured say what follows: a per cent sign; a scale or a unit of
// measure, which leave room for decimals.
func (r *reader) digitAtom(i int, percent, measured bool) (v record.Decimal, used int, err error) {
	if v, used, err = r.spaced(i); used > 0 {
		return v, used, err
	}
	tok := r.toks[i]
	v, alt, st := digits(r.src[tok.Start:tok.End])
	switch st {
	case plain:
		if v.Scale == 1 && r.key(i+1) == keyStar {
			return v, 1, errStars
		}
		return v, 1, nil
	case notOne:
		return v, 0, nil
	case bad:
		return v, 1, errGroups
	case tooLarge:
		return v, 1, errRange
	case zeroes:
		return v, 1, errZero
	case commaThree:
		switch {
		case percent:
			return alt, 1, nil
		case !measured:
			return v, 1, nil
		}
		switch r.peers(i) {
		case ',':
			return alt, 1, nil
		case '.':
			return v, 1, nil
		}
		return v, 1, errComma
	case pointThree:
		switch {
		case percent && v.Coef%1000 != 0:
			return v, 1, errPoint
		case measured && r.peers(i) == '.':
			return v, 1, errPoint
		}
		return v, 1, nil
	default: // mixedThree
		if percent || measured {
			return alt, 1, nil
		}
		return v, 1, errGroups
	}
}

// spaced reads thousands that are parted by spaces: "10 000". A no-break or thin
// space joins; an ordinary space joins before 000 only and otherwise leaves it
// open whether this is one number.
func (r *reader) spaced(i int) (v record.Decimal, used int, err error) {
	tok := r.toks[i]
	if tok.End-tok.Start > 3 || !r.triplet(i+1) || r.src[tok.Start] == '0' {
		return v, 0, nil
	}
	joined := true
	all := append(make([]byte, 0, 24), r.src[tok.Start:tok.End]...)
	j := i + 1
	for ; r.triplet(j) && len(all) <= 18; j++ {
		gap := r.src[r.toks[j-1].End:r.toks[j].Start]
		group := r.src[r.toks[j].Start:r.toks[j].End]
		if gap == " " && group != "000" {
			joined = false
		}
		all = append(all, group...)
	}
	for _, c := range all {
		if c < '0' || c > '9' {
			return v, 0, nil
		}
	}
	if !joined {
		return v, j - i, errSpace
	}
	v, _, st := decimal(all, 0)
	if st != plain {
		return v, j - i, errRange
	}
	return v, j - i, nil
}

// triplet reports whether toks[j] is three digits after a space of one kind.
func (r *reader) triplet(j int) bool {
	if j >= len(r.toks) || r.toks[j].Kind != text.Digits || r.toks[j].End-r.toks[j].Start != 3 {
		return false
	}
	switch r.src[r.toks[j-1].End:r.toks[j].Start] {
	case " ", "\u00a0", "\u202f", "\u2009":
		return !strings.ContainsAny(r.src[r.toks[j].Start:r.toks[j].End], ".,")
	}
	return false
}

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

// code returns the digits at toks[i] as part of a reference that ends before
// toks[j].
func (r *reader) code(i, j int) (n Number, used int, err error) {
	v, _, st := digits(r.src[r.toks[i].Start:r.toks[i].End])
	n = Number{Span: r.span(i, j), Code: true}
	if st == plain || st == commaThree || st == pointThree {
		n.Value = v
	}
	return n, j - i, nil
}

// reference reports whether the digits at toks[i] belong to a reference or name,
// and the token after them: 919/QĐ-TTg, 01/2023/TT-BTC, 05-NQ/TW, ST25,
// Covid-19, 7:30.
func (r *reader) reference(i int) (end int, ok bool) {
	end = i + 1
	if i > 0 && r.glued(i) {
		prev := r.toks[i-1]
		switch m := r.mark(i - 1); {
		case prev.Kind == text.Word:
			return end, true
		case m == ':' && r.glued(i-1) && r.isDigits(i-2):
			return end, true
		case (isDash(m) || m == '/') && i > 1 && r.glued(i-1) && r.toks[i-2].Kind == text.Word && r.toks[i-2].Case != text.Lower:
			return end, true
		}
	}
	for r.glued(end) && r.mark(end) == '/' && r.isDigits(end+1) && r.glued(end+1) {
		end += 2
	}
	if !r.glued(end) || !r.glued(end+1) || end+1 >= len(r.toks) {
		return end, false
	}
	next := r.toks[end+1]
	switch m := r.mark(end); {
	case m == ':' && end == i+1 && next.Kind == text.Digits:
		return end, true
	case m == '/' && next.Kind == text.Word && next.Case != text.Lower:
		return end, !r.planBehind(end + 1)
	case isDash(m) && next.Kind == text.Word && next.Case == text.Upper && next.Key != keyOCOP:
		return end, true
	}
	return end, false
}

// planBehind reports whether the word at toks[j] with a number of its own behind
// it is the plan of what the digits before the slash count: "18/KH 15".
func (r *reader) planBehind(j int) bool {
	return r.toks[j].Key == keyPlan && r.isDigits(j+1) && r.toks[j+1].Spaced
}

// misread returns the token behind digits with letters among them that look like
// digits, as scanned pages have them: "1O", "2OO", "1l2"; i when there are none. A
// small l at the end is litres.
func (r *reader) misread(i int) (end int) {
	end = i
	for j := i + 1; j < len(r.toks) && r.glued(j) && r.toks[j].Kind == text.Word; j += 2 {
		word := r.src[r.toks[j].Start:r.toks[j].End]
		digits := r.isDigits(j+1) && r.glued(j+1)
		if strings.Trim(word, "OolI") != "" || !digits && strings.Trim(word, "Oo") != "" {
			break
		}
		if end = j + 1; !digits {
			break
		}
		end++
	}
	return end
}
