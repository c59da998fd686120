package number

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/normalize/text"
)

// TestGold reads every annotated figure where it is printed: its value without
// error, and not as a code or ordinal.
func TestGold(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "gold", "*.gold.jsonl"))
	if len(files) == 0 {
		t.Skip("no annotated texts here; they are test material outside the repository")
	}
	figures := 0
	for _, f := range files {
		rows, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(strings.TrimSuffix(f, ".gold.jsonl") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		src := string(b)
		toks := text.Scan(nil, src, 0, len(src))
		for line := range strings.Lines(string(rows)) {
			var row struct {
				Quote, Figure string
				Value         float64
			}
			if strings.TrimSpace(line) == "" {
				continue
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			at := strings.Index(src, row.Quote) + strings.Index(row.Quote, row.Figure)
			figures++
			if !goldRead(src, toks, at, row.Value) {
				t.Errorf("%s: %q is not read as %v in %q", filepath.Base(f), row.Figure, row.Value, row.Quote)
			}
		}
	}
	t.Logf("%d figures", figures)
}

// goldRead reports whether the number that covers an offset has the value.
func goldRead(src string, toks []text.Token, at int, value float64) bool {
	for i := 0; i < len(toks) && toks[i].Start <= at; {
		n, used, err := Scan(src, toks, i)
		if used > 0 && at < n.End {
			second := n.Kind != Single && n.Second.Float() == value
			return err == nil && !n.Code && !n.Ordinal && (n.Value.Float() == value || second)
		}
		i += max(used, 1)
	}
	return false
}
