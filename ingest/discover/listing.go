package discover

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
)

// List is what a listing (a section, a tag or a front page) links to.
type List struct {
	Pages []Link
	Next  string   // the listing's next page, "" when there is none
	Feeds []string // that the page declares
}

// Listing reads a page of links. Links to articles are those of the same site
// whose address fits pattern; without a pattern, those whose address looks like
// an article's. contentType is that of the response, for its charset.
func Listing(body []byte, contentType, base string, pattern *regexp.Regexp) (List, error) {
	doc, at, err := document(body, contentType, base)
	if err != nil {
		return List{}, fmt.Errorf("listing %s: %w", base, err)
	}
	var out List
	index := map[string]int{}
	anchors := map[*html.Node]int{}
	for _, n := range doc.Nodes {
		countAnchors(n, anchors)
	}
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		address, ok := resolve(at, a.AttrOr("href", ""))
		if !ok || address == base || !isArticle(address, base, pattern) {
			return
		}
		l := Link{URL: address, Title: anchorTitle(a), Summary: besides(a, anchors)}
		if i, known := index[address]; known { // a picture and a headline link to the same page
			p := &out.Pages[i]
			p.Title, p.Summary = longer(p.Title, l.Title), longer(p.Summary, l.Summary)
		} else if len(out.Pages) < maxLinks {
			index[address] = len(out.Pages)
			out.Pages = append(out.Pages, l)
		}
	})
	out.Next = nextPage(doc, at, base)
	doc.Find(`link[rel~="alternate"][href]`).Each(func(_ int, l *goquery.Selection) {
		kind := strings.ToLower(l.AttrOr("type", ""))
		if address, ok := resolve(at, l.AttrOr("href", "")); ok && (strings.Contains(kind, "rss") || strings.Contains(kind, "atom")) {
			out.Feeds = append(out.Feeds, address)
		}
	})
	return out, nil
}

// document parses a page and says what its relative addresses refer to.
func document(body []byte, contentType, base string) (*goquery.Document, *url.URL, error) {
	at, err := url.Parse(base)
	if err != nil {
		return nil, nil, err
	}
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		r = bytes.NewReader(body)
	}
	doc, err := goquery.NewDocumentFromReader(r)
	if err != nil {
		return nil, nil, err
	}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := at.Parse(strings.TrimSpace(href)); err == nil && u.Host != "" {
			at = u
		}
	}
	return doc, at, nil
}

// articleLike are addresses that end as those of articles do on Vietnamese
// sites: a number at the end, a date in the path, or a long name.
var articleLike = regexp.MustCompile(`(?i)(\d{4,}(\.\w{2,5})?/?$|/20\d\d(/|\d\d/)|ItemID=\d|[?&](id|newsid)=\d|/[^/?]+(-[^-/?]+){5,}(\.\w{2,5})?/?$)`)

func isArticle(address, base string, pattern *regexp.Regexp) bool {
	if pattern != nil {
		return pattern.MatchString(address)
	}
	return sameSite(address, base) && articleLike.MatchString(address)
}

// anchorTitle is the text of a link, its title attribute, or the text of its picture: the longest of them.
func anchorTitle(a *goquery.Selection) string {
	title := textOf(a)
	for _, other := range []string{a.AttrOr("title", ""), a.Find("img").AttrOr("alt", "")} {
		title = longer(title, oneSpace(other))
	}
	return cut(title, 1000)
}

// textOf is the text of an element, with a space between neighbours that stand
// apart on the page: "OCOP</h3><p>Tỉnh" is two words.
func textOf(s *goquery.Selection) string {
	var parts []string
	for _, n := range s.Nodes {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				parts = append(parts, d.Data)
			}
		}
	}
	return oneSpace(strings.Join(parts, " "))
}

// countAnchors notes how many links each element holds. Elements are at most 512
// deep, or the page would not have been parsed.
func countAnchors(n *html.Node, into map[*html.Node]int) int {
	count := 0
	if n.Type == html.ElementNode && n.Data == "a" {
		count = 1
	}
	for c := range n.ChildNodes() {
		count += countAnchors(c, into)
	}
	into[n] = count
	return count
}

// besides is the text around a link, the teaser of its article: that of the
// largest element near it that holds little else.
func besides(a *goquery.Selection, anchors map[*html.Node]int) string {
	const most = 1500
	best := ""
	for e, i := a.Parent(), 0; i < 4 && e.Length() > 0 && anchors[e.Nodes[0]] <= 3; e, i = e.Parent(), i+1 {
		if near := textOf(e); len(near) <= most {
			best = near
		}
	}
	return best
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}

