package text

// Trie finds the longest of many phrases at a place in a token sequence. The
// zero value is empty and ready to use; after the last Add it may be read by
// many goroutines.
type Trie[V any] struct {
	next   map[edge]int32
	values []V
	ends   []bool
}

type edge struct {
	node int32
	key  Key
}

// Keys returns the keys of a phrase, one a token; numbers in a phrase have key 0.
func Keys(phrase string) []Key {
	toks := Scan(nil, phrase, 0, len(phrase))
	keys := make([]Key, len(toks))
	for i, t := range toks {
		keys[i] = t.Key
	}
	return keys
}

// Add gives a phrase a value. It reports false, and changes nothing, when the
// phrase has one already or has no tokens.
func (t *Trie[V]) Add(phrase string, v V) bool {
	if t.next == nil {
		t.next = map[edge]int32{}
		t.grow()
	}
	node := int32(0)
	for _, k := range Keys(phrase) {
		e := edge{node, k}
		child, ok := t.next[e]
		if !ok {
			child = t.grow()
			t.next[e] = child
		}
		node = child
	}
	if node == 0 || t.ends[node] {
		return false
	}
	t.values[node], t.ends[node] = v, true
	return true
}

func (t *Trie[V]) grow() int32 {
	var zero V
	t.values = append(t.values, zero)
	t.ends = append(t.ends, false)
	return int32(len(t.ends) - 1)
}

// Longest returns the value of the longest phrase that starts at toks[i], and
// the number of tokens it takes; 0 when none does.
func (t *Trie[V]) Longest(toks []Token, i int) (v V, n int) {
	node := int32(0)
	for j := i; j < len(toks); j++ {
		child, ok := t.next[edge{node, toks[j].Key}]
		if !ok {
			break
		}
		node = child
		if t.ends[node] {
			v, n = t.values[node], j-i+1
		}
	}
	return v, n
}
