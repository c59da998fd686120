package article

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ocopstat/record"
)

// readPlain reads a text file. The article's text is the file as decoded, so
// that offsets point into the file itself. Header lines (URL:, Title:,
// Published:, Source:, Byline:, Author:) before the first empty line are
// metadata; then every line that is not empty is a block.
func readPlain(c record.Capture) (record.Article, error) {
	decoded, name := decode(c.Body, c.Charset)
	text := string(decoded)
	a := record.Article{Text: text, Charset: name, Published: record.PublishedOn(record.NoDate)}
	lines := splitLines(text)
	n := plainHeader(&a, lines)
	lines = lines[n:]
	if a.Title == "" && n == 0 {
		lines = plainTitle(&a, lines)
	}
	plainBody(&a, unwrap(text, lines))
	return a, nil
}

// splitLines returns the spans of the lines, less the white space at both ends.
// Empty lines are kept as empty spans.
func splitLines(text string) []record.Span {
	var lines []record.Span
	for start := 0; start <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := strings.TrimSpace(text[start:end])
		from := start + strings.Index(text[start:end], line)
		lines = append(lines, record.Span{Start: from, End: from + len(line)})
		start = end + 1
	}
	return lines
}

// unwrap joins the lines of paragraphs that were broken in mid-sentence: a group
// of lines in which one goes on with a small letter after a line that ends
// without a stop.
func unwrap(text string, lines []record.Span) []record.Span {
	var out []record.Span
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[from].Len() > 0 && lines[to].Len() > 0 {
			to++
		}
		out = append(out, unwrapGroup(text, lines[from:to])...)
		from = to
	}
	return out
}

func unwrapGroup(text string, lines []record.Span) []record.Span {
	if !slices.ContainsFunc(lines[1:], func(l record.Span) bool { return goesOn(text, l) }) {
		return lines
	}
	out := []record.Span{lines[0]}
	for _, l := range lines[1:] {
		last := &out[len(out)-1]
		if separatorOf(l.Of(text)) != "" || strings.ContainsAny(text[last.End-1:last.End], ".:;!?") || !goesOn(text, l) && !strings.Contains("0123456789", text[l.Start:l.Start+1]) {
			out = append(out, l)
			continue
		}
		last.End = l.End
	}
	return out
}

// goesOn reports whether a line begins inside a sentence: with a small letter
// that does not number an entry, as "a)" does, behind a line without a stop.
func goesOn(text string, l record.Span) bool {
	line := l.Of(text)
	r, n := utf8.DecodeRuneInString(line)
	next, _ := utf8.DecodeRuneInString(line[n:])
	before := strings.TrimRight(text[:l.Start], " \t\r\n")
	return unicode.IsLower(r) && next != ')' && next != '.' && next != '/' && before != "" && !strings.ContainsAny(before[len(before)-1:], ".:;!?")
}

// plainHeader reads the header lines and returns how many lines they take.
func plainHeader(a *record.Article, lines []record.Span) int {
	for i, l := range lines {
		key, value, ok := strings.Cut(l.Of(a.Text), ":")
		if !ok {
			return i
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(key) {
		case "url":
			a.URL = value
		case "title":
			a.Title = value
			if value != "" {
				a.Blocks = append(a.Blocks, record.Block{Kind: record.BlockTitle, Span: record.Span{Start: l.End - len(value), End: l.End}})
			}
		case "published":
			if p, ok := parseStamp(value); ok {
				a.Published = p
			}
		case "source":
			a.SourceID = value
		case "byline", "author":
			a.Byline = value
		default:
			return i
		}
	}
	return len(lines)
}

// plainTitle takes the first line as the title when it is short, ends without a
// full stop and stands alone, and returns the lines after it.
func plainTitle(a *record.Article, lines []record.Span) []record.Span {
	for i, l := range lines {
		if l.Len() == 0 {
			continue
		}
		line := l.Of(a.Text)
		alone := i+1 < len(lines) && lines[i+1].Len() == 0
		if _, isDate := issued(line); !alone || isDate || utf8.RuneCountInString(line) > 200 || strings.HasSuffix(line, ".") || isAside(line) {
			return lines
		}
		a.Title = line
		a.Blocks = append(a.Blocks, record.Block{Kind: record.BlockTitle, Span: l})
		return lines[i+1:]
	}
	return lines
}

// isProse reports whether a line is a paragraph that cannot be a teaser.
func isProse(line string) bool {
	return len(line) > 250 && strings.ContainsAny(line[len(line)-5:], ".…!?\"”")
}

func plainBody(a *record.Article, lines []record.Span) {
	var pieces []piece
	var ends []int // where lines stand that usually head what follows an article
	first, tables, within := true, 0, 0
	for i, l := range lines {
		if i < within {
			continue
		}
		if cells, n := plainTable(a.Text, lines[i:], tables+1); n > 0 {
			pieces, within, tables, first = append(pieces, cells...), i+n, tables+1, false
			continue
		}
		line := l.Of(a.Text)
		if isEnding(line) {
			ends = append(ends, len(pieces))
		}
		p, isDate := issued(line)
		by := ""
		if !isDate && first {
			p, by, isDate = labelledDate(line)
			a.Byline = cmp.Or(a.Byline, by)
		}
		if line == "" || !isDate && isAside(line) || seeAlso.MatchString(line) || isImprint(line) {
			continue
		}
		kind := record.BlockParagraph
		switch {
		case isDate:
			kind = record.BlockDateline
			if !a.Published.Date.Known() {
				a.Published = p
			}
		case bylineOf(line) != "" || isSource(line):
			kind = record.BlockByline
		case isCaption(line):
			kind = record.BlockCaption
		case first:
			first = utf8.RuneCountInString(line) < 60 // a section's name may stand over the text
			if p, ok := openingDate(line); ok && !a.Published.Date.Known() {
				a.Published = p
			}
		}
		pieces = append(pieces, piece{kind: kind, text: line, at: l})
	}
	for _, p := range sign(cutEnding(pieces, ends, leastBrief)) {
		if p.kind == record.BlockByline && a.Byline == "" && !isSource(p.text) {
			a.Byline = nameOf(p.text)
		}
		a.Blocks = append(a.Blocks, record.Block{Kind: p.kind, Span: p.at, Cell: p.cell})
	}
}

// nameOf takes the names out of a line that signs the article.
func nameOf(line string) string {
	if name := bylineOf(line); name != "" {
		return name
	}
	name, _, _ := strings.Cut(line, "(") // "Hà Thu (tổng hợp)"
	return strings.TrimSpace(name)
}
