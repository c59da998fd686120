package decide

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed weights.tsv
var weights string

// rows are the weights of features, in thousandths of a natural logarithm, in a
// hash table with open addresses: the keys are hashes already, a reading asks for
// hundreds of them a figure, and most have no weights.
type rows struct {
	keys   []uint64 // 0 where there is none
	at     []int32  // which row of weights is that of a key
	used   int
	width  int
	weight []int16
	sieve  []uint64 // a bit for the highest bits of every key, so that most of the others need no look at the keys
}

// sieveBits is how many bits of a key the sieve looks at.
const sieveBits = 18

func newRows(width int) rows {
	return rows{keys: make([]uint64, 64), at: make([]int32, 64), width: width, sieve: make([]uint64, 1<<sieveBits/64)}
}

// slot is where a key stands, or would stand.
func (r *rows) slot(h uint64) int {
	mask := uint64(len(r.keys) - 1)
	i := (h ^ h>>32) & mask
	for r.keys[i] != h && r.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return int(i)
}

// may reports whether a key can have weights.
func (r *rows) may(h uint64) bool {
	i := h >> (64 - sieveBits)
	return r.sieve[i>>6]>>(i&63)&1 > 0
}

// find is the row of a key, -1 for none.
func (r *rows) find(h uint64) int {
	if r.may(h) {
		if i := r.slot(h); r.keys[i] == h {
			return int(r.at[i])
		}
	}
	return -1
}

// add adds the weights of a key to others.
func (r *rows) add(to []int32, h uint64) {
	if i := r.find(h); i >= 0 {
		r.addAt(to, i)
	}
}

func (r *rows) addAt(to []int32, row int) {
	from := r.weight[row*r.width : row*r.width+len(to)]
	for k, w := range from {
		to[k] += int32(w)
	}
}

// row is where the weights of a key are, with room made for a new one.
func (r *rows) row(h uint64) []int16 {
	at := r.find(h)
	if at < 0 {
		at = r.put(h)
	}
	return r.weight[at*r.width : (at+1)*r.width]
}

// put makes room for the weights of a new key.
func (r *rows) put(h uint64) int {
	if 2*r.used >= len(r.keys) {
		old := *r
		r.keys, r.at = make([]uint64, 2*len(old.keys)), make([]int32, 2*len(old.keys))
		for i, k := range old.keys {
			if k != 0 {
				at := r.slot(k)
				r.keys[at], r.at[at] = k, old.at[i]
			}
		}
	}
	i := r.slot(h)
	r.keys[i], r.at[i] = h, int32(r.used)
	top := h >> (64 - sieveBits)
	r.sieve[top>>6] |= 1 << (top & 63)
	r.used++
	r.weight = append(r.weight, make([]int16, r.width)...)
	return r.used - 1
}

// sources are the weights of the sources of candidates and of pairs of them. A source
// that has weights, or the lack of which has, has a number.
type sources struct {
	numbers rows
	weight  []int16 // of a triangle: of number i alone, or with itself, at i(i+1)/2+i
}

// mostSources bounds the memory that a damaged file could ask for.
const mostSources = 4096

// number is that of a source, a new one if need be.
func (s *sources) number(h uint64) int {
	if n := s.numbers.find(h); n >= 0 {
		return n
	}
	s.weight = append(s.weight, make([]int16, s.numbers.used+1)...)
	return s.numbers.put(h)
}

// triangle is where the weight of two sources is.
func triangle(a, b int) int {
	if a < b {
		a, b = b, a
	}
	return a*(a+1)/2 + b
}

// pair is the weight of two sources by their hashes, of one alone when they are the same.
func (s *sources) pair(a, b uint64) int32 {
	x, y := s.numbers.find(a), s.numbers.find(b)
	if x < 0 || y < 0 {
		return 0
	}
	return int32(s.weight[triangle(x, y)])
}

// named is where the weight of a source or of a pair is, by its name.
func (s *sources) named(name string) ([]int16, error) {
	a, b := sourceHashes(name)
	x, y := s.number(a), s.number(b)
	if s.numbers.used > mostSources {
		return nil, fmt.Errorf("%q is a source too many: %w", name, errWeights)
	}
	at := triangle(x, y)
	return s.weight[at : at+1], nil
}

// sourceHashes are the hashes of a pair of sources by its name, of one twice.
func sourceHashes(name string) (uint64, uint64) {
	a, b, two := strings.Cut(name, pairSign)
	if !two {
		b = a
	}
	return hashString(offset64, a), hashString(offset64, b)
}

// pairSign stands between two sources in the name of a pair.
const pairSign = " & "

// errWeights reports a weights file that is damaged.
var errWeights = errors.New("the weights do not fit this program; make them again with cmd/train")

