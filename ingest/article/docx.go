package article

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"ocopstat/record"
)

// maxDepth is how deep the elements of a document may be nested.
const maxDepth = 256

// readDOCX reads a Word document: its paragraphs, list items and tables, then its
// footnotes. Deleted and hidden text, comments, headers and footers are left out.
func readDOCX(ctx context.Context, c record.Capture) (record.Article, error) {
	z, err := openZip(c)
	if err != nil {
		return record.Article{}, err
	}
	body, err := zipEntry(c, z, "word/document.xml")
	if body == nil && err == nil {
		err = damaged(c)
	}
	if err != nil {
		return record.Article{}, err
	}
	styles, err := zipEntry(c, z, "word/styles.xml")
	if err != nil {
		return record.Article{}, err
	}
	notes, err := zipEntry(c, z, "word/footnotes.xml")
	if err != nil {
		return record.Article{}, err
	}
	w := wordReader{styles: readStyles(styles)}
	for _, part := range [][]byte{body, notes} {
		w.dec = xml.NewDecoder(bytes.NewReader(part))
		if err := w.read(ctx); err != nil {
			if ctx.Err() != nil {
				return record.Article{}, fmt.Errorf("read %s: %w", c.URL, ctx.Err())
			}
			return record.Article{}, damaged(c)
		}
	}
	return assemble(c, w.out)
}

func damaged(c record.Capture) record.Problem {
	return reject(c, "the document is damaged and cannot be read", "open it in an office program and save it again")
}

// wordReader walks word/document.xml once.
type wordReader struct {
	dec    *xml.Decoder
	styles map[string]wordStyle
	out    []piece

	path   []string // of the open elements
	para   wordParagraph
	run    wordRun
	outer  []wordParagraph // paragraphs around a text box in them
	chosen []bool          // of the open mc:AlternateContent, whether a choice was read
	tables []*wordTable    // the open tables, the outermost first
	count  tables
}

type wordParagraph struct {
	text  strings.Builder
	style string
	item  bool
}

type wordRun struct {
	font   string
	hidden bool
}

// wordTable is a table being read. Only the outermost has cells; what is nested
// in a cell is text of the cell.
type wordTable struct {
	row, col, span int
	header         bool
	merged         bool // this cell continues the one above
	text           strings.Builder
	cells          []piece
	over           map[int]*record.Cell // by column the last cell that starts there
}

func (w *wordReader) read(ctx context.Context) error {
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		tok, err := w.dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if w.saidTwice(t.Name.Local) {
				if err := w.dec.Skip(); err != nil {
					return err
				}
				continue
			}
			w.path = append(w.path, t.Name.Local)
			if len(w.path) > maxDepth {
				return errors.New("nested too deep")
			}
			w.start(t)
		case xml.EndElement:
			w.end(t.Name.Local)
			w.path = w.path[:len(w.path)-1]
		case xml.CharData:
			if n := len(w.path); n > 0 && w.path[n-1] == "t" && !w.run.hidden {
				w.write(string(t))
			}
		}
	}
}

// saidTwice reports whether the text of an element is said elsewhere, or was taken back.
func (w *wordReader) saidTwice(name string) bool {
	switch name {
	case "Fallback", "Choice": // one of them is read
		return len(w.chosen) == 0 || w.chosen[len(w.chosen)-1]
	case "del", "moveFrom", "instrText", "delText", "rPrChange", "pPrChange":
		return true
	}
	return false
}

// write adds text of a run, read by its font.
func (w *wordReader) write(text string) {
	if f, ok := legacyFont(cmp.Or(w.run.font, w.styles[w.para.style].font)); ok {
		text = f.read(text)
	}
	w.para.text.WriteString(text)
}

func (w *wordReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		w.outer = append(w.outer, w.para)
		w.para = wordParagraph{}
	case "AlternateContent":
		w.chosen = append(w.chosen, false)
	case "Choice":
		w.chosen[len(w.chosen)-1] = true
	case "pStyle":
		w.para.style = attr(t, "val")
	case "numPr":
		w.para.item = true
	case "r":
		w.run = wordRun{}
	case "rFonts":
		if w.inside("r") {
			w.run.font = attr(t, "ascii") + attr(t, "hAnsi")
		}
	case "vanish":
		w.run.hidden = w.inside("r") && on(t)
	case "tab", "ptab":
		if w.inside("r") {
			w.para.text.WriteByte(' ')
		}
	case "br", "cr":
		w.para.text.WriteByte('\n')
	case "noBreakHyphen":
		w.para.text.WriteByte('-')
	case "tbl":
		w.tables = append(w.tables, &wordTable{row: -1, over: map[int]*record.Cell{}})
	case "tr", "tc", "gridSpan", "vMerge", "tblHeader", "gridBefore":
		w.startCell(t)
	}
}

