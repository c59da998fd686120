package decide

// chunk hands out slices of a large one; they stay valid until reset.
type chunk[T any] struct{ free []T }

// take returns a slice of n zero values with no room behind it.
func (c *chunk[T]) take(n int) []T {
	if n > len(c.free) {
		c.free = make([]T, max(n, 4096))
	}
	out := c.free[:n:n]
	c.free = c.free[n:]
	return out
}

// keep returns a copy of s.
func (c *chunk[T]) keep(s []T) []T {
	out := c.take(len(s))
	copy(out, s)
	return out
}

// scratch is the memory of one decision. What it hands out is not used again, so
// that a decision makes few large allocations instead of many small ones.
type scratch struct {
	hashes chunk[uint64]
	lists  chunk[[]uint64]
	ints   chunk[int32]
	bytes  chunk[uint8]
}
