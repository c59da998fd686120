package discover

import (
	"net/url"
	"strings"
	"sync"

	"ocopstat/normalize/text"
)

// ocopWords name the programme. In a phrase a number stands for any number, and
// case, tone placement and composition make no difference.
var ocopWords = []string{
	"OCOP", "mỗi xã một sản phẩm", "mỗi xã, một sản phẩm", "mỗi xã phường một sản phẩm", "mỗi xã, phường một sản phẩm",
	"mỗi xã (phường) một sản phẩm", "mỗi phường, xã một sản phẩm", "mỗi làng một sản phẩm", "một xã một sản phẩm",
	"one commune one product", "one commune, one product",
}

// starWords are how headlines speak of it without its name.
var starWords = []string{
	"sản phẩm 3 sao", "sản phẩm đạt 3 sao", "sản phẩm hạng 3 sao", "sản phẩm đạt hạng 3 sao", "sản phẩm đạt chuẩn 3 sao",
	"sản phẩm từ 3 sao", "sản phẩm đạt từ 3 sao", "sản phẩm 3-4 sao", "sản phẩm đạt 3-4 sao", "phân hạng sản phẩm",
}

type phrases = text.Trie[bool]

var tries = sync.OnceValues(func() (named, hinted *phrases) {
	named, hinted = new(phrases), new(phrases)
	for _, w := range ocopWords {
		named.Add(w, true)
		hinted.Add(w, true)
	}
	for _, w := range starWords {
		hinted.Add(w, true)
	}
	return named, hinted
})

// Relevant reports whether what is said about a link (title, summary, address)
// lets its article be about OCOP. It decides what is fetched.
func Relevant(l Link) bool {
	_, hinted := tries()
	return contains(hinted, l.Title) || contains(hinted, l.Summary) || relevantAddress(l.URL)
}

// RelevantText reports whether the text of an article names the programme. It
// decides what is read.
func RelevantText(s string) bool {
	named, _ := tries()
	return contains(named, s)
}

func contains(trie *phrases, s string) bool {
	toks := text.Scan(nil, s, 0, len(s))
	for i := range toks {
		if _, n := trie.Longest(toks, i); n > 0 {
			return true
		}
	}
	return false
}

// relevantAddress looks for the programme's name in an address, where words
// stand without accents: "/kinh-te/them-12-san-pham-ocop-123.html". A word must
// start with it, or "photocopy" would do.
func relevantAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(u.Host+"/"+u.Path+"/"+u.RawQuery), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for _, w := range words {
		if strings.HasPrefix(w, "ocop") {
			return true
		}
	}
	slug := " " + strings.Join(words, " ") + " "
	return strings.Contains(slug, " moi xa mot san pham ") || strings.Contains(slug, " moi xa phuong mot san pham ")
}
