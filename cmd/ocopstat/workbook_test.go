package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// rowsCommand is "rows FILE SHEET": it prints the cells of a sheet, | between.
func rowsCommand(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	for _, r := range rows {
		_, err := fmt.Fprintln(ts.Stdout(), strings.Join(r, " | "))
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// markCommand is "mark FILE PRINTED HEAD=VALUE...": in the sheet "to decide" it
// fills cells of the row of the figure that was printed so. A head is named by
// its beginning; a number is entered as one.
func markCommand(ts *testscript.TestScript, _ bool, args []string) {
	const sheet = "Cần quyết định"
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(sheet)
	ts.Check(err)
	column := func(beginning string) int {
		for j, head := range rows[4] {
			if strings.HasPrefix(head, beginning) {
				return j
			}
		}
		ts.Fatalf("no column %q in %q", beginning, rows[4])
		return 0
	}
	printed, done := column("Như in"), false
	for i, r := range rows[5:] {
		if len(r) <= printed || r[printed] != args[1] {
			continue
		}
		done = true
		for _, pair := range args[2:] {
			head, text, _ := strings.Cut(pair, "=")
			cell, err := excelize.CoordinatesToCellName(column(head)+1, i+6)
			ts.Check(err)
			var value any = text
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				value = n
			}
			ts.Check(f.SetCellValue(sheet, cell, value))
		}
		break
	}
	if !done {
		ts.Fatalf("no figure printed %q in %q", args[1], rows)
	}
	ts.Check(f.Save())
	ts.Check(f.Close())
}
