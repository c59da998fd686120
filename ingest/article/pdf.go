package article

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"ocopstat/record"
)

// Limits of what is read of a PDF.
const (
	maxPages    = 500
	maxPDFText  = 16 << 20
	pdfiumPages = 2048 // of 64 KB, which PDFium may use for a document; memory that grows is copied, so it takes up to four times that
	maxTime     = 20 * time.Second
)

// startPDFium starts PDFium in a WebAssembly sandbox without files, when the
// first PDF comes. Each document gets an instance of its own.
var startPDFium = sync.OnceValues(func() (pdfium.Pool, error) {
	n := runtime.NumCPU()
	return webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: n, MaxTotal: n,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: wazero.NewRuntimeConfig().WithMemoryLimitPages(pdfiumPages).WithCloseOnContextDone(true),
		Stdout:        io.Discard, Stderr: io.Discard,
	})
})

// Scan is the reason of the record.Problem of a PDF that holds pictures of pages.
const Scan = "the PDF is a scan without text"

// instanceFor is an instance of PDFium for one document, to be closed.
func instanceFor(ctx context.Context, c record.Capture) (pdfium.Pdfium, error) {
	pool, err := startPDFium()
	if err == nil {
		var instance pdfium.Pdfium
		if instance, err = pool.GetInstanceWithContext(ctx); err == nil {
			return instance, nil
		}
	}
	return nil, fmt.Errorf("start PDFium to read %s: %w", c.URL, err)
}

// open opens a PDF and says how many pages it has.
func open(instance pdfium.Pdfium, c record.Capture) (doc references.FPDF_DOCUMENT, pages int, err error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &c.Body})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return "", 0, encrypted(c)
	case err != nil:
		return "", 0, damaged(c)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	switch {
	case err != nil:
		return "", 0, damaged(c)
	case count.PageCount > maxPages:
		return "", 0, reject(c, fmt.Sprintf("the PDF has %d pages, the limit is %d", count.PageCount, maxPages), "give the chapter with the figures alone")
	}
	return opened.Document, count.PageCount, nil
}

// Pictures calls see with each page of a PDF, in order, as a PNG of 200 dots to the
// inch, until that fails.
func Pictures(ctx context.Context, c record.Capture, see func(png []byte) error) error {
	instance, err := instanceFor(ctx, c)
	if err != nil {
		return err
	}
	defer instance.Close()
	defer context.AfterFunc(ctx, func() { _ = instance.Kill() })()
	doc, count, err := open(instance, c)
	if err != nil {
		return err
	}
	for i := range count {
		got, err := instance.RenderPageInDPI(&requests.RenderPageInDPI{
			DPI: 200, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}}})
		if err != nil {
			return damaged(c)
		}
		var b bytes.Buffer
		err = png.Encode(&b, got.Result.Image)
		got.Cleanup()
		if err == nil {
			err = see(b.Bytes())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readPDF reads the text of a PDF. Lines become paragraphs again by their places on the page.
func readPDF(ctx context.Context, c record.Capture) (record.Article, error) {
	instance, err := instanceFor(ctx, c)
	if err != nil {
		return record.Article{}, err
	}
	defer instance.Close()
	limited, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	defer context.AfterFunc(limited, func() { _ = instance.Kill() })()
	a, err := readPages(limited, instance, c)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		err = reject(c, fmt.Sprintf("the PDF takes more than %v to read", maxTime), "give the chapter with the figures alone")
	}
	return a, err
}

func readPages(ctx context.Context, instance pdfium.Pdfium, c record.Capture) (record.Article, error) {
	doc, count, err := open(instance, c)
	if err != nil {
		return record.Article{}, err
	}
	var pages [][]printedLine
	size := 0
	for i := range count {
		if err := ctx.Err(); err != nil {
			return record.Article{}, fmt.Errorf("read %s: %w", c.URL, err)
		}
		text, err := instance.GetPageTextStructured(&requests.GetPageTextStructured{
			Page:                   requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}},
			Mode:                   requests.GetPageTextStructuredModeChars,
			CollectFontInformation: true,
		})
		if err != nil {
			return record.Article{}, damaged(c)
		}
		lines := printedLines(text.Chars)
		for _, l := range lines {
			size += len(l.text)
		}
		if size > maxPDFText {
			return record.Article{}, reject(c, "the PDF holds far more text than a document", "give the chapter with the figures alone")
		}
		pages = append(pages, lines)
	}
	if size < 20*count || size == 0 {
		return record.Article{}, reject(c, Scan, "find the document as text, or have it recognised with --ocr")
	}
	return assemble(c, reflow(withoutRunning(pages)))
}