func newModel() *Model {
	m := &Model{
		labels: newRows(len(Statuses) + len(Movements)), links: newRows(len(Statuses)*len(Statuses) + len(Movements)*len(Movements)), confidence: newRows(1), claims: newRows(1),
		wholes: NewWholes(),
	}
	for d := StarClass; d < Dimensions; d++ {
		m.kinds[d], m.sources[d].numbers = newRows(1), newRows(0)
		for _, name := range mainSources[d] { // what lacks one asks for it
			m.sources[d].number(hashString(offset64, name))
		}
	}
	return m
}

// Load reads the weights that come with the program.
func Load() (*Model, error) { return Parse(weights) }

// Parse reads weights as cmd/train writes them: a line a feature, with its
// dimension, its name and its weights, and the number of lines at the end.
func Parse(text string) (*Model, error) {
	m := newModel()
	lines, ended := 0, false
	for line := range strings.Lines(text) {
		lines++
		line, whole := strings.CutSuffix(line, "\n")
		n, end := strings.CutPrefix(line, "end\t")
		var err error
		switch {
		case ended:
			err = fmt.Errorf("%q stands behind the end: %w", line, errWeights)
		case !whole:
			err = fmt.Errorf("%q is cut off: %w", line, errWeights)
		case end && n != strconv.Itoa(lines-1):
			err = fmt.Errorf("%s lines were written and %d are there: %w", n, lines-1, errWeights)
		case end:
			ended = true
		default:
			err = m.line(line)
		}
		if err != nil {
			return nil, fmt.Errorf("decide: line %d of the weights: %w", lines, err)
		}
	}
	if !ended {
		return nil, fmt.Errorf("decide: line %d of the weights: the end is missing: %w", lines+1, errWeights)
	}
	return m, nil
}

// line takes one line: dimension, feature, weights.
func (m *Model) line(line string) error {
	dim, rest, ok := strings.Cut(line, "\t")
	name, values, ok2 := strings.Cut(rest, "\t")
	if dim == wholeName {
		m.lines[Dimensions+2]++
		return m.wholes.line(name, values)
	}
	d := Dimension(slices.Index(dimensionNames[:], dim))
	if !ok || !ok2 || d < 0 && dim != confidenceName && dim != ClaimName || name == "" || values == "" {
		return fmt.Errorf("%q: %w", line, errWeights)
	}
	var row []int16
	link := strings.HasPrefix(name, "E")
	labelled := d == Status || d == Movement
	switch {
	case dim == ClaimName:
		d = Dimensions + 1
		row = m.claims.row(featureKey(name))
	case d < 0:
		d = Dimensions // where its lines are counted
		row = m.confidence.row(featureKey(name))
	case labelled && link:
		from := d.from(true)
		row = m.links.row(featureKey(name))[from : from+d.labels()*d.labels()]
	case labelled:
		from := d.from(false)
		row = m.labels.row(featureKey(name))[from : from+d.labels()]
	case link:
		row = m.kinds[d].row(featureKey(name))
	default:
		to, err := m.sources[d].named(name)
		if err != nil {
			return err
		}
		row = to
	}
	if slices.ContainsFunc(row, func(w int16) bool { return w != 0 }) {
		return fmt.Errorf("%q stands there twice: %w", name, errWeights)
	}
	m.lines[d]++
	for v := range strings.SplitSeq(values, " ") {
		at, number := 0, v
		if labelled {
			label, w, _ := strings.Cut(v, "=")
			at, number = labelIndex(d, link, label), w
		}
		w, err := strconv.ParseInt(number, 10, 16)
		if at < 0 || err != nil || w == 0 || row[at] != 0 {
			return fmt.Errorf("%q is no weight of %s or stands there twice: %w", v, dim, errWeights)
		}
		row[at] = int16(w)
	}
	return nil
}

// labels is the number of labels of status or movement.
func (d Dimension) labels() int {
	if d == Status {
		return len(Statuses)
	}
	return len(Movements)
}

// from is where the weights of d begin in those of a feature, or of a link.
func (d Dimension) from(link bool) int {
	switch {
	case d == Status:
		return 0
	case link:
		return len(Statuses) * len(Statuses)
	}
	return len(Statuses)
}

// Label names a label of status or movement, or a pair of them by its index in
// a row of a link.
func Label(d Dimension, link bool, i int) string {
	one := func(i int) string {
		if d == Status {
			return string(Statuses[i])
		}
		return string(Movements[i])
	}
	k := d.labels()
	if link {
		return one(i/k) + ">" + one(i%k)
	}
	return one(i)
}

// labelIndex is the index of what Label calls name, -1 for none.
func labelIndex(d Dimension, link bool, name string) int {
	k := d.labels()
	one := func(name string) int {
		for i := range k {
			if Label(d, false, i) == name {
				return i
			}
		}
		return -1
	}
	parent, own, pair := strings.Cut(name, ">")
	switch p, o := one(parent), one(own); {
	case link != pair:
		return -1
	case !link:
		return p
	case p < 0 || o < 0:
		return -1
	default:
		return p*k + o
	}
}
