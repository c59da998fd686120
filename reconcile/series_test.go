package reconcile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

func TestStockAndFlow(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"adds up", []string{"a 105 2021-12-31", "a 70 new 2022", "a 175 2022-12-31"},
			[]string{"stock-and-flow: 105 + 70 = 175: passed"}},
		{"half a year, the stock said with until now", []string{"a 175 2022-12-31", "p 20 new 2023-01/2023-06", "p 195 now"},
			[]string{"stock-and-flow: 175 + 20 = 195: passed"}},
		{"the stock before is not dated", []string{"x 105 3-4*", "a 70 new 2022", "a 175 2022-12-31"},
			[]string{"stock-and-flow: 105 + 70 = 175: passed (the stock before is not dated)"}},
		{"an undated stock that does not fit says nothing", []string{"x 99", "a 70 new 2022", "a 175 2022-12-31"}, nil},
		{"too many, before anything could expire", []string{"a 50 2019-12-31", "a 30 new 2020", "a 70 2020-12-31"},
			[]string{"stock-and-flow: 50 + 30 ≠ 70: failed"}},
		{"some may have expired", []string{"a 40 2019-12-31", "a 150 2021-12-31", "a 30 new 2022", "a 170 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 ≠ 170: open (up to 40 recognised before 2019-12-31 may have expired)"}},
		{"more fell away than could expire", []string{"a 40 2019-12-31", "a 150 2021-12-31", "a 30 new 2022", "a 120 2022-12-31"},
			[]string{"no-fall-without-reason: 150 → 120 (−30): open (up to 40 recognised before 2019-12-31 may have expired)",
				"stock-and-flow: 150 + 30 ≠ 120: failed"}},
		{"what was recognised 36 months before is known", []string{"a 40 2019-12-31", "a 12 recognised 2019", "a 150 2021-12-31", "a 30 new 2022", "a 160 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 ≠ 160: failed"}},
		{"what expired is printed", []string{"a 150 2021-12-31", "a 30 new 2022", "a 12 expired 2022", "a 168 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 − 12 = 168: passed"}},
		{"the stock is printed before what expired is taken off", []string{"a 150 2021-12-31", "a 30 new 2022", "a 12 expired 2022", "a 180 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 = 180: passed"}},
		{"renewed ones came back", []string{"a 150 2021-12-31", "a 30 new 2022", "a 15 renewed 2022", "a 190 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 ≠ 190: open (15 were renewed and may have come back)"}},
		{"more than there can be", []string{"a 150 2021-12-31", "a 30 new 2022", "a 190 2022-12-31"},
			[]string{"stock-and-flow: 150 + 30 ≠ 190: failed"}},
		{"a fall, with its reason", []string{"a 60 2020-01-31", "a 250 2022-06-30", "a 231 2022-12-31"},
			[]string{"no-fall-without-reason: 250 → 231 (−19): open (up to 60 recognised before 2019-12-31 may have expired)"}},
		{"a fall without any", []string{"a 60 2020-01-31", "a 52 2020-06-30"},
			[]string{"no-fall-without-reason: 60 → 52 (−8): failed"}},
		{"three stars may become four", []string{"a 60 3* 2020-01-31", "a 52 3* 2020-06-30"},
			[]string{"no-fall-without-reason: 60 → 52 (−8): open (nothing could expire before 2021-05-07; some may have moved up a level)"}},
		{"a span of years is no date to compare with", []string{"a 250 2018/2020", "a 175 2022-12-31"}, nil},
		{"a plan that was met", []string{"a >=50 new 2023 target", "a 139 3-4* new 2023"}, []string{"target-against-actual: 139 ≥ 50: passed"}},
		{"a plan that was missed is no error", []string{"a 150 new 2023 target", "a 139 new 2023"}, []string{"target-against-actual: 139 < 150: open"}},
		{"a stock planned for the end of a period", []string{"a 250 2021/2025 target", "a 260 2025-12-20"}, []string{"target-against-actual: 260 ≥ 250: passed"}},
		{"a stock before the end of the plan says nothing", []string{"a 250 2021/2025 target", "a 175 2022-12-31"}, nil},
		{"a share against its plan", []string{"a 100% facet:ecommerce 2023 target", "a 81.67% facet:ecommerce 2023-12-31"}, []string{"target-against-actual: 81,67 % < 100 %: open"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newCorpus(t).source("p", "P", 0, "2023-06-29", "").say(tc.lines...).run()
			if diff := cmp.Diff(tc.want, r.checks()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// While nothing can have expired the stock at the end of a period follows.
func TestStockFollowsFromFlow(t *testing.T) {
	r := newCorpus(t, "a 50 2019-12-31", "a 30 new 2020").run()
	s := r.find(t, "Hậu Giang, products, stock, 2020-12-31: 80 (derived")
	if s.Derivation != "50 + 30 = 80" {
		t.Error(s.Derivation)
	}
	if r := newCorpus(t, "a 50 2021-12-31", "a 30 new 2022").run(); len(r.Statistics) != 2 {
		t.Errorf("deduced although some may have expired: %q", r.values())
	}
}

// nowhere is a gazetteer without a place.
type nowhere struct{}

func (nowhere) Now(record.Place) (record.Place, bool) { return record.Place{}, false }
func (nowhere) Parts(record.Place) []record.Place     { return nil }
func (nowhere) Region(record.Place) record.Place      { return record.Place{} }

// atlas is a gazetteer of a few places.
type atlas struct{}

func province63(code, name string) record.Place {
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: name, Province: code, ProvinceName: name}
}

func province34(code, name string) record.Place {
	p := province63(code, name)
	p.Vintage = record.Vintage34
	return p
}

var oldParts = map[string][]record.Place{
	"92": {province63("92", "Cần Thơ"), province63("93", "Hậu Giang"), province63("94", "Sóc Trăng")},
	"01": {province63("01", "Hà Nội")},
}

func (atlas) Now(p record.Place) (record.Place, bool) {
	switch p.Code {
	case "92", "93", "94":
		return province34("92", "Cần Thơ"), true
	case "01":
		return province34("01", "Hà Nội"), true
	}
	return record.Place{}, false
}

func (atlas) Parts(p record.Place) []record.Place {
	if p.Level == record.LevelRegion {
		return oldParts["92"]
	}
	return oldParts[p.Code]
}

func (atlas) Region(p record.Place) record.Place {
	if p.Code == "01" || p.Vintage == record.Vintage34 {
		return record.Place{}
	}
	return record.Place{Level: record.LevelRegion, Code: "DBSCL", Vintage: p.Vintage, Name: "Đồng bằng sông Cửu Long"}
}

// at sets the place of all figures of an article.
func (c *corpus) at(article string, p record.Place) *corpus {
	for i := range c.in.Figures.Len() {
		if c.in.Figures.ArticleID(i) == article {
			c.change(i, func(f *record.Figure) { f.Place = p })
		}
	}
	c.in.Places = atlas{}
	return c
}

func TestMergedTerritory(t *testing.T) {
	c := newCorpus(t,
		"ct 150 2025-05-31", "ct 40 new 2024", "ct 9 5* 2025-05-31",
		"hg 300 2025-06-30", "hg 30 new 2024", "hg 8 5* 2024-01-31",
		"st 230 2025-06-15", "st 20 new 2024", "st 3 5* 2025-06-15",
		"new 230 2025-06-30",
	)
	c.at("ct", province63("92", "Cần Thơ")).at("hg", province63("93", "Hậu Giang")).at("st", province63("94", "Sóc Trăng")).at("new", province34("92", "Cần Thơ"))
	r := c.run()
	var sums []string
	for _, s := range r.Statistics {
		if s.Basis == record.Summed {
			sums = append(sums, s.Place.Name+" "+string(s.Place.Vintage)+" "+s.PlaceNow+" "+s.RefDate.String()+s.Period.String()+" "+s.Derivation)
		}
	}
	want := []string{
		"Cần Thơ 34 92 2024 Cần Thơ 40 + Hậu Giang 30 + Sóc Trăng 20 = 90",
		"Cần Thơ 34 92 2025-06-30 Cần Thơ 150 (2025-05-31) + Hậu Giang 300 (2025-06-30) + Sóc Trăng 230 (2025-06-15) = 680",
	}
	if sums[0] > sums[1] {
		sums[0], sums[1] = sums[1], sums[0]
	}
	if diff := cmp.Diff(want, sums); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"merged-province-continues-its-parts: 230 ≠ 680 (Σ, 2025-06-30): failed"}, r.checks()); diff != "" {
		t.Error(diff)
	}
	if got := record.RemarksEN(r.Checks[0].Suggestion); got != "230 is the number of the old province Sóc Trăng alone" {
		t.Errorf("suggestion %q", got)
	}
	for _, s := range r.Statistics {
		if s.Place.Vintage == record.Vintage63 && s.PlaceNow != "92" {
			t.Errorf("%v has no place of today", s)
		}
	}
}

