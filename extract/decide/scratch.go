package decide

// chunk hands out slices of a large one; they stay valid until reset.
type chunk[T any] struct{ all, free []T }

// take returns a slice of n zero values with no room behind it.
func (c *chunk[T]) take(n int) []T {
	if n > len(c.free) {
		c.all = make([]T, max(n, 2*len(c.all), 512))
		c.free = c.all
	}
	out := c.free[:n:n]
	c.free = c.free[n:]
	clear(out)
	return out
}

// keep returns a copy of s.
func (c *chunk[T]) keep(s []T) []T {
	out := c.take(len(s))
	copy(out, s)
	return out
}

func (c *chunk[T]) reset() { c.free = c.all }

// scratch is the memory of decisions, used again from article to article, so that
// they make few large allocations instead of many small ones.
type scratch struct {
	hashes     chunk[uint64]
	lists      chunk[[]uint64]
	ints       chunk[int32]
	rows       chunk[[]int32]
	bytes      chunk[uint8]
	nodes      chunk[Node]
	candidates chunk[Candidate]
	offers     chunk[[]Candidate]
	met        chunk[glimpse]

	pairs                                    [Dimensions - StarClass]met // of the weights of one model
	linker                                   Linker
	labels                                   Problem // of status and movement
	sums, linkSums, kinds, confidence, claim sum
}

func (s *scratch) reset() {
	s.hashes.reset()
	s.lists.reset()
	s.ints.reset()
	s.rows.reset()
	s.bytes.reset()
	s.nodes.reset()
	s.candidates.reset()
	s.offers.reset()
	s.met.reset()
	s.labels = Problem{}
}
