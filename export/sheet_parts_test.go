package export

import (
	"testing"

	"ocopstat/record"
)

// A number for two types is left out beside those of each, and stays where one of
// them is not said.
func TestSumsOfTypesAreLeftOut(t *testing.T) {
	count := func(n int64) *record.Statistic {
		return &record.Statistic{Value: record.Int(n), HasValue: true}
	}
	d := &breakdown{total: count(309), parts: map[string]*record.Statistic{
		"enterprise": count(79), "cooperative": count(56), "enterprise+cooperative": count(135), "household+group": count(174), "household": count(169),
	}}
	d.leaveOutSums()
	if len(d.parts) != 4 || d.parts["enterprise+cooperative"] != nil || d.parts["household+group"] == nil {
		t.Errorf("%v", d.parts)
	}
}
