package decide

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// labeller adds the features by which movement and status are decided, row by row.
type labeller struct {
	*Article
	mem  *scratch
	view view
	met  []glimpse // of wholes
}

// parts is the number of parts that are worked out once an article: the title, what
// stands around each sentence, and each row as the whole of others.
func (a *Article) parts() int { return 1 + len(a.Sentences) + len(a.Figures) }

// row adds the features of row n.
func (l *labeller) row(n int, f *Features) {
	a, v := l.Article, &l.view
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	v.look(s, g.Unit)
	v.words(f, &ownWords, 3)
	v.cues(f, &ownWords)
	when, left, right := v.when, v.left, v.right
	has := yes(g.Unit > 0 && s.Units[g.Unit-1].Key == haveKey)
	far := s.statusBefore(g.Mark)
	f.Add("Kfar:", far, ":", yes(s.InList))
	f.Add("Kfarm:", far, ":", left, ":", when)
	f.Add("Kfars:", far, ":", when)
	f.Add("Kp:", far, ":", yes(s.Planning), yes(s.PlanHead), yes(s.ResultHead), yes(s.InList))
	f.Add("K:", when, ":", left, ":", right)
	f.Add("K:", when, ":", left, ":", right, ":", has)
	f.Add("Kk:", g.Kin, ":", left, ":", right, ":", a.ownWords(g))
	if !g.Unruled {
		f.Add("Kr:", string(g.Movement), ":", when, ":", left)
		f.Add("Kr:", string(g.Movement), ":", left, ":", right)
		f.Add("Kk:", string(g.Movement), ":", g.Kin, ":", a.ownWords(g))
		if g.Whole >= 0 && !a.Figures[g.Whole].Unruled {
			f.Add("Kw:", string(g.Movement), ":", string(a.Figures[g.Whole].Movement), ":", g.Kin, ":", left)
		}
	}
	a.structure(n, f)
	f.once(0, l.mem, func() {
		for i := range a.title() {
			a.sentenceWords(&a.Sentences[i], &titleWords, 0, f)
		}
	})
	f.once(1+g.Sentence, l.mem, func() { a.surroundings(g.Sentence, f) })
	if g.Whole >= 0 {
		o := &a.Figures[g.Whole]
		if o.Unit >= 0 {
			f.once(1+len(a.Sentences)+g.Whole, l.mem, func() { l.met[g.Whole] = l.other(o, &wholeWords, f) })
			met := &l.met[g.Whole]
			f.Add("KB:", met.when, ":", met.left, ":", met.right, ":", g.Kin)
		}
		a.compare(g, o, "B", f)
	}
	if q := a.neighbour(n); q >= 0 {
		o := &a.Figures[q]
		if o.Unit >= 0 && o.Sentence != g.Sentence {
			met := l.other(o, &neighbourWords, f)
			f.Add("KQ:", met.when, ":", met.left, ":", met.right, ":", g.Kin)
		}
		a.compare(g, o, "Q", f)
	}
	if g.Of != g.Whole {
		a.further(g, g.Of, "O", f)
	}
	a.further(g, a.again(n), "A", f)
	a.byRule(g, f)
	f.unique()
}

// further adds what is said of movement with another row: the whole that was decided
// where it is not that of the rules, or the row that says the same number.
func (a *Article) further(g *Figure, o int, pre string, f *Features) {
	if o < 0 {
		f.Add("K", pre, "-")
		return
	}
	other := &a.Figures[o]
	left, right := a.Sentences[other.Sentence].moves(other.Mark)
	f.Add("K", pre, ":", left, ":", right)
	f.Add("K", pre, "l:", left)
	if !g.Unruled && !other.Unruled {
		f.Add("R", pre, "movement:", string(other.Movement), ">", string(g.Movement))
	}
}

// other adds what is seen from another row.
func (l *labeller) other(o *Figure, names *wordNames, f *Features) glimpse {
	v := &l.view
	v.look(&l.Sentences[o.Sentence], o.Unit)
	v.words(f, names, 2)
	v.cues(f, names)
	return v.glimpse
}

// statusBefore is the last word of plans or results in the sentence before mark m,
// however far it is: a list under "Mục tiêu:" can be long.
func (s *Sentence) statusBefore(m int) string {
	for i := m - 1; i >= 0 && i > m-300; i-- {
		for _, e := range s.Marks[i].Entries {
			if e.Kind == lexicon.Status {
				return e.Code
			}
		}
	}
	return "-"
}

