package export

import "github.com/xuri/excelize/v2"

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
	barColor   = "#9DC3E6"
)

// styles are the cell styles of the workbook by what they are for.
type styles struct {
	title, line, linkLine, head, headRight, link, short, strong, coverLink, answer int
	kinds                                                                          map[kind][]int // by decimals
	warn, good, bold                                                               int            // conditional
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

func newStyles(f *excelize.File) (styles, error) {
	var err error
	add := func(st excelize.Style) int {
		if st.Font == nil {
			st.Font = &excelize.Font{}
		}
		st.Font.Family = fontName
		if st.Font.Size == 0 {
			st.Font.Size = fontSize
		}
		if st.Font.Color == "" {
			st.Font.Color = inkColor
		}
		id, e := f.NewStyle(&st)
		if err == nil {
			err = e
		}
		return id
	}
	under := []excelize.Border{{Type: "bottom", Style: 1, Color: lineColor}}
	top := func(horizontal string, wrap bool) *excelize.Alignment {
		return &excelize.Alignment{Vertical: "top", Horizontal: horizontal, WrapText: wrap, Indent: 1}
	}
	flush := &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true} // below the title of the cover
	numeric := func(formats ...string) (ids []int) {
		for _, nf := range formats {
			ids = append(ids, add(excelize.Style{Alignment: top("right", false), Border: under, CustomNumFmt: &nf}))
		}
		return ids
	}
	heading := func(horizontal string) excelize.Style {
		return excelize.Style{
			Font:      &excelize.Font{Bold: true, Color: "FFFFFF"},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headColor}},
			Alignment: &excelize.Alignment{Vertical: "center", Horizontal: horizontal, WrapText: true, Indent: 1},
		}
	}
	filled := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{inputColor}}
	dmy, free := "dd/mm/yyyy", "General"
	s := styles{
		title:     add(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: headColor}}),
		line:      add(excelize.Style{}),
		linkLine:  add(excelize.Style{Font: &excelize.Font{Color: linkColor, Underline: "single"}}),
		head:      add(heading("left")),
		headRight: add(heading("right")),
		link:      add(excelize.Style{Font: &excelize.Font{Color: linkColor, Underline: "single"}, Alignment: top("left", true), Border: under}),
		short:     add(excelize.Style{Alignment: top("right", false), Border: under}),
		coverLink: add(excelize.Style{Font: &excelize.Font{Bold: true, Color: linkColor, Underline: "single"}, Alignment: flush}),
		strong:    add(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: flush}),
		answer:    add(excelize.Style{Alignment: flush}),
		kinds: map[kind][]int{
			plain:       {add(excelize.Style{Alignment: top("left", true), Border: under})},
			prose:       {add(excelize.Style{Alignment: top("left", true), Border: under})},
			number:      numeric("#,##0", "#,##0.0", "#,##0.00", "#,##0.000"),
			percent:     numeric("0.0", "0.0", "0.00", "0.000"),
			day:         numeric(dmy),
			raw:         numeric("General"),
			isoDay:      numeric("yyyy-mm-dd"),
			inputNumber: {add(excelize.Style{Alignment: top("right", false), Border: under, Fill: filled, CustomNumFmt: &free})},
			inputDay:    {add(excelize.Style{Alignment: top("right", false), Border: under, Fill: filled, CustomNumFmt: &dmy})},
			input:       {add(excelize.Style{Alignment: top("left", true), Border: under, Fill: filled})},
		},
	}
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

// baseFont makes the workbook's default font, from which column widths are
// measured, the one that all cells have.
func baseFont(f *excelize.File) error {
	if err := f.SetDefaultFont(fontName); err != nil {
		return err
	}
	if f.Styles != nil && f.Styles.Fonts != nil && len(f.Styles.Fonts.Font) > 0 && f.Styles.Fonts.Font[0].Sz != nil {
		size := float64(fontSize)
		f.Styles.Fonts.Font[0].Sz.Val = &size
	}
	return nil
}
