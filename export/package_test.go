package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// checkPackage holds a workbook to what Excel asks of one: a file that passes
// opens without the message that it must be repaired.
func checkPackage(t *testing.T, workbook []byte) {
	t.Helper()
	p := openPackage(t, workbook)
	p.checkWellFormed()
	p.checkContentTypes()
	p.checkRelationships()
	p.checkSheets()
}

type pkg struct {
	*testing.T
	parts map[string][]byte
	names []string
}

func openPackage(t *testing.T, workbook []byte) *pkg {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	p := &pkg{t, map[string][]byte{}, nil}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if p.parts[f.Name] != nil {
			t.Errorf("part %s is there twice", f.Name)
		}
		p.parts[f.Name] = b
		p.names = append(p.names, f.Name)
	}
	if p.names[0] != contentTypes {
		t.Errorf("the first part is %s, want %s", p.names[0], contentTypes)
	}
	return p
}

func (p *pkg) checkWellFormed() {
	for name, b := range p.parts {
		dec := xml.NewDecoder(bytes.NewReader(b))
		for {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				p.Errorf("%s is not well-formed: %v", name, err)
				break
			}
		}
	}
}

func (p *pkg) checkContentTypes() {
	var list struct {
		Defaults []struct {
			Extension string `xml:",attr"`
		} `xml:"Default"`
		Overrides []struct {
			PartName string `xml:",attr"`
		} `xml:"Override"`
	}
	if err := xml.Unmarshal(p.parts[contentTypes], &list); err != nil {
		p.Fatal(err)
	}
	known := map[string]bool{}
	for _, o := range list.Overrides {
		name := strings.TrimPrefix(o.PartName, "/")
		if known[name] {
			p.Errorf("%s has two content types", name)
		}
		known[name] = true
		if p.parts[name] == nil {
			p.Errorf("a content type is given for %s, which is not there", name)
		}
	}
	byExtension := map[string]bool{}
	for _, d := range list.Defaults {
		byExtension["."+d.Extension] = true
	}
	for _, name := range p.names {
		if name != contentTypes && !known[name] && (!byExtension[path.Ext(name)] || path.Ext(name) == ".xml") {
			p.Errorf("%s has no content type of its own", name)
		}
	}
}

type relationships struct {
	Relationship []struct {
		ID         string `xml:"Id,attr"`
		Type       string `xml:",attr"`
		Target     string `xml:",attr"`
		TargetMode string `xml:",attr"`
	}
}

// relationshipsOf returns what the parts that a part refers to are, by ID.
func (p *pkg) relationshipsOf(name string) map[string]string {
	dir, base := path.Split(name)
	var rels relationships
	b := p.parts[dir+"_rels/"+base+".rels"]
	if b == nil {
		return nil
	}
	if err := xml.Unmarshal(b, &rels); err != nil {
		p.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range rels.Relationship {
		target := strings.TrimPrefix(path.Join(dir, r.Target), "/")
		if strings.HasPrefix(r.Target, "/") {
			target = r.Target[1:]
		}
		if r.TargetMode == "External" {
			target = r.Target
		} else if p.parts[target] == nil {
			p.Errorf("%s refers to %s, which is not there", name, target)
		}
		if out[r.ID] != "" {
			p.Errorf("%s has two relationships %s", name, r.ID)
		}
		out[r.ID] = target
	}
	return out
}

func (p *pkg) checkRelationships() {
	reached := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if reached[name] {
			return
		}
		reached[name] = true
		for _, target := range p.relationshipsOf(name) {
			if p.parts[target] != nil {
				visit(target)
			}
		}
	}
	visit("")
	for _, name := range p.names {
		if name != contentTypes && !strings.HasSuffix(name, ".rels") && !reached[name] {
			p.Errorf("nothing refers to part %s", name)
		}
	}
	idRef := regexp.MustCompile(`\br:(?:id|embed|link)="([^"]+)"`)
	for _, name := range p.names {
		rels := p.relationshipsOf(name)
		for _, m := range idRef.FindAllSubmatch(p.parts[name], -1) {
			if rels[string(m[1])] == "" {
				p.Errorf("%s uses relationship %s, which is not there", name, m[1])
			}
		}
	}
}

