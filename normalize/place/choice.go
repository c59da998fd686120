package place

import "ocopstat/record"

// choice is a set of readings that rules narrow down. It never becomes empty
// unless it was.
type choice struct {
	all  []record.Place // shared, never changed
	left []int16        // indexes of the readings that are still possible
}

// newChoice starts with all readings; buf is memory for their indexes.
func newChoice(all []record.Place, buf []int16) choice {
	for i := range all {
		buf = append(buf, int16(i))
	}
	return choice{all, buf}
}

// keep drops the readings for which ok does not hold, unless it holds for none.
func (c *choice) keep(ok func(*record.Place) bool) {
	if !c.any(ok) {
		return
	}
	n := 0
	for _, i := range c.left {
		if ok(&c.all[i]) {
			c.left[n] = i
			n++
		}
	}
	c.left = c.left[:n]
}

func (c *choice) any(ok func(*record.Place) bool) bool {
	for _, i := range c.left {
		if ok(&c.all[i]) {
			return true
		}
	}
	return false
}

// first is the reading that stands first in the order of kinds.
func (c *choice) first() *record.Place { return &c.all[c.left[0]] }

// single reports whether one reading is left.
func (c *choice) single() bool { return len(c.left) == 1 }

// places copies the readings that are left.
func (c *choice) places() []record.Place {
	out := make([]record.Place, len(c.left))
	for n, i := range c.left {
		out[n] = c.all[i]
	}
	return out
}

// anyOf reports whether ok holds for one of the places.
func anyOf(list []record.Place, ok func(*record.Place) bool) bool {
	for i := range list {
		if ok(&list[i]) {
			return true
		}
	}
	return false
}
