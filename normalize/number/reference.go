package number

import "ocopstat/normalize/text"

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
		return end, true
	case isDash(m) && next.Kind == text.Word && next.Case == text.Upper && next.Key != keyOCOP:
		return end, true
	}
	return end, false
}
