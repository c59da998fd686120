package article

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ocopstat/record"
)

// The least text of an article, in bytes, its title not counted: on a page with
// much else, and on a page with nothing else.
const (
	leastProse = 100
	leastBrief = 20
)

// readHTML reads a web page. The text is the title, then the blocks of the article, a line each.
func readHTML(c record.Capture) (record.Article, error) {
	text, name := decode(c.Body, c.Charset)
	root, err := html.Parse(withoutScripts(text))
	if err != nil {
		return record.Article{}, reject(c, "the page is nested too deep to be a real one", "leave it out")
	}
	p := layout(root, len(text)/2)
	top := p.body()
	if top < 0 {
		return record.Article{}, noArticle(c)
	}
	r := reader{page: p, meta: readMetadata(goquery.NewDocumentFromNode(root).FindNodes(p.data...)), top: top, seen: map[string]bool{}, tables: map[int32][]tableCell{}}
	if r.captured = record.NoDate; !c.CapturedAt.IsZero() {
		r.captured = record.DateIn(c.CapturedAt)
	}
	pieces, published := r.read()
	if r.prose < leastBrief || r.prose < leastProse && !p.isPlain() {
		return record.Article{}, noArticle(c)
	}
	a := record.Article{Title: r.title, Byline: r.byline, Published: published, Charset: name}
	if !isWeb(c.URL) {
		a.URL = r.meta.url // a page saved as a file says where it came from
	}
	a.Text, a.Blocks = compose(pieces)
	return a, nil
}

// withoutScripts gives a page to be parsed without what stands in its scripts and
// styles, half of many, which the parser goes over letter by letter. JSON-LD stays,
// and what could begin or end elsewhere than it seems.
func withoutScripts(page []byte) io.Reader {
	var kept []io.Reader
	count := func(b []byte, s string) int { return bytes.Count(b, []byte(s)) }
	for at := 0; ; {
		name := "script"
		next := bytes.Index(page[at:], []byte("<s"))
		if at += max(next, 0); bytes.HasPrefix(page[at:], []byte("<style")) {
			name = "style"
		}
		if next >= 0 && !bytes.HasPrefix(page[at:], []byte("<"+name)) {
			at += len("<s")
			continue
		}
		tag := at + bytes.IndexByte(page[at:], '>') + 1
		size := bytes.Index(page[tag:], []byte("</"))
		if next < 0 || tag == at || size < 0 {
			return io.MultiReader(append(kept, bytes.NewReader(page))...)
		}
		head, said, end := page[at:tag], page[tag:tag+size], page[tag+size:]
		if bytes.HasPrefix(end, []byte("</"+name)) && count(head, "ld+json") == 0 && count(head, `"`)%2+count(head, "'")%2 == 0 &&
			count(said, "<"+name)+count(said, "<!--")+count(said, "-->") == 0 {
			kept = append(kept, bytes.NewReader(page[:tag]))
			page, at = end, 0
		} else {
			at = tag + size
		}
	}
}

func noArticle(c record.Capture) record.Problem {
	return reject(c, "the page holds no article, only links and labels", "give the page of a single article, not a list")
}

// reader turns the lines of a page into pieces of an article.
type reader struct {
	*page
	meta     metadata
	top      int32 // the element that holds the body
	title    string
	byline   string
	signed   string // the author beside a date over the text
	printed  string // the line over the body that prints the date
	dates    []printedDate
	captured record.Date     // the day of the capture, NoDate when unknown
	prose    int             // bytes of text in the body
	seen     map[string]bool // longer lines that were read
	led      bool            // the lead, or other prose, has been read
	tables   map[int32][]tableCell
	count    tables
}

func (r *reader) read() ([]piece, record.Published) {
	first, last := r.bodyLines()
	title, after := r.findTitle(first, last)
	first = max(first, after)
	above := r.above(title)
	head := r.header(after, first)
	body := append(r.blocks(first, last), r.footer(last)...)
	if r.title == "" { // a document put up as it is
		body = mergeTitle(append(head, body...))
		head = nil
		if i := slices.IndexFunc(body, func(p piece) bool { return p.kind == record.BlockTitle }); i >= 0 {
			r.title = body[i].text
		}
	} else {
		head = append([]piece{{kind: record.BlockTitle, text: r.title}}, head...)
	}
	r.timeElement(title)
	published := r.published()
	above = slices.DeleteFunc(above, func(p piece) bool { d, _, ok := findPrinted(p.text); return !ok || d.Date != published.Date })
	r.byline = r.findByline(after, head, body)
	if len(head) > 0 {
		above = append(head[:1:1], above...)
		head = head[1:]
	}
	return slices.Concat(above, head, body), published
}