func TestMergedProvinceContinues(t *testing.T) {
	lines := []string{"ct 150 2025-06-30", "hg 300 2025-06-30", "st 230 2025-06-15"}
	for own, want := range map[string]string{
		"new 680 2025-07-31": "680 = 680 (Σ, 2025-06-30): passed",
		"new 702 2025-12-31": "702 ≠ 680 (Σ, 2025-06-30): open",
		"new 650 2025-12-31": "650 ≠ 680 (Σ, 2025-06-30): open",
	} {
		c := newCorpus(t, append(lines, own)...)
		c.at("ct", province63("92", "Cần Thơ")).at("hg", province63("93", "Hậu Giang")).at("st", province63("94", "Sóc Trăng")).at("new", province34("92", "Cần Thơ"))
		if diff := cmp.Diff([]string{"merged-province-continues-its-parts: " + want}, c.run().checks("merged-province-continues-its-parts")); diff != "" {
			t.Error(diff)
		}
	}
}

// A stock of today's province of a day before it was there waits for an answer,
// unless it is what its parts had.
func TestStockBeforeTheProvince(t *testing.T) {
	parts := []string{"ct 150 2025-06-30", "hg 300 2025-06-30", "st 230 2025-06-15"}
	for _, tc := range []struct {
		name         string
		lines        []string
		checks, want []string
	}{
		{"alone", []string{"new 680 2025-06-30"}, []string{"province-is-there: 680: 2025-06-30 < 2025-07-01: open (of before the merger: the number of the former province Cần Thơ, or of all that has the name today)"}, []string{"680 reported normal"}},
		{"as its parts", append(parts, "new 680 2025-06-30"), []string{"merged-province-continues-its-parts: 680 = 680 (Σ, 2025-06-30): passed"}, []string{"680 reported preferred", "680 summed normal"}},
		{"not as its parts", append(parts, "new 690 2025-06-30"), []string{"merged-province-continues-its-parts: 690 ≠ 680 (Σ, 2025-06-30): open"}, []string{"690 reported normal", "680 summed preferred"}},
		{"since", []string{"new 680 2025-07-01"}, nil, []string{"680 reported preferred"}},
		{"a flow", []string{"new 30 new 2024"}, nil, []string{"30 reported preferred"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCorpus(t, tc.lines...)
			r := c.at("ct", province63("92", "Cần Thơ")).at("hg", province63("93", "Hậu Giang")).at("st", province63("94", "Sóc Trăng")).at("new", province34("92", "Cần Thơ")).run()
			if diff := cmp.Diff(tc.checks, r.checks("merged-province-continues-its-parts", "province-is-there")); diff != "" {
				t.Error(diff)
			}
			var got []string
			for _, s := range r.Statistics {
				if s.Place.Vintage == record.Vintage34 {
					got = append(got, s.Value.String()+" "+string(s.Basis)+" "+string(s.Rank))
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What two texts say of one day of a province that did not change is one
// statistic, whichever division they were written in.
func TestUnchangedProvinceIsOnePlace(t *testing.T) {
	c := newCorpus(t, "then 280 2024-12-31", "later 280 2024-12-31", "later 300 2025-09-30")
	r := c.at("then", province63("01", "Hà Nội")).at("later", province34("01", "Hà Nội")).run()
	var got []string
	for _, s := range r.Statistics {
		got = append(got, fmt.Sprint(s.Place.Vintage, " ", s.RefDate, " ", s.Value, " ", s.Figures))
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"34 2025-09-30 300 1", "63 2024-12-31 280 2"}, got); diff != "" {
		t.Error(diff)
	}
}

// A new province is never split, and a sum needs all its parts.
func TestNothingIsSplit(t *testing.T) {
	c := newCorpus(t, "new 680 2025-07-31", "hg 300 2025-06-30", "st 230 2025-06-30")
	c.at("new", province34("92", "Cần Thơ")).at("hg", province63("93", "Hậu Giang")).at("st", province63("94", "Sóc Trăng"))
	if r := c.run(); len(r.Statistics) != 3 {
		t.Errorf("%q", r.values())
	}
}

// A province that kept its land goes on over the merger.
func TestUnchangedProvinceGoesOn(t *testing.T) {
	c := newCorpus(t, "old 100 2024-12-31", "now 30 new 2025", "now 130 2025-12-31")
	c.at("old", province63("01", "Hà Nội")).at("now", province34("01", "Hà Nội"))
	if diff := cmp.Diff([]string{"stock-and-flow: 100 + 30 = 130: passed"}, c.run().checks()); diff != "" {
		t.Error(diff)
	}
}

func TestHierarchy(t *testing.T) {
	region := record.Place{Level: record.LevelRegion, Code: "DBSCL", Vintage: record.Vintage63, Name: "Đồng bằng sông Cửu Long"}
	district := func(code string) record.Place {
		return record.Place{Level: record.LevelDistrict, Code: code, Vintage: record.Vintage63, Name: "H" + code, Province: "93", ProvinceName: "Hậu Giang"}
	}
	for _, tc := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"districts of a province", []string{"d1 30 2024-12-31", "d2 40 2024-12-10", "hg 70 2024-12-31"}, []string{"districts-to-province: 70 (Σ 2) = 70: passed"}},
		{"not all districts are known", []string{"d1 30 2024-12-31", "d2 40 2024-12-10", "hg 90 2024-12-31"}, nil},
		{"districts beyond their province", []string{"d1 30 2024-12-31", "d2 46 2024-12-31", "hg 67 2024-12-31"}, []string{"districts-to-province: 76 (Σ 2) > 67: failed"}},
		{"all provinces of a region", []string{"ct 100 2024-12-31", "hg 200 2024-12-31", "st 50 2024-12-31", "region 400 2024-12-31"}, []string{"provinces-to-region: 350 (Σ 3) < 400: open"}},
		{"provinces beyond their region", []string{"ct 100 2024-12-31", "hg 200 2024-12-31", "region 250 2024-12-31"}, []string{"provinces-to-region: 300 (Σ 2) > 250: failed"}},
		{"provinces beyond the country", []string{"ct 100 new 2024", "hg 200 new 2024", "vn 250 new 2024"}, []string{"provinces-to-country: 300 (Σ 2) > 250: failed"}},
		{"later counts of parts are not compared", []string{"ct 100 2025-03-31", "hg 200 2025-03-31", "region 250 2024-12-31"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCorpus(t, tc.lines...).at("d1", district("930")).at("d2", district("931")).at("region", region).at("vn", record.Country(record.Vintage63)).
				at("ct", province63("92", "Cần Thơ")).at("hg", province63("93", "Hậu Giang")).at("st", province63("94", "Sóc Trăng"))
			if diff := cmp.Diff(tc.want, c.run().checks()); diff != "" {
				t.Error(diff)
			}
		})
	}
	c := newCorpus(t, "d1 30 2024-12-31", "d2 46 2024-12-31", "hg 67 2024-12-31").at("d1", district("930")).at("d2", district("931")).at("hg", province63("93", "Hậu Giang"))
	if got := record.RemarksEN(c.run().Checks[0].Suggestion); got != "67 may be 76 (digits swapped)" {
		t.Errorf("suggestion %q", got)
	}
}
