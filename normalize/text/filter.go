package text

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
