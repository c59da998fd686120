package place

import (
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// maxSignature bounds the tokens between the brackets of a signature.
const maxSignature = 6

// Dateline reads the signature of a provincial newspaper at the head of a
// text, "(GLO)-", "BHG -", "(Baonghean.vn)" or "(Báo Quảng Ngãi)", and returns the newspaper's
// province (of Vintage63) with the number of tokens it takes, its dash
// included; 0 when there is none. It says who wrote, like FromHost, not of what.
func (g *Gazetteer) Dateline(src string, toks []text.Token, i int) (p record.Place, used int) {
	j, open := i, false
	if j < len(toks) && toks[j].Key == '(' {
		j, open = j+1, true
	}
	end := j
	for end < len(toks) && end-j < maxSignature && toks[end].Key != ')' && keyOf(src, toks[end]) != dashKey {
		end++
	}
	if end >= len(toks) || end == j || toks[end].Start-toks[j].Start > 40 {
		return record.Place{}, 0
	}
	p, ok := g.signature(src, toks[j:end])
	closed := toks[end].Key == ')'
	if !ok || open != closed {
		return record.Place{}, 0
	}
	if closed {
		end++
	}
	if end < len(toks) && keyOf(src, toks[end]) == dashKey {
		end++
	}
	return p, end - i
}

// signature reads "GLO", "Baonghean.vn" or "Báo Quảng Ngãi".
func (g *Gazetteer) signature(src string, toks []text.Token) (record.Place, bool) {
	s := src[toks[0].Start:toks[len(toks)-1].End]
	if code, ok := g.signatures[text.NFC(s)]; ok {
		return g.Province(code, record.Vintage63)
	}
	if strings.Contains(s, ".") {
		return g.FromHost(s)
	}
	if len(toks) > 1 && toks[0].Key == keyBao {
		e, _, n := g.nameAt(src, toks, 1)
		if n == len(toks)-1 && e.kinds&provinceKinds != 0 {
			lo, _ := g.span(e, provinceKinds)
			return g.places[lo], true
		}
	}
	return record.Place{}, false
}

func (g *Gazetteer) loadSignatures() error {
	g.signatures = make(map[string]string, 80)
	return g.eachLine("datelines.tsv", 2, func(r []string) error {
		g.signatures[r[0]] = r[1]
		return nil
	})
}
