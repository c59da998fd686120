package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"ocopstat/record"
	"ocopstat/table"
)

const byteOrderMark = "\uFEFF"

// CSV writes one table as RFC 4180: comma, CRLF, UTF-8 with a byte order mark
// so that Excel shows Vietnamese, one header row with the column names. Line ends
// inside a text stay as they are, so byte offsets into it hold.
//
//   - null and the empty string are both an empty cell;
//   - numbers have a decimal point, dates are 2006-01-02, instants 2006-01-02T15:04:05Z;
//   - the items of a list are joined with ";";
//   - a cell of text that a spreadsheet could take for a formula, see disarm, gets
//     one apostrophe in front: take it off to have the text as it was.
func CSV(w io.Writer, t table.Table) error {
	return writeTable(t, func() (tableWriter, error) { return newCSVTable(w, t.Schema) })
}

// csvTable writes a table as CSV batch by batch.
type csvTable struct {
	out *csvWriter
	row []string
}

func newCSVTable(w io.Writer, s *arrow.Schema) (*csvTable, error) {
	c := &csvTable{row: make([]string, s.NumFields())}
	for j, f := range s.Fields() {
		c.row[j] = f.Name
	}
	var err error
	c.out, err = newCSVWriter(w, c.row)
	return c, err
}

func (c *csvTable) add(rec arrow.Record) (err error) {
	for i := range int(rec.NumRows()) {
		for j := range c.row {
			if c.row[j], err = csvCell(valueAt(rec.Column(j), i)); err != nil {
				return fmt.Errorf("csv: column %s: %w", rec.ColumnName(j), err)
			}
		}
		if err := c.out.write(c.row); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvTable) close() error { return nil }

// CSVText writes rows of cells in the form of CSV, as they are: nothing is put in
// front of what a spreadsheet takes for a formula.
func CSVText(w io.Writer, head []string, rows [][]string) error {
	out, err := newCSVWriter(w, head)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := out.write(row); err != nil {
			return err
		}
	}
	return nil
}

// csvWriter writes one row at a time, for the UseCRLF of encoding/csv would
// change the line ends inside the cells too.
type csvWriter struct {
	w    io.Writer
	line bytes.Buffer
	rows *csv.Writer
}

// newCSVWriter writes the byte order mark and the names of the columns.
func newCSVWriter(w io.Writer, head []string) (*csvWriter, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, fmt.Errorf("csv: %w", err)
	}
	c := &csvWriter{w: w}
	c.rows = csv.NewWriter(&c.line)
	return c, c.write(head)
}

func (c *csvWriter) write(row []string) error {
	c.line.Reset()
	if err := c.rows.Write(row); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	c.rows.Flush()
	c.line.Truncate(c.line.Len() - len("\n"))
	c.line.WriteString("\r\n")
	if _, err := c.w.Write(c.line.Bytes()); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	return nil
}

// csvCell writes a value of valueAt.
func csvCell(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return disarm(v), nil
	case []string:
		return disarm(strings.Join(v, ";")), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case int, bool, record.Date:
		return fmt.Sprint(v), nil
	case time.Time:
		return v.Format(time.RFC3339Nano), nil
	}
	return "", fmt.Errorf("there is no rule for a %T", value)
}

// valueAt is the value of a row as Go has it, nil for none.
func valueAt(a arrow.Array, i int) any {
	if a.IsNull(i) {
		return nil
	}
	switch a := a.(type) {
	case *array.String:
		return a.Value(i)
	case *array.Dictionary:
		return valueAt(a.Dictionary(), a.GetValueIndex(i))
	case *array.List:
		from, to := a.ValueOffsets(i)
		items := make([]string, 0, to-from)
		for k := from; k < to; k++ {
			items = append(items, a.ListValues().ValueStr(int(k)))
		}
		return items
	case *array.Float64:
		return a.Value(i)
	case *array.Int32:
		return int(a.Value(i))
	case *array.Int8:
		return int(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.Date32:
		return record.Date(a.Value(i))
	case *array.Timestamp:
		return a.Value(i).ToTime(arrow.Microsecond)
	}
	return a
}

// disarm keeps a spreadsheet from taking text for a formula. Text that begins with
// an apostrophe gets another, so that one can be taken off all.
func disarm(s string) string {
	if len(s) > 1 && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}
