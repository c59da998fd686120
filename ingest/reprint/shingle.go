package reprint

import (
	"slices"

	"ocopstat/normalize/text"
)

// doc is what is kept of a text for the search.
type doc struct {
	words  int
	marks  []uint64 // sampled shingles, without repetition
	digest uint64   // of the whole, for texts too short to sample
}

func newDoc(s string) doc {
	toks := tokens(s)
	d := doc{words: len(toks), digest: hash(toks)}
	if d.words < leastWords {
		d.marks = []uint64{d.digest}
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

// eachNumber calls f for every number with the hash of the 3 words before and
// the 3 words after it.
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

func newLookup() *lookup { return &lookup{with: map[uint64][]int32{}} }

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
