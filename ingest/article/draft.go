package article

import (
	"strings"
	"unicode/utf8"

	"ocopstat/record"
)

// piece is one block of text on its way into an article.
type piece struct {
	kind record.BlockKind
	text string
	cell *record.Cell
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

// squeezer collapses runs of white space into single spaces while text is
// written to it piece by piece. No-break spaces are characters like any other.
type squeezer struct {
	b       strings.Builder
	pending bool // a space is due before the next character
}

func (q *squeezer) write(s string) {
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			q.pending = true
			i++
			continue
		}
		j := i + 1
		for j < len(s) && !isSpace(s[j]) {
			j++
		}
		if q.pending && q.b.Len() > 0 {
			q.b.WriteByte(' ')
		}
		q.pending = false
		q.b.WriteString(s[i:j])
		i = j
	}
}

func (q *squeezer) String() string { return q.b.String() }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'
}

func squeeze(s string) string {
	var q squeezer
	q.write(s)
	return strings.ToValidUTF8(q.String(), string(utf8.RuneError))
}
