package release

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/google/go-cmp/cmp"

	"ocopstat/export/site"
	"ocopstat/fixtures/borrowed"
)

// TestAnotherReaderReadsEveryValue reads the Parquet files with hyparquet, which
// shares no code with the library that wrote them.
func TestAnotherReaderReadsEveryValue(t *testing.T) {
	dir := borrowed.Node(t, "testdata/reader")
	set := built(t, sample())
	opt := options(t.TempDir(), "1.2.0", "")
	opt.Texts = site.TextsFull
	result, err := Write(t.Context(), set, opt)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{filepath.Join(dir, "read.mjs")}
	for _, tab := range set.Tables() {
		args = append(args, filepath.Join(result.Dir, tab.Name+".parquet"))
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<26)
	for _, tab := range set.Tables() {
		if !lines.Scan() {
			t.Fatalf("%s was not read: %v", tab.Name, lines.Err())
		}
		var got struct {
			CreatedBy string `json:"created_by"`
			Columns   []string
			Keys      map[string]string
			Rows      [][]any
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, f := range tab.Schema.Fields() {
			columns = append(columns, f.Name)
		}
		var want [][]any
		for rec, err := range tab.Batches {
			if err != nil {
				t.Fatal(err)
			}
			for i := range int(rec.NumRows()) {
				var row []any
				for _, c := range rec.Columns() {
					row = append(row, plain(t, c, i))
				}
				want = append(want, row)
			}
		}
		if d := cmp.Diff(columns, got.Columns); d != "" {
			t.Errorf("%s: columns (-ours +theirs):\n%s", tab.Name, d)
		}
		if d := cmp.Diff(want, got.Rows); d != "" {
			t.Errorf("%s: values (-ours +theirs):\n%s", tab.Name, d)
		}
		for _, key := range []string{"title", "version", "license", "citation", "datapackage", "ARROW:schema"} {
			if got.Keys[key] == "" {
				t.Errorf("%s: the file says nothing of its %s", tab.Name, key)
			}
		}
		if got.Keys["version"] != "1.2.0" || got.CreatedBy != "ocopstat" || !json.Valid([]byte(got.Keys["datapackage"])) {
			t.Errorf("%s: version %q, created by %q, datapackage %.60q", tab.Name, got.Keys["version"], got.CreatedBy, got.Keys["datapackage"])
		}
	}
}

// plain is a value as JSON has it.
func plain(t *testing.T, a arrow.Array, i int) any {
	const javascript = "2006-01-02T15:04:05.000Z"
	if a.IsNull(i) {
		return nil
	}
	switch a := a.(type) {
	case *array.String:
		return a.Value(i)
	case *array.Dictionary:
		return plain(t, a.Dictionary(), a.GetValueIndex(i))
	case *array.List:
		from, to := a.ValueOffsets(i)
		out := []any{}
		for k := from; k < to; k++ {
			out = append(out, plain(t, a.ListValues(), int(k)))
		}
		return out
	case *array.Float64:
		return a.Value(i)
	case *array.Int32:
		return float64(a.Value(i))
	case *array.Int8:
		return float64(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.Date32:
		return a.Value(i).ToTime().Format(javascript)
	case *array.Timestamp:
		return a.Value(i).ToTime(arrow.Microsecond).Truncate(time.Millisecond).Format(javascript)
	}
	t.Fatalf("no rule for %v", a.DataType())
	return nil
}
