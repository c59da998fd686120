package reconcile

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// Each case: what the articles say, which checks come of it, and what is
// deduced.
func TestArithmetic(t *testing.T) {
	for _, tc := range []struct {
		name    string
		lines   []string
		checks  []string
		deduced []string
	}{
		{"stars add up, and there is none of five",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31"},
			[]string{"stars-add-up: 107 + 68 = 175: passed"},
			[]string{"products, 5 stars: 0 by 175 − 107 − 68 = 0"}},
		{"the rest, when one class is left",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 2 5* 2022-12-31"},
			nil,
			[]string{"products, 3 stars: 105 by 175 − 68 − 2 = 105"}},
		{"nothing to say when two are left", []string{"a 175 2022-12-31", "a 68 4* 2022-12-31"}, nil, nil},
		{"bounds, where they tell",
			[]string{"a 16 producer 2022-12-31", "a 9 producer enterprise 2022-12-31", "a 6 producer group 2022-12-31"},
			nil,
			[]string{"producers, cooperative: 0 to 1 by 16 − 9 − 6 − (0 … 1) = 0 … 1", "producers, household: 0 to 1 by 16 − 9 − (0 … 1) − 6 = 0 … 1"}},
		{"a bound that the parts do not keep",
			[]string{"a >100 2022-12-31", "a 60 3* 2022-12-31", "a 30 4* 2022-12-31", "a 10 5* 2022-12-31"},
			[]string{"bound-is-kept: 60 + 30 + 10 = 100 ≤ 100: failed"},
			[]string{"products: 100 by 60 + 30 + 10 = 100"}},
		{"a bound that the parts keep",
			[]string{"a >=100 2022-12-31", "a 60 3* 2022-12-31", "a 30 4* 2022-12-31", "a 10 5* 2022-12-31"}, nil,
			[]string{"products: 100 by 60 + 30 + 10 = 100"}},
		{"a round number that a share is far from",
			[]string{"a 2000 2022-12-31", "a 38.8% 4* 2022-12-31", "a ~900 4* 2022-12-31"},
			[]string{"bound-is-kept: 2000 × 38,8 % → 775 … 777 ≉ 900: failed"},
			[]string{"products, 4 stars: 775 to 777 by 2000 × 38,8 % → 775 … 777"}},
		{"stars do not add up",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 117 3* 2022-12-31", "a 1 5* 2022-12-31"},
			[]string{"stars-add-up: 117 + 68 + 1 ≠ 175: failed"}, nil},
		{"a small rest may be candidates for five stars",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 105 3* 2022-12-31", "a 1 5* 2022-12-31"},
			[]string{"stars-add-up: 105 + 68 + 1 ≠ 175: open (1 not accounted for: candidates for 5 stars, if these are counted apart)"}, nil},
		{"candidates for five stars counted apart",
			[]string{"a 175 2022-12-31", "a 60 4* 2022-12-31", "a 105 3* 2022-12-31", "a 2 5* 2022-12-31", "a 8 5p* 2022-12-31"},
			[]string{"stars-add-up: 105 + 60 + 2 + 8 = 175: passed"}, nil},
		{"candidates for five stars counted among four",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 105 3* 2022-12-31", "a 2 5* 2022-12-31", "a 8 5p* 2022-12-31"},
			[]string{"stars-add-up: 105 + 68 + 2 = 175: passed"}, nil},
		{"producers, the rest",
			[]string{"a 159 producer 2024-06-30", "a 86 producer household 2024-06-30", "a 39 producer enterprise 2024-06-30", "a 31 producer cooperative 2024-06-30"},
			nil,
			[]string{"producers, group: 3 by 159 − 39 − 31 − 86 = 3"}},
		{"shares of producers that are all of them",
			[]string{"a 82 producer 2022-12-31", "a 15.9% producer enterprise 2022-12-31", "a 26.8% producer cooperative 2022-12-31", "a 57.3% producer household 2022-12-31"},
			[]string{
				"producers-add-up: 13 + 22 + 47 = 82: passed",
				"share-of-whole: 13 / 82 = 15,853 % → 15,9 %: passed under rounding",
				"share-of-whole: 22 / 82 = 26,829 % → 26,8 %: passed",
				"share-of-whole: 47 / 82 = 57,317 % → 57,3 %: passed",
			},
			[]string{
				"producers, cooperative: 22 by 82 × 26,8 % → 22", "producers, enterprise: 13 by 82 × 15,9 % → 13",
				"producers, group: 0 by 82 − 13 − 22 − 47 = 0", "producers, household: 47 by 82 × 57,3 % → 47",
			}},
		{"a share of a large whole leaves a range",
			[]string{"a 2000 2022-12-31", "a 38.8% 4* 2022-12-31"},
			nil,
			[]string{"products, 4 stars: 775 to 777 by 2000 × 38,8 % → 775 … 777"}},
		{"the whole from a part and its share",
			[]string{"a 370 facet:ecommerce 2024-01-30", "a 81.67% facet:ecommerce 2024-01-30"},
			[]string{"share-of-whole: 370 / 453 = 81,677 % → 81,67 %: passed under truncation"},
			[]string{"products: 453 by 370 / 81,67 % → 453"}},
		{"a share that fits no shortening",
			[]string{"a 175 2022-12-31", "a 68 4* 2022-12-31", "a 38.7% 4* 2022-12-31"},
			[]string{"share-of-whole: 68 / 175 = 38,857 % ≠ 38,7 %: failed"}, nil},
		{"more decimals were printed than the value needs",
			[]string{"a 200 2022-12-31", "a 101 4* 2022-12-31", "a 50.00% 4* 2022-12-31"},
			[]string{"share-of-whole: 101 / 200 = 50,500 % ≠ 50,00 %: failed"}, nil},
		{"new and renewed",
			[]string{"a 139 new 2023", "a 56 renewed 2023", "a 195 recognised 2023"},
			[]string{"recognised-add-up: 139 + 56 = 195: passed"}, nil},
		{"what was recognised follows",
			[]string{"a 139 new 2023", "a 56 renewed 2023"},
			nil,
			[]string{"products: 195 by 139 + 56 = 195"}},
		{"upgraded counted apart",
			[]string{"a 139 new 2023", "a 50 renewed 2023", "a 6 upgraded 2023", "a 195 recognised 2023"},
			[]string{"recognised-add-up: 139 + 50 + 6 = 195: passed"}, nil},
		{"joint names",
			[]string{"a 12 3-4* new 2023", "a 13 new 2023", "a 1 5* new 2023", "a 7 3* new 2023", "a 5 4* new 2023", "a 6 4-5* new 2023"},
			[]string{"stars-3-4-add-up: 7 + 5 = 12: passed", "stars-4-5-add-up: 5 + 1 = 6: passed", "stars-add-up: 7 + 5 + 1 = 13: passed"}, nil},
		{"more producers than products",
			[]string{"a 82 2022-12-31", "a 175 producer 2022-12-31"},
			[]string{"products-per-producer: 175 > 82: failed"}, nil},
		{"more sold online than there are",
			[]string{"a 453 2022-12-31", "a 470 facet:ecommerce 2022-12-31"},
			[]string{"part-of-whole: 470 > 453: failed"}, nil},
		{"numbers of different days are not compared to the unit",
			[]string{"a 175 2022-12-05", "b 70 4* 2022-12-28", "b 107 3* 2022-12-28", "b 1 5* 2022-12-28"},
			[]string{"stars-add-up: 107 + 70 + 1 ≠ 175: open (the numbers are of different days)"}, nil},
		{"nothing is deduced across days",
			[]string{"a 175 2022-12-05", "b 70 4* 2022-12-28", "b 2 5* 2022-12-28"}, nil, nil},
		{"parts said with until now beside a dated total",
			[]string{"p 175 2022-12-31", "p 68 4* now", "p 107 3* now"},
			[]string{"stars-add-up: 107 + 68 = 175: passed"},
			[]string{"products, 5 stars: 0 by 175 − 107 − 68 = 0"}},
		{"an undated total beside parts that got a date",
			[]string{"x 159 producer", "x 86 producer household 2024-12-31", "x 39 producer enterprise 2024-12-31", "x 31 producer cooperative 2024-12-31", "x 3 producer group 2024-12-31"},
			[]string{"producers-add-up: 39 + 31 + 3 + 86 = 159: passed"}, nil},
		{"an undated total of another article",
			[]string{"y 159 producer", "x 86 producer household 2024-12-31", "x 39 producer enterprise 2024-12-31", "x 31 producer cooperative 2024-12-31"},
			nil, nil},
		{"targets are checked and nothing is deduced from them",
			[]string{"a 250 2021/2025 target", "a 8 5* 2021/2025 target", "a 100 4* 2021/2025 target"}, nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newCorpus(t).source("p", "P", 1, "2023-01-12", "2023-01-12").say(tc.lines...).run()
			if diff := cmp.Diff(tc.checks, r.checks()); diff != "" {
				t.Errorf("checks: %s", diff)
			}
			var deduced []string
			for _, s := range r.Statistics {
				if s.Basis == record.Derived {
					name, _, _ := strings.Cut(strings.Replace(describe(s.Dims), ", stock", "|", 1), "|")
					name, _, _ = strings.Cut(name, ", recognised")
					deduced = append(deduced, name+": "+amount(s)+" by "+s.Derivation)
				}
			}
			slices.Sort(deduced)
			if diff := cmp.Diff(tc.deduced, deduced); diff != "" {
				t.Errorf("deduced: %s", diff)
			}
		})
	}
}

