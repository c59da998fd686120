package decide

import "slices"

// Features gathers the features of one thing as hashes of their names; the names
// are kept beside them when somebody asks.
type Features struct {
	IDs   []uint64
	Names map[uint64]string // filled when not nil
	src   string
	keep  func(uint64) bool // nil keeps all
	at    map[uint64]int    // where the words of a feature first stand, filled when not nil
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hashString(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime64
	}
	return h
}

// keyOfName is the key of a unit that has a name.
func keyOfName(s string) uint64 { return hashString(offset64, s) }

// mix adds the key of a unit to the hash of a feature.
func mix(h, key uint64) uint64 {
	h = (h ^ 0x20) * prime64
	h ^= key
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

func (f *Features) reset() { f.IDs = f.IDs[:0] }

func (f *Features) push(h uint64) bool {
	if f.keep != nil && !f.keep(h) {
		return false
	}
	f.IDs = append(f.IDs, h)
	return true
}

// Add adds a feature whose name is the parts one after the other.
func (f *Features) Add(parts ...string) {
	h := uint64(offset64)
	for _, p := range parts {
		h = hashString(h, p)
	}
	if f.push(h) && f.Names != nil {
		var b []byte
		for _, p := range parts {
			b = append(b, p...)
		}
		f.Names[h] = string(b)
	}
}

// Words adds the feature of units in a row under a prefix.
func (f *Features) Words(prefix string, units ...*Unit) {
	h := hashString(offset64, prefix)
	for _, u := range units {
		h = mix(h, u.Key)
	}
	if f.push(h) && f.Names != nil {
		b := []byte(prefix)
		for _, u := range units {
			b = append(b, ' ')
			b = append(b, u.name(f.src)...)
		}
		f.Names[h] = string(b)
		if _, again := f.at[h]; !again && f.at != nil && len(units) > 0 {
			f.at[h] = units[0].Span.Start
		}
	}
}

// unique sorts the features and drops repetitions.
func (f *Features) unique() {
	slices.Sort(f.IDs)
	f.IDs = slices.Compact(f.IDs)
}
