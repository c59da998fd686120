package reconcile

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

// testBlame: the blame is the one smallest set, or what all smallest sets
// share, or one of several smallest sets that the case lists.
func (c *workedCase) testBlame(t *testing.T) {
	e, x := c.load(t, c.Input)
	weight := make([]int64, len(x))
	for i := range x {
		weight[i] = 1000
		if raw, ok := c.Weights[e.names[i]]; ok {
			if w := c.weight(t, raw); math.IsInf(w, 1) {
				weight[i] = certain
			} else {
				weight[i] = int64(math.Round(w * 1000))
			}
		}
		if c.fixed(e)[i] {
			weight[i] = certain
		}
		if x[i] == nil {
			weight[i] = certain // free anyway
		}
	}
	sets, _ := e.localise(x, weight)
	var smallest []string
	for _, set := range sets {
		smallest = append(smallest, e.nameList(set))
	}
	var blame []string
	if err := json.Unmarshal(c.Expected["blame"], &blame); err != nil {
		t.Fatal(err)
	}
	slices.Sort(blame)
	want := strings.Join(blame, " ")
	if !slices.Contains(smallest, want) && e.nameList(shared(sets)) != want {
		t.Errorf("smallest sets %q, want %q", smallest, want)
	}
	for _, other := range c.otherBlames() {
		slices.Sort(other)
		if !slices.Contains(smallest, strings.Join(other, " ")) {
			t.Errorf("smallest sets %q lack %q", smallest, other)
		}
	}
}

// otherBlames reads alternatives: lists of names, or objects with a blame.
func (c *workedCase) otherBlames() [][]string {
	var lists [][]string
	if json.Unmarshal(c.Others, &lists) == nil {
		return lists
	}
	var objects []struct{ Blame []string }
	if json.Unmarshal(c.Others, &objects) == nil {
		for _, o := range objects {
			lists = append(lists, o.Blame)
		}
	}
	return lists
}

func (e *edits) nameList(set []int) string {
	var out []string
	for _, i := range set {
		out = append(out, e.names[i])
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
