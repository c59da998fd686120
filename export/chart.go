package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"

	"ocopstat/record"
)

// chartKind is the form of a chart.
type chartKind int

const (
	stackedBars    chartKind = iota // horizontal, the parts of a total behind each other
	columnsAndLine                  // columns, the last series a line over them
	datedLines                      // lines over days
)

// chart is a chart as DrawingML has it (ECMA-376 part 1, 21.2). The parts are
// written here because excelize puts some of them in an order that the schema does
// not allow, and leaves out the values, without which a preview or a mail shows an
// empty frame.
type chart struct {
	kind       chartKind
	title, alt string
	data       *sheet
	series     []series
	height     uint // pixels
	row        int  // of the sheet, from 0
}

// The types of the parts that charts are made of, and the relations between them.
const (
	relationOf  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	drawingType = "application/vnd.openxmlformats-officedocument.drawing+xml"
	chartType   = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
	drawingPart = "xl/drawings/drawing1.xml"
)

// addDrawing puts charts on a sheet that has no table: the drawing and its charts as
// parts of the workbook. The sheet's reference to the drawing is written by partWriter.
func (w *writer) addDrawing(tab string, charts []*chart) {
	if len(charts) == 0 {
		return
	}
	const width, emu = 1250, 9525 // pixels, and what a pixel has of the unit of drawings
	var drawing, relations strings.Builder
	for i, c := range charts {
		part := fmt.Sprintf("xl/charts/chart%d.xml", i+1)
		w.f.Pkg.Store(part, c.xml())
		w.addType(part, chartType)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/chart" Target="/%s"/>`, i+1, relationOf, part)
		fmt.Fprintf(&drawing, `<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/>`+
			`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="%d" name="%s" descr="%s"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>`+
			`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="%s" r:id="rId%d"/></a:graphicData></a:graphic>`+
			`</xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`, c.row, width*emu, c.height*emu, i+2, escaped(c.title), escaped(c.alt), relationOf, i+1)
	}
	const packageOf = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	w.f.Pkg.Store(drawingPart, []byte(xml.Header+`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`+drawing.String()+`</xdr:wsDr>`))
	w.addType(drawingPart, drawingType)
	w.f.Pkg.Store("xl/drawings/_rels/drawing1.xml.rels", []byte(xml.Header+packageOf+relations.String()+`</Relationships>`))
	sheet := w.part(tab)
	w.f.Pkg.Store("xl/worksheets/_rels/"+sheet+".rels", []byte(xml.Header+packageOf+`<Relationship Id="rId1" Type="`+relationOf+`/drawing" Target="/`+drawingPart+`"/></Relationships>`))
	w.drawn = "xl/worksheets/" + sheet
}

// addType states what a part is.
func (w *writer) addType(part, contentType string) {
	list := w.f.ContentTypes.Overrides
	one := list[0]
	one.PartName, one.ContentType = "/"+part, contentType
	w.f.ContentTypes.Overrides = append(list, one)
}

// part is the file name of a sheet: they are numbered as they were made.
func (w *writer) part(tab string) string {
	return fmt.Sprintf("sheet%d.xml", slices.Index(w.f.GetSheetList(), tab)+1)
}

// series is one row of numbers of a chart, with the cells that they stand in.
type series struct {
	name, nameRef string
	labels        []string  // of a category axis
	days          []float64 // of a date axis, as Excel counts them
	labelRef      string
	values        []float64
	known         []bool // whether there is a value
	valueRef      string
}

// series is a column of a sheet over another column, from one row to another.
func (s *sheet) series(col, over, first, last int) series {
	span := func(col int) string {
		c := columnName(col + 1)
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(s.tab), c, s.firstRow()+first, c, s.firstRow()+max(first, last))
	}
	out := series{name: s.columns[col].head, nameRef: s.headReference(col), labelRef: span(over), valueRef: span(col)}
	for i := first; i <= last; i++ {
		row := s.row(i)
		if d, ok := row[over].(record.Date); ok {
			out.days = append(out.days, float64(d-excelEpoch))
		} else {
			label, _ := textOf(row[over], plain)
			out.labels = append(out.labels, label)
		}
		v, ok := numberOf(row[col])
		out.values, out.known = append(out.values, v), append(out.known, ok)
	}
	return out
}

func numberOf(v any) (float64, bool) {
	switch v := v.(type) {
	case record.Decimal:
		return v.Float(), true
	case tenths:
		return math.Round(float64(v)*10) / 10, true
	case int:
		return float64(v), true
	}
	return 0, false
}

// seriesColors are distinguishable without colour sight by their lightness, and
// every series is named in the legend.
var seriesColors = []string{"1F3864", "5B9BD5", "F4B183", "A9D18E", "7F7F7F", "C00000", "8064A2", "BF9000"}

