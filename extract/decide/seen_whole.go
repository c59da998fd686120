package decide

import (
	"math"
	"slices"

	"ocopstat/record"
)

// What follows returns indices of the values of properties, in the order in which
// properties lists them.

// lookAtNone looks at what speaks for no whole of row n.
func (l *Linker) lookAtNone(n int) {
	r, rules := &l.rows[n], l.article.Figures[n].Whole
	summed := slices.ContainsFunc(r.evidence[:], func(e sumEvidence) bool { return e.rows > 2 })
	v := 0
	switch {
	case len(l.choices) == 1:
		v = 1
	case summed:
		v = 3
	case len(l.choices) == 2:
		v = 2
	}
	before := 2
	if r.before < 0 {
		before = 5
	} else if l.rows[r.before].whole < 0 {
		before = 4
	}
	l.saw(0, seen(wholeRule, 2+flag(rules < 0)), seen(wholeBefore, before), seen(wholeNone, v))
}

// lookAt looks at row n beside its choice c.
func (l *Linker) lookAt(n, c int) {
	o := l.choices[c].Row
	g, h := &l.article.Figures[n], &l.article.Figures[o]
	l.saw(c, seen(wholeRule, l.byRules(g, o)), seen(wholeFar, farOf(n-o)), seen(wholeApart, apartOf(g.Sentence-h.Sentence, l.sentence(n).Block-l.sentence(o).Block)),
		seen(wholeSize, sizeOf(g, h)), seen(wholePlace, placesOf(h.Place, g.Place)), seen(wholeStars, classesOf(h, g)), seen(wholeLabels, labelsOf(h, g)),
		seen(wholeNarrow, narrower(h, g)), seen(wholeBefore, l.beforeOf(n, o)), seen(wholeParts, l.restOf(n, o)), seen(wholeSum, l.sumOf(n, o)),
		seen(wholeMark, l.markOf(g, h)), seen(wholeBracket, l.bracketOf(n, o)), seen(wholePart, l.partOf(o)), seen(wholeNth, min(c-1, 4)),
		seen(wholeOpens, l.listOf(n, o)), seen(wholeMovement, movementOf(h)), seen(wholeShare, l.shareOf(n, o)))
}

// saw keeps what is seen of a choice.
func (l *Linker) saw(choice int, values ...int32) {
	from := len(l.seen)
	l.seen = append(l.seen, values...)
	l.choices[choice].Seen = l.seen[from:len(l.seen):len(l.seen)]
}

func (l *Linker) byRules(g *Figure, o int) int {
	switch {
	case g.Whole < 0:
		return 3
	case g.Whole == o:
		return 0
	case g.Kin == KinShare && l.article.Figures[g.Whole].Whole == o:
		return 4
	case l.article.Figures[g.Whole].Value.Equal(l.article.Figures[o].Value) && l.article.Figures[g.Whole].Subject == l.article.Figures[o].Subject:
		return 1
	}
	return 2
}

func farOf(d int) int {
	for i, top := range [8]int{1, 2, 3, 4, 6, 9, 14, 24} {
		if d <= top {
			return i
		}
	}
	return 8
}

func apartOf(sentences, blocks int) int {
	switch {
	case sentences == 0:
		return 0
	case blocks == 0 && sentences <= 3:
		return sentences
	case blocks == 0 && sentences <= 6:
		return 4
	case blocks == 0:
		return 5
	case blocks <= 3:
		return 5 + blocks
	}
	return 9
}

func sizeOf(g, h *Figure) int {
	if g.Measure == record.Percent {
		return 6
	}
	v, w := g.Value.Float(), h.Value.Float()
	switch {
	case v == w && v < 2:
		return 7
	case v == w:
		return 0
	case v >= .9*w:
		return 1
	case v >= .5*w:
		return 2
	case v >= .2*w:
		return 3
	case v >= .05*w:
		return 4
	}
	return 5
}

// placesOf says how the places of a whole and a part lie.
func placesOf(whole, part record.Place) int {
	switch {
	case !whole.Known() || !part.Known():
		return 4
	case whole == part:
		return 0
	case inside(part, whole):
		return 1
	case inside(whole, part):
		return 2
	}
	return 3
}

