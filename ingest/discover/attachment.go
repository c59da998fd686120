package discover

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// attachmentTypes are the endings of the files that an article brings along.
var attachmentTypes = []string{".pdf", ".docx", ".xlsx"}

// Attachments returns the documents (PDF, DOCX, XLSX) of the same site that a
// page links to, in order and at most most.
func Attachments(body []byte, contentType, base string, most int) ([]Link, error) {
	doc, at, err := document(body, contentType, base)
	if err != nil {
		return nil, fmt.Errorf("attachments of %s: %w", base, err)
	}
	var out []Link
	doc.Find("a[href], iframe[src], embed[src], object[data]").Each(func(_ int, e *goquery.Selection) {
		ref := e.AttrOr("href", e.AttrOr("src", e.AttrOr("data", "")))
		address, ok := resolve(at, ref)
		if !ok || len(out) >= most || !isAttachment(address) || !sameSite(address, base) {
			return
		}
		if !slices.ContainsFunc(out, func(l Link) bool { return l.URL == address }) {
			out = append(out, Link{URL: address, Title: anchorTitle(e)})
		}
	})
	return out, nil
}

// isAttachment looks at the path, and at the query, where viewers and download
// pages carry the file's name.
func isAttachment(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if slices.Contains(attachmentTypes, strings.ToLower(path.Ext(u.Path))) {
		return true
	}
	for _, values := range u.Query() {
		for _, v := range values {
			if slices.Contains(attachmentTypes, strings.ToLower(path.Ext(v))) {
				return true
			}
		}
	}
	return false
}

// PageText is the text of a page without what surrounds an article as a rule:
// menus, header, footer, scripts. It serves the relevance test alone; reading an
// article is the work of another stage. A page that cannot be parsed has none.
func PageText(body []byte, contentType string) string {
	doc, _, err := document(body, contentType, "http://page.invalid/")
	if err != nil {
		return ""
	}
	doc.Find("script, style, noscript, template, nav, header, footer, aside, form").Remove()
	return textOf(doc.Selection)
}
