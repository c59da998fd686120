package table

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package; a changed schema is a new major version")

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
	const path = "testdata/schemas.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); d != "" {
		t.Errorf("the schemas changed; this needs a new major version of the dataset (-want +got):\n%s", d)
	}
}