// xml is the part of the workbook.
func (c *chart) xml() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1400" b="1"/></a:pPr><a:r><a:rPr lang="vi-VN" sz="1400" b="1">` + fill(inkColor) + latin() + `</a:rPr><a:t>` + escaped(c.title) +
		`</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	switch c.kind {
	case stackedBars:
		c.bars(&b, `<c:barDir val="bar"/><c:grouping val="stacked"/>`, `<c:gapWidth val="50"/><c:overlap val="100"/>`, c.series)
		b.WriteString(categoryAxis("l", "maxMin", c.labelSize(), "") + valueAxis(2, 1, "t", "#,##0", "", `<c:crossBetween val="between"/>`))
	case columnsAndLine:
		last := len(c.series) - 1
		c.bars(&b, `<c:barDir val="col"/><c:grouping val="clustered"/>`, `<c:gapWidth val="50"/>`, c.series[:last])
		b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
		c.ser(&b, last, c.series[last], stroke("C00000"), noMarker, categories, `<c:smooth val="0"/>`)
		b.WriteString(`<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>`)
		b.WriteString(categoryAxis("b", "minMax", 1000, ` rot="-5400000" vert="horz"`) + valueAxis(2, 1, "l", "0", "", `<c:crossBetween val="between"/>`))
	case datedLines:
		b.WriteString(`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>`)
		for i, s := range c.series {
			color := seriesColors[i%len(seriesColors)]
			symbol := []string{"circle", "square", "diamond", "triangle"}[i%4]
			c.ser(&b, i, s, stroke(color), `<c:marker><c:symbol val="`+symbol+`"/><c:size val="7"/><c:spPr>`+fill(color)+`</c:spPr></c:marker>`, points, `<c:smooth val="0"/>`)
		}
		b.WriteString(`<c:axId val="1"/><c:axId val="2"/></c:scatterChart>`)
		b.WriteString(valueAxis(1, 2, "b", "dd/mm/yyyy", c.between(), `<c:crossBetween val="midCat"/>`) + valueAxis(2, 1, "l", "#,##0", "", `<c:crossBetween val="midCat"/>`))
	}
	b.WriteString(`</c:plotArea><c:legend><c:legendPos val="t"/><c:overlay val="0"/>` + font(fontSize*100, "") + `</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
		`<c:spPr>` + fill("FFFFFF") + `<a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return b.Bytes()
}

func (c *chart) labelSize() int {
	switch n := c.data.n; {
	case n > 40:
		return 800
	case n > 25:
		return 1000
	}
	return fontSize * 100
}

// between bounds the axis of a chart over days by those that it has, with a little room.
func (c *chart) between() string {
	first, last := c.series[0].days[0], c.series[0].days[0]
	for _, s := range c.series {
		for _, d := range s.days {
			first, last = min(first, d), max(last, d)
		}
	}
	room := math.Ceil((last - first) / 20)
	return fmt.Sprintf(`<c:max val="%g"/><c:min val="%g"/>`, last+room, first-room)
}

// bars writes a group of bars.
func (c *chart) bars(b *bytes.Buffer, before, behind string, list []series) {
	b.WriteString(`<c:barChart>` + before + `<c:varyColors val="0"/>`)
	for i, s := range list {
		c.ser(b, i, s, fill(seriesColors[i%len(seriesColors)]), `<c:invertIfNegative val="0"/>`, categories, "")
	}
	b.WriteString(behind + `<c:axId val="1"/><c:axId val="2"/></c:barChart>`)
}

const noMarker = `<c:marker><c:symbol val="none"/></c:marker>`

// The elements of a series that hold what it is drawn over and its values.
var (
	categories = [2]string{"cat", "val"}
	points     = [2]string{"xVal", "yVal"}
)

// ser writes one series: name, look, what stands between, labels and values.
func (c *chart) ser(b *bytes.Buffer, i int, s series, look, between string, parts [2]string, end string) {
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%[1]d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>%s</c:spPr>%s`,
		i, escaped(s.nameRef), escaped(s.name), look, between)
	fmt.Fprintf(b, `<c:%s>`, parts[0])
	if s.days != nil {
		numbers(b, s.labelRef, "dd/mm/yyyy", s.days, nil)
	} else {
		fmt.Fprintf(b, `<c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, escaped(s.labelRef), len(s.labels))
		for k, label := range s.labels {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, escaped(label))
		}
		b.WriteString(`</c:strCache></c:strRef>`)
	}
	fmt.Fprintf(b, `</c:%s><c:%s>`, parts[0], parts[1])
	numbers(b, s.valueRef, "General", s.values, s.known)
	fmt.Fprintf(b, `</c:%s>%s</c:ser>`, parts[1], end)
}

// numbers writes a reference to cells with what they hold; known is nil when all are.
func numbers(b *bytes.Buffer, ref, format string, values []float64, known []bool) {
	fmt.Fprintf(b, `<c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`, escaped(ref), format, len(values))
	for i, v := range values {
		if known == nil || known[i] {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%g</c:v></c:pt>`, i, v)
		}
	}
	b.WriteString(`</c:numCache></c:numRef>`)
}

func categoryAxis(position, orientation string, size int, turned string) string {
	return `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="` + orientation + `"/></c:scaling><c:delete val="0"/><c:axPos val="` + position + `"/>` +
		`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` +
		`<c:spPr>` + stroke(lineColor) + `</c:spPr>` + font(size, turned) + `<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`
}

func valueAxis(id, crosses int, position, format, between, end string) string {
	grid := `<c:majorGridlines><c:spPr>` + thin("D9D9D9") + `</c:spPr></c:majorGridlines>`
	return fmt.Sprintf(`<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/>%s</c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s<c:numFmt formatCode="%s" sourceLinked="0"/>`+
		`<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%s<c:crossAx val="%d"/><c:crosses val="autoZero"/>%s</c:valAx>`,
		id, between, position, grid, format, font(fontSize*100, ""), crosses, end)
}

func fill(color string) string { return `<a:solidFill><a:srgbClr val="` + color + `"/></a:solidFill>` }
func stroke(color string) string {
	return `<a:ln w="28575" cap="rnd">` + fill(color) + `<a:round/></a:ln>`
}
func thin(color string) string { return `<a:ln w="9525">` + fill(color) + `</a:ln>` }
func latin() string            { return `<a:latin typeface="` + fontName + `"/>` }

// font is how the text of an axis or legend looks, in hundredths of a point.
func font(size int, turned string) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr%s/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d">%s%s</a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>`, turned, size, fill(inkColor), latin())
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(clean(s))) // a builder takes everything
	return b.String()
}
