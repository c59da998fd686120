// Package reprint finds articles that repeat another one: the same press release
// in several newspapers, word for word, shortened, with a new headline and first
// sentence, or with words and names edited. Two such articles are one source, and
// what they say is of the day of the first.
//
// The measure is the containment of one text's shingles (runs of 4 words) in
// those of the other, estimated from the shingles whose hash is 0 modulo 2 and
// with candidates found by those whose hash is 0 modulo 16: A. Z. Broder, "On the
// resemblance and containment of documents", Proceedings of Compression and
// Complexity of Sequences 1997. Numbers are no part of a shingle. They are
// compared where they stand between the same words: last week's report with this
// week's numbers is no reprint. Each text is read once; the time is linear in
// their length.
package reprint

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

const (
	width      = 4    // words in a shingle; of eight, one edited word in sixteen leaves 60 % and of four 78 %
	kept       = 2    // one shingle in so many is kept
	lookedUp   = 16   // and one in so many is looked up
	leastWords = 40   // shorter texts are reprints only when they are the same
	contained  = 0.60 // of the shorter text's shingles, to be a reprint
	changed    = 0.10 // of the numbers in the same place, to be another report
	slipDays   = 3    // after which a changed number is news and no slip of the pen
	crowd      = 16   // texts with one mark in common after which no more are noted
	bestOf     = 8    // candidates that are compared
)

// Texts are articles among some of which the reprints are found, and again when
// more of them are known.
type Texts struct {
	ids      []string // in the order of time; all numbers below are ranks in it
	docs     []doc
	rank     map[string]int // by ID
	in       []bool         // those compared so far
	compared int            // how many these are
	next     int            // behind the last of them
	root     []int          // what each of these repeats, itself for an original
	look     *lookup
}

// Unpack makes texts of what Sketch says of articles, by ID. Article.Text is not
// looked at.
func Unpack(articles []record.Article, sketches map[string][]byte) *Texts {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return earlier(&articles[a], &articles[b]) })
	t := &Texts{rank: make(map[string]int, len(articles))}
	for rank, i := range order {
		d := unpacked(sketches[articles[i].ID])
		d.day = articles[i].Published.Date
		t.ids, t.docs = append(t.ids, articles[i].ID), append(t.docs, d)
		t.rank[articles[i].ID] = rank
	}
	return t
}

// Originals returns for each of some of the articles the ID of the one among them that it repeats, or "". Of two articles alike the earlier one is
// the original, by publication, then by capture; one that holds much less than the
// other repeats it, whichever came first. What an article is said to repeat repeats
// nothing itself. The result does not depend on the order of the articles, nor on
// what was asked before; asking for more and more of them takes no longer than once
// for all as long as those that are added came after the others.
func (t *Texts) Originals(articles []record.Article) []string {
	var fresh []int
	known := 0
	for i := range articles {
		if k := t.rank[articles[i].ID]; t.in != nil && t.in[k] {
			known++
		} else {
			fresh = append(fresh, k)
		}
	}
	slices.Sort(fresh)
	if t.in == nil || known < t.compared || len(fresh) > 0 && fresh[0] < t.next {
		t.begin()
		fresh = fresh[:0]
		for i := range articles {
			fresh = append(fresh, t.rank[articles[i].ID])
		}
		slices.Sort(fresh)
	}
	for _, i := range fresh {
		t.compare(i)
	}
	out := make([]string, len(articles))
	for k := range articles {
		i := t.rank[articles[k].ID]
		if root := find(t.root, i); root != i {
			out[k] = t.ids[root]
		}
	}
	return out
}

func (t *Texts) begin() {
	n := len(t.docs)
	t.in, t.root, t.compared, t.next = make([]bool, n), make([]int, n), 0, 0
	if t.look == nil {
		t.look = newLookup(t.docs)
	}
	clear(t.look.noted)
}

// compare finds what a text repeats among those compared before, which came before.
func (t *Texts) compare(i int) {
	docs := t.docs
	t.root[i], t.in[i], t.compared, t.next = i, true, t.compared+1, i+1
	for _, k := range t.look.like(docs, i) {
		j := int(k)
		if docs[i].repeats(&docs[j]) { // later ones repeat earlier ones
			t.root[i] = find(t.root, j)
			break
		}
		if t.root[j] == j && docs[i].words*4 > docs[j].words*5 && docs[j].repeats(&docs[i]) {
			t.root[j] = i // and short ones the longer ones that came after
		}
	}
	t.look.add(docs, i)
}

func find(root []int, i int) int {
	for root[i] != i {
		i = root[i]
	}
	return i
}

