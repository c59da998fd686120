package decide

import (
	"slices"
	"strings"
)

// Features gathers the features of one thing: as hashes of their names, with the
// names beside them when somebody asks, or at once as the sum of their weights.
type Features struct {
	IDs   []uint64
	Names map[uint64]string // filled when not nil
	src   string
	at    map[uint64]int // where the words of a feature first stand, filled when not nil
	sum   *sum           // when not nil, weights are added up and there are no IDs
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

// prefix is what the names of some features of units begin with.
type prefix struct {
	name string
	hash uint64
}

func prefixOf(name string) prefix { return prefix{name, hashString(offset64, name)} }

// start begins with the next thing and returns where its weights will be added up.
func (f *Features) start(mem *scratch) []int32 {
	f.IDs = f.IDs[:0]
	if f.sum == nil {
		return nil
	}
	total := mem.ints.take(f.sum.rows.width)
	f.sum.begin(total)
	return total
}

// push takes a feature and reports whether its name is wanted.
func (f *Features) push(h uint64) bool {
	if f.sum != nil {
		f.sum.add(h)
		return false
	}
	f.IDs = append(f.IDs, h)
	return f.Names != nil
}

// Add adds a feature whose name is the parts one after the other.
func (f *Features) Add(parts ...string) {
	h := uint64(offset64)
	for _, p := range parts {
		h = hashString(h, p)
	}
	if f.push(h) {
		f.Names[h] = strings.Join(parts, "")
	}
}

// stem is what several names begin with.
type stem struct {
	hash  uint64
	parts [6]string
}

func stemOf(parts ...string) stem {
	s := stem{hash: offset64}
	copy(s.parts[:], parts)
	for _, p := range parts {
		s.hash = hashString(s.hash, p)
	}
	return s
}

// under adds a feature whose name is a stem and the parts one after the other.
func (f *Features) under(s *stem, parts ...string) {
	h := s.hash
	for _, p := range parts {
		h = hashString(h, p)
	}
	if f.push(h) {
		f.Names[h] = strings.Join(s.parts[:], "") + strings.Join(parts, "")
	}
}

// words adds the feature of units in a row under a prefix.
func (f *Features) words(p prefix, units ...Unit) {
	h := p.hash
	for i := range units {
		h = mix(h, units[i].Key)
	}
	if f.push(h) {
		f.named(h, p, units)
	}
}

// named keeps the name of a feature of units in a row.
func (f *Features) named(h uint64, p prefix, units []Unit) {
	b := []byte(p.name)
	for i := range units {
		b = append(b, ' ')
		b = append(b, units[i].name(f.src)...)
	}
	f.Names[h] = string(b)
	if _, again := f.at[h]; !again && f.at != nil && len(units) > 0 {
		f.at[h] = units[0].Span.Start
	}
}

// unique sorts the features and drops repetitions.
func (f *Features) unique() {
	slices.Sort(f.IDs)
	f.IDs = slices.Compact(f.IDs)
}

// sum adds up the weights of features, those of each feature once.
type sum struct {
	rows  *rows
	total []int32
	seen  []uint32 // of each feature that has weights, the round that counted it last
	round uint32
	last  uint32 // the latest round of all
	parts [][]int32
}

// use makes s a sum of weights out of r, in memory of its own that it uses again.
// parts is how many parts it may have that are worked out once.
func (s *sum) use(r *rows, parts int, mem *scratch) {
	s.rows, s.parts = r, mem.rows.take(parts)
	if len(s.seen) != r.used {
		s.seen, s.last = make([]uint32, r.used), 0
	}
}

// begin begins a new sum.
func (s *sum) begin(total []int32) {
	if s.last++; s.last == 0 {
		clear(s.seen)
		s.last = 1
	}
	s.round, s.total = s.last, total
}

func (s *sum) add(h uint64) {
	if s.rows.may(h) {
		s.found(h)
	}
}

func (s *sum) found(h uint64) {
	i := s.rows.find(h)
	if i < 0 || s.seen[i] == s.round {
		return
	}
	s.seen[i] = s.round
	s.rows.addAt(s.total, i)
}

// once adds the features that give adds, which are the same wherever the part with
// this number occurs and no others of which have the same names; their sum is worked
// out once.
func (f *Features) once(part int, mem *scratch, give func()) {
	s := f.sum
	if s == nil {
		give()
		return
	}
	if s.parts[part] == nil {
		round, total := s.round, s.total
		s.parts[part] = mem.ints.take(s.rows.width)
		s.begin(s.parts[part])
		give()
		s.round, s.total = round, total
	}
	for k, w := range s.parts[part] {
		s.total[k] += w
	}
}
