package table

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/record"
)

// Description is a row of the table "dictionary": what one column, or one code in it, means.
type Description struct {
	Table   string
	Column  string
	Code    string // "" for the column itself, else one value that it can have
	Type    string // Arrow type of the column; "" for a code
	Unit    string
	LabelVI string // a few words: a header, a word in a sentence
	LabelEN string
	NoteVI  string // a sentence or two
	NoteEN  string
}

// EmptyCode stands for the empty string in Description.Code, because that marks the column itself.
const EmptyCode = "(empty)"

var dictionaryTable = tableOf("dictionary",
	code("table", func(r *Description) *string { return &r.Table }),
	code("column", func(r *Description) *string { return &r.Column }),
	text("code", func(r *Description) *string { return &r.Code }),
	code("type", func(r *Description) *string { return &r.Type }),
	code("unit", func(r *Description) *string { return &r.Unit }),
	text("label_vi", func(r *Description) *string { return &r.LabelVI }),
	text("label_en", func(r *Description) *string { return &r.LabelEN }),
	text("note_vi", func(r *Description) *string { return &r.NoteVI }),
	text("note_en", func(r *Description) *string { return &r.NoteEN }),
)

//go:embed dictionary.tsv
var dictionaryTSV string

// Descriptions describes every column of every table, each followed by its
// codes, in the order of the schemas.
func Descriptions() ([]Description, error) {
	entries, err := parseDictionary(dictionaryTSV)
	if err != nil {
		return nil, err
	}
	find := func(table, column string) []Description {
		if own := entries[[2]string{table, column}]; own != nil {
			return own
		}
		return entries[[2]string{"*", column}]
	}
	var out []Description
	for _, t := range Schemas() {
		for _, f := range t.Schema.Fields() {
			rows := find(t.Name, f.Name)
			if len(rows) == 0 || rows[0].Code != "" {
				return nil, fmt.Errorf("dictionary.tsv: column %s of table %s is not described", f.Name, t.Name)
			}
			for _, d := range rows {
				d.Table = t.Name
				if d.Code == "" {
					d.Type = typeName(f.Type)
				}
				out = append(out, d)
			}
			if rows[0].Unit == remarks {
				out = append(out, describeRemarks(t.Name, f.Name)...)
			}
		}
	}
	return out, nil
}

// remarks is the unit of columns that hold record.Remark.
const remarks = "remarks"

// describeRemarks lists the codes that a column of remarks can hold. A label is
// the remark in words, with {1} for its first value.
func describeRemarks(table, column string) []Description {
	var out []Description
	for _, c := range record.RemarkCodes(column) {
		en, vi := c.Templates()
		out = append(out, Description{Table: table, Column: column, Code: string(c), LabelVI: vi, LabelEN: en})
	}
	return out
}

// parseDictionary reads the lines of dictionary.tsv by table and column. A
// table of "*" means every table with that column that has no entry of its own.
func parseDictionary(tsv string) (map[[2]string][]Description, error) {
	const width = 8
	out := map[[2]string][]Description{}
	for n, line := range strings.Split(tsv, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != width {
			return nil, fmt.Errorf("dictionary.tsv:%d: %d fields, want %d", n+1, len(f), width)
		}
		key := [2]string{f[0], f[1]}
		out[key] = append(out[key], Description{
			Table: f[0], Column: f[1], Code: f[2], Unit: f[3],
			LabelVI: f[4], LabelEN: f[5], NoteVI: f[6], NoteEN: f[7],
		})
	}
	return out, nil
}

// typeName names an Arrow type as a reader of the Parquet or CSV meets it.
func typeName(t arrow.DataType) string {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return t.ValueType.String()
	case *arrow.ListType:
		return "list<" + t.Elem().String() + ">"
	}
	return t.String()
}
