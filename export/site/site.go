// Package site writes the evidence pages of a release: a map of the provinces,
// for each province its numbers, conflicts and checks, and each article with
// the numbers marked that were read in it. The pages are plain HTML and CSS:
// they ask nothing of any server, run no script and work from a folder.
package site

import (
	"bytes"
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
}

// maxPage is how many bytes of content one page holds before the next begins.
// With its style and frame a page stays below 200 KB.
const maxPage = 140_000

// Write makes all pages of a release and hands each, with its name below the
// folder of the site, to write. Its first error ends the work. Equal rows and
// options give equal pages in the same order.
func Write(rows table.Rows, opt Options, write func(name string, page []byte) error) error {
	b, err := newBook(table.Sort(rows), opt)
	if err != nil {
		return err
	}
	b.write = write
	for _, step := range []func() error{b.writeArticles, b.writePlaces, b.writeList, b.writeIndex} {
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

// frame is what every page has around its content.
type frame struct {
	Title texts.Text
	Root  string // leads to the folder of the site: "" or "../"
	Book  *book
	Pages []pageLink
	Body  any
}

// pageLink leads to one page of several.
type pageLink struct {
	File    string
	Number  int
	Current bool
}

func loadTemplates() (*template.Template, error) {
	style := styleCSS + tileCSS()
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	return template.New("pages").Funcs(template.FuncMap{
		"style":  func() template.HTML { return template.HTML("<style>" + style + "</style>") },
		"policy": func() string { return policy },
		"text":   texts.Of,
		"line":   texts.Both,
		"say":    say,
		"clip":   clip,
	}).Parse(pagesHTML)
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
		page, err := b.page(template, frame{Title: title, Root: root, Book: b, Pages: pageLinks(first, i, len(bodies)), Body: body})
		if err != nil {
			return err
		}
		if err := b.write(numbered(first, i), page); err != nil {
			return err
		}
	}
	return nil
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
