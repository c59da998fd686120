package ocopstat

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/google/renameio/v2"

	"ocopstat/record"
)

// decisionColumns are the columns of decisions.csv, in any order; those after
// expect may be missing.
var decisionColumns = []string{"statistic", "figure", "action", "value", "reason", "by", "date", "expect", "to", "url", "sentence"}

const neededColumns = 8

// readDecisions reads decisions.csv: a header line with the columns statistic,
// figure, action, value, reason, by, date and expect, and perhaps to, url and
// sentence, then one decision a line. Numbers are written 1234.5, dates 2006-01-02. Every faulty line is
// reported, each with its number; name is the file's name for the messages.
func readDecisions(r io.Reader, name string) ([]record.Decision, error) {
	lines := csv.NewReader(r)
	lines.TrimLeadingSpace = true
	lines.FieldsPerRecord = -1
	header, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	column, err := columnsOf(header)
	if err != nil {
		return nil, fmt.Errorf("%s: line 1: %w", name, err)
	}
	var out []record.Decision
	var faults []error
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(append(faults, fmt.Errorf("%s: %w", name, err))...)
		}
		line, _ := lines.FieldPos(0)
		d, err := decisionOf(row, column)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: line %d: %w", name, line, err))
			continue
		}
		d.Line = line
		out = append(out, d)
	}
	return out, errors.Join(faults...)
}

func columnsOf(header []string) (map[string]int, error) {
	column := map[string]int{}
	for i, h := range header {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if !slices.Contains(decisionColumns, h) {
			return nil, fmt.Errorf("unknown column %q; the columns are %s", h, strings.Join(decisionColumns, ", "))
		}
		if _, twice := column[h]; twice {
			return nil, fmt.Errorf("column %q is there twice", h)
		}
		column[h] = i
	}
	for _, c := range decisionColumns[:neededColumns] {
		if _, ok := column[c]; !ok {
			return nil, fmt.Errorf("column %q is missing; the columns are %s", c, strings.Join(decisionColumns, ", "))
		}
	}
	return column, nil
}

func decisionOf(row []string, column map[string]int) (record.Decision, error) {
	if len(row) != len(column) && len(row) != neededColumns { // a line of before the file had the further columns
		return record.Decision{}, fmt.Errorf("%d fields instead of %d; put quotes around a field that contains a comma", len(row), len(column))
	}
	field := func(name string) string {
		i, there := column[name]
		if !there || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	d := record.Decision{
		Statistic: field("statistic"), Figure: field("figure"), Action: record.Action(strings.ToLower(field("action"))),
		To: field("to"), Reason: field("reason"), By: field("by"), URL: field("url"), Sentence: field("sentence"),
	}
	var err error
	if d.Date, err = record.ParseDate(field("date")); err != nil {
		return d, fmt.Errorf("date: %w", err)
	}
	if d.Expect, err = record.ParseDecimal(field("expect")); err != nil {
		return d, fmt.Errorf("expect, the value that the decision was made for: %w", err)
	}
	if v := field("value"); v != "" || d.Action == record.Correct {
		if d.Value, err = record.ParseDecimal(v); err != nil {
			return d, fmt.Errorf("value: %w", err)
		}
		if d.Action != record.Correct {
			return d, fmt.Errorf("a value goes with %q only", record.Correct)
		}
	}
	return d, d.Valid()
}

// addDecisions appends to decisions.csv, whose earlier bytes stay as they are.
// The file is replaced as a whole or not at all.
func (o Office) addDecisions(list []record.Decision) error {
	path := o.decisionsFile()
	body, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("\ufeff" + strings.Join(decisionColumns, ",") + "\n") // with the mark by which Excel knows UTF-8
	}
	header, err := csv.NewReader(bytes.NewReader(body)).Read()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, c := range decisionColumns { // a file of before has fewer; its lines stay as they are
		if line := bytes.IndexAny(body, "\r\n"); line >= 0 && !slices.Contains(header, c) && !slices.Contains(header, "\ufeff"+c) {
			body = slices.Concat(body[:line], []byte(","+c), body[line:])
			header = append(header, c)
		}
	}
	b := bytes.NewBuffer(body)
	if !bytes.HasSuffix(body, []byte("\n")) {
		b.WriteByte('\n')
	}
	w := csv.NewWriter(b)
	for _, d := range list {
		if err := w.Write(decisionRow(header, d)); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if _, err := readDecisions(bytes.NewReader(b.Bytes()), path); err != nil {
		return fmt.Errorf("the decisions would not be read back: %w", err)
	}
	if err := renameio.WriteFile(path, b.Bytes(), 0o644, renameio.WithExistingPermissions()); err != nil {
		return fmt.Errorf("cannot write %s; choose a folder that you may write to: %w", path, err)
	}
	return nil
}

// decisionRow writes a decision in the order of a file's columns.
func decisionRow(header []string, d record.Decision) []string {
	fields := map[string]string{"statistic": d.Statistic, "figure": d.Figure, "action": string(d.Action), "reason": d.Reason,
		"by": d.By, "date": d.Date.String(), "expect": d.Expect.String(), "to": d.To, "url": d.URL, "sentence": d.Sentence}
	if d.Action == record.Correct {
		fields["value"] = d.Value.String()
	}
	row := make([]string, len(header))
	for i, h := range header {
		row[i] = fields[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))]
	}
	return row
}
