package extract

import (
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/place"
	"ocopstat/record"
)

// resolvePlaces settles the places of a sentence in the scope it begins with.
func (s *sentence) resolvePlaces(r *Reader, sc *scope) {
	for i := range s.places {
		if s.credit(s.places[i].Span.Start) {
			s.resolved = append(s.resolved, resolved{})
			continue
		}
		p, others := r.resolve(s.places[i], sc)
		s.resolved = append(s.resolved, resolved{p, !p.Known() && others > 0})
	}
}

// resolve settles one place and returns the number of other readings.
func (r *Reader) resolve(m place.Mention, sc *scope) (record.Place, int) {
	p, _, others := r.gaz.Resolve(m, place.Context{Province: sc.province, Source: sc.source, At: sc.at, Near: sc.near, Districts: sc.districts})
	return sc.asPrinted(p, m), len(others)
}

// asPrinted gives a district or commune the spelling of the article where it
// differs from the gazetteer's in more than case: "Đak Pơ" for "Đăk Pơ".
func (sc *scope) asPrinted(p record.Place, m place.Mention) record.Place {
	if p.Level != record.LevelDistrict && p.Level != record.LevelCommune || strings.HasPrefix(p.Name, cityInName) {
		return p
	}
	printed := m.Name.Of(sc.text)
	if strings.EqualFold(printed, p.Name) || strings.ToUpper(printed) == printed || utf8.RuneCountInString(printed) > utf8.RuneCountInString(p.Name)+4 {
		return p
	}
	p.Name = printed
	return p
}

// credit reports whether what begins at byte at of the text names a photographer
// or author: "Ảnh: Thanh Bình" is no place.
func (s *sentence) credit(at int) bool {
	for t := s.from; t+1 < s.to && s.toks[t].Start < at; t++ {
		if s.toks[t+1].Key == ':' && credits[s.toks[t].Key] {
			return true
		}
	}
	return false
}
