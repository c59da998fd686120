package decide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// wholeName stands for the choice of wholes where lines of weights name a dimension.
const wholeName = "whole"

// Wholes are the weights by which the wholes of rows are chosen: of what is seen,
// alone and by twos, in thousandths of a natural logarithm.
type Wholes struct{ weight []int16 }

// NewWholes has no weights yet.
func NewWholes() *Wholes { return &Wholes{make([]int16, (len(seenNames)+1)*len(seenNames))} }

// Pair is where the weight of two things seen is, in the order of SeenNames, and of
// one alone when they are the same.
func Pair(a, b int32) int {
	if a > b {
		a, b = b, a
	}
	if a == b {
		return int(a)
	}
	return len(seenNames)*int(a+1) + int(b)
}

// Set gives two things seen a weight, or one.
func (w *Wholes) Set(a, b int32, weight int16) { w.weight[Pair(a, b)] = weight }

// Lines are the lines of a weights file.
func (w *Wholes) Lines() []string {
	var out []string
	for a := range int32(len(seenNames)) {
		for b := a; b < int32(len(seenNames)); b++ {
			v := w.weight[Pair(a, b)]
			if v == 0 {
				continue
			}
			name := seenNames[a]
			if a != b {
				name += pairSign + seenNames[b]
			}
			out = append(out, fmt.Sprintf("%s\t%s\t%d", wholeName, name, v))
		}
	}
	return out
}

// line takes one of them.
func (w *Wholes) line(name, value string) error {
	one, other, two := strings.Cut(name, pairSign)
	if !two {
		other = one
	}
	a, b := slices.Index(seenNames, one), slices.Index(seenNames, other)
	v, err := strconv.ParseInt(value, 10, 16)
	if a < 0 || b < 0 || two && a == b || err != nil || v == 0 || w.weight[Pair(int32(a), int32(b))] != 0 {
		return fmt.Errorf("%q is no weight of %s or stands there twice: %w", name, wholeName, errWeights)
	}
	w.Set(int32(a), int32(b), int16(v))
	return nil
}

// score is that of a choice.
func (w *Wholes) score(own []int32, c *WholeChoice) int32 {
	sum := int32(0)
	for i, a := range c.Seen {
		sum += int32(w.weight[a])
		row := w.weight[len(seenNames)*int(a+1):]
		for _, b := range c.Seen[i+1:] {
			sum += int32(row[b])
		}
		for _, b := range own {
			sum += int32(w.weight[len(seenNames)*int(b+1)+int(a)])
		}
	}
	return sum
}

// best is the choice with the highest score, that of the rules when another is no
// better.
func (w *Wholes) best(own []int32, choices []WholeChoice, rules int) (best int, scores [mostChoices]int32) {
	for i := range choices {
		if choices[i].Row == rules {
			best = i
		}
		scores[i] = w.score(own, &choices[i])
	}
	for i := range choices {
		if scores[i] > scores[best] {
			best = i
		}
	}
	return best, scores
}

// Link chooses the wholes of the rows of an article.
func (w *Wholes) Link(a *Article) { w.link(a, new(Linker), nil) }

// link is Link with the memory of l. see, when not nil, gets to know each choice.
func (w *Wholes) link(a *Article, l *Linker, see func(n, best int, own []int32, choices []WholeChoice, scores []int32)) {
	l.begin(a)
	for n := range a.Figures {
		own, choices := l.Choices(n)
		if len(choices) == 0 {
			continue
		}
		best, scores := w.best(own, choices, a.Figures[n].Whole)
		if see != nil {
			see(n, best, own, choices, scores[:len(choices)])
		}
		l.Choose(n, choices[best].Row)
	}
	l.link()
}
