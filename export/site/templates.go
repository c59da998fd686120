package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
)

//go:embed assets/pages.html
var pagesHTML string

//go:embed assets/style.css
var styleCSS string

// templates are the parsed templates of all pages.
type templates struct{ *template.Template }

// frame is what every page has around its content.
type frame struct {
	Title Text
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

func loadTemplates() (*templates, error) {
	style := styleCSS + tileCSS()
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	t, err := template.New("pages").Funcs(template.FuncMap{
		"style":  func() template.HTML { return template.HTML("<style>" + style + "</style>") },
		"policy": func() string { return policy },
		"both":   func(vi, en string) Text { return Text{vi, en} },
		"clip":   clip,
	}).Parse(pagesHTML)
	if err != nil {
		return nil, fmt.Errorf("pages.html: %w", err)
	}
	return &templates{t}, nil
}

// page renders a whole page.
func (t *templates) page(name string, f frame) ([]byte, error) {
	body, err := t.fragment(name, f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "frame", struct {
		frame
		Content template.HTML
	}{f, body})
	return b.Bytes(), err
}

// fragment renders a part of a page.
func (t *templates) fragment(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	err := t.ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err
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
