package reconcile

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/record"
)

// A number is preferred because it holds, whoever prints it and in whatever order.
func TestEvidenceDecides(t *testing.T) {
	sources := func(t *testing.T) *corpus {
		return newCorpus(t).source("a", "A", 2, "2023-01-10", "").source("b", "B", 2, "2023-01-15", "").
			source("c", "C", 2, "2023-01-16", "").source("portal", "P", 4, "2023-01-20", "").
			source("old", "A", 2, "2022-01-10", "").source("half", "A", 2, "2022-07-10", "")
	}
	for _, tc := range []struct {
		name  string
		lines []string
		want  string // how the preferred row begins
		why   string
	}{
		{"a total by its stars", []string{"a 230 2022-12-31", "a 150 3* 2022-12-31", "a 80 4* 2022-12-31", "portal 203 2022-12-31"},
			"products, stock, 2022-12-31: 230", "150 + 80 = 230"},
		{"a class by its total", []string{"a 230 2022-12-31", "a 150 3* 2022-12-31", "a 80 4* 2022-12-31", "b 800 4* 2022-12-31"},
			"products, 4 stars, stock, 2022-12-31: 80", "150 + 80 = 230"},
		{"two slips at once", []string{"a 230 2022-12-31", "a 150 3* 2022-12-31", "a 80 4* 2022-12-31", "b 203 2022-12-31", "b 105 3* 2022-12-31"},
			"products, stock, 2022-12-31: 230", "150 + 80 = 230"},
		{"a total by a share", []string{"a 230 2022-12-31", "a 80 4* 2022-12-31", "a 34.8% 4* 2022-12-31", "b 203 2022-12-31"},
			"products, stock, 2022-12-31: 230", "80 / 230 = 34,8 %"},
		{"a share by its counts", []string{"a 230 2022-12-31", "a 80 4* 2022-12-31", "a 34.8% 4* 2022-12-31", "b 43.8% 4* 2022-12-31"},
			"share of products, 4 stars, stock, 2022-12-31: 34,8", "80 / 230 = 34,8 %"},
		{"producers by their kinds", []string{"a 90 producer 2022-12-31", "a 20 producer enterprise 2022-12-31", "a 30 producer cooperative 2022-12-31",
			"a 10 producer group 2022-12-31", "a 30 producer household 2022-12-31", "b 60 producer 2022-12-31", "c 60 producer 2022-12-31"},
			"producers, stock, 2022-12-31: 90", "20 + 30 + 10 + 30 = 90"},
		{"no more producers than products", []string{"a 90 producer 2022-12-31", "b 900 producer 2022-12-31", "a 230 2022-12-31"},
			"producers, stock, 2022-12-31: 90", "90 ≤ 230"},
		{"new and renewed", []string{"a 100 recognised 2022", "a 70 new 2022", "a 30 renewed 2022", "b 110 recognised 2022"},
			"products, recognised, 2022: 100", "70 + 30 = 100"},
		{"stock and flow", []string{"old 200 2021-12-31", "a 30 new 2022", "a 230 2022-12-31", "b 280 2022-12-31"},
			"products, stock, 2022-12-31: 230", "200 + 30 = 230"},
		{"a flow by its stocks", []string{"old 200 2021-12-31", "a 30 new 2022", "a 230 2022-12-31", "b 80 new 2022"},
			"products, new, 2022: 30", "200 + 30 = 230"},
		{"the series", []string{"old 200 2021-12-31", "a 230 2022-12-31", "b 23 2022-12-31"},
			"products, stock, 2022-12-31: 230", "200 → 230"},
		{"a year is no less than its half", []string{"half 40 new 2022-01/2022-06", "a 60 new 2022", "b 6 new 2022"},
			"products, new, 2022: 60", "40 ≤ 60"},
		{"sold online is a part", []string{"a 230 2022-12-31", "a 190 facet:ecommerce 2022-12-31", "b 290 facet:ecommerce 2022-12-31"},
			"products, stock, ecommerce, 2022-12-31: 190", "190 ≤ 230"},
		{"the groups of products", []string{"a 230 2022-12-31", "b 330 2022-12-31", "a 150 facet:food 2022-12-31", "a 30 facet:drink 2022-12-31", "a 10 facet:herb 2022-12-31",
			"a 20 facet:handicraft 2022-12-31", "a 15 facet:decor 2022-12-31", "a 5 facet:tourism 2022-12-31"},
			"products, stock, 2022-12-31: 230", "150 + 30 + 10 + 20 + 15 + 5 = 230"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for range 2 {
				r := sources(t).say(tc.lines...).run()
				s := r.find(t, "Hậu Giang, "+tc.want)
				if s.Rank != record.Preferred || !s.Conflict || s.Choice != "arithmetic: "+tc.why {
					t.Errorf("%s, conflict %v, because %q, want %q", s.Rank, s.Conflict, s.Choice, tc.why)
				}
				last := len(tc.lines) - 1
				tc.lines[0], tc.lines[last] = tc.lines[last], tc.lines[0]
			}
		})
	}
}

// A slip in any one number of a closed sheet is never preferred over the number
// that closes it.
func TestSlipIsNeverPreferred(t *testing.T) {
	right := []string{"230 2022-12-31", "150 3* 2022-12-31", "70 4* 2022-12-31", "10 5* 2022-12-31", "65.2% 3* 2022-12-31", "30.4% 4* 2022-12-31"}
	for _, line := range right {
		var printed, rest string
		fmt.Sscan(line, &printed)
		rest = line[len(printed):]
		for i, old := range printed {
			for digit := '0'; digit <= '9'; digit++ {
				if old < '0' || old > '9' || digit == old || i == 0 && digit == '0' {
					continue
				}
				slip := printed[:i] + string(digit) + printed[i+1:]
				for _, portal := range []int{2, 4} {
					c := newCorpus(t).source("a", "A", 2, "2023-01-10", "").source("b", "B", portal, "2023-01-15", "")
					for _, l := range right {
						c.say("a " + l)
					}
					r := c.say("b " + slip + rest).run()
					for _, s := range r.Statistics {
						if s.Rank == record.Preferred && s.HasValue && s.Value.String() == strings.TrimSuffix(slip, "%") && s.Conflict {
							t.Errorf("%s for %s is preferred: %s", slip, line, s.Choice)
						}
					}
				}
			}
		}
	}
}
