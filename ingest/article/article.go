// Package article reads the article out of a captured document: bytes become a
// text in blocks, with a title, a byline and a publication date. HTML, plain
// text, PDF, DOCX and XLSX are read; the content decides which, not its label.
//
// Everything here is a pure function of the capture. Documents come from the
// open web and are treated as hostile: size, depth and expansion are limited.
package article

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/record"
)

// maxBytes is the largest document that is read.
const maxBytes = 64 << 20

// Read turns a capture into an article. Its text is valid UTF-8, its blocks are in
// order, do not overlap and begin and end on rune boundaries. A document without
// an article gives a record.Problem with its URL for a name; any other error is a
// failure of the reader or of ctx.
func Read(ctx context.Context, c record.Capture) (record.Article, error) {
	if err := ctx.Err(); err != nil {
		return record.Article{}, fmt.Errorf("read %s: %w", c.URL, err)
	}
	switch {
	case len(bytes.TrimSpace(c.Body)) == 0:
		return record.Article{}, reject(c, "the document is empty", "fetch or save it again")
	case len(c.Body) > maxBytes:
		return record.Article{}, reject(c, fmt.Sprintf("the document has %d MB, the limit is %d MB", len(c.Body)>>20, maxBytes>>20),
			"give the article itself, not a collection")
	}
	format := sniff(c)
	a, err := readAs(ctx, format, c)
	if err != nil {
		return record.Article{}, err
	}
	if strings.TrimSpace(a.Text) == "" || len(a.Blocks) == 0 {
		return record.Article{}, reject(c, "no article text was found", "give the page of a single article")
	}
	if a.URL == "" { // a text file may name the page that it was copied from
		a.URL = c.URL
	}
	if c.SourceID != "" {
		a.SourceID = c.SourceID
	}
	a.CapturedAt = c.CapturedAt
	a.MediaType = format
	a.SHA256 = c.SHA256()
	a.ID = record.ArticleID(a.URL, a.SHA256)
	return a, nil
}

func reject(c record.Capture, reason, advice string) record.Problem {
	return record.Problem{Name: cmp.Or(c.URL, "a document without a name"), Reason: reason, Advice: advice}
}

// The media types of what can be read.
const (
	typeHTML  = "text/html"
	typePlain = "text/plain"
	typePDF   = "application/pdf"
	typeDOCX  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeOLE   = "application/x-ole-storage" // Word and Excel before 2007, and encrypted documents
	typeOther = "application/octet-stream"
)

func readAs(ctx context.Context, format string, c record.Capture) (record.Article, error) {
	switch format {
	case typeHTML:
		return readHTML(c)
	case typePlain:
		return readPlain(c)
	case typeDOCX:
		return readDOCX(ctx, c)
	case typeXLSX:
		return readXLSX(ctx, c)
	case typePDF:
		return readPDF(ctx, c)
	case typeOLE:
		if bytes.Contains(c.Body, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return record.Article{}, encrypted(c)
		}
		return record.Article{}, reject(c, "the document is in a Word or Excel format from before 2007", "save it as .docx, .xlsx or PDF")
	}
	return record.Article{}, reject(c, "neither a web page, a text, a PDF, a DOCX nor an XLSX file", "convert it to one of these")
}

// sniff tells the kind of document: magic bytes, then markup, then what was declared, then the extension.
func sniff(c record.Capture) string {
	head := c.Body[:min(len(c.Body), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return typePDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZip(c)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return typeOLE
	case !isUTF16(head) && isBinary(c.Body[:min(len(c.Body), 8192)]):
		return typeOther
	case looksHTML(c.Body):
		return typeHTML
	}
	declared, _, _ := strings.Cut(strings.ToLower(c.MediaType), ";")
	if slices.Contains([]string{typeHTML, "application/xhtml+xml"}, strings.TrimSpace(declared)) ||
		slices.Contains([]string{".html", ".htm", ".xhtml", ".aspx"}, extension(c.URL)) {
		return typeHTML
	}
	return typePlain
}

func sniffZip(c record.Capture) string {
	switch {
	case bytes.Contains(c.Body, []byte("word/document.xml")):
		return typeDOCX
	case bytes.Contains(c.Body, []byte("xl/workbook.xml")):
		return typeXLSX
	case extension(c.URL) == ".docx":
		return typeDOCX
	case extension(c.URL) == ".xlsx":
		return typeXLSX
	}
	return typeOther
}

func extension(url string) string {
	url, _, _ = strings.Cut(url, "?")
	url, _, _ = strings.Cut(url, "#")
	return strings.ToLower(path.Ext(url))
}

// isBinary reports what is no text in any encoding: it has a NUL, or one byte in a
// hundred is one that the sniffing standard of WHATWG calls binary, without those
// that are letters in VISCII.
func isBinary(b []byte) bool {
	n := 0
	for _, c := range b {
		switch {
		case c == 0:
			return true
		case c < 0x20 && !bytes.ContainsRune([]byte("\t\n\f\r\x1b\x02\x05\x06\x14\x19\x1e"), rune(c)):
			n++
		}
	}
	return n*100 > len(b)
}

func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}

// htmlStart is what a web page begins with, as in the sniffing standard of
// WHATWG, after htmlBefore: space and comments.
var (
	htmlBefore = regexp.MustCompile(`(?s)^(?:\s|<!--.*?-->|<\?.*?\?>)*`)
	htmlStart  = regexp.MustCompile(`(?i)^<(?:!doctype|html|head|script|iframe|h[12]|div|font|table|a[ >]|style|title|b>|` +
		`body|br|p[ >]|meta|link|article|section|main|center|span|!--|\?)`)
)

func looksHTML(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if isUTF16(b) {
		b = bytes.ReplaceAll(b[2:min(len(b), 4096)], []byte{0}, nil)
	}
	return htmlStart.Match(b[len(htmlBefore.Find(b)):])
}

// piece is one block of text on its way into an article.
type piece struct {
	kind record.BlockKind
	text string
	cell *record.Cell
	at   record.Span // in a plain text
}

// compose puts pieces together: each is a block, one line end stands between
// two blocks. Empty pieces are left out.
func compose(pieces []piece) (string, []record.Block) {
	var text strings.Builder
	blocks := make([]record.Block, 0, len(pieces))
	for _, p := range pieces {
		if p.text == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		start := text.Len()
		text.WriteString(p.text)
		blocks = append(blocks, record.Block{Kind: p.kind, Span: record.Span{Start: start, End: text.Len()}, Cell: p.cell})
	}
	return text.String(), blocks
}

// oneSpace collapses runs of white space into single spaces. No-break spaces are characters like any other.
func oneSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.FieldsFuncSeq(s, isSpace) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

func isSpace(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

// squeeze is oneSpace of text that may not be UTF-8.
func squeeze(s string) string { return strings.ToValidUTF8(oneSpace(s), string(utf8.RuneError)) }
