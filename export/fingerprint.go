package export

import (
	"strings"

	"ocopstat/record"
)

// Fingerprint writes down what a figure claims, readable and on one line: its
// value, what it counts, its place and its time. A decision is made for a
// claim; when the figure comes to claim something else, the decision is stale.
//
//	175 product count 3+ stock actual = @63/93 2022-12-31
func Fingerprint(f record.Figure) string {
	parts := []string{f.Value.String(), string(f.Subject), string(f.Measure), string(f.Stars), string(f.Producer),
		string(f.Movement), string(f.Status), string(f.Facet), string(f.Qualifier),
		"@" + string(f.Place.Vintage) + "/" + f.Place.Code, f.Period.String()}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
