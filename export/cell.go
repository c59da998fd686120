package export

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"strings"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// cell turns a value into a cell of a column.
func (w *writer) cell(v any, k kind) excelize.Cell {
	switch v := v.(type) {
	case nil:
		return excelize.Cell{StyleID: w.styles.of(k, 0)}
	case string:
		if v == "" {
			return excelize.Cell{StyleID: w.styles.of(k, 0)}
		}
		if k == number || k == percent || k == day || k == isoDay {
			return excelize.Cell{StyleID: w.styles.short, Value: clean(v)}
		}
		return excelize.Cell{StyleID: w.styles.of(k, 0), Value: clean(v)}
	case int, float64, bool:
		return excelize.Cell{StyleID: w.styles.of(k, 0), Value: v}
	case record.Decimal:
		if whole, ok := v.Whole(); ok && v.Scale == 0 {
			return excelize.Cell{StyleID: w.styles.of(k, 0), Value: whole}
		}
		return excelize.Cell{StyleID: w.styles.of(k, int(v.Scale)), Value: v.Float()}
	case tenths:
		return excelize.Cell{StyleID: w.styles.of(k, 1), Value: math.Round(float64(v)*10) / 10}
	case record.Date:
		return w.dateCell(v, k)
	case link:
		return w.linkCell(v)
	case goTo:
		return excelize.Cell{StyleID: w.styles.link, Value: clean(v.text)}
	}
	return excelize.Cell{Value: clean(fmt.Sprint(v))}
}

// excelEpoch is day 0 of Excel's calendar as far as it is right: it has a
// 29 February 1900, so days before March of that year are written as text.
var excelEpoch = record.DateOf(1899, 12, 30)

func (w *writer) dateCell(d record.Date, k kind) excelize.Cell {
	switch {
	case !d.Known():
		return excelize.Cell{StyleID: w.styles.short, Value: na}
	case d < record.DateOf(1900, 3, 1) || d > record.DateOf(9999, 12, 31):
		return excelize.Cell{StyleID: w.styles.of(plain, 0), Value: d.String()}
	}
	if k != isoDay && k != inputDay {
		k = day
	}
	return excelize.Cell{StyleID: w.styles.of(k, 0), Value: int(d - excelEpoch)}
}

// linkCell makes a HYPERLINK formula with its text cached. The formula holds no
// more than 255 characters in a literal; an address that is longer, or is not
// on the web, leaves the text alone.
func (w *writer) linkCell(l link) excelize.Cell {
	const literal = 255
	text := cmp.Or(strings.TrimSpace(clean(l.text)), clean(l.url), na)
	text = truncate(text, literal-strings.Count(text, `"`)) // each is written twice
	u, err := url.Parse(l.url)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || utf16Len(l.url)+strings.Count(l.url, `"`) > literal || clean(l.url) != l.url {
		return excelize.Cell{StyleID: w.styles.of(prose, 0), Value: text}
	}
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return excelize.Cell{StyleID: w.styles.link, Formula: "HYPERLINK(" + quote(l.url) + "," + quote(text) + ")", Value: text}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// maxCell is the largest number of UTF-16 units in a cell.
const maxCell = 32767

// cutMark stands at the end of a text that was cut off.
func cutMark() string { return " [" + texts.Both("sheet.cut") + "]" }

// clean makes text fit for a cell: no control characters but line ends and
// tabs, no bytes that are not UTF-8, no more than a cell holds.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F, r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, s)
	if len(s) <= maxCell || utf16Len(s) <= maxCell {
		return s
	}
	return truncate(s, maxCell-utf16Len(cutMark())) + cutMark()
}

// truncate shortens text to a number of UTF-16 units, the last an ellipsis when
// something is left out.
func truncate(s string, units int) string {
	if utf16Len(s) <= units {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16Width(r); n > units-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Width(r)
	}
	return n
}

func utf16Width(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
