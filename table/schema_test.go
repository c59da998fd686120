package table

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/fixtures/golden"
)

// TestSchemas pins names, order, types and nullability of every column.
func TestSchemas(t *testing.T) {
	var b strings.Builder
	for _, s := range Schemas() {
		fmt.Fprintf(&b, "%s\n", s.Name)
		for _, f := range s.Schema.Fields() {
			null := "not null"
			if f.Nullable {
				null = "null"
			}
			fmt.Fprintf(&b, "\t%s\t%s\t%s\n", f.Name, f.Type, null)
		}
	}
	golden.Hold(t, "testdata/schemas.golden", b.String()) // a difference needs a new major version of the dataset
}