// A deduced number names the figures that it rests on, and is known since the
// last of them.
func TestDeducedRestsOnFigures(t *testing.T) {
	c := newCorpus(t).source("a", "A", 1, "2023-01-05", "2023-01-06").source("b", "B", 1, "2023-01-05", "2023-03-01")
	r := c.say("a 82 producer 2022-12-31", "b 15.9% producer enterprise 2022-12-31").run()
	s := r.find(t, "Hậu Giang, producers, enterprise, stock, 2022-12-31: 13")
	if diff := cmp.Diff([]string{"a-0 derives", "b-0 derives"}, r.supportLines(s.ID)); diff != "" {
		t.Error(diff)
	}
	if s.Sources != 2 || s.FirstKnown.String() != "2023-03-01" || s.RefDate.String() != "2022-12-31" || s.Rank != record.Preferred {
		t.Errorf("%+v", s)
	}
}

func TestRoundingIsNoted(t *testing.T) {
	r := newCorpus(t, "a 175 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 38.8% 4* 2022-12-31", "a 61.1% 3* 2022-12-31",
		"a 82 producer 2022-12-31", "a 15.9% producer enterprise 2022-12-31").run()
	for prefix, want := range map[string]record.Rounding{
		"Hậu Giang, share of products, 4 stars":      record.Truncated,
		"Hậu Giang, share of products, 3 stars":      record.RoundingBoth,
		"Hậu Giang, share of producers, enterprise":  record.Rounded,
		"Hậu Giang, products, 4 stars, stock, 2022-": record.RoundingNone,
	} {
		if s := r.find(t, prefix); s.Rounding != want {
			t.Errorf("%s: %q, want %q", prefix, s.Rounding, want)
		}
	}
}

