package provenance

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// sample is a province that grew from 105 to 175: one outlet says 157, another said
// 160 and has said 175 since.
func sample() table.Rows {
	place := record.Place{Level: record.LevelProvince, Code: "93", Vintage: record.Vintage63, Name: "Hậu Giang", Province: "93", ProvinceName: "Hậu Giang"}
	rows := table.Rows{Figures: &record.Figures{}}
	figure := func(id, source string, published record.Date) string {
		rows.Articles = append(rows.Articles, record.Article{ID: "a" + id, SourceID: source, Published: record.PublishedOn(published)})
		rows.Figures.Append(&record.Figure{ID: id, ArticleID: "a" + id})
		return id
	}
	statistic := func(id string, day record.Date, value int64, change func(s *record.Statistic)) {
		v := record.Int(value)
		s := record.Statistic{ID: id, Dims: record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}, Place: place, RefDate: day,
			Value: v, Low: v, High: v, HasValue: true, Qualifier: record.Exactly, Basis: record.Reported, Rank: record.Preferred, Sources: 1, FirstKnown: day, SupersededOn: record.NoDate}
		change(&s)
		rows.Statistics = append(rows.Statistics, s)
	}
	support := func(statistic, figure string, role record.Role) {
		rows.Support = append(rows.Support, record.Support{StatisticID: statistic, FigureID: figure, Role: role})
	}
	day := record.DateOf(2022, 12, 31)
	statistic("old", record.DateOf(2021, 12, 31), 105, func(s *record.Statistic) {})
	statistic("now", day, 175, func(s *record.Statistic) {
		s.Quality, s.QualityReason, s.Conflict, s.Sources = record.Firm, "sums-close", true, 2
	})
	for _, v := range []int64{157, 160} {
		statistic("now~="+record.Int(v).String(), day, v, func(s *record.Statistic) { s.Rank = record.Normal })
	}
	support("now", figure("f157", "other", day+9), record.Dissents)
	support("now", figure("f175", "paper", day+5), record.Supports)
	support("now", "gone", record.Supports)
	support("now~=157", "f157", record.Supports)
	support("now~=160", figure("f160", "paper", day+1), record.Supports)
	for i, o := range []record.Outcome{record.Passed, record.Failed, record.Passed} {
		rows.Checks = append(rows.Checks, record.Check{ID: string(rune('a' + i)), Rule: "stars-add-up", Place: place, Expression: []string{"107 + 68 = 175", "107 + 68 = 157", "elsewhere"}[i], Outcome: o, Figures: []string{"f175", "f157"}})
	}
	rows.Checks[2].Place.Code = "92"
	return rows
}

func TestAccount(t *testing.T) {
	rows := sample()
	x := New(&rows)
	account := x.Of(x.Statistics["now"])
	var roles []record.Role
	for _, w := range account.Witnesses {
		roles = append(roles, w.Role)
	}
	if d := cmp.Diff([]record.Role{record.Supports, record.Dissents}, roles); d != "" {
		t.Errorf("witnesses (-want +got):\n%s", d)
	}
	var english, vietnamese []string
	for _, l := range account.Lines(texts.Labels{}, 2) {
		english, vietnamese = append(english, l.EN), append(vietnamese, l.VI)
	}
	want := []string{
		"reported, 2 independent sources, known since 2022-12-31, in conflict",
		"firm: sums with other numbers come out",
		"grown by 70 since 2021-12-31, when there were 105",
		"instead (normal): 157",
		"corrected: 160, by those who had said it",
		"check stars-add-up: 107 + 68 = 157: failed",
		"check stars-add-up: 107 + 68 = 175: passed",
	}
	if d := cmp.Diff(want, english); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if vietnamese[2] != "tăng 70 từ 31/12/2021, khi ấy là 105" {
		t.Errorf("in Vietnamese: %q", vietnamese)
	}
	if got := account.Lines(texts.Labels{}, 1); got[len(got)-1].EN != "and 1 more checks, in the table checks" {
		t.Errorf("what is left out is not said: %v", got)
	}
	if first := x.Of(x.Statistics["old"]); first.Before != nil || len(first.Witnesses)+len(first.Checks) > 0 {
		t.Errorf("what nothing is known of has %+v", first)
	}
}
