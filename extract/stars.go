package extract

import (
	"strconv"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// starSpan is a star class as written: "4 sao", "từ 3 sao trở lên", "tiềm năng
// 5 sao", "từ 3 sao lên 4 sao".
type starSpan struct {
	stars     record.Stars
	upgrade   bool    // a step from one class to another; stars is the new one
	potential bool    // "tiềm năng"
	level     int     // of a single class, 0 for ranges
	each      [5]int8 // the levels of a list in their order, "5, 4 và 3 sao"
	many      int     // of them
}

// starScanner walks over one star expression.
type starScanner struct {
	src  string
	toks []text.Token
}

// scan reads a star class at toks[i] and returns the number of tokens it takes,
// 0 when there is none. It claims nothing that does not end in "sao".
func (s starScanner) scan(i int) (starSpan, int) {
	var out starSpan
	if t := s.toks[i]; t.Kind != text.Digits && !classStarts.May(t.Key) {
		return out, 0
	}
	j := i
	if s.key(j) == keyPotential1 && s.key(j+1) == keyPotential2 {
		out.potential = true
		for j += 2; j < len(s.toks) && beforePotential[s.key(j)] && j < i+6; j++ {
		}
	}
	if k := s.key(j); k == keyClass || k == keyLevel {
		j++
	}
	from := s.key(j) == keyFrom
	if from {
		j++
		if k := s.key(j); k == keyClass || k == keyLevel {
			j++
		}
	}
	levels, said, end := s.levelList(j, &out)
	if !said {
		return starSpan{}, 0
	}
	j = end
	if n := s.step(j); n > 0 { // "… lên 4 sao"
		for j += n; s.key(j) == keyStraight || s.key(j) == keyClass; j++ {
		}
		if to, ok, e := s.levelList(j, new(starSpan)); ok {
			out.upgrade = true
			return s.finish(out, to, false, e, i)
		}
		j = end
	}
	up := s.key(j) == keyBack && s.key(j+1) == keyUp
	if up {
		j += 2
	}
	return s.finish(out, levels, from || up, j, i)
}

func (s starScanner) finish(out starSpan, levels [2]int, up bool, j, i int) (starSpan, int) {
	out.stars, out.level = starClass(levels, up)
	if out.potential && out.stars == record.Stars5 {
		out.stars = record.Stars5Pot
	}
	return out, j - i
}

// step returns the tokens of "lên", "vươn lên", "nâng lên" at toks[j].
func (s starScanner) step(j int) int {
	switch {
	case s.key(j) == keyUp:
		return 1
	case risingUp[s.key(j)] && s.key(j+1) == keyUp:
		return 2
	}
	return 0
}

// levelList reads "3", "3 - 4", "3 sao đến 5", "3, 4" and the "sao" that must
// end it; lowest and highest level come back.
// out takes the levels of a list one by one.
func (s starScanner) levelList(j int, out *starSpan) (levels [2]int, ok bool, end int) {
	lv, ok := s.level(j)
	if !ok {
		return levels, false, j
	}
	levels = [2]int{lv, lv}
	out.each[0], out.many = int8(lv), 1
	counted := s.countedBefore(j)
	j++
	sao := s.key(j) == keyStar
	if sao {
		j++
	}
	for {
		k := s.key(j)
		span := k == '-' || k == '–' || k == '—' || k == keyTo || k == keyUntil
		list := !sao && (k == ',' && !counted || k == keyAnd || k == '/')
		if !span && !list {
			break
		}
		skip := 1
		if span && s.key(j+1) == keyClass {
			skip = 2
		}
		next, isLevel := s.level(j + skip)
		if !isLevel || (sao && s.key(j+skip+1) != keyStar) {
			break
		}
		levels[1] = max(levels[1], next)
		levels[0] = min(levels[0], next)
		if span || out.many == len(out.each) {
			out.many = 0
		} else if out.many > 0 {
			out.each[out.many] = int8(next)
			out.many++
		}
		j += skip + 1
		if sao = s.key(j) == keyStar; sao {
			j++
		}
	}
	return levels, sao, j
}

// countedBefore reports whether the number at toks[j] counts the class before
// it, and so starts no list of classes: "5 sao: 3, 4 sao: 68", "4 sao có 2".
func (s starScanner) countedBefore(j int) bool {
	if k := s.key(j - 1); k == ':' || k == keyHave || k == keyIs {
		j--
	}
	if s.key(j-1) != keyStar {
		return false
	}
	_, class := s.level(j - 2)
	return class
}

// level reads a star level 1 to 5 at toks[j].
func (s starScanner) level(j int) (int, bool) {
	if j < 0 || j >= len(s.toks) {
		return 0, false
	}
	t := s.toks[j]
	if t.Kind == text.Digits {
		n, err := strconv.Atoi(s.src[t.Start:t.End])
		return n, err == nil && n >= 1 && n <= 5 && t.End-t.Start <= 2
	}
	n, ok := levelWords[t.Key]
	return n, ok
}

func (s starScanner) key(j int) text.Key {
	if j < 0 || j >= len(s.toks) {
		return 0
	}
	return s.toks[j].Key
}

// starClass names a class by its lowest and highest level. Levels below 3 have
// no class of their own in the programme's figures.
func starClass(l [2]int, up bool) (record.Stars, int) {
	switch {
	case up && l[0] == l[1] && l[0] == 3:
		return record.Stars3Up, 0
	case up && l[0] == l[1] && l[0] == 4:
		return record.Stars4Up, 0
	case l == [2]int{3, 3}:
		return record.Stars3, 3
	case l == [2]int{4, 4}:
		return record.Stars4, 4
	case l == [2]int{5, 5}:
		return record.Stars5, 5
	case l == [2]int{3, 4}:
		return record.Stars34, 0
	case l == [2]int{3, 5}:
		return record.Stars35, 0
	case l == [2]int{4, 5}:
		return record.Stars45, 0
	}
	return record.StarsAny, l[0]
}

// joinStars is the class of several classes named together: "3 sao, 4 sao".
func joinStars(a, b starSpan) (record.Stars, bool) {
	if a.level == 0 || b.level == 0 || a.potential || b.potential {
		return "", false
	}
	s, _ := starClass([2]int{min(a.level, b.level), max(a.level, b.level)}, false)
	return s, s != record.StarsAny
}