func TestBlameAndSlips(t *testing.T) {
	for _, tc := range []struct {
		name       string
		lines      []string
		rule       string
		blame      []string
		suggestion string
	}{
		{"one number in two broken sums",
			[]string{"a 157 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 0 5* 2022-12-31",
				"a 100 enterprise 2022-12-31", "a 75 cooperative 2022-12-31", "a 0 group 2022-12-31", "a 0 household 2022-12-31"},
			"stars-add-up", []string{"a-0"}, "157 may be 175 (digits swapped)"},
		{"three equal suspects: nobody is blamed, the slip is named",
			[]string{"a 157 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 0 5* 2022-12-31"},
			"stars-add-up", nil, "157 may be 175 (digits swapped)"},
		{"the one with fewer sources",
			[]string{"a 175 2022-12-31", "b 175 2022-12-31", "a 68 4* 2022-12-31", "b 68 4* 2022-12-31", "a 170 3* 2022-12-31", "b 0 5* 2022-12-31", "a 0 5* 2022-12-31"},
			"stars-add-up", []string{"a-2"}, "170 may be 107 (digits swapped)"},
		{"a share of another whole",
			[]string{"a 250 2022-12-31", "a 175 3-4* 2022-12-31", "a 75 5* 2022-12-31", "a 68 4* 2022-12-31", "a 38.8% 4* 2022-12-31"},
			"share-of-whole", nil, "38,8 % would be the share of another whole, 175"},
		{"a share of another whole that no edit connects",
			[]string{"a 250 2022-12-31", "a 68 4* 2022-12-31", "a 38.8% 4* 2022-12-31", "a 175 facet:food 2022-12-31"},
			"share-of-whole", nil, "38,8 % would be the share of another whole, 175"},
		{"a share of the plan",
			[]string{"a 300 2022-12-31", "a 68 4* 2022-12-31", "a 38.8% 4* 2022-12-31", "a 175 2022 target"},
			"share-of-whole", nil, "38,8 % would be the share of another whole, 175"},
		{"a digit dropped",
			[]string{"a 17 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 0 5* 2022-12-31"},
			"stars-add-up", []string{"a-0"}, "17 may be 175 (digit dropped)"},
		{"the plan of a later year taken for the stock",
			[]string{"a 105 2019-12-31", "a 70 new 2020", "a 250 2020-12-31", "p 250 2021/2025 target"},
			"stock-and-flow", nil, "250 is what was planned, 175 would be the result"},
		{"a digit replaced, for want of anything better",
			[]string{"a 185 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 0 5* 2022-12-31"},
			"stars-add-up", nil, "185 may be 175 (digit replaced); 107 may be 117 (digit replaced)"},
		{"the total written as what was added",
			[]string{"a 105 2021-12-31", "a 175 new 2022", "a 175 2022-12-31"},
			"stock-and-flow", nil, "175 is the total so far, printed as what was added; 70 would be the increment; up to 105 recognised before 2019-12-31 may have expired"},
		{"the plan taken for the result",
			[]string{"a 105 2019-12-31", "a 40 new 2020", "p 40 new 2020 target", "a 175 2020-12-31"},
			"stock-and-flow", nil, "40 is what was planned, 70 would be the result"},
		{"a digit too many in a series",
			[]string{"a 130 2019-06-30", "a 1350 2019-12-31", "a 140 2020-06-30"},
			"no-fall-without-reason", nil, "1350 may be 130 (digit added); 1350 may be 135 (digit added); nothing could expire before 2021-05-07"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newCorpus(t, tc.lines...).run()
			for _, c := range r.Checks {
				if c.Rule == tc.rule && c.Outcome != record.Passed {
					if diff := cmp.Diff(tc.blame, c.Blame); diff != "" {
						t.Errorf("%s: blame %s", c.Expression, diff)
					}
					if record.RemarksEN(c.Suggestion) != tc.suggestion {
						t.Errorf("%s: suggestion %q, want %q", c.Expression, c.Suggestion, tc.suggestion)
					}
					return
				}
			}
			t.Errorf("no failed %s: %q", tc.rule, r.checks())
		})
	}
}

