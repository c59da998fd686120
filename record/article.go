package record

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"
)

// Capture is one document as it came from the world, before anybody read it.
type Capture struct {
	URL        string    // where it came from; a file is file:///… or its bare name
	SourceID   string    // the row of sources.tsv, "" when unknown
	MediaType  string    // as declared, e.g. "text/html"; may lie
	Charset    string    // as declared in the transport, "" when not; may lie
	CapturedAt time.Time // when it was fetched, UTC; zero when unknown
	Body       []byte
	Unverified bool // it comes out of an archive that has no digest of it
}

// SHA256 returns the lower-case hex digest of the body.
func (c Capture) SHA256() string {
	sum := sha256.Sum256(c.Body)
	return hex.EncodeToString(sum[:])
}

// Problem is a document that cannot be used: what is wrong and what to do. It
// concerns that document only; the others can still be read.
type Problem struct {
	Name   string // of the document, as the user calls it
	Reason string // "the file is empty"
	Advice string // "save the page again"
}

// Error is one line: "NAME: reason; advice".
func (p Problem) Error() string { return p.Name + ": " + p.Reason + "; " + p.Advice }

// Article is the text of one capture and what the page says about itself.
type Article struct {
	ID          string // ArticleID of URL and SHA256
	URL         string
	SourceID    string
	Title       string
	Byline      string
	Published   Published
	CapturedAt  time.Time // UTC
	MediaType   string    // as found, not as declared
	Charset     string    // as found, e.g. "utf-8", "windows-1258"
	SHA256      string    // of the capture's body
	Text        string    // valid UTF-8; every offset in the project points in here
	Blocks      []Block   // in order, not overlapping
	DuplicateOf string    // ID of the article that this one reprints, else ""
}

// ArticleID derives the stable identity of an article from its address and the
// digest of its capture: the first 12 hex digits of their SHA-256.
func ArticleID(url, sha256hex string) string {
	sum := sha256.Sum256([]byte(url + "\n" + sha256hex))
	return hex.EncodeToString(sum[:6])
}

// Outlet names the publisher of an article: its source, the host of its address, or
// the article itself.
func (a *Article) Outlet() string {
	if a.SourceID != "" {
		return a.SourceID
	}
	if u, err := url.Parse(a.URL); err == nil && u.Host != "" && u.Scheme != "file" {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return a.ID
}

// Published is the publication date as the page gives it. A page that prints no
// zone means +07:00.
type Published struct {
	Date    Date      // NoDate when unknown
	Time    time.Time // the instant, zero when only a date is printed
	HasTime bool
}

// PublishedOn is a publication date without a time.
func PublishedOn(d Date) Published { return Published{Date: d} }

// PublishedAt is a publication date with its time.
func PublishedAt(t time.Time) Published {
	return Published{Date: DateIn(t), Time: t.In(Vietnam), HasTime: true}
}

// String prints "2006-01-02T15:04:05+07:00", or the date alone, or "".
func (p Published) String() string {
	if p.HasTime {
		return p.Time.Format(time.RFC3339)
	}
	return p.Date.String()
}

// Span is a stretch of an article's text, in bytes, half open.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Of returns the text of the span. The span must lie within the text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Len returns the number of bytes.
func (s Span) Len() int { return s.End - s.Start }

// BlockKind says what part of a page a block was.
type BlockKind string

// The kinds of block.
const (
	BlockTitle     BlockKind = "title"
	BlockLead      BlockKind = "lead" // sapo, the bold first paragraph
	BlockHeading   BlockKind = "heading"
	BlockParagraph BlockKind = "paragraph"
	BlockCaption   BlockKind = "caption"
	BlockItem      BlockKind = "item" // a list item
	BlockCell      BlockKind = "cell" // a table cell
	BlockByline    BlockKind = "byline"
	BlockDateline  BlockKind = "dateline" // a printed date or place before the text
)

// Block is one block of an article's text. Text between blocks (line ends, the
// header lines of a plain-text file) belongs to no block and is never read. A
// paragraph of a plain-text file that was broken in mid-sentence keeps its line
// ends.
type Block struct {
	Kind BlockKind `json:"kind"`
	Span
	// Cell says where a table cell stands; nil for every other kind.
	Cell *Cell `json:"cell,omitempty"`
}

// Cell is the position of a table cell within its article.
type Cell struct {
	Table  int  `json:"table"`          // 1 for the first table of the article
	Row    int  `json:"row"`            // 0 for the first row
	Col    int  `json:"col"`            // 0 for the first column; what cells above and beside take is counted out
	Span   int  `json:"span,omitempty"` // columns that it takes, when more than one
	Rows   int  `json:"rows,omitempty"` // rows that it takes, when more than one
	Header bool `json:"header,omitempty"`
}
