package export

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/fixtures/borrowed"
)

// files are the workbook and the print set of the demo, as files.
func files(t *testing.T) map[string][]byte {
	t.Helper()
	set := demoSet(t, 1)
	opt := demoOptions(t, set)
	opt.Home, opt.BeforeWeek, opt.Edition, opt.Revised = tuyenNow, "2026-W46", 1, opt.Changes
	var print bytes.Buffer
	if err := encodePrintSet(&print, set, opt); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{opt.Name(): writeWorkbook(t, set, opt), opt.printName(): print.Bytes()}
}

func TestPrintSet(t *testing.T) {
	for name, b := range files(t) {
		checkPackage(t, b)
		if sheets := openWorkbook(t, b).GetSheetList(); strings.Contains(name, "lanh-dao") && len(sheets) > 8 {
			t.Errorf("%s has the pages %q", name, sheets)
		}
	}
}

// schemas are the XSDs of ECMA-376 by the parts that they are for; a pattern is one of path.Match.
var schemas = []struct{ parts, schema string }{
	{"xl/charts/*.xml", "dml-chart"}, {"xl/drawings/*.xml", "dml-spreadsheetDrawing"}, {"docProps/core.xml", "opc-coreProperties"}, {"docProps/app.xml", "shared-documentPropertiesExtended"},
	{"xl/*.xml", "sml"}, {"xl/worksheets/*.xml", "sml"}, {"xl/tables/*.xml", "sml"}, {"xl/theme/*.xml", "dml-main"}, {"*_Content_Types?.xml", "opc-contentTypes"},
	{"_rels/*.rels", "opc-relationships"}, {"xl/_rels/*.rels", "opc-relationships"}, {"xl/worksheets/_rels/*.rels", "opc-relationships"}, {"xl/drawings/_rels/*.rels", "opc-relationships"},
}

// dublinCore stands for the schemas of dublincore.org, which those of ECMA-376 refer to.
const dublinCore = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="NAMESPACE" targetNamespace="NAMESPACE" elementFormDefault="qualified">
<xs:complexType name="SimpleLiteral" mixed="true"/><xs:complexType name="W3CDTF"><xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent></xs:complexType>
<xs:element name="creator"/><xs:element name="description"/><xs:element name="identifier"/><xs:element name="language"/><xs:element name="subject"/><xs:element name="title"/>
<xs:element name="created" type="xs:anyType"/><xs:element name="modified" type="xs:anyType"/></xs:schema>`

// TestPartsAreValid holds every part to the schemas of ECMA-376, where these lie beside the repository.
func TestPartsAreValid(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed; the order of the parts is checked by TestDemoWorkbook all the same")
	}
	const beside = "../../shared/schemas/ooxml"
	if _, err := os.Stat(beside); err != nil {
		t.Skip("the schemas of ECMA-376 are not beside the repository")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(beside)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "purl/org"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, space := range map[string]string{"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"} {
		if err := os.WriteFile(filepath.Join(dir, "purl/org", name+".xsd"), []byte(strings.ReplaceAll(dublinCore, "NAMESPACE", space)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range files(t) {
		p := openPackage(t, b)
		by := map[string][]string{} // files by schema
		for _, part := range slices.Sorted(maps.Keys(p.parts)) {
			i := slices.IndexFunc(schemas, func(s struct{ parts, schema string }) bool {
				ok, _ := path.Match(s.parts, strings.NewReplacer("[", "_", "]", "_").Replace(part))
				return ok
			})
			if i < 0 && part == contentTypes {
				i = slices.IndexFunc(schemas, func(s struct{ parts, schema string }) bool { return s.schema == "opc-contentTypes" })
			}
			if i < 0 {
				t.Errorf("%s: no schema is known for %s", name, part)
				continue
			}
			file := filepath.Join(t.TempDir(), strings.NewReplacer("/", "_", "[", "", "]", "").Replace(part))
			if err := os.WriteFile(file, p.parts[part], 0o644); err != nil {
				t.Fatal(err)
			}
			by[schemas[i].schema] = append(by[schemas[i].schema], file)
		}
		for schema, list := range by {
			out, err := exec.Command(xmllint, append([]string{"--noout", "--nonet", "--schema", filepath.Join(dir, schema+".xsd")}, list...)...).CombinedOutput()
			if err == nil {
				continue
			}
			for line := range strings.Lines(string(out)) {
				// Excel itself keeps blanks at the ends of a text by xml:space, which the schema leaves out.
				if !strings.Contains(line, " validates") && !strings.Contains(line, "fails to validate") && !strings.Contains(line, "XML/1998/namespace}space") {
					t.Errorf("%s by %s: %.300s", name, schema, line)
				}
			}
		}
	}
}

// The programs that open a workbook and print the names of its sheets and the text
// of the second column of each, as JSON.
const (
	excelJS = `const E=require("exceljs");(async()=>{const w=new E.Workbook();await w.xlsx.readFile(process.argv[1]);
console.log(JSON.stringify(w.worksheets.map(s=>[s.name,s.rowCount])));if(!w.keywords||!w.title)throw "no properties"})().catch(e=>{console.error(e);process.exit(1)})`
	sheetJS = `const X=require("xlsx");const w=X.readFile(process.argv[1],{cellFormula:true});
