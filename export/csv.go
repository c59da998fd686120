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
)

const byteOrderMark = "\uFEFF"

// CSV writes one table as RFC 4180: comma, CRLF, UTF-8 with a byte order mark
// so that Excel shows Vietnamese, one header row with the column names.
//
//   - null and the empty string are both an empty cell;
//   - numbers have a decimal point and no thousands separators, truth values
//     are true and false, dates 2006-01-02, instants 2006-01-02T15:04:05Z;
//   - the items of a list are joined with ";";
//   - a spreadsheet takes a cell that begins with = + - @ for a formula. A cell
//     of text, longer than that one sign, that begins with one of them, with a
//     tab, a carriage return or an apostrophe gets one apostrophe in front. To
//     have the text as it was, take one leading apostrophe off. Numbers are
//     left alone.
//
// Line ends inside a text stay as they are, so byte offsets into it hold.
func CSV(w io.Writer, rec arrow.Record) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	row := make([]string, rec.NumCols())
	for j := range row {
		row[j] = rec.ColumnName(j)
	}
	// One record at a time, for the UseCRLF of encoding/csv would change the line
	// ends inside the cells too.
	var line bytes.Buffer
	records := csv.NewWriter(&line)
	for i := -1; i < int(rec.NumRows()); i++ {
		for j := 0; i >= 0 && j < len(row); j++ {
			s, err := csvCell(rec.Column(j), i)
			if err != nil {
				return fmt.Errorf("csv: column %s: %w", rec.ColumnName(j), err)
			}
			row[j] = s
		}
		line.Reset()
		if err := records.Write(row); err != nil {
			return fmt.Errorf("csv: %w", err)
		}
		records.Flush()
		line.Truncate(line.Len() - len("\n"))
		line.WriteString("\r\n")
		if _, err := w.Write(line.Bytes()); err != nil {
			return fmt.Errorf("csv: %w", err)
		}
	}
	return nil
}

func csvCell(a arrow.Array, i int) (string, error) {
	if a.IsNull(i) {
		return "", nil
	}
	switch a := a.(type) {
	case *array.String:
		return disarm(a.Value(i)), nil
	case *array.Dictionary:
		return csvCell(a.Dictionary(), a.GetValueIndex(i))
	case *array.List:
		from, to := a.ValueOffsets(i)
		items := make([]string, 0, to-from)
		for k := from; k < to; k++ {
			items = append(items, a.ListValues().ValueStr(int(k)))
		}
		return disarm(strings.Join(items, ";")), nil
	case *array.Float64:
		return strconv.FormatFloat(a.Value(i), 'f', -1, 64), nil
	case *array.Int32:
		return strconv.Itoa(int(a.Value(i))), nil
	case *array.Int8:
		return strconv.Itoa(int(a.Value(i))), nil
	case *array.Boolean:
		return strconv.FormatBool(a.Value(i)), nil
	case *array.Date32:
		return a.Value(i).ToTime().Format(time.DateOnly), nil
	case *array.Timestamp:
		return a.Value(i).ToTime(arrow.Microsecond).Format(time.RFC3339Nano), nil
	}
	return "", fmt.Errorf("there is no rule for type %v", a.DataType())
}

// disarm keeps a spreadsheet from taking text for a formula.
func disarm(s string) string {
	if len(s) > 1 && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}