func (r *reader) bodyLines() (first, last int) {
	lo, hi := r.top, r.nodes[r.top].end
	for first < len(r.lines) && r.lines[first].lo < lo {
		first++
	}
	last = first
	for last < len(r.lines) && r.lines[last].lo < hi {
		last++
	}
	return first, last
}

func (r *reader) above(title int) (pieces []piece) {
	for i := max(0, title-nearDate); i < title; i++ {
		l := r.lines[i]
		if text := r.text(l); (!r.outside(l.block) || r.is(l.lo, roleDate)) && r.isDateline(l, text, rankAbove) && !r.outside(l.block) {
			pieces = append(pieces, piece{kind: record.BlockDateline, text: text})
			r.printed = text
		}
	}
	return pieces
}

// header reads what stands between the title and the body: date, authors, lead.
func (r *reader) header(from, to int) []piece {
	var pieces []piece
	for _, l := range r.lines[from:to] {
		if r.outside(l.block) || l.size > 2000 {
			continue
		}
		text := r.text(l)
		switch {
		case text == r.title || r.again(text):
		case r.isDateline(l, text, rankHead):
			pieces = append(pieces, piece{kind: record.BlockDateline, text: text})
			r.printed = text
		case r.isLead(l, text):
			pieces = append(pieces, piece{kind: record.BlockLead, text: text})
			r.led = true
		case r.isByline(l, text) && !r.seen[text]:
			pieces = append(pieces, piece{kind: record.BlockByline, text: text})
			r.seen[text] = true // lists of authors repeat their names
		}
	}
	return pieces
}

// isDateline reports whether a line near the title prints the date: it says
// nothing else, or is named so. It takes note of the date, and of one that
// stands beside a section, an author or counters.
func (r *reader) isDateline(l line, text string, rank dateRank) bool {
	d, ok := issued(text)
	if !ok && l.size <= 120 && l.linked*2 <= l.size && r.is(l.lo, roleDate) {
		d, _, ok = findPrinted(text)
	}
	if rank == rankHead && l.linked*2 <= l.size {
		if beside, by, labelled := labelledDate(text); labelled {
			r.signed = cmp.Or(r.signed, by)
			r.dated(beside, text, rank)
		}
	}
	if ok {
		r.dated(d, text, rank)
	}
	return ok
}

// isLead reports whether a line before the body is the lead: it is named so, or
// it says what the page's description says.
func (r *reader) isLead(l line, text string) bool {
	if l.size < proseSize/2 || l.linked*2 > l.size {
		return false
	}
	return r.is(l.block, roleLead) || sameStart(text, r.meta.description)
}

// sameStart reports whether two texts begin alike, over 40 bytes or more.
func sameStart(a, b string) bool {
	n := min(len(a), len(b), 80)
	return n >= 40 && a[:n] == b[:n]
}

func (r *reader) isByline(l line, text string) bool {
	if bylineOf(text) != "" || r.meta.byline != "" && strings.EqualFold(text, r.meta.byline) {
		return true
	}
	return r.is(l.lo, roleByline) && isAuthor(text)
}

// footer reads the author after the body, and the date where its label says so.
func (r *reader) footer(from int) []piece {
	for _, l := range r.lines[from:min(from+nearTitle, len(r.lines))] {
		if text := r.text(l); !r.outside(l.block) && posts.MatchString(text) {
			r.isDateline(l, text, rankEnd)
		}
		if text := r.text(l); !r.outside(l.block) && r.isByline(l, text) && !r.seen[text] {
			return []piece{{kind: record.BlockByline, text: text}}
		}
	}
	return nil
}

// again reports whether a line of some length was read before; galleries and sticky headers repeat text.
func (r *reader) again(text string) bool {
	if len(text) < 40 {
		return false
	}
	was := r.seen[text]
	r.seen[text] = true
	return was
}

// findByline prefers the line that signs the article, then the metadata, then names that stand alone.
func (r *reader) findByline(after int, head, body []piece) string {
	for _, pieces := range [][]piece{body, head} {
		for i := len(pieces) - 1; i >= 0; i-- {
			if pieces[i].kind == record.BlockByline {
				if name := bylineOf(pieces[i].text); name != "" {
					return name
				}
			}
		}
	}
	if name := cmp.Or(r.meta.byline, r.signed); name != "" {
		return name
	}
	var names []string
	for _, p := range append(head[:len(head):len(head)], body...) {
		if p.kind == record.BlockByline && !isSource(p.text) {
			names = append(names, nameOf(p.text))
		}
	}
	if len(names) > 0 {
		return strings.Join(names, ", ")
	}
	return r.authorElement(after)
}

