package decide

import (
	"cmp"
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// property is something that is seen of a row, of a possible whole or of both
// together: one of a few values.
type property struct {
	name   string
	values []string
}

// The properties of the row that looks for its whole.
const (
	ownWhat = iota
	ownKin
	ownLead
	ownMove
	ownBrackets
	ownStand
	ownHead
	ownList
	ownRule
	ownMovement
	ownProperties
)

// The properties of a possible whole, by itself and beside the row.
const (
	wholeRule = ownProperties + iota
	wholeFar
	wholeApart
	wholeSize
	wholePlace
	wholeStars
	wholeLabels
	wholeNarrow
	wholeBefore
	wholeParts
	wholeSum
	wholeMark
	wholeBracket
	wholePart
	wholeNth
	wholeOpens
	wholeMovement
	wholeShare
	wholeNone
	allProperties
)

var movementNames = []string{"unknown", "stock", "new", "renewed", "recognised", "upgraded", "candidate", "expired", "target"}

func movementOf(g *Figure) int {
	switch {
	case g.Unruled:
		return 0
	case g.Status == record.Target:
		return len(movementNames) - 1
	}
	return max(0, valueOf(ownMovement, string(g.Movement)))
}

// properties are all of them with their values.
var properties = [allProperties]property{
	ownWhat:     {"what", []string{"products", "producers", "product-share", "producer-share"}},
	ownKin:      {"kin", []string{KinNone, KinPart, KinMaker, KinShare}},
	ownLead:     {"lead", []string{"-", "breakdown", "only", "remainder", "besides", "compare", "is", "share", "mainly", "same", "with", "report"}},
	ownMove:     {"move", []string{"-", "stock", "new", "renewed", "recognised", "upgraded", "candidate", "expired", "other"}},
	ownBrackets: {"brackets", []string{"no", "yes"}},
	ownStand:    {"stands", []string{"first", "second", "later", "item-first", "item-second", "item-later", "title"}},
	ownHead:     {"head", []string{"said", "elided", "infront", "kind", "kind-infront"}},
	ownList:     {"inlist", []string{"no", "yes"}},
	ownRule:     {"read", []string{"noun", "before", "label", "elided", "part", "range", "fraction", "other"}},

	ownMovement: {"moved", movementNames},

	wholeRule:     {"rules", []string{"chose", "equal", "other", "none", "share-of"}},
	wholeFar:      {"figures", []string{"1", "2", "3", "4", "5-6", "7-9", "10-14", "15-24", "more"}},
	wholeApart:    {"sentences", []string{"same", "1", "2", "3", "4-6", "more", "block1", "block2", "block3", "blocks"}},
	wholeSize:     {"size", []string{"equal", ".9", ".5", ".2", ".05", "small", "share", "one"}},
	wholePlace:    {"place", []string{"same", "inside", "around", "apart", "unknown"}},
	wholeStars:    {"classes", []string{"none", "gains", "same", "within", "loses", "differ"}},
	wholeLabels:   {"labels", []string{"same", "target-actual", "actual-target", "candidate", "other", "unknown", "from-stock", "to-stock"}},
	wholeNarrow:   {"narrower", []string{"none", "gains", "same", "loses", "differ"}},
	wholeBefore:   {"before", []string{"sibling", "child", "uncle", "brother-of", "none", "first", "equal"}},
	wholeParts:    {"rest", []string{"none", "closes", "fits", "over", "closed"}},
	wholeSum:      {"sum", []string{"no", "two", "two-large", "more", "more-large", "elsewhere"}},
	wholeMark:     {"mark", []string{"no", "splits", "behind", "earlier", "before-sentence"}},
	wholeBracket:  {"bracket", []string{"no", "owner", "in", "same", "out"}},
	wholePart:     {"itself", []string{"root", "part", "maker"}},
	wholeNth:      {"nearest", []string{"1", "2", "3", "4", "later"}},
	wholeOpens:    {"list", []string{"no", "opens", "same-item", "other-item", "outside"}},
	wholeMovement: {"of-moved", movementNames},
	wholeShare:    {"percent", []string{"no", "right", "wrong", "beside"}},
	wholeNone:     {"whole", []string{"none", "no-fit", "one-fit", "summed"}},
}

// firstOf is where the values of each property begin among the values of all.
var firstOf = func() (out [allProperties + 1]int32) {
	for p := range properties {
		out[p+1] = out[p] + int32(len(properties[p].values))
	}
	return out
}()

// seenNames are the names of all values of all properties, in their order.
var seenNames = func() (out []string) {
	for _, p := range properties {
		for _, v := range p.values {
			out = append(out, p.name+":"+v)
		}
	}
	return out
}()

// SeenNames are the names of what can be seen of a row and its possible wholes.
func SeenNames() []string { return slices.Clone(seenNames) }

func seen(property, value int) int32 { return firstOf[property] + int32(value) }

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// leadOf is what the marks in front of a number say of how it hangs on another, and
// of movement, the nearest first.
func leadOf(g *Figure, s *Sentence) (lead, move int) {
	for i := len(g.Zone[0]) - 1; i >= 0; i-- {
		m := &s.Marks[g.Zone[0][i]]
		for _, e := range m.Entries {
			if e.Kind == lexicon.Marker && lead == 0 {
				lead = max(0, valueOf(ownLead, e.Code))
			}
		}
		move = cmp.Or(move, moveOf(m))
	}
	return lead, move
}

// moveOf is the movement that a mark speaks of, 0 for none.
func moveOf(m *Mark) int {
	code := m.movement()
	if code == "" {
		return 0
	}
	if v := valueOf(ownMove, code); v >= 0 {
		return v
	}
	return len(properties[ownMove].values) - 1
}

// look looks at row n by itself and beside each of its choices.
func (l *Linker) look(n int) {
	g := &l.article.Figures[n]
	s := l.sentence(n)
	lead, move := leadOf(g, s)
	what := 2*flag(g.Measure == record.Percent) + flag(g.Subject == record.Producer)
	l.own = [ownProperties]int32{
		seen(ownWhat, what), seen(ownKin, max(0, valueOf(ownKin, g.Kin))), seen(ownLead, lead), seen(ownMove, move),
		seen(ownBrackets, flag(g.InBrackets)), seen(ownStand, standOf(g, s)),
		seen(ownHead, headOf(g)), seen(ownList, flag(g.List >= 0)), seen(ownRule, ruleOf(g)), seen(ownMovement, movementOf(g)),
	}
	l.split, l.figures = none, 0
	for i := g.Mark - 1; i >= 0 && i > g.Mark-200; i-- {
		if m := &s.Marks[i]; m.says("breakdown") {
			l.split = i
			l.figures, _ = slices.BinarySearch(s.Figures, m.Unit)
			break
		}
	}
	l.lookAtNone(n)
	for c := range l.choices[1:] {
		l.lookAt(n, 1+c)
	}
}

// standOf says where a row stands in its sentence and block.
func standOf(g *Figure, s *Sentence) int {
	if s.Kind == record.BlockTitle {
		return len(properties[ownStand].values) - 1
	}
	nth, _ := slices.BinarySearch(s.Figures, g.Unit)
	return min(nth, 2) + 3*flag(s.InList)
}

func headOf(g *Figure) int {
	switch {
	case g.Elided:
		return 1
	case g.Producer != "" && g.InFront:
		return 4
	case g.Producer != "":
		return 3
	case g.InFront:
		return 2
	}
	return 0
}

// valueOf is the index of a value of a property, -1 for none.
func valueOf(property int, code string) int { return slices.Index(properties[property].values, code) }

// ruleOf is by what rule of extract a number counts what it counts.
func ruleOf(g *Figure) int {
	switch g.Rule {
	case "noun-after":
		return 0
	case "noun-before":
		return 1
	case "label":
		return 2
	case "elided":
		return 3
	case "part", "makers", "share":
		return 4
	case "range":
		return 5
	case RoleNumerator, RoleDenominator:
		return 6
	}
	return 7
}
