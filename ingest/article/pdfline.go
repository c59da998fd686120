package article

import (
	"strings"

	"github.com/klippa-app/go-pdfium/responses"
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

// lineBuilder collects the characters of a line, a stretch in one font after the
// other.
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