func (w *wordReader) startCell(t xml.StartElement) {
	if len(w.tables) != 1 {
		return
	}
	table := w.tables[0]
	switch t.Name.Local {
	case "tr":
		table.row++
		table.col, table.header = 0, false
	case "gridBefore":
		table.col += number(attr(t, "val"), 0)
	case "tc":
		table.span, table.merged = 1, false
		table.text.Reset()
	case "gridSpan":
		table.span = number(attr(t, "val"), 1)
	case "vMerge":
		table.merged = attr(t, "val") != "restart"
	case "tblHeader":
		table.header = on(t)
	}
}

func (w *wordReader) end(name string) {
	switch name {
	case "p":
		w.endParagraph()
		w.para, w.outer = w.outer[len(w.outer)-1], w.outer[:len(w.outer)-1]
	case "AlternateContent":
		w.chosen = w.chosen[:len(w.chosen)-1]
	case "tc":
		if len(w.tables) == 1 {
			table := w.tables[0]
			if table.merged {
				if c := table.over[table.col]; c != nil && c.Row+max(1, c.Rows) == table.row {
					c.Rows = max(1, c.Rows) + 1
				}
			} else {
				c := &record.Cell{Row: table.row, Col: table.col, Span: several(table.span), Header: table.header}
				table.over[table.col] = c
				table.cells = append(table.cells, piece{text: table.text.String(), kind: record.BlockCell, cell: c})
			}
			table.col = min(table.col+table.span, maxColumns)
		}
	case "tbl":
		if len(w.tables) == 1 {
			w.out = append(w.out, w.count.add(w.tables[0].cells)...)
		}
		if len(w.tables) > 0 {
			w.tables = w.tables[:len(w.tables)-1]
		}
	}
}

func (w *wordReader) endParagraph() {
	text := w.para.text.String()
	if len(w.tables) > 0 {
		w.tables[0].text.WriteString(" " + text)
		return
	}
	kind := record.BlockParagraph
	switch name := w.styles[w.para.style].name; {
	case name == "title":
		kind = record.BlockTitle
	case strings.HasPrefix(name, "heading"):
		kind = record.BlockHeading
	case name == "caption":
		kind = record.BlockCaption
	case w.para.item || strings.HasPrefix(name, "list"):
		kind = record.BlockItem
	}
	for line := range strings.SplitSeq(text, "\n") {
		w.out = append(w.out, piece{text: line, kind: kind})
	}
}

func (w *wordReader) inside(name string) bool {
	for i := len(w.path) - 2; i >= 0; i-- {
		if w.path[i] == name {
			return true
		}
		if w.path[i] == "p" {
			return false
		}
	}
	return false
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a switch: present is on, unless its value says no.
func on(t xml.StartElement) bool {
	switch attr(t, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return otherwise
	}
	return min(n, maxColumns)
}

// wordStyle is a paragraph style: its name in lower case and its font.
type wordStyle struct{ name, font string }

// readStyles reads word/styles.xml. The style "" holds the document's default
// font. Styles that cannot be read are as good as none.
func readStyles(b []byte) map[string]wordStyle {
	var doc struct {
		Default struct {
			Font struct {
				ASCII string `xml:"ascii,attr"`
			} `xml:"rPrDefault>rPr>rFonts"`
		} `xml:"docDefaults"`
		Styles []struct {
			ID    string `xml:"styleId,attr"`
			First string `xml:"default,attr"`
			Type  string `xml:"type,attr"`
			Name  struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
			Base struct {
				Val string `xml:"val,attr"`
			} `xml:"basedOn"`
			Font struct {
				ASCII string `xml:"ascii,attr"`
			} `xml:"rPr>rFonts"`
		} `xml:"style"`
	}
	styles := map[string]wordStyle{}
	if err := xml.Unmarshal(b, &doc); err != nil {
		return styles
	}
	base := map[string]string{}
	styles[""] = wordStyle{font: doc.Default.Font.ASCII}
	for _, s := range doc.Styles {
		styles[s.ID] = wordStyle{name: strings.ToLower(s.Name.Val), font: s.Font.ASCII}
		base[s.ID] = s.Base.Val
		if s.Type == "paragraph" && (s.First == "1" || s.First == "true") && s.Font.ASCII != "" {
			styles[""] = wordStyle{font: s.Font.ASCII}
		}
	}
	for id, s := range styles {
		for up, n := base[id], 0; s.font == "" && n < 20; n++ {
			s.font = styles[up].font
			up = base[up]
		}
		styles[id] = s
	}
	return styles
}
