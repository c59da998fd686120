// Package reprint finds articles that repeat another one: the same press release
// in several newspapers, word for word, shortened, or with a new headline and
// first sentence. Two such articles are one source.
//
// The measure is the containment of one text's shingles (runs of 8 words) in
// those of the other, with candidates found by the shingles whose hash is 0
// modulo 8: A. Z. Broder, "On the resemblance and containment of documents",
// Proceedings of Compression and Complexity of Sequences 1997. Numbers are no
// part of a shingle. They are compared where they stand between the same words:
// last year's report with this year's numbers is no reprint.
package reprint

import (
	"cmp"
	"slices"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

const (
	width       = 8    // words in a shingle
	sample      = 8    // one shingle in so many is looked up
	leastWords  = 40   // shorter texts are reprints only when they are the same
	contained   = 0.70 // of the shorter text's shingles, to be a reprint
	hinted      = 0.35 // of the shorter text's sampled shingles, to be looked at
	conflicting = 0.20 // of the numbers in the same place, to be another report
	crowd       = 64   // texts with one shingle in common after which no more are noted
	bestOf      = 8    // candidates that are compared in full
)

// Originals returns for each article the ID of the one that it repeats, or "".
// Of two articles alike the earlier one is the original, by publication, then
// by capture; one that holds much less than the other repeats it, whichever
// came first. What an article is said to repeat repeats nothing itself. The
// result does not depend on the order of the articles.
func Originals(articles []record.Article) []string {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return earlier(&articles[a], &articles[b]) })
	texts := make([]string, len(order)) // from here on all numbers are ranks in time
	for rank, i := range order {
		texts[rank] = articles[i].Text
	}
	root := roots(texts)
	out := make([]string, len(articles))
	for rank, r := range root {
		if r != rank {
			out[order[rank]] = articles[order[r]].ID
		}
	}
	return out
}

// roots returns for each text, given in the order of time, the one that it
// repeats in the end; itself for an original.
func roots(texts []string) []int {
	docs := make([]doc, len(texts))
	root := make([]int, len(texts))
	look := lookup{with: map[uint64][]int32{}}
	for i := range texts { // later ones repeat earlier ones
		docs[i], root[i] = newDoc(texts[i]), i
		for _, j := range look.like(docs, i) {
			if repeats(&docs[i], &docs[j], texts[i], texts[j]) {
				root[i] = find(root, j)
				break
			}
		}
		look.add(docs, i)
	}
	for i := range texts { // and short ones the longer ones that came after
		if root[i] != i {
			continue
		}
		for _, j := range look.like(docs, i) {
			if r := find(root, j); r != i && docs[j].words*4 > docs[i].words*5 && repeats(&docs[i], &docs[j], texts[i], texts[j]) {
				root[i] = r
				break
			}
		}
	}
	for i := range root {
		root[i] = find(root, i)
	}
	return root
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

// repeats reports whether the text a stands in b, numbers included.
func repeats(a, b *doc, textA, textB string) bool {
	ta, tb := tokens(textA), tokens(textB)
	if a.words < leastWords || b.words < leastWords {
		return a.words > 0 && slices.EqualFunc(ta, tb, func(x, y text.Token) bool {
			return x.Key == y.Key && number(textA, x) == number(textB, y)
		})
	}
	sa, sb := shingles(ta), shingles(tb)
	shared := 0
	for h := range sa {
		if _, ok := sb[h]; ok {
			shared++
		}
	}
	return float64(shared) >= contained*float64(len(sa)) && sameNumbers(textA, ta, textB, tb)
}

// sameNumbers compares the numbers that stand between the same words in both
// texts. One slip of the pen is allowed in a text with many numbers.
func sameNumbers(textA string, ta []text.Token, textB string, tb []text.Token) bool {
	there := map[uint64][]string{}
	eachNumber(textB, tb, func(context uint64, n string) { there[context] = append(there[context], n) })
	same, other := 0, 0
	eachNumber(textA, ta, func(context uint64, n string) {
		switch ns := there[context]; {
		case slices.Contains(ns, n):
			same++
		case len(ns) > 0:
			other++
		}
	})
	return float64(other) <= conflicting*float64(same+other)
}

// doc is what is kept of a text for the search.
type doc struct {
	words int
	marks []uint64 // sampled shingles, without repetition; of a text too short for them its hash
}

func newDoc(s string) doc {
	toks := tokens(s)
	d := doc{words: len(toks)}
	if d.words < leastWords {
		d.marks = []uint64{hash(toks)}
		return d
	}
	least := ^uint64(0)
	for h := range shingles(toks) {
		if least = min(least, h); h%sample == 0 {
			d.marks = append(d.marks, h)
		}
	}
	if d.marks == nil {
		d.marks = []uint64{least}
	}
	slices.Sort(d.marks)
	return d
}

// tokens are the words and numbers of a text.
func tokens(s string) []text.Token {
	toks := text.Scan(nil, s, 0, len(s))
	return slices.DeleteFunc(toks, func(t text.Token) bool { return t.Kind == text.Punct })
}

// number is a number as printed, "" for a word.
func number(s string, t text.Token) string {
	if t.Kind != text.Digits {
		return ""
	}
	return s[t.Start:t.End]
}

// shingles are the hashes of all runs of words. Every number counts as the same
// word: text.Scan gives them the key 0.
func shingles(toks []text.Token) map[uint64]struct{} {
	out := make(map[uint64]struct{}, len(toks))
	for i := 0; i+width <= len(toks); i++ {
		out[hash(toks[i:i+width])] = struct{}{}
	}
	return out
}

func hash(toks []text.Token) uint64 {
	h := uint64(14695981039346656037) // FNV-1a over keys, finished so that the low bits can be sampled
	for _, t := range toks {
		h = (h ^ uint64(t.Key)) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}

// eachNumber calls f for every number with the hash of the 3 words before and the 3 words after it.
func eachNumber(s string, toks []text.Token, f func(context uint64, n string)) {
	const around = 3
	var near [2 * around]text.Token
	for i, t := range toks {
		if t.Kind != text.Digits {
			continue
		}
		clear(near[:])
		copy(near[:around], toks[max(0, i-around):i])
		copy(near[around:], toks[i+1:min(len(toks), i+1+around)])
		f(hash(near[:]), number(s, t))
	}
}

// lookup finds texts by their sampled shingles.
type lookup struct{ with map[uint64][]int32 }

func (l *lookup) add(docs []doc, i int) {
	for _, h := range docs[i].marks {
		if with := l.with[h]; len(with) < crowd {
			l.with[h] = append(with, int32(i))
		}
	}
}

// like returns the texts noted that share the most sampled shingles with one,
// the best first, the earlier one first among equals.
func (l *lookup) like(docs []doc, i int) []int {
	count := map[int32]int{}
	var found []int32
	for _, h := range docs[i].marks {
		for _, j := range l.with[h] {
			if int(j) == i {
				continue
			}
			if count[j]++; count[j] == 1 {
				found = append(found, j)
			}
		}
	}
	slices.Sort(found)
	found = slices.DeleteFunc(found, func(j int32) bool {
		return float64(count[j]) < hinted*float64(min(len(docs[i].marks), len(docs[j].marks)))
	})
	slices.SortStableFunc(found, func(a, b int32) int { return count[b] - count[a] })
	var out []int
	for _, j := range found[:min(len(found), bestOf)] {
		out = append(out, int(j))
	}
	return out
}