// withoutRunning takes out the heads and feet that repeat from page to page, and page numbers.
func withoutRunning(pages [][]printedLine) [][]printedLine {
	seen := map[string]int{}
	for _, lines := range pages {
		for _, row := range edges(lines) {
			seen[rowText(row)]++
		}
	}
	out := make([][]printedLine, len(pages))
	for k, lines := range pages {
		running := map[printedLine]bool{}
		for _, row := range edges(lines) {
			if text := rowText(row); isPageNumber(text) || len(pages) > 2 && seen[text] > len(pages)/2 {
				for _, l := range row {
					running[l] = true
				}
			}
		}
		for _, l := range lines {
			if !running[l] {
				out[k] = append(out[k], l)
			}
		}
	}
	return out
}

func edges(lines []printedLine) [][]printedLine {
	rows := visualRows(lines)
	if len(rows) <= 4 {
		return rows
	}
	return append(rows[:2:2], rows[len(rows)-2:]...)
}

func rowText(row []printedLine) string {
	var parts []string
	for _, l := range row {
		parts = append(parts, strings.TrimSpace(l.text))
	}
	return strings.Join(parts, " ")
}

// reflow joins lines into paragraphs. A paragraph ends where a line ends short
// of the right margin, where the next is indented or set in another weight or
// size, or where the space between them is larger than usual.
func reflow(pages [][]printedLine) []piece {
	var out []piece
	var open *printedLine // the last line of the open paragraph
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, piece{text: text.String(), kind: record.BlockParagraph})
			text.Reset()
		}
		open = nil
	}
	var count tables
	var table [][]printedLine // not yet put out: it may go on on the next page
	on := 0                   // the page on which it ends
	put := func() {
		if table != nil {
			out = append(out, gridTable(table, &count)...)
			table = nil
		}
	}
	for n, lines := range pages {
		lines, grids := pullTables(lines)
		left, right := margins(lines)
		for i := range lines {
			l := lines[i]
			if cells := grids[i]; cells != nil {
				flush()
				if table == nil || i > 0 || on != n-1 || len(columnsOf(table)) != len(columnsOf(cells)) {
					put()
				}
				table, on = append(table, withoutHeads(cells, table)...), n
				continue
			}
			put()
			if open != nil && !open.continues(l, left, right) {
				flush()
			}
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(strings.TrimSpace(l.text))
			open = &lines[i]
		}
	}
	flush()
	put()
	return out
}

// withoutHeads takes the heads that the page before has printed off the rows of a table.
func withoutHeads(rows, before [][]printedLine) [][]printedLine {
	for i := 0; i < len(before) && len(rows) > 0 && rowText(before[i]) == rowText(rows[0]); i++ {
		rows = rows[1:]
	}
	return rows
}

