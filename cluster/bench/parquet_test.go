package bench

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"ocopstat/export"
)

var readings = flag.String("reading", "", "a folder that \"ocopstat read --out\" made, of one archive file")

// BenchmarkParquet writes the tables of a reading. duckdb.mjs writes the same rows.
func BenchmarkParquet(b *testing.B) {
	if *readings == "" {
		b.Skip("-reading DIR says what to write")
	}
	r, err := export.OpenReading(func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(*readings, name+".parquet")) })
	if err != nil {
		b.Fatal(err)
	}
	tables, err := r.Tables()
	if err != nil {
		b.Fatal(err)
	}
	out := b.TempDir()
	for b.Loop() {
		for _, t := range tables {
			f, err := os.Create(filepath.Join(out, t.Name+".parquet"))
			if err != nil {
				b.Fatal(err)
			}
			if err := export.Parquet(f, t); err != nil {
				b.Fatal(err)
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(r.Figures)), "figures")
}
