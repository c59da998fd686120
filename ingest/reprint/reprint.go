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
	look := newLookup()
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
