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
	upgrade   bool // a step from one class to another; stars is the new one
	potential bool // "tiềm năng"
	level     int  // of a single class, 0 for ranges
}

// starWords are the keys that the star grammar needs.
type starWords struct {
	sao, tu, den, toi, va, len, thang, vuon, nangUp, tro, tiem, nang, hang, muc, co, la, comma, colon, dash, ndash, mdash, slash text.Key
	fillers                                                                                                                      map[text.Key]bool // between "tiềm năng" and its class
	levels                                                                                                                       map[text.Key]int
	starts                                                                                                                       text.Filter // of the words that a class can begin with
}

func newStarWords() starWords {
	k := text.KeyOf
	w := starWords{
		sao: k("sao"), tu: k("từ"), den: k("đến"), toi: k("tới"), va: k("và"), len: k("lên"), thang: k("thẳng"), vuon: k("vươn"), nangUp: k("nâng"),
		tro: k("trở"), tiem: k("tiềm"), nang: k("năng"), hang: k("hạng"), muc: k("mức"),
		co: k("có"), la: k("là"), comma: ',', colon: ':', dash: '-', ndash: '–', mdash: '—', slash: '/',
		fillers: map[text.Key]bool{},
		levels:  map[text.Key]int{k("một"): 1, k("hai"): 2, k("ba"): 3, k("bốn"): 4, k("năm"): 5},
	}
	for _, key := range []text.Key{w.tiem, w.hang, w.muc, w.tu} {
		w.starts.Add(key)
	}
	for key := range w.levels {
		w.starts.Add(key)
	}
	for _, f := range []string{"đạt", "lên", "được", "OCOP", "hạng", "xếp", "chuẩn", "chứng", "nhận", "công", "nâng"} {
		w.fillers[k(f)] = true
	}
	return w
}

// starScanner walks over one star expression.
type starScanner struct {
	*starWords
	src  string
	toks []text.Token
}

// scan reads a star class at toks[i] and returns the number of tokens it takes,
// 0 when there is none. It claims nothing that does not end in "sao".
func (s starScanner) scan(i int) (starSpan, int) {
	var out starSpan
	if t := s.toks[i]; t.Kind != text.Digits && !s.starts.May(t.Key) {
		return out, 0
	}
	j := i
	if s.key(j) == s.tiem && s.key(j+1) == s.nang {
		out.potential = true
		for j += 2; j < len(s.toks) && s.fillers[s.key(j)] && j < i+6; j++ {
		}
	}
	if k := s.key(j); k == s.hang || k == s.muc {
		j++
	}
	from := s.key(j) == s.tu
	if from {
		j++
		if k := s.key(j); k == s.hang || k == s.muc {
			j++
		}
	}
	levels, said, end := s.levelList(j)
	if !said {
		return starSpan{}, 0
	}
	j = end
	if n := s.step(j); n > 0 { // "… lên 4 sao"
		for j += n; s.key(j) == s.thang || s.key(j) == s.hang; j++ {
		}
		if to, ok, e := s.levelList(j); ok {
			out.upgrade = true
			return s.finish(out, to, false, e, i)
		}
		j = end
	}
	up := s.key(j) == s.tro && s.key(j+1) == s.len
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
	case s.key(j) == s.len:
		return 1
	case (s.key(j) == s.vuon || s.key(j) == s.nangUp) && s.key(j+1) == s.len:
		return 2
	}
	return 0
}

// levelList reads "3", "3 - 4", "3 sao đến 5", "3, 4" and the "sao" that must
// end it; lowest and highest level come back.
func (s starScanner) levelList(j int) (levels [2]int, ok bool, end int) {
	lv, ok := s.level(j)
	if !ok {
		return levels, false, j
	}
	levels = [2]int{lv, lv}
	counted := s.countedBefore(j)
	j++
	sao := s.key(j) == s.sao
	if sao {
		j++
	}
	for {
		k := s.key(j)
		span := k == s.dash || k == s.ndash || k == s.mdash || k == s.den || k == s.toi
		list := !sao && (k == s.comma && !counted || k == s.va || k == s.slash)
		if !span && !list {
			break
		}
		skip := 1
		if span && s.key(j+1) == s.hang {
			skip = 2
		}
		next, isLevel := s.level(j + skip)
		if !isLevel || (sao && s.key(j+skip+1) != s.sao) {
			break
		}
		levels[1] = max(levels[1], next)
		levels[0] = min(levels[0], next)
		j += skip + 1
		if sao = s.key(j) == s.sao; sao {
			j++
		}
	}
	return levels, sao, j
}

// countedBefore reports whether the number at toks[j] counts the class before
// it, and so starts no list of classes: "5 sao: 3, 4 sao: 68", "4 sao có 2".
func (s starScanner) countedBefore(j int) bool {
	if k := s.key(j - 1); k == s.colon || k == s.co || k == s.la {
		j--
	}
	if s.key(j-1) != s.sao {
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
	n, ok := s.levels[t.Key]
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
