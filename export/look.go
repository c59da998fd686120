package export

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// The look of the workbook: one font, dark text on light cells, white on navy
// for the heads (contrast 12 : 1), no colour that says anything alone.
const (
	fontName   = "Arial"
	fontSize   = 12
	inkColor   = "1A1A1A"
	headColor  = "1F3864"
	lineColor  = "BFBFBF"
	linkColor  = "0B5394"
	inputColor = "FFF8E1"
	warnColor  = "FCE4D6"
	goodColor  = "E2EFDA"
)

// styles are the cell styles of the workbook by what they are for.
type styles struct {
	title, line, linkLine, head, headRight, link, short int
	kinds                                               map[kind][]int // by decimals
	front                                               map[lineStyle]int
	frontLink, frontHeadRight                           int
	frontNumber, frontSince, frontDay                   int
	warn, good, bold                                    int // conditional
}

// of returns the style of a kind of column for a number of decimals.
func (s styles) of(k kind, scale int) int {
	byScale := s.kinds[k]
	return byScale[min(scale, len(byScale)-1)]
}

// heading is the style of a column's head, aligned as its values are.
func (s styles) heading(k kind) int {
	switch k {
	case number, percent, day, raw, isoDay, inputNumber, inputDay:
		return s.headRight
	}
	return s.head
}

// look is how a cell looks, of what differs between them.
type look struct {
	size                    float64 // 0 is the size of the workbook
	bold, link, wrap, under bool
	color, fill             string // "" is dark on nothing
	across, down            string // alignment
	indent                  int
	format                  string // of numbers
}

// newStyles also makes the workbook's default font, from which the widths of
// columns are measured, the one that all cells have.
func newStyles(f *excelize.File, lang texts.Lang) (styles, error) {
	err := f.SetDefaultFont(fontName)
	if f.Styles != nil && f.Styles.Fonts != nil && len(f.Styles.Fonts.Font) > 0 && f.Styles.Fonts.Font[0].Sz != nil {
		size := float64(fontSize)
		f.Styles.Fonts.Font[0].Sz.Val = &size
	}
	add := func(l look) int {
		st := &excelize.Style{
			Font:      &excelize.Font{Family: fontName, Size: cmp.Or(l.size, fontSize), Bold: l.bold, Color: cmp.Or(l.color, inkColor)},
			Alignment: &excelize.Alignment{Vertical: l.down, Horizontal: l.across, WrapText: l.wrap, Indent: l.indent},
		}
		if l.link {
			st.Font.Color, st.Font.Underline = linkColor, "single"
		}
		if l.under {
			st.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: lineColor}}
		}
		if l.fill != "" {
			st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
		}
		if l.format != "" {
			st.CustomNumFmt = &l.format
		}
		id, e := f.NewStyle(st)
		err = cmp.Or(err, e)
		return id
	}
	text := look{down: "top", across: "left", wrap: true, indent: 1, under: true}
	numeric := func(fill string, formats ...string) (ids []int) {
		for _, nf := range formats {
			ids = append(ids, add(look{down: "top", across: "right", indent: 1, under: true, fill: fill, format: nf}))
		}
		return ids
	}
	head := func(across string, size float64, indent int) int {
		return add(look{size: size, bold: true, color: "FFFFFF", fill: headColor, down: "center", across: across, wrap: true, indent: indent})
	}
	locale := "[$-42A]" // Vietnamese signs in numbers, where the program that shows them does not have those of its system
	if lang == texts.English {
		locale = ""
	}
	const dmy = "dd/mm/yyyy"
	thousands := locale + "#,##0"
	link, toFill := text, text
	link.link, toFill.fill = true, inputColor
	s := styles{
		title: add(look{size: 16, bold: true, color: headColor}), line: add(look{}), linkLine: add(look{link: true}),
		head: head("left", 0, 1), headRight: head("right", 0, 1), link: add(link), short: numeric("", "General")[0],
		kinds: map[kind][]int{
			plain: {add(text)}, prose: {add(text)}, input: {add(toFill)},
			number: numeric("", thousands, thousands+".0", thousands+".00", thousands+".000"), percent: numeric("", locale+"0.0", locale+"0.0", locale+"0.00", locale+"0.000"),
			day: numeric("", dmy), raw: numeric("", "General"), isoDay: numeric("", "yyyy-mm-dd"),
			inputNumber: numeric(inputColor, "General"), inputDay: numeric(inputColor, dmy),
		},
	}
	const small = 11 // letters of the first page
	front := func(l look) int { l.down = "center"; return add(l) }
	s.front = map[lineStyle]int{
		frontText: front(look{size: small}), frontTitle: front(look{size: 15, bold: true, color: headColor}), frontHeadline: front(look{bold: true}),
		frontHeading: front(look{size: small, bold: true, color: headColor}), frontHeads: head("left", small, 0), frontRow: front(look{size: small, under: true}),
	}
	s.frontHeadRight = head("right", small, 0)
	s.frontLink = front(look{size: small, bold: true, link: true})
	s.frontNumber = front(look{size: small, across: "right", under: true, format: thousands})
	s.frontSince = front(look{size: small, across: "right", under: true, format: locale + "+#,##0;" + locale + "−#,##0;0"})
	s.frontDay = front(look{size: small, across: "right", under: true, format: dmy})
	conditional := func(font excelize.Font, fill string) int {
		st := &excelize.Style{Font: &font}
		if fill != "" {
			st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		id, e := f.NewConditionalStyle(st)
		if err == nil {
			err = e
		}
		return id
	}
	s.warn = conditional(excelize.Font{Bold: true, Color: "7F2A00"}, warnColor)
	s.good = conditional(excelize.Font{Color: "1E4D1A"}, goodColor)
	s.bold = conditional(excelize.Font{Bold: true}, "")
	return s, err
}