// margins returns where the lines of a page begin and end, less the few that stand out.
func margins(lines []printedLine) (left, right float64) {
	if len(lines) == 0 {
		return 0, 0
	}
	var lefts, rights []float64
	for _, l := range lines {
		lefts, rights = append(lefts, l.left), append(rights, l.right)
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	return lefts[len(lefts)/10], rights[(len(rights)-1)*9/10]
}

// continues reports whether the next line belongs to the same paragraph.
func (l printedLine) continues(next printedLine, left, right float64) bool {
	size := max(l.height, 1)
	samePage := next.top < l.top
	switch {
	case l.right+next.firstWord() < right: // there was room for the next word
		return false
	case samePage && l.bottom-next.top > 1.2*size:
		return false
	case next.left > left+1.2*size: // indented
		return false
	case l.bold != next.bold && sentenceEnd.MatchString(l.text):
		return false
	case itemMark.MatchString(next.text):
		return false
	case next.height > 1.25*l.height || next.height < 0.8*l.height:
		return false
	}
	return true
}

// firstWord is about how wide the first word of the line is, with a space.
func (l printedLine) firstWord() float64 {
	text := strings.TrimSpace(l.text)
	word, _, _ := strings.Cut(text, " ")
	return (l.right - l.left) * float64(utf8.RuneCountInString(word)+1) / float64(max(utf8.RuneCountInString(text), 1))
}

// The mark of a list item at the start of a line, and that of a sentence at its end.
var (
	itemMark    = regexp.MustCompile(`^\s*(?:[-–+•*] |\x{f0b7})`)
	sentenceEnd = regexp.MustCompile(`[.:;!?]\s*$`)
)

// The space between two columns, in heights of a letter: a jump without a space
// in the text of a page that has spaces, or a gap of any kind.
const (
	columnJump = 0.8
	columnGap  = 1.8
)

// printedLine is a line, or what one column has of it. Lengths are points, from the lower left.
type printedLine struct {
	text                     string
	left, right, top, bottom float64
	height                   float64 // of the letters
	bold                     bool
}

// printedLines puts the characters of a page into lines, in the order in which
// PDFium reads them; it adds the line ends and the spaces between words that a
// page does not have.
func printedLines(chars []*responses.GetPageTextStructuredChar) []printedLine {
	var lines []printedLine
	b := lineBuilder{spaced: hasSpaces(chars)}
	for _, ch := range chars {
		if ch.Text == "\n" || ch.Text == "\r" || b.elsewhere(ch.PointPosition) {
			lines = b.end(lines)
		}
		b.add(ch)
	}
	return b.end(lines)
}

// lineBuilder collects the characters of a line, a stretch in one font after the other.
type lineBuilder struct {
	line printedLine
	text strings.Builder // of the stretch in font
	font string
	any  bool

	spaced bool // the page has its spaces between words in its text
	jumped bool // the last space is not in the text of the page
}

// hasSpaces tells whether the spaces between words are in the text of the page,
// or were put there by PDFium, which gives those no font.
func hasSpaces(chars []*responses.GetPageTextStructuredChar) bool {
	own, made := 0, 0
	for _, ch := range chars {
		switch {
		case ch.Text != " " || ch.FontInformation == nil:
		case ch.FontInformation.Name == "":
			made++
		default:
			own++
		}
	}
	return own > made
}

func (b *lineBuilder) add(ch *responses.GetPageTextStructuredChar) {
	p := ch.PointPosition
	space := strings.TrimSpace(ch.Text) == ""
	b.jumped = space && ch.FontInformation != nil && ch.FontInformation.Name == ""
	if f := ch.FontInformation; f != nil && !space && f.Name != b.font {
		b.endFont()
		b.font = f.Name
	}
	switch ch.Text {
	case "\n", "\r":
		return
	case "\ufffe", "\u00ad": // a hyphen that PDFium takes for the end of a line
		b.text.WriteByte('-')
	default:
		b.text.WriteString(ch.Text)
	}
	if space || p.Right <= p.Left {
		return
	}
	l := &b.line
	bold := strings.Contains(strings.ToLower(b.font), "bold")
	if !b.any {
		l.left, l.right, l.top, l.bottom, l.bold = p.Left, p.Right, p.Top, p.Bottom, bold
		b.any = true
	}
	l.left, l.right = min(l.left, p.Left), max(l.right, p.Right)
	l.top, l.bottom, l.bold = max(l.top, p.Top), min(l.bottom, p.Bottom), l.bold && bold
	if ch.FontInformation != nil {
		l.height = max(l.height, ch.FontInformation.Size)
	}
}

// elsewhere reports whether a character stands under the line so far, or so far
// to the right that it is in another column.
func (b *lineBuilder) elsewhere(p responses.CharPosition) bool {
	l := &b.line
	if !b.any || p.Right <= p.Left {
		return false
	}
	gap := columnGap
	if b.spaced && b.jumped {
		gap = columnJump
	}
	under := p.Top < l.bottom && p.Left < l.right-l.height
	return under || p.Left-l.right > gap*max(l.height, 1)
}

func (b *lineBuilder) endFont() {
	text := b.text.String()
	if old, ok := legacyFont(b.font); ok {
		text = old.read(text)
	}
	b.line.text += text
	b.text.Reset()
}

func (b *lineBuilder) end(lines []printedLine) []printedLine {
	b.endFont()
	if l := b.line; strings.TrimSpace(l.text) != "" && b.any {
		l.height = max(l.height, l.top-l.bottom)
		lines = append(lines, l)
	}
	b.line, b.any = printedLine{}, false
	return lines
}
