package reconcile

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// "16 producers (6 enterprises, 4 cooperatives, 5 workshops, 1 family)".
func TestPiecesOfOneClass(t *testing.T) {
	dated := []string{
		"a 16 producer 2022-12-31", "a 6 producer enterprise 2022-12-31 of:a-0", "a 4 producer cooperative 2022-12-31 of:a-0",
		"a 5 producer household 2022-12-31 of:a-0", "a 1 producer household 2022-12-31 of:a-0",
	}
	undated := []string{"a 16 producer", "a 6 producer enterprise of:a-0", "a 4 producer cooperative of:a-0",
		"a 5 producer household of:a-0", "a 1 producer household of:a-0"}
	twins := slices.Clone(dated)
	twins[0], twins[4] = "a 20 producer 2022-12-31", "a 5 producer household 2022-12-31 of:a-0"
	for _, tc := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"their sum", dated, []string{"Hậu Giang, producers, household, stock, 2022-12-31: 6 (derived, preferred) 5 + 1 = 6"}},
		{"without a date", undated, []string{"Hậu Giang, producers, household, stock, not dated: 6 (derived, preferred) 5 + 1 = 6"}},
		{"equal pieces", twins, []string{"Hậu Giang, producers, household, stock, 2022-12-31: 10 (derived, preferred) 5 + 5 = 10"}},
		{"another article says the sum", append([]string{"b 6 producer household 2022-12-31"}, dated...),
			[]string{"Hậu Giang, producers, household, stock, 2022-12-31: 6 (merged, preferred) "}},
		{"another article says otherwise", append([]string{"b 7 producer household 2022-12-31"}, dated...), []string{
			"Hậu Giang, producers, household, stock, 2022-12-31: 6 (derived, preferred) conflict 5 + 1 = 6",
			"Hậu Giang, producers, household, stock, 2022-12-31: 7 (reported, normal) conflict ",
		}},
		{"parts that do not reach the whole are no evidence", append([]string{"a 17 producer 2022-12-31"}, dated[1:]...), []string{
			"Hậu Giang, producers, household, stock, 2022-12-31: 1 (reported, normal) conflict ",
			"Hậu Giang, producers, household, stock, 2022-12-31: 5 (reported, preferred) conflict ",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCorpus(t, tc.lines...)
			var got []string
			for _, s := range c.run().Statistics {
				if s.Producer == record.Household {
					got = append(got, found{Statistics: []record.Statistic{s}}.values()[0]+" "+s.Derivation)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPiecesAddUp(t *testing.T) {
	c := newCorpus(t, "a 16 producer 2022-12-31", "a 6 producer enterprise 2022-12-31 of:a-0",
		"a 4 producer cooperative 2022-12-31 of:a-0", "a 5 producer household 2022-12-31 of:a-0", "a 1 producer household 2022-12-31 of:a-0")
	r := c.run()
	if diff := cmp.Diff([]string{"producers-add-up: 6 + 4 + 6 = 16: passed"}, r.checks()); diff != "" {
		t.Error(diff)
	}
	id := r.find(t, "Hậu Giang, producers, household").ID
	if diff := cmp.Diff([]string{"a-3 derives", "a-4 derives"}, r.supportLines(id)); diff != "" {
		t.Error(diff)
	}
	if r.find(t, "Hậu Giang, producers, household").FirstKnown != record.NoDate {
		t.Error("nobody knows when it was captured")
	}
}