// earlier orders articles by publication, capture and ID, unknown dates last.
func earlier(a, b *record.Article) int {
	return cmp.Or(
		cmp.Compare(boolInt(undated(a)), boolInt(undated(b))),
		cmp.Compare(a.Published.Date, b.Published.Date),
		a.Published.Time.Compare(b.Published.Time),
		cmp.Compare(boolInt(a.CapturedAt.IsZero()), boolInt(b.CapturedAt.IsZero())),
		a.CapturedAt.Compare(b.CapturedAt),
		cmp.Compare(a.ID, b.ID))
}

// undated takes a date left empty, which reads as 1970-01-01, for none.
func undated(a *record.Article) bool { return a.Published.Date <= 0 }

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// doc is what is kept of a text.
type doc struct {
	words   int
	day     record.Date // of publication
	whole   uint64      // hash of all words and numbers
	marks   []uint32    // the shingles that are kept, sorted
	numbers []printed   // sorted
}

// printed is a number between the words where it stands.
type printed struct{ context, number uint32 }

// Sketch is what a text is compared by: some 500 bytes for 2,000 of text. It
// depends on the text and its day of publication.
func Sketch(a *record.Article) []byte {
	var r reader
	d := r.read(a)
	out := binary.AppendUvarint(nil, uint64(d.words))
	out = binary.LittleEndian.AppendUint64(out, d.whole)
	out = binary.AppendUvarint(out, uint64(len(d.marks)))
	last := uint32(0)
	for _, m := range d.marks {
		out, last = binary.AppendUvarint(out, uint64(m-last)), m
	}
	last = 0
	for _, n := range d.numbers {
		out, last = binary.AppendUvarint(out, uint64(n.context-last)), n.context
		out = binary.LittleEndian.AppendUint32(out, n.number)
	}
	return out
}

// unpacked reads a sketch. One that is cut off ends early.
func unpacked(sketch []byte) (d doc) {
	next := func() uint64 {
		v, n := binary.Uvarint(sketch)
		sketch = sketch[max(n, 0):]
		if n <= 0 {
			sketch = nil
		}
		return v
	}
	d.words = int(next())
	if len(sketch) < 8 {
		return d
	}
	d.whole, sketch = binary.LittleEndian.Uint64(sketch), sketch[8:]
	last := uint32(0)
	d.marks = make([]uint32, min(next(), uint64(len(sketch))))
	for i := range d.marks {
		last += uint32(next())
		d.marks[i] = last
	}
	last = 0
	for len(sketch) > 0 {
		last += uint32(next())
		if len(sketch) < 4 {
			break
		}
		d.numbers, sketch = append(d.numbers, printed{last, binary.LittleEndian.Uint32(sketch)}), sketch[4:]
	}
	return d
}

// repeats reports whether the text a stands in b, numbers included.
func (a *doc) repeats(b *doc) bool {
	if a.words < leastWords || b.words < leastWords {
		return a.words > 0 && a.words == b.words && a.whole == b.whole
	}
	shared := 0
	for i, j := 0, 0; i < len(a.marks) && j < len(b.marks); {
		switch n := cmp.Compare(a.marks[i], b.marks[j]); {
		case n == 0:
			shared, i, j = shared+1, i+1, j+1
		case n < 0:
			i++
		default:
			j++
		}
	}
	return float64(shared) >= contained*float64(len(a.marks)) && a.sameNumbers(b)
}

// sameNumbers compares the numbers that stand between the same words in both
// texts. Of a text of the same days one slip of the pen is taken, or few in many.
func (a *doc) sameNumbers(b *doc) bool {
	same, other := 0, 0
	for i := 0; i < len(a.numbers); {
		here, there := at(a.numbers[i:]), b.between(a.numbers[i].context)
		i += len(here)
		for _, n := range here {
			switch {
			case len(there) == 0:
			case slices.Contains(there, n):
				same++
			case !b.has(n.number) || !slices.ContainsFunc(there, func(m printed) bool { return a.has(m.number) }):
				other++
			}
		}
	}
	switch {
	case a.day > 0 && b.day > 0 && max(a.day-b.day, b.day-a.day) > slipDays:
		return other == 0
	case other == 1:
		return same >= 4
	}
	return float64(other) <= changed*float64(same+other)
}

// at are the numbers at the beginning of a list that stand between the same words.
func at(list []printed) []printed {
	n := 1
	for n < len(list) && list[n].context == list[0].context {
		n++
	}
	return list[:n]
}

func (a *doc) between(context uint32) []printed {
	i, ok := slices.BinarySearchFunc(a.numbers, context, func(p printed, c uint32) int { return cmp.Compare(p.context, c) })
	if !ok {
		return nil
	}
	return at(a.numbers[i:])
}

