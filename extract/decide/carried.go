package decide

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// moves are the nearest words of movement on either side of mark m, "-" for none
// before the next figure.
func (s *Sentence) moves(m int) (left, right string) {
	left, right = "-", "-"
	for i := m - 1; i >= 0 && i > m-16 && left == "-"; i-- {
		if s.Marks[i].Kind == Counted {
			break
		}
		left = s.Marks[i].moves()
	}
	for i := m + 1; i < len(s.Marks) && i < m+16 && right == "-"; i++ {
		if s.Marks[i].Kind == Counted {
			break
		}
		right = s.Marks[i].moves()
	}
	return left, right
}

// moves is what a mark says of movement, "-" for nothing.
func (m *Mark) moves() string {
	switch code := m.movement(); {
	case code == "":
		return "-"
	case m.Negated:
		return "not"
	default:
		return code
	}
}

// movement is the code of the movement that a mark speaks of, "" for none.
func (m *Mark) movement() string {
	for _, e := range m.Entries {
		if e.Kind == lexicon.Movement && e.Code != "ignore" {
			return e.Code
		}
	}
	return ""
}

// joined is the class of a run of single levels around unit i of which it is the
// first as seen from the number: "3 sao và 4 sao". "" for none.
func (v *view) joined(i int) record.Stars {
	step := 1
	if i < v.at {
		step = -1
	}
	low, high := byte('9'), byte('0')
	n, apart := 0, 0
run:
	for ; i >= v.lo && i < v.hi && apart < 3; i += step {
		u := &v.s.Units[i]
		switch {
		case u.Kind == Stars:
			c := v.s.Marks[u.Mark].Class
			if len(c) != 1 {
				return ""
			}
			low, high, apart = min(low, c[0]), max(high, c[0]), 0
			n++
		case u.Key == ',' || u.Key == andKey || u.Key == '-' || u.Key == '/':
			apart++
		default:
			break run
		}
	}
	if n < 2 || low == high {
		return ""
	}
	return record.Stars(string(low) + "-" + string(high))
}

// starsSaid offers the classes of rows further before: of the same number, of the
// first that has one, of the whole of the whole.
func (a *Article) starsSaid(n int, c *candidates) {
	g := &a.Figures[n]
	for i := n - 1; i >= 0 && i > n-24; i-- {
		if o := &a.Figures[i]; !o.Unruled && o.Subject == g.Subject && o.Measure == g.Measure && o.Value.Equal(g.Value) {
			c.from(c.star(o.Stars), "again")
			break
		}
	}
	for i := 0; i < n && i < 6; i++ {
		if o := &a.Figures[i]; !o.Unruled && o.Stars != "" {
			c.from(c.star(o.Stars), "lead")
			break
		}
	}
	if w := g.Whole; w >= 0 && a.Figures[w].Whole >= 0 && !a.Figures[a.Figures[w].Whole].Unruled {
		c.from(c.star(a.Figures[a.Figures[w].Whole].Stars), "wwrule")
	}
}

var (
	centreFirst  = words.Set("centre")
	centreSecond = words.Set("centre-2")
)

// centre offers five stars, and those that wait for it, where the centre is spoken
// of: only it gives them.
func (a *Article) centre(n int, v *view, c *candidates) {
	offer := func(where string) {
		c.from(c.star(record.Stars5), "centre", where)
		c.from(c.star(record.Stars5Pot), "centre", where)
	}
	us, here := v.s.Units, a.Figures[n].Sentence
	if len(us) > widest || a.central(here, c) {
		for i := v.at - 1; i > v.lo; i-- {
			if central(us, i) {
				offer(regionNames[v.regionAt(i)])
				break
			}
		}
		for i := v.at + 2; i < v.hi; i++ {
			if central(us, i) {
				offer(regionNames[v.regionAt(i)])
				break
			}
		}
	}
	for back := 1; back <= 2; back++ {
		if here >= back && a.central(here-back, c) {
			offer(distances[back])
		}
	}
	for i := range a.title() {
		if a.central(i, c) {
			offer("title")
			break
		}
	}
}

// widest is how many units of a sentence are searched for the centre.
const widest = 2 * reach

// central reports whether sentence i names the centre; what is found is kept.
func (a *Article) central(i int, c *candidates) bool {
	const no, yes = 1, 2
	if c.central == nil {
		c.central = c.mem.bytes.take(len(a.Sentences))
	}
	if c.central[i] == 0 {
		c.central[i] = no
		us := a.Sentences[i].Units
		for k := 1; k < min(len(us), widest); k++ {
			if central(us, k) {
				c.central[i] = yes
				break
			}
		}
	}
	return c.central[i] == yes
}

// central reports whether the units i-1 and i name the centre: "trung ương", "quốc
// gia", "bộ trưởng".
func central(us []Unit, i int) bool {
	return centreSecond[text.Key(us[i].Key)] && centreFirst[text.Key(us[i-1].Key)]
}
