package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"ocopstat/record"
)

// printing is one way in which a slip comes to light: so many outlets print the
// same table, one of them with a slip of the pen, the first or the last: the total
// alone, with its classes, or with their shares too.
type printing struct {
	outlets int
	last    bool
	prints  string
}

const theTotal, theClasses, theShares = "the total", "the classes", "the shares"

// decides reports whether anything can tell the slip from the right number.
func (p printing) decides() bool {
	return p.prints == theShares || p.outlets > 2 || p.prints == theClasses && p.outlets > 1
}

// slipped counts what became of the slips.
type slipped struct{ tried, right, doubtful, wrong, blamed int }

// TestSlips: 57 provinces in two years, and one slip of the pen in each table.
// Where shares or two outlets against one decide, the right number is preferred;
// where nothing decides, what is preferred is doubtful; and never is a number
// blamed that is right. docs/ACCURACY.md has the counts.
func TestSlips(t *testing.T) {
	for _, outlets := range []int{1, 2, 3} {
		for _, last := range []bool{false, true} {
			for _, prints := range []string{theTotal, theClasses, theShares} {
				p := printing{outlets, last, prints}
				if outlets == 1 && (last || prints == theTotal) { // nothing to see a slip by
					continue
				}
				n := trySlips(t, p)
				t.Logf("%+v: %+v", p, n)
				if n.blamed > 0 {
					t.Errorf("%+v: %d numbers are blamed that are right", p, n.blamed)
				}
				if p.decides() && 100*n.right < 95*n.tried {
					t.Errorf("%+v: %d of %d right", p, n.right, n.tried)
				}
				if !p.decides() && n.right+n.doubtful < n.tried {
					t.Errorf("%+v: %d of %d are wrong and not doubtful", p, n.wrong, n.tried)
				}
			}
		}
	}
}

func trySlips(t *testing.T, p printing) (n slipped) {
	for province := range 57 {
		r := rand.New(rand.NewPCG(uint64(province), 11)) // the same slips in every way of printing
		three, four := int64(40+r.IntN(160)), int64(15+r.IntN(60))
		for year := 2021; year <= 2022; year++ {
			three, four = three+int64(r.IntN(40)), four+int64(r.IntN(20))
			trySlip(t, r, p, []int64{three + four, three, four}, year, &n)
		}
	}
	return n
}

// trySlip prints one table and looks at what becomes of the number with the slip.
func trySlip(t *testing.T, r *rand.Rand, p printing, table []int64, year int, n *slipped) {
	at := r.IntN(len(table))
	if p.prints == theTotal {
		table, at = table[:1], 0
	}
	bad := slipOfPen(r, table[at])
	for d := bad - table[at]; !p.decides() && max(d, -d) <= smallRest(table[0]); d = bad - table[at] {
		bad = slipOfPen(r, table[at]) // within the rest that an article may leave nobody can see it
	}
	c := newCorpus(t)
	day := fmt.Sprintf("%d-12-31", year)
	for outlet := range p.outlets {
		id := fmt.Sprint("a", outlet)
		c.source(id, id, 2, fmt.Sprintf("%d-01-%02d", year+1, 10+outlet), "")
		wrong := outlet == 0 && !p.last || outlet == p.outlets-1 && p.last
		for i, v := range table {
			if wrong && i == at {
				v = bad
			}
			stars := []string{"", "3*", "4*"}[i]
			c.say(fmt.Sprintf("%s %d %s %s", id, v, stars, day))
			if p.prints == theShares && i > 0 {
				share := (2000*table[i] + table[0]) / (2 * table[0])
				c.say(fmt.Sprintf("%s %d.%d%% %s %s", id, share/10, share%10, stars, day))
			}
		}
	}
	res := c.run()
	n.tried++
	value := map[string]string{}
	for _, f := range c.in.Figures.All() {
		value[f.ID] = f.Printed
	}
	for _, check := range res.Checks {
		if slices.ContainsFunc(check.Blame, func(id string) bool { return value[id] != strconv.FormatInt(bad, 10) }) {
			n.blamed++
		}
	}
	for _, s := range res.Statistics {
		if s.Rank != record.Preferred || s.Measure != record.Count || s.Stars != []record.Stars{"", "3", "4"}[at] {
			continue
		}
		switch {
		case s.HasValue && s.Value == record.Int(table[at]):
			n.right++
		case s.Quality == record.DoubtfulQuality:
			n.doubtful++
		default:
			n.wrong++
		}
	}
}

// slipOfPen replaces, swaps, drops or doubles a digit.
func slipOfPen(r *rand.Rand, n int64) int64 {
	for {
		s := []byte(strconv.FormatInt(n, 10))
		i := r.IntN(len(s))
		switch r.IntN(5) {
		case 0:
			if i+1 < len(s) {
				s[i], s[i+1] = s[i+1], s[i]
			}
		case 1:
			s = slices.Delete(s, i, i+1)
		case 2:
			s = slices.Insert(s, i, s[i])
		default:
			s[i] = '0' + byte(r.IntN(10))
		}
		if m, err := strconv.ParseInt(string(s), 10, 64); err == nil && m != n && m > 0 && s[0] != '0' {
			return m
		}
	}
}
