package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

func TestWeekOf(t *testing.T) {
	for day, want := range map[string]string{
		"2026-11-22T12:00:00Z": "2026-W47",
		"2026-11-22T18:00:00Z": "2026-W48", // Monday in Viet Nam already
		"2027-01-01T00:00:00Z": "2026-W53",
		"2024-12-30T00:00:00Z": "2025-W01",
	} {
		at, err := time.Parse(time.RFC3339, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := weekOf(at.In(record.Vietnam)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestCheckWeek(t *testing.T) {
	for _, good := range []string{"2026-W47", "2026-W53", "2025-W01", "2025-W52"} {
		if err := checkWeek(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "2026", "2026-W00", "2025-W53", "2026-W54", "2026-47", "2026-W7", "2026-W47/../x", "26-W47"} {
		if checkWeek(bad) == nil {
			t.Errorf("%q was taken for a week", bad)
		}
	}
}

func TestFileLines(t *testing.T) {
	got := fileLines([]string{"out/figures.parquet", "out/figures.csv", "out/checks.csv", "out/ocopstat-2026-W47.xlsx"})
	want := []string{"out/figures .parquet .csv", "out/checks .csv", "out/ocopstat-2026-W47 .xlsx"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