// neighbour is the row before n in its list, else the one before it in the text.
func (a *Article) neighbour(n int) int {
	if l := a.Figures[n].List; l >= 0 {
		return l
	}
	return n - 1
}

// structure adds how the number stands in its sentence and article.
func (a *Article) structure(n int, f *Features) {
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	f.Add("Csubject:", string(g.Subject))
	f.Add("Cmeasure:", string(g.Measure))
	f.Add("Cproducer:", string(g.Producer))
	f.Add("Cqualifier:", string(g.Qualifier))
	f.Add("Ckin:", g.Kin)
	f.Add("Crole:", g.Role)
	f.Add("Cinfront:", yes(g.InFront))
	f.Add("Celided:", yes(g.Elided))
	f.Add("Cdossier:", yes(g.Dossier))
	f.Add("Creached:", yes(g.Reached))
	f.Add("Cjoined:", yes(g.Joined))
	f.Add("Cbrackets:", yes(g.InBrackets))
	f.Add("Cblock:", string(s.Kind))
	f.Add("Cinlist:", yes(s.InList))
	f.Add("Clabelled:", yes(s.Labelled))
	f.Add("Cflowing:", yes(s.Flowing))
	f.Add("Cplanning:", yes(s.Planning))
	f.Add("Cplanhead:", yes(s.PlanHead))
	f.Add("Cresulthead:", yes(s.ResultHead))
	f.Add("Cplantitle:", yes(s.PlanTitle))
	f.Add("Cpublished:", yes(a.Published.Known()))
	nth := 0
	for i, u := range s.Figures {
		if u == g.Unit {
			nth = i
		}
	}
	f.Add("Cnth:", itoa(min(nth, 3)))
	f.Add("Cof:", itoa(min(len(s.Figures), 5)))
	f.Add("Cfirst:", yes(n == 0))
	f.Add("Cplace:", itoa(5*n/max(1, len(a.Figures))))
	mag := magnitude(g.Value.Float())
	f.Add("Csize:", mag)
	f.Add("Clevel:", string(g.Place.Level))
	f.Add("Clevelsize:", string(g.Place.Level), mag)
	f.Add("Csubjectkin:", string(g.Subject), g.Kin, string(g.Measure))
	a.against(n, f)
}

// against compares the number with the others of its subject.
func (a *Article) against(n int, f *Features) {
	g := &a.Figures[n]
	v := g.Value.Float()
	same := func(i int) bool {
		return a.Figures[i].Subject == g.Subject && a.Figures[i].Measure == g.Measure
	}
	rank := "first"
	for i := max(0, n-64); i < n; i++ {
		if !same(i) {
			continue
		}
		switch w := a.Figures[i].Value.Float(); {
		case w > v:
			rank = "less"
		case w == v && rank != "less":
			rank = "equal"
		case rank == "first":
			rank = "largest"
		}
	}
	f.Add("Crank:", rank)
	sum, parts, adds := 0.0, 0, false
	for i := n + 1; i < len(a.Figures) && i <= n+7; i++ {
		if same(i) {
			sum += a.Figures[i].Value.Float()
			parts++
			adds = adds || parts > 1 && abs(int(sum-v)) == 0
		}
	}
	f.Add("Csum:", yes(adds))
}

// surroundings adds heading, the sentence before and the head of a sentence.
func (a *Article) surroundings(sentence int, f *Features) {
	s := &a.Sentences[sentence]
	f.run(head2, s.Units, 0, 2)
	for i := 0; i < 3 && i < len(s.Units); i++ {
		f.words(head, s.Units[i])
	}
	if p := sentence - 1; p >= 0 && a.Sentences[p].Kind != record.BlockTitle {
		prev := &a.Sentences[p]
		a.sentenceWords(prev, &previousWords, max(0, len(prev.Units)-12), f)
		f.Add("Cpfigures:", yes(len(prev.Figures) > 0))
		f.Add("Cpblock:", yes(prev.Block == s.Block))
	}
	if h := a.heading(sentence); h >= 0 {
		a.sentenceWords(&a.Sentences[h], &headingWords, 0, f)
	}
}

// title are the sentences of the title, of a title that is no text in itself.
func (a *Article) title() []Sentence {
	for i := range a.Sentences {
		if i == 8 || a.Sentences[i].Kind != record.BlockTitle {
			return a.Sentences[:i]
		}
	}
	return a.Sentences
}

