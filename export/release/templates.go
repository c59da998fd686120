package release

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"

	"ocopstat/export/texts"
)

// templates are the files of a release that are text: what is the same in each, and
// where what differs goes.
//
//go:embed templates
var templates embed.FS

// render writes one of the templates. Each language has its own way to take text of
// others: quote that of YAML, cell that of a table in Markdown, xml that of XML.
func render(name string, data any) ([]byte, error) {
	escape := func(s string) (string, error) {
		var b strings.Builder
		err := xml.EscapeText(&b, []byte(s))
		return b.String(), err
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"quote": quote, "cell": cell, "xml": escape,
		"english": func(t texts.Text) string { return cmp.Or(t.EN, t.VI) },
		"join":    codes,
		"add":     func(a, b int) int { return a + b },
	}).ParseFS(templates, "templates/*")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b.Bytes(), nil
}

// codes are the dimensions of a statistic in one cell.
func codes(list [7]string, between string) string { return strings.Join(list[:], between) }

// quote writes a string with JSON's escapes, which YAML reads the same way.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// cell makes text safe inside a cell of a Markdown table.
func cell(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "&", "&amp;", "`", "'", "*", `\*`, "_", `\_`, "[", `\[`).Replace(s)
}