func classesOf(whole, part *Figure) int {
	w, p := whole.Stars, part.Stars
	if whole.Unruled || part.Unruled {
		w, p = "", ""
		if whole.StarsOwn {
			w = record.Stars3
		}
		if part.StarsOwn {
			p = record.Stars3
		}
	}
	switch {
	case w == "" && p == "":
		return 0
	case w == "":
		return 1
	case p == "":
		return 4
	case w == p:
		return 2
	case !level(w):
		return 3
	}
	return 5
}

func labelsOf(whole, part *Figure) int {
	switch {
	case whole.Unruled || part.Unruled:
		return 5
	case whole.Status == record.Target && part.Status == record.Actual:
		return 1
	case whole.Status == record.Actual && part.Status == record.Target:
		return 2
	case whole.Movement == part.Movement:
		return 0
	case whole.Movement == record.Candidate:
		return 3
	case whole.Movement == record.Stock:
		return 6
	case part.Movement == record.Stock:
		return 7
	}
	return 4
}

func narrower(whole, part *Figure) int {
	w, p := string(whole.Producer)+string(whole.Facet), string(part.Producer)+string(part.Facet)
	switch {
	case w == "" && p == "":
		return 0
	case w == "":
		return 1
	case w == p:
		return 2
	case p == "":
		return 3
	}
	return 4
}

func (l *Linker) beforeOf(n, o int) int {
	b := int(l.rows[n].before)
	if b < 0 {
		return 5
	}
	switch w := int(l.rows[b].whole); {
	case w == o:
		return 0
	case b == o:
		return 1
	case w < 0:
		return 4
	case int(l.rows[w].whole) == o:
		return 2
	case l.rows[w].value == l.rows[o].value:
		return 6
	}
	return 3
}

func (l *Linker) restOf(n, o int) int {
	w := &l.rows[o]
	if w.parts == 0 || l.rows[n].countOf == 0 {
		return 0
	}
	switch rest := w.value - w.sum; {
	case rest <= 0:
		return 4
	case rest == l.rows[n].value:
		return 1
	case rest > l.rows[n].value:
		return 2
	}
	return 3
}

func (l *Linker) sumOf(n, o int) int {
	for _, e := range l.rows[n].evidence {
		if e.rows > 0 && int(e.whole) == o {
			return 1 + flag(l.rows[o].value >= 20) + 2*flag(e.rows > 2)
		}
	}
	if l.rows[o].run {
		return 5
	}
	return 0
}

// markOf says where a word that begins a breakdown stands.
func (l *Linker) markOf(g, h *Figure) int {
	switch {
	case l.split < 0:
		return 0
	case g.Sentence != h.Sentence:
		return 4
	case l.split < h.Mark:
		return 2
	}
	if nth, _ := slices.BinarySearch(l.article.Sentences[g.Sentence].Figures, h.Unit); l.figures > nth+1 {
		return 3
	}
	return 1
}

func (l *Linker) bracketOf(n, o int) int {
	g, h := &l.article.Figures[n], &l.article.Figures[o]
	switch {
	case !g.InBrackets && !h.InBrackets:
		return 0
	case !g.InBrackets:
		return 2
	case h.InBrackets && g.Sentence == h.Sentence:
		return 3
	case g.Sentence == h.Sentence && (n == o+1 || int(l.rows[n].before) == o):
		return 1
	}
	return 4
}

func (l *Linker) partOf(o int) int {
	switch {
	case l.rows[o].whole >= 0:
		return 1
	case l.article.Figures[o].Kin == KinMaker:
		return 2
	}
	return 0
}

// listOf says how the whole stands to the list of blocks that the row stands in.
func (l *Linker) listOf(n, o int) int {
	s, t := l.sentence(n), l.sentence(o)
	switch {
	case !s.InList:
		return 0
	case t.InList && s.Block == t.Block:
		return 2
	case t.InList:
		return 3
	case o == l.outside:
		return 1
	}
	return 4
}

// shareOf says whether a count and the percentage beside it fit the whole.
func (l *Linker) shareOf(n, o int) int {
	p := int(l.rows[n].beside)
	if p < 0 {
		return 0
	}
	if p == o {
		return 3
	}
	count, percent := &l.article.Figures[n], &l.article.Figures[p]
	if count.Measure == record.Percent {
		count, percent = percent, count
	}
	whole := l.article.Figures[o].Value.Float()
	if whole == 0 || math.Abs(100*count.Value.Float()/whole-percent.Value.Float()) > .6 {
		return 2
	}
	return 1
}