// heading is the last sentence before i that holds no figure and is short or a
// heading, -1 for none.
func (a *Article) heading(i int) int {
	for j := i - 1; j >= 0 && j > i-24; j-- {
		s := &a.Sentences[j]
		if s.Kind == record.BlockTitle {
			return -1
		}
		if len(s.Figures) == 0 && (s.Kind == record.BlockHeading || len(s.Units) < 25) {
			return j
		}
	}
	return -1
}

// around are the prefixes of the words and codes of a sentence near that of a row.
type around struct {
	words prefix
	codes string
}

var (
	titleWords    = around{prefixOf("NT"), "LT"}
	previousWords = around{prefixOf("NP"), "LP"}
	headingWords  = around{prefixOf("NH"), "LH"}
	head, head2   = prefixOf("Nhead"), prefixOf("Nhead2")
)

// sentenceWords adds the words of a sentence from a unit on, and the codes of
// all its terms.
func (a *Article) sentenceWords(s *Sentence, names *around, from int, f *Features) {
	to := min(len(s.Units), from+reach)
	for i := from; i < to; i++ {
		f.words(names.words, s.Units[i])
		if from == 0 && i+1 < to {
			f.words(names.words, s.Units[i:i+2]...)
		}
	}
	for i := range s.Marks[:min(len(s.Marks), reach)] {
		for _, e := range s.Marks[i].Entries {
			f.Add(names.codes, ":", kindNames[e.Kind], ":", e.Code)
		}
	}
}

// compare adds how the number stands to another, its whole or neighbour.
func (a *Article) compare(g, o *Figure, pre string, f *Features) {
	f.Add("C", pre, "size:", itoa(g.Value.Cmp(o.Value)))
	f.Add("C", pre, "subject:", string(o.Subject), string(g.Subject))
	f.Add("C", pre, "measure:", string(o.Measure), string(g.Measure))
	f.Add("C", pre, "apart:", itoa(min(3, abs(g.Sentence-o.Sentence))))
	f.Add("C", pre, "place:", yes(o.Place == g.Place))
	if !g.Unruled && !o.Unruled {
		f.Add("R", pre, "movement:", string(o.Movement), ">", string(g.Movement))
	}
}

// byRule adds what the rules would say.
func (a *Article) byRule(g *Figure, f *Features) {
	if g.Unruled {
		f.Add("Rnone")
		return
	}
	f.Add("Rmovement:", string(g.Movement))
	f.Add("Rmovementrule:", string(g.Movement), ":", g.Rule)
	f.Add("Rmovementgrade:", string(g.Movement), ":", string(g.Grade))
	f.Add("Rfacet:", string(g.Facet))
	f.Add("Rstars:", string(g.Stars))
	f.Add("Rwhat:", string(g.Movement), ":", string(g.Subject), ":", string(g.Measure))
}

// link adds what is known of the link between row n and its parent.
func (a *Article) link(n int, f *Features) {
	g := &a.Figures[n]
	p, rel := a.parent(n)
	if p < 0 {
		return
	}
	o := &a.Figures[p]
	own := a.ownWords(g)
	f.Add("E", rel)
	f.Add("E", rel, ":", g.Kin, ":", own, ":", string(g.Measure))
	f.Add("E", rel, ":", own, ":", yes(g.Subject == o.Subject))
	f.Add("E", rel, ":size", itoa(g.Value.Cmp(o.Value)))
	f.Add("E", rel, ":role", g.Role)
}

// ownWords says whether a movement word or a time stands with the number itself.
func (a *Article) ownWords(g *Figure) string {
	move, when := 0, 0
	for _, zone := range g.Zone {
		for _, m := range zone {
			mk := &a.Sentences[g.Sentence].Marks[m]
			if mk.Kind == Time {
				when = 1
			}
			if mk.movement() != "" {
				move = 1
			}
		}
	}
	return [2][2]string{{"--", "-t"}, {"m-", "mt"}}[move][when]
}

// parent is the earlier row that row n hangs on in the forest, -1 for none, and
// how.
func (a *Article) parent(n int) (int, string) {
	g := &a.Figures[n]
	switch {
	case g.Row > 0:
		return n - g.Row, "row"
	case g.Whole >= 0 && g.Whole < n:
		return g.Whole, "whole"
	case g.List >= 0 && g.List < n:
		return g.List, "list"
	case n == 0:
		return -1, ""
	case a.Figures[n-1].Sentence == g.Sentence:
		return n - 1, "sentence"
	}
	return n - 1, "text"
}
