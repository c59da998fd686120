package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// inPassing reports whether the place at mark i is named for another reason than
// that something is said of it.
func (s *sentence) inPassing(i int, sc *scope) bool {
	mk := &s.list[i]
	switch {
	case i > 0 && s.isMarker(i-1, "compare") && s.list[i-1].to == mk.from:
		return true // "so với cả nước"
	case s.key(mk.from-1) == keyHead && s.resolved[mk.ref].place.Level == record.LevelCountry:
		return true // "dẫn đầu cả nước"
	}
	return s.joinedTo(i, sc) || s.venue(i)
}

// venue reports whether the province at place mark i is only where something
// was held or sold, and not what the sentence is about: "Ngày 17/1/2025, tại Hà
// Nội, Bộ tổ chức hội nghị", "tham gia hội chợ ở Hà Nội, Thái Nguyên".
func (s *sentence) venue(i int) bool {
	for i > 1 && s.isPunctOrAnd(i-1) && s.list[i-2].kind == markPlace && s.list[i-1].to == s.list[i].from && s.list[i-2].to == s.list[i-1].from {
		i -= 2 // the first of a list
	}
	if s.resolved[s.list[i].ref].place.Level != record.LevelProvince {
		return false
	}
	at := s.list[i].from - 1
	if s.places[s.list[i].ref].Typed == "" && s.key(at) == keyCity {
		at--
	}
	if at == s.from || s.key(at) != keyAt && s.key(at) != keyHere {
		return false
	}
	return s.afterSession(i, at) || s.afterEvent(at)
}

// afterSession reports whether a day stands right before "tại" at token at.
func (s *sentence) afterSession(i, at int) bool {
	for j := i - 1; j >= 0; j-- {
		switch mk := &s.list[j]; {
		case mk.to > at, s.isPunct(j, ','):
		case mk.kind == markTime:
			return s.times[mk.ref].Mark == date.Session && at-mk.to <= 1
		default:
			return false
		}
	}
	return false
}

// afterEvent reports whether an event is named within a few words before "tại"
// at token at.
func (s *sentence) afterEvent(at int) bool {
	for t := at - 1; t >= s.from && t >= at-4; t-- {
		if s.toks[t].Kind == text.Punct {
			return false
		}
		if events[s.toks[t].Key] {
			return true
		}
	}
	return false
}

// joinedTo reports whether the province at place mark i is named as one that the
// article's province was merged with: "sau khi hợp nhất với tỉnh Bình Phước".
func (s *sentence) joinedTo(i int, sc *scope) bool {
	p, main := s.resolved[s.list[i].ref].place, sc.main.first()
	if p.Level != record.LevelProvince || main.Level != record.LevelProvince || p.Name == main.Name {
		return false
	}
	for t := s.list[i].from - 1; t > s.from && t >= s.list[i].from-9 && s.toks[t].Key != ','; t-- {
		if s.ends(t, merged) {
			return true
		}
	}
	return false
}