// worksheetOrder is the order of the children of a worksheet in ECMA-376 (18.3.1.99).
var worksheetOrder = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr
	sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
	conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
	customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects
	controls webPublishItems tableParts extLst`)

type worksheet struct {
	Dimension struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Rows []struct {
		R      int     `xml:"r,attr"`
		Height float64 `xml:"ht,attr"`
		Cells  []struct {
			R       string  `xml:"r,attr"`
			Type    string  `xml:"t,attr"`
			Style   int     `xml:"s,attr"`
			Formula *string `xml:"f"`
			Value   string  `xml:"v"`
			Text    string  `xml:"is>t"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Merges     []struct{} `xml:"mergeCells>mergeCell"`
	Hyperlinks []struct {
		Ref      string `xml:"ref,attr"`
		Location string `xml:"location,attr"`
	} `xml:"hyperlinks>hyperlink"`
	Validations []struct {
		Formula1 string `xml:"formula1"`
	} `xml:"dataValidations>dataValidation"`
	Tables []struct {
		ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"tableParts>tablePart"`
}

type excelTable struct {
	ID          int    `xml:"id,attr"`
	Name        string `xml:"name,attr"`
	DisplayName string `xml:"displayName,attr"`
	Ref         string `xml:"ref,attr"`
	AutoFilter  struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Columns []struct {
		ID   int    `xml:"id,attr"`
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

type workbookPart struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
	Names []struct {
		Name     string `xml:"name,attr"`
		RefersTo string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

func (p *pkg) checkSheets() {
	var wb workbookPart
	if err := xml.Unmarshal(p.parts["xl/workbook.xml"], &wb); err != nil {
		p.Fatal(err)
	}
	rels := p.relationshipsOf("xl/workbook.xml")
	tabs, tables := map[string]bool{}, map[string]bool{}
	for _, s := range wb.Sheets {
		if n := len(utf16.Encode([]rune(s.Name))); n == 0 || n > 31 || strings.ContainsAny(s.Name, `[]:*?/\`) {
			p.Errorf("sheet name %q is not one that Excel takes", s.Name)
		}
		if key := strings.ToLower(s.Name); tabs[key] {
			p.Errorf("two sheets are called %q", s.Name)
		} else {
			tabs[key] = true
		}
	}
	for _, n := range wb.Names {
		tab := strings.ReplaceAll(strings.Trim(n.RefersTo[:strings.LastIndexByte(n.RefersTo, '!')], "'"), "''", "'")
		if !tabs[strings.ToLower(tab)] {
			p.Errorf("the name %s refers to sheet %q, which is not there", n.Name, tab)
		}
	}
	for _, s := range wb.Sheets {
		p.checkSheet(s.Name, rels[s.ID], tabs, tables)
	}
}

func (p *pkg) checkSheet(tab, part string, tabs, tables map[string]bool) {
	p.checkOrder(tab, p.parts[part])
	var ws worksheet
	if err := xml.Unmarshal(p.parts[part], &ws); err != nil {
		p.Fatal(err)
	}
	if len(ws.Merges) > 0 {
		p.Errorf("sheet %s has merged cells", tab)
	}
	if n := len(ws.Hyperlinks); n > 65530 {
		p.Errorf("sheet %s has %d hyperlinks, more than Excel takes", tab, n)
	}
	for _, h := range ws.Hyperlinks {
		if to, _, ok := strings.Cut(h.Location, "!"); h.Location != "" && (!ok || !tabs[strings.ToLower(strings.Trim(to, "'"))]) {
			p.Errorf("sheet %s: the link in %s goes to %q", tab, h.Ref, h.Location)
		}
	}
	for _, v := range ws.Validations {
		if len([]rune(v.Formula1)) > 257 {
			p.Errorf("sheet %s: a list of choices is longer than Excel takes", tab)
		}
	}
	texts := map[string]string{}
	lastRow := 0
	for _, r := range ws.Rows {
		if r.R <= lastRow || r.Height > 409.5 {
			p.Errorf("sheet %s: row %d (height %g) is out of order or too high", tab, r.R, r.Height)
		}
		lastRow = r.R
		for _, c := range r.Cells {
			text := c.Text
			switch {
			case c.Formula != nil:
				if !strings.HasPrefix(*c.Formula, "HYPERLINK(") || c.Value == "" || c.Type != "str" {
					p.Errorf("sheet %s %s: formula %q with value %q", tab, c.R, *c.Formula, c.Value)
				}
				text = c.Value
			case c.Type == "inlineStr", c.Type == "b":
			case c.Type == "" || c.Type == "n":
				if c.Value != "" && strings.Trim(c.Value, "0123456789.-eE+") != "" {
					p.Errorf("sheet %s %s: %q is no number", tab, c.R, c.Value)
				}
			case c.Type == "s":
			default:
				p.Errorf("sheet %s %s: type %q", tab, c.R, c.Type)
			}
			text = strings.ReplaceAll(text, "_x005F_", "_") // an escape of the file format
			if n := len(utf16.Encode([]rune(text))); n > maxCell {
				p.Errorf("sheet %s %s: %d characters", tab, c.R, n)
			}
			texts[c.R] = text
		}
	}
	rels := p.relationshipsOf(part)
	if n := len(ws.Tables); n > 1 || n == 0 && tab != tabOf("sheet.cover") && tab != tabOf("sheet.charts") {
		p.Errorf("sheet %s has %d tables", tab, n)
	}
	for _, tp := range ws.Tables {
		p.checkTable(tab, p.parts[rels[tp.ID]], ws.Dimension.Ref, texts, tables)
	}
}

func (p *pkg) checkTable(tab string, part []byte, dimension string, texts map[string]string, tables map[string]bool) {
	var tb excelTable
	if err := xml.Unmarshal(part, &tb); err != nil {
		p.Fatal(err)
	}
	for _, key := range []string{"id " + fmt.Sprint(tb.ID), "name " + strings.ToLower(tb.DisplayName)} {
		if tables[key] {
			p.Errorf("two tables have %s", key)
		}
		tables[key] = true
	}
	if !regexp.MustCompile(`^[a-z_][a-z0-9_]*$`).MatchString(tb.DisplayName) || tb.Name != tb.DisplayName {
		p.Errorf("table %q: Excel does not take the name", tb.DisplayName)
	}
	from, to, _ := strings.Cut(tb.Ref, ":")
	head := strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if tb.AutoFilter.Ref != tb.Ref || !strings.HasPrefix(from, "A") || dimension != "A1:"+to {
		p.Errorf("sheet %s: table %s, filter %s, dimension %s", tab, tb.Ref, tb.AutoFilter.Ref, dimension)
	}
	seen := map[string]bool{}
	for j, c := range tb.Columns {
		cell := columnName(j+1) + head
		if texts[cell] != c.Name || c.Name == "" || c.ID != j+1 {
			p.Errorf("sheet %s: column %d is %q in the table and %q in %s", tab, c.ID, c.Name, texts[cell], cell)
		}
		if key := strings.ToLower(c.Name); seen[key] {
			p.Errorf("sheet %s: two columns are called %q", tab, c.Name)
		} else {
			seen[key] = true
		}
	}
	if want := columnName(len(tb.Columns)); strings.TrimRight(to, "0123456789") != want {
		p.Errorf("sheet %s: the table ends in %s, its columns in %s", tab, to, want)
	}
}

func (p *pkg) checkOrder(tab string, part []byte) {
	dec := xml.NewDecoder(bytes.NewReader(part))
	depth, last := 0, -1
	for {
		tok, err := dec.Token()
		if err != nil {
			return
		}
		switch el := tok.(type) {
		case xml.StartElement:
			if depth == 1 {
				i := slices.Index(worksheetOrder, el.Name.Local)
				if i < last || i < 0 {
					p.Errorf("sheet %s: %s does not stand where the schema wants it", tab, el.Name.Local)
				}
				last = i
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}
