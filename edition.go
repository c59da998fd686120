package ocopstat

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"ocopstat/export"
	"ocopstat/record"
	"ocopstat/table"
)

// Editions keeps apart what the editions of one issue say. An issue that is made
// again and says the same is the same edition, with the same bytes. One that says
// something else is a further one ("bản sửa 1"): its workbook has a name of its own
// and lists what differs from the edition before, whose statistics are kept below
// the issue in the folders editions/0, editions/1 and so on. An edition of which
// deliveries.csv says that it reached nobody yet is made anew under its name.
type Editions string // the folder of the issue

// next is the number of the edition that says what the set does, 0 for the first,
// and what it says otherwise than the one before, nil for the first. A first edition
// that cannot be read is made anew.
func (e Editions) next(set *table.Set) (number int, revised *export.Changes, err error) {
	now, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		return 0, nil, err
	}
	for e.isThere(number) {
		number++
	}
	var before []record.Statistic // of the edition before the one that is there
	if number > 0 {
		if before, err = export.ReadStatistics(e.folder(number - 1)); err != nil {
			return 0, nil, err
		}
	}
	current, err := export.ReadStatistics(string(e))
	if err == nil && !slices.Equal(current, now) && e.published(number) {
		if number == 0 || !slices.Equal(current, before) { // else a run was stopped after it was kept
			if err := e.keep(number); err != nil {
				return 0, nil, fmt.Errorf("cannot keep what the edition before of %s said; choose a folder that you may write to: %w", e, err)
			}
			number++
		}
		before = current
	}
	if number == 0 {
		return 0, nil, nil
	}
	c := export.Compare(before, now)
	return number, &c, nil
}

// published reports an edition that somebody has, as far as the folder tells: it was
// delivered, or deliveries are not written down there.
func (e Editions) published(number int) bool {
	f, err := os.Open(filepath.Join(string(e), "deliveries.csv"))
	if err != nil {
		return true
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	name := export.WorkbookOptions{Week: filepath.Base(string(e)), Edition: number}.Name()
	return err != nil || slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, name) && !slices.Contains(row, "failed") })
}

func (e Editions) folder(number int) string {
	return filepath.Join(string(e), "editions", strconv.Itoa(number))
}

func (e Editions) isThere(number int) bool {
	info, err := os.Stat(e.folder(number))
	return err == nil && info.IsDir()
}

// keep copies the statistics that are there into the folder of an edition, whole or not at all.
func (e Editions) keep(number int) error {
	if err := os.MkdirAll(filepath.Join(string(e), "editions"), 0o777); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Join(string(e), "editions"), "new")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // when it was not renamed
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"statistics.parquet", "places.parquet"} {
		body, err := os.ReadFile(filepath.Join(string(e), name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
			return err
		}
	}
	return os.Rename(dir, e.folder(number))
}
