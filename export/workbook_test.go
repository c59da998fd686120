package export

import (
	"bytes"
	"os"
	"testing"
)

func demoWorkbook(t testing.TB, size int) []byte {
	t.Helper()
	set := demoSet(t, size)
	var b bytes.Buffer
	if err := Workbook(&b, set, demoOptions(t, set)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDemoWorkbook(t *testing.T) {
	b := demoWorkbook(t, 1)
	if path := os.Getenv("OCOPSTAT_DEMO"); path != "" {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