func (a *doc) has(number uint32) bool {
	return slices.ContainsFunc(a.numbers, func(p printed) bool { return p.number == number })
}

// reader reads texts one after the other in the same memory.
type reader struct {
	toks  []text.Token
	marks []uint32
}

func (r *reader) read(a *record.Article) doc {
	r.scan(a)
	d := doc{words: len(r.toks), day: a.Published.Date}
	r.marks = r.marks[:0]
	for i, t := range r.toks {
		d.whole = mix(d.whole, uint64(t.Key))
		if i+width <= len(r.toks) {
			if h := hash(r.toks[i : i+width]); h%kept == 0 {
				r.marks = append(r.marks, h)
			}
		}
		if t.Kind == text.Digits {
			n := uint64(0)
			for _, c := range []byte(a.Text[t.Start:t.End]) {
				n = mix(n, uint64(c))
			}
			d.whole = mix(d.whole, n)
			d.numbers = append(d.numbers, printed{r.context(i), uint32(n)})
		}
	}
	slices.Sort(r.marks)
	d.marks = slices.Clone(slices.Compact(r.marks))
	slices.SortFunc(d.numbers, func(x, y printed) int {
		return cmp.Or(cmp.Compare(x.context, y.context), cmp.Compare(x.number, y.number))
	})
	return d
}

// scan reads the words and numbers of a text, but for the lines that differ in
// every print: an address, and the day of publication.
func (r *reader) scan(a *record.Article) {
	r.toks = r.toks[:0]
	year, month, day := a.Published.Date.Civil()
	start := 0
	for line := range strings.Lines(a.Text) {
		from, end := len(r.toks), start+len(line)
		r.toks = text.Scan(r.toks, a.Text, start, end)
		r.toks = r.toks[:from+len(slices.DeleteFunc(r.toks[from:], func(t text.Token) bool { return t.Kind == text.Punct }))]
		start = end
		words := strings.Count(strings.TrimSpace(line), " ") + 1
		says := func(n int) bool {
			return slices.ContainsFunc(r.toks[from:], func(t text.Token) bool {
				v, err := strconv.Atoi(a.Text[t.Start:t.End])
				return t.Kind == text.Digits && err == nil && v == n
			})
		}
		if words <= 2 && strings.Contains(line, "://") || words <= 8 && !undated(a) && says(year) && says(month) && says(day) {
			r.toks = r.toks[:from]
		}
	}
}

// context is the hash of the 3 words before and the 3 words after token i.
func (r *reader) context(i int) uint32 {
	const around = 3
	var near [2 * around]text.Token
	copy(near[:around], r.toks[max(0, i-around):i])
	copy(near[around:], r.toks[i+1:min(len(r.toks), i+1+around)])
	return hash(near[:])
}

// hash is that of some words. Every number counts as the same word: text.Scan
// gives them the key 0.
func hash(toks []text.Token) uint32 {
	h := uint64(0)
	for _, t := range toks {
		h = mix(h, uint64(t.Key))
	}
	return uint32(h ^ h>>32)
}

// mix adds a number to a hash (after MurmurHash3's finisher).
func mix(h, n uint64) uint64 {
	h = (h ^ n) * 0xff51afd7ed558ccd
	return h ^ h>>33
}

// lookup finds texts by some of their shingles and by their numbers: where
// hundreds of reports share their words, the numbers tell which is meant.
type lookup struct {
	marks  []uint32 // that any text has, sorted
	from   []int32  // where the marks with the same highest bits begin
	first  []int32  // where the texts of a mark begin in with
	noted  []uint8  // how many these are
	with   []int32
	weight []int32 // by text, 0 between calls
	found  []int32
}

// highest is how many bits of a mark have an entry in lookup.from.
const highest = 16

// newLookup has room for texts, and has noted none.
func newLookup(docs []doc) *lookup {
	n := 0
	for i := range docs {
		docs[i].lookedUp(func(uint32) { n++ })
	}
	all := make([]uint64, 0, n) // a mark and a text that has it
	for i := range docs {
		docs[i].lookedUp(func(mark uint32) { all = append(all, uint64(mark)<<32|uint64(i)) })
	}
	slices.Sort(all)
	all = slices.Compact(all)
	l := &lookup{from: make([]int32, 1<<highest+1), first: []int32{0}, weight: make([]int32, len(docs))}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n]>>32 == all[0]>>32 {
			n++
		}
		l.marks, l.first = append(l.marks, uint32(all[0]>>32)), append(l.first, l.first[len(l.first)-1]+int32(min(n, crowd)))
		l.from[all[0]>>(64-highest)+1]++
		all = all[n:]
	}
	for i := range l.from[1:] {
		l.from[i+1] += l.from[i]
	}
	l.noted, l.with = make([]uint8, len(l.marks)), make([]int32, l.first[len(l.marks)])
	return l
}