// nextWords are the texts of the link to a listing's next page.
var nextWords = slices.Concat(vocabulary.Words("next"), []string{"›", "»", ">", ">>", "→"})

// nextPage finds the link to the next page of a listing: as HTML says it, by
// the words and arrows that Vietnamese sites use, or by the next number.
func nextPage(doc *goquery.Document, at *url.URL, base string) string {
	var byWord, byNumber string
	want := strconv.Itoa(pageNumber(base) + 1)
	pick := func(s *goquery.Selection) string {
		if address, ok := resolve(at, s.AttrOr("href", "")); ok && address != base && sameSite(address, base) {
			return address
		}
		return ""
	}
	if next := pick(doc.Find(`link[rel~="next"][href], a[rel~="next"][href]`).First()); next != "" {
		return next
	}
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		words := strings.ToLower(textOf(a))
		class := strings.ToLower(a.AttrOr("class", "") + " " + a.Parent().AttrOr("class", ""))
		switch {
		case byWord == "" && (slices.Contains(nextWords, words) || len(words) < 4 && strings.Contains(class, "next")):
			byWord = pick(a)
		case byNumber == "" && words == want && inPager(a):
			byNumber = pick(a)
		}
	})
	if byNumber != "" {
		return byNumber
	}
	return byWord
}

var (
	pagerClass = regexp.MustCompile(`(?i)pag(e|ing|er|ination)|phan-?trang|trang-?so`)
	pageParam  = regexp.MustCompile(`(?i)(?:[?&](?:page|trang|p|pageindex)=|/(?:page|trang)[-/]|[-/]p)(\d{1,4})(?:\D|$)`)
)

func inPager(a *goquery.Selection) bool {
	for e, i := a, 0; i < 4 && e.Length() > 0; e, i = e.Parent(), i+1 {
		if pagerClass.MatchString(e.AttrOr("class", "") + " " + e.AttrOr("id", "")) {
			return true
		}
	}
	return false
}

// pageNumber is the number of a listing's page, 1 when its address has none.
func pageNumber(address string) int {
	if m := pageParam.FindStringSubmatch(address); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			return n
		}
	}
	return 1
}

// attachment is the ending of a file that an article brings along; given is how
// links to one are called, and offered how addresses of one begin that do not say
// what it is.
var (
	attachment = regexp.MustCompile(`(?i)\.(pdf|docx?|xlsx?|rtf|odt|ods|zip)$`)
	given      = lexicon.Phrases(vocabulary, map[string]bool{"attachment": true})
	offered    = regexp.MustCompile(`(?i)(/|^|[?&=])(download|getfile|viewfile|attachments?|tai-?ve|dinh-?kem)([/?&=.]|$)`)
)

// Attachments returns the documents (PDF, office documents, zip files) that a
// page of the same site links to, in order and at most most: by the ending of
// their address, by their media type, or by what their link is called.
func Attachments(body []byte, contentType, base string, most int) ([]Link, error) {
	doc, at, err := document(body, contentType, base)
	if err != nil {
		return nil, fmt.Errorf("attachments of %s: %w", base, err)
	}
	var out []Link
	doc.Find("a[href], iframe[src], embed[src], object[data]").Each(func(_ int, e *goquery.Selection) {
		ref := e.AttrOr("href", e.AttrOr("src", e.AttrOr("data", "")))
		address, ok := resolve(at, ref)
		l := Link{URL: address, Title: anchorTitle(e)}
		if !ok || len(out) >= most || !isAttachment(l, e.AttrOr("type", "")) || !sameSite(address, base) {
			return
		}
		if !slices.ContainsFunc(out, func(l Link) bool { return l.URL == address }) {
			out = append(out, l)
		}
	})
	return out, nil
}

// isAttachment looks at the path, and at the query, where viewers and download pages carry the file's name.
func isAttachment(l Link, media string) bool {
	u, err := url.Parse(l.URL)
	if err != nil {
		return false
	}
	names := []string{u.Path}
	for _, values := range u.Query() {
		names = append(names, values...)
	}
	if strings.HasPrefix(media, "application/") && !strings.HasSuffix(media, "script") || slices.ContainsFunc(names, attachment.MatchString) {
		return true
	}
	toks := text.Scan(nil, l.Title, 0, len(l.Title))
	if len(toks) == 0 || len(toks) > 12 {
		return false
	}
	_, called := given.Longest(toks, 0)
	return called > 0 && !articleLike.MatchString(l.URL) || offered.MatchString(u.Path+"?"+u.RawQuery)
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
