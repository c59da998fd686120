// Package site writes the evidence pages of a release: a map and a table of the
// provinces, for each province its numbers, conflicts and checks, each article
// with the numbers marked that were read in it, and each outlet and week. The
// pages are plain HTML and CSS: they ask nothing of any server, work from a folder
// and are whole without their one script, which sorts and filters the table of
// provinces.
package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// Options say which release the pages belong to.
type Options struct {
	Version string
	Date    record.Date
	Texts   Texts // "" is TextsQuotes

	Citation string         // one line to cite the release with
	Revised  []Revision     // what is said otherwise than in the release before
	Since    string         // the version of that release, "" for the first
	Dataset  map[string]any // the schema.org/Dataset that the first page carries; nil for none
}

// Texts says how much of the articles' own words the pages and tables of a
// release hold.
type Texts string

// None are titles and printed numbers alone, quotes the sentences of figures too,
// full the whole texts.
const (
	TextsNone   Texts = "none"
	TextsQuotes Texts = "quotes"
	TextsFull   Texts = "full"
)

// maxPage is how many bytes of content one page holds before the next begins.
// With its style and frame a page stays below 200 KB.
const maxPage = 140_000

// Write makes all pages of a release and hands each, with its name below the
// folder of the site, to write. Its first error ends the work. The rows are
// in the order of table.Set. Equal rows and options give equal pages in the same
// order.
func Write(rows table.Rows, opt Options, write func(name string, page []byte) error) error {
	opt.Texts = cmp.Or(opt.Texts, TextsQuotes)
	b, err := newBook(rows, opt)
	if err != nil {
		return err
	}
	b.write = write
	for _, step := range []func() error{b.writeArticles, b.writePlaces, b.writeList, b.writeOutlets, b.writeWeeks, b.writeRevisions, b.writeTable, b.writeIndex} {
		if err := step(); err != nil {
			return fmt.Errorf("evidence pages: %w", err)
		}
	}
	return nil
}

//go:embed assets/pages.html
var pagesHTML string

//go:embed assets/style.css
var styleCSS string

// tableJS sorts and filters the table of provinces.
//
//go:embed assets/table.js
var tableJS string

// frame is what every page has around its content.
type frame struct {
	Title  texts.Text
	Root   string // leads to the folder of the site: "" or "../"
	Book   *book
	Pages  []pageLink
	Body   any
	Script bool // the page has the script
	First  bool // the page is the first of the site
}

// pageLink leads to one page of several.
type pageLink struct {
	File    string
	Number  int
	Current bool
}

func loadTemplates() (*template.Template, error) {
	style := styleCSS + tileCSS()
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	policy := func(script bool) string {
		p := "default-src 'none'; style-src " + digest(style)
		if script {
			p += "; script-src " + digest(tableJS)
		}
		return p + "; base-uri 'none'; form-action 'none'"
	}
	return template.New("pages").Funcs(template.FuncMap{
		"style":  func() template.HTML { return template.HTML("<style>" + style + "</style>") },
		"script": func() template.HTML { return template.HTML("<script>" + tableJS + "</script>") },
		"policy": policy,
		"text":   texts.Of,
		"line":   texts.Both,
		"say":    say,
		"clip":   clip,
		"files":  files,
		"row":    rowAnchor,
		"remark": remark,
	}).Parse(pagesHTML)
}

// files leads from a page to the files of tables: root leads to the site, which
// lies beside them.
func files(root string, tables ...string) (out []placeLink) {
	for _, t := range tables {
		out = append(out, placeLink{Name: t, File: root + "../" + t})
	}
	return out
}

// page renders a whole page.
func (b *book) page(name string, f frame) ([]byte, error) {
	body, err := b.fragment(name, f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = b.templates.ExecuteTemplate(&out, "frame", struct {
		frame
		Content template.HTML
	}{f, body})
	return out.Bytes(), err
}

// fragment renders a part of a page.
func (b *book) fragment(name string, data any) (template.HTML, error) {
	var out bytes.Buffer
	err := b.templates.ExecuteTemplate(&out, name, data)
	return template.HTML(out.String()), err
}

// say is a text in both languages, the English marked as such.
func say(key string, values ...any) template.HTML {
	t := texts.Of(key, values...)
	return template.HTML(template.HTMLEscapeString(t.VI) + ` <span class="en" lang="en">` + template.HTMLEscapeString(t.EN) + "</span>")
}

// writePages writes the pages of what begins at a page, one for each body.
func (b *book) writePages(template, first string, title texts.Text, bodies []any) error {
	root := ""
	if strings.Contains(first, "/") {
		root = "../"
	}
	for i, body := range bodies {
		page, err := b.page(template, frame{Title: title, Root: root, Book: b, Pages: pageLinks(first, i, len(bodies)), Body: body,
			Script: first == tableFile, First: first == indexFile})
		if err != nil {
			return err
		}
		if err := b.write(numbered(first, i), page); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the pages of a table whose rows are rendered, one page where there
// are none; body gives what a page with some of them shows.
func (b *book) writeRows(name, first string, title texts.Text, rows []template.HTML, body func(rows []template.HTML) any) error {
	var bodies []any
	for _, part := range pagesOf(rows, maxPage) {
		bodies = append(bodies, body(part))
	}
	if len(bodies) == 0 {
		bodies = []any{body(nil)}
	}
	return b.writePages(name, first, title, bodies)
}

// pageLinks lists the pages of what begins at a page, none when it is one.
func pageLinks(first string, current, n int) (out []pageLink) {
	if n < 2 {
		return nil
	}
	for i := range n {
		out = append(out, pageLink{numbered(first, i), i + 1, i == current})
	}
	return out
}