// authorElement returns the text of the first element after a line that is named
// author, when it stands inside a line with other words.
func (r *reader) authorElement(after int) string {
	for i := r.lines[max(0, min(after, len(r.lines)-1))].lo; i < r.nodes[r.top].end; i++ {
		n := &r.nodes[i]
		if n.role&roleByline == 0 || n.size > 90 || r.outside(i) {
			continue
		}
		if name := r.between(i, n.end); isAuthor(name) {
			return name
		}
	}
	return ""
}

// timeElement reads <time datetime> from shortly before the title to the end of the body.
func (r *reader) timeElement(title int) {
	for i := int32(0); i < r.nodes[r.top].end; i++ {
		n := r.nodes[i].html
		if n.DataAtom != atom.Time || r.outside(i) || title >= 0 && i < r.lines[max(0, title-nearDate)].lo {
			continue
		}
		if p, ok := parseStamp(attribute(n, "datetime")); ok {
			rank := rankHead
			if title >= 0 && i < r.lines[title].lo {
				rank = rankAbove
			}
			r.dates = append(r.dates, printedDate{p, rank})
			return
		}
	}
}

// nearTitle is how many lines may stand between a printed title and the body,
// or between a printed date and the title below it.
const (
	nearTitle = 8
	nearDate  = 4
)

// findTitle sets the title and returns the line that it is, -1 when it is only
// in the metadata, and the first line between it and the body, which is lines
// bodyAt to end. A line that agrees with the metadata is preferred, or else a heading
// shortly before the body, because many portals give all pages one <title>. What
// stands in the body over a title further down is no part of the article.
func (r *reader) findTitle(bodyAt, end int) (at, after int) {
	at = -1
	rank := 0
	for i := 0; i < len(r.lines) && i < bodyAt+nearTitle; i++ {
		if k := r.titleRank(i, bodyAt); k > rank || k == rank && k > 0 && k < agreed {
			at, rank = i, k
		}
	}
	for i := bodyAt + nearTitle; i < end && (at < 0 || !r.isWhole(r.text(r.lines[at]))); i++ {
		if k := r.titleRank(i, bodyAt); k > agreed+1 && r.isWhole(r.text(r.lines[i])) {
			at, rank = i, k
		}
	}
	switch {
	case at >= 0:
		r.title = r.text(r.lines[at])
	case len(r.meta.titles) > 0:
		r.title = withoutSite(r.meta.titles[0])
	}
	switch {
	case at >= bodyAt+nearTitle:
		return at, at + 1
	case at >= 0:
		return at, min(at+1, bodyAt)
	}
	return at, max(0, bodyAt-nearTitle)
}

// agreed is the least rank of a line that says what the metadata says.
const agreed = 10

func (r *reader) titleRank(i, bodyAt int) int {
	l := r.lines[i]
	if l.size < 6 || l.size > 600 {
		return 0
	}
	h1 := r.is(l.block, roleH1)
	named := r.is(l.lo, roleTitle)
	if !h1 && !named && !r.is(l.block, roleHeading) {
		return 0
	}
	rank := 1
	if named {
		rank++
	}
	if h1 {
		rank += 2
	}
	text := r.text(l)
	switch {
	case r.agrees(text):
		rank += agreed
	case r.outside(l.block) || l.linked > 0 || i < bodyAt-nearTitle || i > bodyAt || len(strings.Fields(text)) < 5:
		return 0
	case rank == 1 && i == bodyAt: // a subheading at the start of the body
		return 0
	case len(r.meta.titles) > 1 && !h1: // og:title and the like are to be trusted
		return 0
	}
	if r.outside(l.block) {
		rank -= 3
	}
	return rank
}

// agrees reports whether a line is a title that the metadata gives, but for a site name before or after it.
func (r *reader) agrees(line string) bool {
	key := letters(line)
	return len(key) >= 8 && slices.ContainsFunc(r.meta.keys, func(t string) bool { return strings.Contains(t, key) })
}

// isWhole reports whether a line is most of a title that the metadata gives.
func (r *reader) isWhole(line string) bool {
	key := letters(line)
	return slices.ContainsFunc(r.meta.keys, func(t string) bool { return strings.Contains(t, key) && len(key)*2 > len(t) })
}

// letters keeps the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// withoutSite cuts the name of the site off a title: what follows the last bar
// or spaced dash, when it is the shorter part.
func withoutSite(title string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
		if i := strings.LastIndex(title, sep); i > len(title)/2 {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}