console.log(JSON.stringify(w.SheetNames.map(n=>[n,w.Sheets[n]["!ref"]?X.utils.decode_range(w.Sheets[n]["!ref"]).e.r+1:0])));if(!w.Props.Keywords)throw "no properties"`
	openpyxl = `import sys,json,openpyxl,warnings
warnings.simplefilter("error")
w=openpyxl.load_workbook(sys.argv[1])
assert w.properties.keywords and w.properties.title
assert any(s._charts for s in w.worksheets) or len(w.worksheets)<9
print(json.dumps([[s.title,s.max_row] for s in w.worksheets]))`
)

// TestReadersOpenTheWorkbook lets the readers that npm and Debian offer open the files.
func TestReadersOpenTheWorkbook(t *testing.T) {
	const python = "/usr/bin/python3" // Debian's, which has Debian's packages
	for _, reader := range []struct {
		name    string
		command []string
	}{
		{"ExcelJS", []string{"node", "-e", excelJS}}, {"SheetJS", []string{"node", "-e", sheetJS}}, {"openpyxl", []string{python, "-c", openpyxl}},
	} {
		t.Run(reader.name, func(t *testing.T) {
			dir := ""
			if reader.command[0] == "node" {
				dir = borrowed.Node(t, "testdata/readers")
			} else if exec.CommandContext(t.Context(), python, "-c", "import openpyxl").Run() != nil {
				t.Skip("openpyxl is not here; apt-get install python3-openpyxl to run this test")
			}
			for name, b := range files(t) {
				file := filepath.Join(t.TempDir(), name)
				if err := os.WriteFile(file, b, fs.FileMode(0o644)); err != nil {
					t.Fatal(err)
				}
				cmd := exec.CommandContext(t.Context(), reader.command[0], append(slices.Clone(reader.command[1:]), file)...)
				cmd.Dir = dir
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Errorf("%s: %v\n%.2000s", name, err, out)
					continue
				}
				var sheets [][2]any
				if err := json.Unmarshal(out, &sheets); err != nil {
					t.Fatalf("%s: %v: %.300s", name, err, out)
				}
				f := openWorkbook(t, b)
				for i, tab := range f.GetSheetList() {
					rows, err := f.GetRows(tab)
					if err != nil || i >= len(sheets) || sheets[i][0] != tab || sheets[i][1].(float64) < float64(len(rows)) {
						t.Errorf("%s: sheet %s with %d rows is %v there (%v)", name, tab, len(rows), sheets[min(i, len(sheets)-1)], err)
					}
				}
			}
		})
	}
}
