package archive

import "testing"

// The first block are the published examples of the Internet Archive's surt
// package, the second is what Vietnamese sites bring.
func TestSURT(t *testing.T) {
	for in, want := range map[string]string{
		"http://archive.org/goo/":                "org,archive)/goo",
		"http://archive.org/goo/?":               "org,archive)/goo",
		"http://archive.org/goo/?b&a":            "org,archive)/goo?a&b",
		"http://archive.org/goo/?a=2&b&a=1":      "org,archive)/goo?a=1&a=2&b",
		"http://archive.org:80/":                 "org,archive)/",
		"http://archive.org:8080/":               "org,archive:8080)/",
		"http://www.archive.org/goo?PHPSESSID=9": "org,archive)/goo",
		"http://www2.archive.org/":               "org,archive)/",
		"http://user:pw@archive.org/":            "org,archive)/",
		"http://127.0.0.1:81/x":                  "127.0.0.1:81)/x",
		"dns:archive.org":                        "dns:archive.org",

		"https://BaoBacGiang.vn/Kinh-Te/A.html#top":    "vn,baobacgiang)/kinh-te/a.html",
		"https://baohagiang.vn/tin;jsessionid=0a1b.n1": "vn,baohagiang)/tin",
		"https://báo.vn/":                              "vn,xn--bo-mia)/",
		"http://x.vn/tìm kiếm?q=sản phẩm":              "vn,x)/t%c3%acm%20ki%e1%ba%bfm?q=sản phẩm",
		"file:///home/an/inbox/bao-cao.pdf":            "file:///home/an/inbox/bao-cao.pdf",
	} {
		if got := surt(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestEntryLine(t *testing.T) {
	e := Entry{URL: `http://x.vn/tìm kiếm?q="a" <b>`, Time: t0, MIME: "text/html", Status: 200, Digest: "sha1:A", Length: 7, Offset: 9, File: "a.warc.gz"}
	got, err := parseEntry(e.line())
	if err != nil || got != e {
		t.Errorf("%s: %+v, %v", e.line(), got, err)
	}
}