// A workbook states the width of its columns and the height of its rows, and
// excelize cannot measure text. These estimates are for Arial at the base size,
// in the unit of column widths: the width of a digit.

// runeWidth is the width of a character; a letter with marks is as wide as the letter.
func runeWidth(r rune) float64 {
	switch {
	case strings.ContainsRune("ijl|.,;:'!ıìíỉĩị", r):
		return 0.45
	case strings.ContainsRune(" ftr()[]/-·", r):
		return 0.58
	case strings.ContainsRune("mwMW%—@…", r):
		return 1.5
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.IsUpper(r):
		return 1.27
	case r > 0x2000 && !unicode.IsLetter(r) && r != '–' && r != '“' && r != '”' && r != '−':
		return 1.8
	}
	return 1
}

// letterWidths are those of the characters that nearly all texts consist of.
var letterWidths = sync.OnceValue(func() *[0x2000]float64 {
	var out [0x2000]float64
	for r := range out {
		out[r] = runeWidth(rune(r))
	}
	return &out
})

func lineWidth(s string) (w float64) {
	letters := letterWidths()
	for _, r := range s {
		if int(r) < len(letters) {
			w += letters[r]
		} else {
			w += runeWidth(r)
		}
	}
	return w
}

// linesOf counts the lines of a text that wraps at words in a column.
func linesOf(s string, width float64) int {
	if lineWidth(s) <= width && !strings.Contains(s, "\n") {
		return 1
	}
	lines := 0
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines++
		at := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			w := lineWidth(word)
			switch {
			case at == 0:
			case at+0.58+w > width:
				lines++
				at = 0
			default:
				at += 0.58
			}
			for at += w; at > width; at -= width { // a word longer than the line
				lines++
			}
		}
	}
	return lines
}

const (
	lineHeight   = 15.75 // points
	maxRowHeight = 409   // Excel's limit
	cellPadding  = 1.9   // digits that the edges and the indent of a cell take
	boldFactor   = 1.08
)

// rowHeight is what the tallest cell of a row needs, in points.
func rowHeight(lines int) float64 {
	return math.Min(float64(max(1, lines))*lineHeight+2, maxRowHeight)
}

// linesIn counts the lines that a row needs.
func linesIn(values []any, columns []column, widths []float64) int {
	lines := 1
	for j, v := range values {
		if s, ok := textOf(v, columns[j].kind); ok && columns[j].wraps() {
			lines = max(lines, linesOf(s, widths[j]-cellPadding))
		}
	}
	return lines
}

func (c column) wraps() bool { return c.kind == plain || c.kind == prose || c.kind == input }

// textOf is the text of a value as the reader sees it; false for none.
func textOf(v any, k kind) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case record.Decimal:
		return v.VI(), true
	case tenths:
		return fmt.Sprintf("%.1f", float64(v)), true
	case record.Date:
		return "31/12/2026", true
	case link:
		return v.text, true
	case goTo:
		return v.text, true
	}
	return fmt.Sprint(v), true
}

// filterButton is how many digits the filter button takes in a head; on paper there is none.
func (s *sheet) filterButton() float64 {
	if s.single {
		return 0
	}
	return 2.6
}

// headLines is how many lines the heads need.
func (s *sheet) headLines(widths []float64) int {
	lines := 1
	for j, c := range s.columns {
		lines = max(lines, linesOf(c.head, (widths[j]-cellPadding-s.filterButton())/boldFactor))
	}
	return lines
}

// widths returns how wide the columns are: as stated, else wide enough for the
// values, up to a limit, and for the longest word of the head.
func (s *sheet) widths() []float64 {
	const sample, narrow, wide = 1000, 9, 40
	out := make([]float64, len(s.columns))
	for i := range min(s.n, sample) {
		for j, v := range s.row(i) {
			if text, ok := textOf(v, s.columns[j].kind); ok && s.columns[j].width == 0 {
				out[j] = max(out[j], lineWidth(text)+cellPadding+0.5)
			}
		}
	}
	for j, c := range s.columns {
		out[j] = min(max(out[j], narrow), wide)
		if c.width > 0 {
			out[j] = c.width
		}
		for word := range strings.FieldsSeq(c.head) {
			out[j] = max(out[j], lineWidth(word)*boldFactor+s.filterButton()+cellPadding)
		}
	}
	return out
}