// Every rule that a check names is an edit with a reason and an example.
// What an outlet has taken back is not chosen, but said where it would fit.
func TestWithdrawnNumberFits(t *testing.T) {
	c := newCorpus(t).source("a", "A", 2, "2023-01-05", "").source("b", "A", 2, "2023-01-09", "").
		say("a 175 2022-12-31", "b 190 2022-12-31", "b 68 4* 2022-12-31", "b 107 3* 2022-12-31", "b 0 5* 2022-12-31")
	for _, check := range c.run().Checks {
		if check.Rule == "stars-add-up" && record.RemarksEN(check.Suggestion) != "another report says 175 instead of 190, which fits" {
			t.Errorf("%s: %s: %s", check.Expression, check.Outcome, check.Suggestion)
		}
	}
}

func TestEditsAreData(t *testing.T) {
	known := map[string]bool{}
	if rows := strings.Count(editTable, "\n") - 2; rows != len(Edits()) {
		t.Errorf("%d edits in %d lines of edits.tsv", len(Edits()), rows)
	}
	for _, e := range Edits() {
		if e.Name == "" || e.Kind == "" || e.Reason == "" || e.Example == "" || known[e.Name] {
			t.Errorf("incomplete or twice: %+v", e)
		}
		if (e.Kind == breakdown) != (len(e.parts) > 1 && slices.Contains([]dimension{byStars, byProducer, byMovement, byFacet}, e.dimension)) {
			t.Errorf("%s: %s of %q in %q", e.Name, e.Kind, e.parts, e.dimension)
		}
		known[e.Name] = true
	}
	for _, r := range []found{
		{Checks: []record.Check{{Rule: "stars-add-up"}}},
		newCorpus(t, "a 157 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 126.5% 4* 2022-12-31", "a 12.5 2021-12-31").run(),
	} {
		for _, c := range r.Checks {
			if !known[c.Rule] {
				t.Errorf("check by an unknown edit %q", c.Rule)
			}
		}
	}
}