// lookedUp calls f with what a text is looked up by.
func (d *doc) lookedUp(f func(mark uint32)) {
	if d.words < leastWords {
		f(uint32(d.whole))
		return
	}
	for _, h := range d.marks {
		if h%lookedUp == 0 {
			f(h)
		}
	}
	for _, p := range d.numbers {
		f(uint32(mix(uint64(p.context), uint64(p.number))))
	}
}

// at is the place of a mark.
func (l *lookup) at(mark uint32) int {
	key := mark >> (32 - highest)
	i, _ := slices.BinarySearch(l.marks[l.from[key]:l.from[key+1]], mark)
	return int(l.from[key]) + i
}

// noting are the texts noted with a mark.
func (l *lookup) noting(at int) []int32 { return l.with[l.first[at]:][:l.noted[at]] }

func (l *lookup) add(docs []doc, i int) {
	docs[i].lookedUp(func(mark uint32) {
		at := l.at(mark)
		if with := l.noting(at); len(with) < crowd && (len(with) == 0 || with[len(with)-1] != int32(i)) {
			l.with[int(l.first[at])+len(with)] = int32(i)
			l.noted[at]++
		}
	})
}

// like returns the texts noted that share the most marks with one, the best
// first, the earlier one first among equals. A mark weighs the more the fewer
// have it.
func (l *lookup) like(docs []doc, i int) []int32 {
	l.found = l.found[:0]
	docs[i].lookedUp(func(mark uint32) {
		with := l.noting(l.at(mark))
		for _, j := range with {
			if l.weight[j] == 0 {
				l.found = append(l.found, j)
			}
			l.weight[j] += int32(crowd / len(with))
		}
	})
	slices.SortFunc(l.found, func(a, b int32) int { return cmp.Or(cmp.Compare(l.weight[b], l.weight[a]), cmp.Compare(a, b)) })
	for _, j := range l.found {
		l.weight[j] = 0
	}
	return l.found[:min(len(l.found), bestOf)]
}

// Redate gives the figures of reprints the time of what they repeat: "to date" in
// a text of 2023 that is published again in 2025 is of 2023. originals are what
// Originals says of the articles. A figure takes the period of the one in the
// original that prints the same number of the same thing; where the original has
// none, a time that was counted from the day of publication is counted from that
// of the original.
func Redate(articles []record.Article, originals []string, figures *record.Figures) {
	type claim struct {
		article, printed, place string
		dims                    record.Dims
	}
	type repeat struct {
		original  string
		then, now record.Date
	}
	day, later := map[string]record.Date{}, map[string]repeat{}
	for _, o := range originals {
		if o != "" {
			day[o] = record.NoDate
		}
	}
	for i := range articles {
		if a := &articles[i]; originals[i] == "" && day[a.ID] != 0 {
			day[a.ID] = a.Published.Date
		}
	}
	for i, o := range originals {
		if now := articles[i].Published.Date; o != "" && day[o] > 0 && now > day[o] {
			later[articles[i].ID] = repeat{o, day[o], now}
		}
	}
	type time struct {
		record.Period
		record.PeriodBasis
	}
	said := map[claim]time{} // by originals
	for i := range figures.Len() {
		if day[figures.ArticleID(i)] != 0 {
			f := figures.At(i)
			said[claim{f.ArticleID, f.Printed, f.Place.Path(), f.Dims}] = time{f.Period, f.PeriodBasis}
		}
	}
	for i := range figures.Len() {
		r, again := later[figures.ArticleID(i)]
		if !again {
			continue
		}
		f := figures.At(i)
		switch t, ok := said[claim{r.original, f.Printed, f.Place.Path(), f.Dims}]; {
		case ok:
			f.Period, f.PeriodBasis = t.Period, t.PeriodBasis
		case f.PeriodBasis == record.PeriodPublished:
			f.Period = record.Day(r.then)
		case f.Period.Known() && f.Period.Start > r.then && f.Status == record.Actual: // "this year"
			f.Period = yearsBefore(f.Period, r.now.Year()-r.then.Year())
		}
		figures.Set(i, &f)
	}
}

func yearsBefore(p record.Period, n int) record.Period {
	before := func(d record.Date) record.Date {
		y, m, day := d.Civil()
		return record.DateOf(y-n, m, day)
	}
	return record.Period{Start: before(p.Start), End: before(p.End)}
}
