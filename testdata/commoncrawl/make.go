// Make writes a WARC file of the shape of Common Crawl's: a warcinfo record, then a
// request, a response and a metadata record for each page, each packed by itself.
//
//	go run testdata/commoncrawl/make.go >testdata/commoncrawl/sample.warc.gz
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"os"
	"strings"
	"unicode/utf16"
)

const date = "2024-05-18T07:11:32Z"

// page is one response as the crawler kept it.
type page struct {
	path, header, identified, languages, truncated string
	body                                           []byte
}

func main() {
	const news = "text/html; charset=utf-8"
	pages := []page{
		{"/utf-8.html", news, "text/html", "vie", "", html("utf-8", "Hậu Giang", "Đến nay, toàn tỉnh Hậu Giang có 220 sản phẩm OCOP được công nhận.")},
		{"/named-in-words.html", news, "text/html", "vie", "", html("utf-8", "Bến Tre", "Đến nay, tỉnh Bến Tre có 159 sản phẩm được công nhận theo Chương trình mỗi xã một sản phẩm.")},
		{"/entities.html", "text/html", "text/html", "vie", "", []byte(entities(string(html("us-ascii", "Cà Mau", "Đến nay, tỉnh Cà Mau có 88 sản phẩm OCOP được công nhận."))))},
		{"/utf-16.html", "text/html", "text/html", "vie", "", utf16le(string(html("utf-16", "Sóc Trăng", "Đến nay, tỉnh Sóc Trăng có 210 sản phẩm OCOP được công nhận.")))},
		// "Đến nay, tỉnh Trà Vinh có 144 sản phẩm OCOP được công nhận", the tones as marks of their own
		{"/windows-1258.html", "text/html; charset=windows-1258", "text/html", "vie", "", html("windows-1258", "Tra\xcc Vinh",
			"\xd0\xea\xecn nay, ti\xd2nh Tra\xcc Vinh co\xec 144 sa\xd2n ph\xe2\xd2m OCOP \xf0\xfd\xf5\xf2c c\xf4ng nh\xe2\xf2n.")},
		// "Đến nay, tỉnh An Giang có 137 sản phẩm OCOP được công nhận" in the bytes of .Vn fonts, of VNI and of RFC 1456
		{"/tcvn3.html", "text/html", "text/html", "", "", html("", "An Giang", "\xa7\xd5n nay, t\xd8nh An Giang c\xe3 137 s\xb6n ph\xc8m OCOP \xae\xad\xeec c\xabng nh\xcbn.")},
		{"/vni.html", "text/html", "text/html", "", "", html("", "An Giang", "\xd1e\xe1n nay, t\xe6nh An Giang co\xf9 138 sa\xfbn pha\xe5m OCOP \xf1\xf6\xf4\xefc co\xe2ng nha\xe4n.")},
		{"/viscii.html", "text/html; charset=viscii", "text/html", "", "", html("viscii", "An Giang", "\xd0\xaan nay, t\xefnh An Giang c\xf3 139 s\xe4n ph\xa6m OCOP \xf0\xdf\xfec c\xf4ng nh\xa7n.")},
		{"/cut-short.html", news, "text/html", "vie", "length", html("utf-8", "Kiên Giang", "Đến nay, tỉnh Kiên Giang có 301 sản phẩm OCOP được công nhận.")[:200]},
		{"/weather.html", news, "text/html", "vie", "", html("utf-8", "Thời tiết", "Mưa lớn trên diện rộng, người dân chủ động phòng tránh; giá sản phẩm ổn định.")},
		{"/weather-cut-short.html", news, "text/html", "vie", "disconnect", html("utf-8", "Thời tiết", "Mưa lớn trên diện rộng, người dân chủ động phòng tránh.")[:150]},
		{"/english.html", news, "text/html", "eng", "", html("utf-8", "Photocopy", "The province has 220 OCOP products &#8211; photocopies at the desk.")},
		{"/russian.html", news, "text/html", "rus", "", html("utf-8", "OCOP", "В провинции 220 продуктов OCOP.")},
		{"/chinese.html", news, "text/html", "zho", "", html("utf-8", "OCOP", "该省有 220 个 OCOP 产品。")},
		{"/feed.xml", "application/rss+xml", "application/rss+xml", "vie", "", []byte(`<rss version="2.0"><channel><title>OCOP Hậu Giang</title></channel></rss>`)},
		{"/picture.jpg", "image/jpeg", "image/jpeg", "", "", []byte("\xff\xd8\xff\xe0 OCOP")},
		{"/mislabelled.html", "application/octet-stream", "text/html", "vie", "", html("utf-8", "Đồng Tháp", "Đến nay, tỉnh Đồng Tháp có 420 sản phẩm OCOP được công nhận.")},
		{"/broken.pdf", "application/pdf", "application/pdf", "", "length", []byte("%PDF-1.4\nOCOP and no more")},
	}
	var out bytes.Buffer
	record(&out, "warcinfo", "", "application/warc-fields", "", []byte("isPartOf: CC-MAIN-2024-22\r\npublisher: Common Crawl\r\nsoftware: Apache Nutch\r\nformat: WARC File Format 1.1\r\n"))
	for _, p := range pages {
		host := "sample.example.vn"
		record(&out, "request", p.path, "application/http; msgtype=request", "", []byte("GET "+p.path+" HTTP/1.1\r\nUser-Agent: CCBot/2.0 (https://commoncrawl.org/faq/)\r\nHost: "+host+"\r\n\r\n"))
		more := "WARC-Payload-Digest: sha1:" + digest(p.body) + "\r\nWARC-Identified-Payload-Type: " + p.identified + "\r\n"
		if p.truncated != "" {
			more += "WARC-Truncated: " + p.truncated + "\r\n"
		}
		head := fmt.Sprintf("HTTP/1.1 200 OK\r\nDate: Sat, 18 May 2024 07:11:32 GMT\r\nContent-Type: %s\r\nX-Crawler-Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", p.header, len(p.body))
		record(&out, "response", p.path, "application/http; msgtype=response", more, append([]byte(head), p.body...))
		record(&out, "metadata", p.path, "application/warc-fields", "", []byte(`fetchTimeMs: 412`+"\r\n"+`languages-cld2: {"reliable":true,"languages":[{"code-iso-639-3":"`+p.languages+`"}]}`+"\r\n"))
	}
	if _, err := os.Stdout.Write(out.Bytes()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func html(charset, title, text string) []byte {
	meta := ""
	if charset != "" {
		meta = `<meta charset="` + charset + `">`
	}
	return []byte(`<!DOCTYPE html><html><head>` + meta + `<title>` + title + `</title></head><body><article><h1>` + title + `</h1><p>` + text + `</p></article></body></html>`)
}

func entities(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func digest(b []byte) string {
	sum := sha1.Sum(b)
	return base32.StdEncoding.EncodeToString(sum[:])
}

// record writes one record as a gzip member of its own.
func record(w *bytes.Buffer, kind, path, media, more string, block []byte) {
	head := "WARC/1.0\r\nWARC-Type: " + kind + "\r\nWARC-Date: " + date +
		"\r\nWARC-Record-ID: <urn:uuid:" + uuid(kind+path) + ">\r\nContent-Length: " + fmt.Sprint(len(block)) + "\r\nContent-Type: " + media + "\r\n"
	if path != "" {
		head += "WARC-Warcinfo-ID: <urn:uuid:" + uuid("warcinfo") + ">\r\nWARC-IP-Address: 203.0.113.7\r\nWARC-Target-URI: https://sample.example.vn" + path +
			"\r\nWARC-Block-Digest: sha1:" + digest(block) + "\r\n"
	}
	zw := gzip.NewWriter(w)
	for _, b := range [][]byte{[]byte(head + more + "\r\n"), block, []byte("\r\n\r\n")} {
		if _, err := zw.Write(b); err != nil {
			panic(err)
		}
	}
	if err := zw.Close(); err != nil {
		panic(err)
	}
}

func uuid(of string) string {
	s := fmt.Sprintf("%x", sha1.Sum([]byte(of)))
	return s[:8] + "-" + s[8:12] + "-4" + s[13:16] + "-8" + s[17:20] + "-" + s[20:32]
}
