package article

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/record"
)

// assemble turns the paragraphs and cells of an office document or PDF into an
// article: it finds title, date and signature, and leaves the order as it is. A
// piece is a title where the document says so, a paragraph when nothing is
// known.
func assemble(c record.Capture, read []piece) (record.Article, error) {
	a := record.Article{Published: record.PublishedOn(record.NoDate), Charset: "utf-8"}
	var pieces []piece
	for _, p := range mergeTitle(read) {
		p.text = strings.TrimSpace(squeeze(p.text))
		if p.text == "" || p.cell == nil && isPageNumber(p.text) {
			continue
		}
		if p.cell == nil && p.kind != record.BlockTitle {
			p.kind = documentKind(p)
		}
		pieces = append(pieces, p)
	}
	if len(pieces) == 0 {
		return a, reject(c, "the document holds no text", "give the document itself, not its cover")
	}
	for i, p := range pieces {
		switch {
		case p.kind == record.BlockTitle && a.Title == "":
			a.Title = p.text
		case p.kind == record.BlockByline && a.Byline == "" && !isSource(p.text):
			a.Byline = nameOf(p.text)
		}
		if d, ok := issued(p.text); ok && !a.Published.Date.Known() && (i < 40 || p.kind == record.BlockDateline) {
			a.Published = d
		}
	}
	a.Text, a.Blocks = compose(pieces)
	return a, nil
}

func documentKind(p piece) record.BlockKind {
	if _, ok := issued(p.text); ok {
		return record.BlockDateline
	}
	switch {
	case bylineOf(p.text) != "" || isSource(p.text):
		return record.BlockByline
	case p.kind == record.BlockParagraph && isCaption(p.text):
		return record.BlockCaption
	}
	return p.kind
}

// placeDate matches the line with which an office dates a document: "Hậu Giang,
// ngày 12 tháng 01 năm 2023", with the document's number before it or not.
var placeDate = regexp.MustCompile(`^(?:` + pattern(`<doc-number>`).String() + `\s*:?[^,]{0,40}\s)?\p{Lu}[\p{L} .-]{1,40},\s*` +
	pattern(`<day>\s+(?:\d{1,2}\s+<month>\s+\d{1,2}\s+<year>\s+(?:19|20)\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2})`).String() + `\.?$`)

// issued reads a line that dates the document and says nothing else.
func issued(line string) (record.Published, bool) {
	if len(line) > 120 {
		return record.Published{}, false
	}
	p, spans, ok := findPrinted(line)
	return p, ok && (placeDate.MatchString(line) || !endsTitle.MatchString(line) && bare(datelineWords.ReplaceAllString(without(line, spans), "")) == "")
}

// official are the kinds of document that stand in capitals over the title of an administrative document.
var official = setOf(words("official"))

// mergeTitle marks the title: what the document calls so, else the kind of an
// administrative document with the lines under it, else a short first line
// without a full stop.
func mergeTitle(ps []piece) []piece {
	first := -1
	for i, p := range ps[:min(len(ps), 40)] {
		if p.kind == record.BlockTitle {
			return ps
		}
		if p.cell != nil || strings.TrimSpace(p.text) == "" {
			continue
		}
		if official[bare(p.text)] && strings.ToUpper(p.text) == p.text {
			return joinTitle(ps, i)
		}
		if first < 0 {
			first = i
		}
	}
	if first >= 0 && looksLikeTitle(ps[first].text) {
		ps[first].kind = record.BlockTitle
	}
	return ps
}

// What a line begins with that is no title, and that follows the title.
var (
	letterhead = pattern(`^<letterhead>`)
	endsTitle  = pattern(`^<ends-title>`)
)

// looksLikeTitle reports whether a first line can be a title: short, a phrase of
// some words, no motto of the state and no letterhead.
func looksLikeTitle(s string) bool {
	if _, dated := issued(s); dated {
		return false
	}
	n := utf8.RuneCountInString(s)
	return !letterhead.MatchString(s) && n >= 12 && n <= 200 && !strings.ContainsAny(s[len(s)-1:], ".:;,") && !isAside(s)
}

// joinTitle makes one title of the kind of a document and the lines under it that say what it is about.
func joinTitle(ps []piece, at int) []piece {
	end, title := at+1, strings.TrimSpace(ps[at].text)
	for end < len(ps) && end < at+4 && ps[end].cell == nil {
		text := strings.TrimSpace(ps[end].text)
		n := utf8.RuneCountInString(text)
		if _, dated := issued(text); dated || text != "" && (n > 160 || strings.ContainsAny(text[len(text)-1:], ".:;") || endsTitle.MatchString(text)) {
			break
		}
		end++
		if strings.Trim(text, "-–—_ ") != "" {
			title += " " + text
		} else if text != "" {
			break
		}
	}
	out := append(ps[:at:at], piece{text: title, kind: record.BlockTitle})
	return append(out, ps[end:]...)
}

// pageNumber matches "3", "- 3 -", "3/12", "Trang 3".
var pageNumber = pattern(`^<page>?\s*[-–—]?\s*\d{1,4}(\s*/\s*\d{1,4})?\s*[-–—]?$`)

func isPageNumber(s string) bool { return len(s) < 24 && pageNumber.MatchString(s) }

// Limits of what a packed document may unfold to.
const (
	maxUnpacked = 256 << 20 // all entries
	maxEntry    = 96 << 20  // one entry
	maxRatio    = 250       // of an entry of more than 8 MB to its packed size
	maxEntries  = 10000
)

func openZip(c record.Capture) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(c.Body), int64(len(c.Body)))
	if err != nil {
		return nil, reject(c, "the file is damaged: it is no complete zip archive", "fetch or save it again")
	}
	if len(z.File) > maxEntries {
		return nil, bomb(c)
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
		large := f.UncompressedSize64 > 8<<20
		if f.UncompressedSize64 > maxEntry || total > maxUnpacked || large && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, bomb(c)
		}
	}
	return z, nil
}

func bomb(c record.Capture) record.Problem {
	return reject(c, "the file unfolds to far more than a real document (zip bomb)", "do not open it; ask for the document in another way")
}

// zipEntry unpacks one entry; nil when there is none of that name.
func zipEntry(c record.Capture, z *zip.Reader, name string) ([]byte, error) {
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == name })
	if i < 0 {
		return nil, nil
	}
	r, err := z.File[i].Open()
	if err != nil {
		return nil, damaged(c)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxEntry+1))
	switch {
	case err != nil:
		return nil, damaged(c)
	case len(b) > maxEntry: // whatever its header says
		return nil, bomb(c)
	}
	return b, nil
}
