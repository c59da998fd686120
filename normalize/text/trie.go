package text

// Trie finds the longest of many phrases at a place in a token sequence. The
// zero value is empty and ready to use; after the last Add it may be read by
// many goroutines.
type Trie[V any] struct {
	starts Filter           // of the keys in first
	first  map[Key]int32    // from the root
	next   map[uint64]int32 // from other nodes, by edge
	values []V
	ends   []bool
}

// edge mixes a node and a key into one 64-bit map key, which hashes faster than
// the pair. Nodes are few and keys are well mixed already, so that two edges of
// a lexicon meet with a chance of about 1 in 10^10.
func edge(node int32, k Key) uint64 {
	return (uint64(k) ^ uint64(node)*0x9E3779B97F4A7C15) * 0xFF51AFD7ED558CCD
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
		t.first, t.next = map[Key]int32{}, map[uint64]int32{}
		t.grow()
	}
	node := int32(0)
	for _, k := range Keys(phrase) {
		child, ok := t.child(node, k)
		if !ok {
			child = t.grow()
			if node == 0 {
				t.first[k] = child
				t.starts.Add(k)
			} else {
				t.next[edge(node, k)] = child
			}
		}
		node = child
	}
	if node == 0 || t.ends[node] {
		return false
	}
	t.values[node], t.ends[node] = v, true
	return true
}

func (t *Trie[V]) child(node int32, k Key) (int32, bool) {
	if node == 0 {
		if !t.starts.May(k) {
			return 0, false
		}
		c, ok := t.first[k]
		return c, ok
	}
	c, ok := t.next[edge(node, k)]
	return c, ok
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
		child, ok := t.child(node, toks[j].Key)
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

// Filter tells quickly that a key is in no set: most words of a text begin
// nothing. It has a bit for the low bits of every key added, so that it never
// misses one and seldom lets a stranger through.
type Filter [1024]uint64

// Add puts a key in.
func (f *Filter) Add(k Key) { f[k>>6&1023] |= 1 << (k & 63) }

// May reports whether the key may have been added; false is certain.
func (f *Filter) May(k Key) bool { return f[k>>6&1023]&(1<<(k&63)) != 0 }

// FilterOf is a filter with the keys of a map.
func FilterOf[V any](m map[Key]V) *Filter {
	f := new(Filter)
	for k := range m {
		f.Add(k)
	}
	return f
}
