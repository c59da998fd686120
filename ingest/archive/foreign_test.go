package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ocopstat/record"

	"github.com/google/go-cmp/cmp"
)

// raw lays a record out as another tool would: head without Content-Length.
func raw(version, head, block string) string {
	return fmt.Sprintf("%s\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", version,
		strings.ReplaceAll(strings.TrimSpace(head), "\n", "\r\n"), len(block), block)
}

func response1(url, date, httpHead, body string) string {
	return raw("WARC/1.0", "WARC-Type: response\nWARC-Target-URI: "+url+"\nWARC-Date: "+date+
		"\nContent-Type: application/http; msgtype=response", crlf(httpHead)+"\r\n\r\n"+body)
}

func crlf(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", "\r\n") }

// perRecord packs each record as a gzip member, joined as one stream otherwise.
func perRecord(records ...string) []byte {
	var b []byte
	for _, r := range records {
		b = append(b, gz([]byte(r))...)
	}
	return b
}

func save(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const html = "HTTP/1.1 200 OK\nContent-Type: text/html"

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

// The files in testdata were written by GNU Wget 1.21.3 against a server of two
// pages, the first of them chunked.
func TestWget(t *testing.T) {
	a := record.Capture{URL: "http://127.0.0.1:8765/a.html", MediaType: "text/html", Charset: "utf-8",
		CapturedAt: at("2026-11-22T05:13:05Z"), Body: []byte("<p>Một</p><p>hai</p>")}
	b := a
	b.URL, b.Body = "http://127.0.0.1:8765/b.html", []byte("<html><p>Hai ba bốn năm</p>")
	for _, c := range []struct {
		files []string
		want  []record.Capture
	}{
		{[]string{"wget.warc.gz"}, []record.Capture{a, b}},
		{[]string{"wget.warc"}, []record.Capture{a}},
		{[]string{"wget.warc.gz", "wget-revisit.warc.gz"}, []record.Capture{a, b, a, b}},
		{[]string{"wget-revisit.warc.gz", "wget.warc.gz"}, []record.Capture{a, b, a, b}},
	} {
		var paths []string
		for _, f := range c.files {
			paths = append(paths, filepath.Join("testdata", f))
		}
		got, errs := readAll(t, paths...)
		if d := cmp.Diff(c.want, got); d != "" || errs != nil {
			t.Errorf("%v: %v\n%s", c.files, errs, d)
		}
	}
	_, errs := readAll(t, filepath.Join("testdata", "wget-revisit.warc.gz"))
	if len(errs) != 2 || !errors.Is(errs[0], errNoOriginal) {
		t.Errorf("revisits without their originals: %v", errs)
	}
}

func TestForms(t *testing.T) {
	warcinfo := raw("WARC/1.0", "WARC-Type: warcinfo\nContent-Type: application/warc-fields", "software: x\r\n")
	one := response1("http://x.vn/1", "2023-03-01T00:00:00Z", html, "một")
	two := response1("http://x.vn/2", "2023-03-01T00:00:00Z", html, "hai")
	all := warcinfo + one + two
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"record by record", perRecord(warcinfo, one, two)},
		{"one stream", gz([]byte(all))},
		{"some members hold two", append(gz([]byte(warcinfo)), gz([]byte(one+two))...)},
		{"cut into members anywhere", append(append(gz([]byte(all[:300])), gz([]byte(all[300:310]))...), gz([]byte(all[310:]))...)},
		{"not packed", []byte(all)},
		{"bare line feeds in the headers", []byte(bare(warcinfo) + bare(one) + bare(two))},
		{"empty lines before and between", []byte("\r\n\r\n" + warcinfo + "\r\n\n" + one + two)},
		{"no line ends behind the last record", []byte(strings.TrimSpace(all))},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, errs := readAll(t, save(t, "x.warc", c.file))
			if d := cmp.Diff([]string{"một", "hai"}, bodies(got)); d != "" || errs != nil {
				t.Error(errs, d)
			}
		})
	}
}

// bare takes the carriage returns out of a record's own header.
func bare(record string) string {
	head, block, _ := strings.Cut(record, "\r\n\r\n")
	return strings.ReplaceAll(head, "\r\n", "\n") + "\n\n" + block
}

func TestRecords(t *testing.T) {
	brotli := "\x1b\x03\x00\xf8\x25\x00\x00" // not a real stream, see the case
	for _, c := range []struct {
		name   string
		record string
		want   string // "URL media/charset body", "" for nothing, "!reason" for damage
	}{
		{"plain", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"; Charset=\"UTF-8\"", "a"), "http://x.vn/ text/html/utf-8 a"},
		{"angle brackets", response1("<http://x.vn/>", "2023-03-01T00:00:00Z", html, "a"), "http://x.vn/ text/html/ a"},
		{"HTTP/2, no reason phrase", response1("https://x.vn/", "2023-03-01T00:00:00Z", "HTTP/2 200\ncontent-type: text/html", "a"), "https://x.vn/ text/html/ a"},
		{"chunked", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nTransfer-Encoding: chunked", "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), "http://x.vn/ text/html/ abcde"},
		{"chunked in name only", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nTransfer-Encoding: chunked", "<p>a</p>"), "http://x.vn/ text/html/ <p>a</p>"},
		{"chunks cut off", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nTransfer-Encoding: chunked", "3\r\nabc\r\n9\r\nde"), "!cut off"},
		{"gzip", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nContent-Encoding: gzip", string(gz([]byte("abc")))), "http://x.vn/ text/html/ abc"},
		{"gzip and chunked", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nContent-Encoding: gzip\nTransfer-Encoding: chunked", chunk(gz([]byte("abc")))), "http://x.vn/ text/html/ abc"},
		{"gzip undone, header kept", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nContent-Encoding: gzip", "abc"), "http://x.vn/ text/html/ abc"},
		{"damaged brotli", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nContent-Encoding: br", brotli), "!not unpacked"},
		{"gzip bomb", response1("http://x.vn/", "2023-03-01T00:00:00Z", html+"\nContent-Encoding: gzip", bomb()), "!larger than the limit"},
		{"moved", response1("http://x.vn/", "2023-03-01T00:00:00Z", "HTTP/1.1 301 Moved\nLocation: /a", ""), ""},
		{"missing", response1("http://x.vn/", "2023-03-01T00:00:00Z", "HTTP/1.1 404 Not Found", "a"), ""},
		{"picture", response1("http://x.vn/a.png", "2023-03-01T00:00:00Z", "HTTP/1.1 200 OK\nContent-Type: image/png", "a"), ""},
		{"script", response1("http://x.vn/a.js", "2023-03-01T00:00:00Z", "HTTP/1.1 200 OK\nContent-Type: application/javascript", "a"), ""},
		{"robots", response1("http://x.vn/robots.txt", "2023-03-01T00:00:00Z", "HTTP/1.1 200 OK\nContent-Type: text/plain", "a"), ""},
		{"no HTTP", response1("http://x.vn/", "2023-03-01T00:00:00Z", "SSH-2.0", "a"), "!not an HTTP response"},
		{"no header at all", raw("WARC/1.0", "WARC-Type: response\nWARC-Target-URI: http://x.vn/", ""), "!not an HTTP response"},
		{"Heritrix: name look-up", raw("WARC/1.0", "WARC-Type: response\nWARC-Target-URI: dns:x.vn\nContent-Type: text/dns", "20230301\nx.vn. 300 IN A 203.0.113.1"), ""},
		{"Heritrix: cut by length", raw("WARC/1.0", "WARC-Type: response\nWARC-Target-URI: http://x.vn/\nWARC-Truncated: length\nContent-Type: application/http", "HTTP/1.1 200 OK\r\n\r\na"), "!kept only a part"},
		{"segmented", raw("WARC/1.0", "WARC-Type: response\nWARC-Target-URI: http://x.vn/\nWARC-Segment-Number: 1\nContent-Type: application/http", "HTTP/1.1 200 OK\r\n\r\na"), "!split over several"},
		{"resource", raw("WARC/1.1", "WARC-Type: resource\nWARC-Target-URI: http://x.vn/a.pdf\nWARC-Date: 2023-03-01T00:00:00.123456Z\nContent-Type: application/pdf", "%PDF"), "http://x.vn/a.pdf application/pdf/ %PDF"},
		{"resource from a disk", raw("WARC/1.1", "WARC-Type: resource\nWARC-Target-URI: file:///inbox/a.txt\nContent-Type: text/plain;charset=windows-1258", "a"), "file:///inbox/a.txt text/plain/windows-1258 a"},
		{"conversion, as in WET files", raw("WARC/1.0", "WARC-Type: conversion\nWARC-Target-URI: http://x.vn/\nContent-Type: text/plain", "a"), "http://x.vn/ text/plain/ a"},
		{"browsertrix: page text", raw("WARC/1.1", "WARC-Type: resource\nWARC-Target-URI: urn:text:https://x.vn/\nContent-Type: text/plain", "a"), ""},
		{"browsertrix: page info", raw("WARC/1.1", "WARC-Type: resource\nWARC-Target-URI: urn:pageinfo:https://x.vn/\nContent-Type: application/json", "{}"), ""},
		{"type found, not declared", raw("WARC/1.1", "WARC-Type: response\nWARC-Target-URI: http://x.vn/\nWARC-Identified-Payload-Type: text/html\nContent-Type: application/http", "HTTP/1.1 200 OK\r\n\r\na"), "http://x.vn/ text/html/ a"},
		{"folded header, odd case", "WARC/1.0\r\nwarc-type:\r\n response\r\nWARC-TARGET-URI: http://x.vn/\r\ncontent-length: 20\r\n\r\nHTTP/1.1 200 OK\r\n\r\na\r\n\r\n", "http://x.vn/ / a"},
		{"request", raw("WARC/1.0", "WARC-Type: request\nWARC-Target-URI: http://x.vn/", "GET / HTTP/1.1\r\n\r\n"), ""},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.vn/\r\n\r\na\r\n\r\n", "!no Content-Length"},
		{"a length below zero", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\na\r\n\r\n", "!no Content-Length"},
		{"a length beyond the file", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.vn/\r\nContent-Length: 9000000\r\n\r\na\r\n\r\n", "!cut off"},
		{"a length beyond the limit", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.vn/\r\nContent-Length: 9000000000000\r\n\r\na\r\n\r\n", "!cut off"},
		{"an endless header", "WARC/1.0\r\n" + strings.Repeat("A: "+strings.Repeat("b", 1000)+"\r\n", 1000), "!longer than any honest one"},
		{"an endless line", "WARC/1.0\r\nA: " + strings.Repeat("b", 200_000), "!longer than any honest one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := [][]byte{[]byte(c.record), perRecord(c.record)}
			if c.name == "gzip bomb" {
				files = files[:1] // once is slow enough
			}
			for _, file := range files {
				got, errs := readAll(t, save(t, "x.warc", file))
				desc := ""
				if len(got) == 1 && errs == nil {
					desc = fmt.Sprintf("%s %s/%s %s", got[0].URL, got[0].MediaType, got[0].Charset, got[0].Body)
				}
				if reason, damage := strings.CutPrefix(c.want, "!"); damage {
					var d *Damage
					if got != nil || len(errs) == 0 || !errors.As(errs[0], &d) || !strings.Contains(errs[0].Error(), reason) {
						t.Errorf("got %v, %v; want damage: %s", got, errs, reason)
					}
				} else if desc != c.want || errs != nil {
					t.Errorf("got %q, %v; want %q", desc, errs, c.want)
				}
			}
		})
	}
}

func chunk(b []byte) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(b), b) }

func bomb() string {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = io.CopyN(w, zeros{}, MaxBody+1)
	w.Close()
	if buf.Len() > 1<<20 {
		panic("no bomb")
	}
	return buf.String()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestForeignRevisits(t *testing.T) {
	original := raw("WARC/1.0", `WARC-Type: response
WARC-Record-ID: <urn:uuid:1>
WARC-Target-URI: http://x.vn/1
WARC-Date: 2023-03-01T00:00:00Z
WARC-Payload-Digest: sha1:AAA
Content-Type: application/http`, crlf(html)+"\r\n\r\nmột")
	revisit := func(refers string) string {
		return raw("WARC/1.0", "WARC-Type: revisit\nWARC-Target-URI: http://x.vn/2\nWARC-Date: 2023-04-01T00:00:00Z\n"+refers+
			"\nContent-Type: application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=x\r\n\r\n")
	}
	for name, refers := range map[string]string{
		"by record ID":        "WARC-Refers-To: <urn:uuid:1>",
		"by address and date": "WARC-Refers-To-Target-URI: http://x.vn/1\nWARC-Refers-To-Date: 2023-03-01T00:00:00Z",
		"by digest":           "WARC-Payload-Digest: sha1:AAA",
		"by an offset that is wrong, and the digest": "WARC-Refers-To-Filename: x.warc\nWARC-Refers-To-File-Offset: 77\nWARC-Payload-Digest: sha1:AAA",
	} {
		for _, file := range [][]byte{
			perRecord(original, revisit(refers)), perRecord(revisit(refers), original),
			[]byte(original + revisit(refers)), gz([]byte(revisit(refers) + original)),
		} {
			got, errs := readAll(t, save(t, "x.warc", file))
			found := false
			for _, c := range got {
				found = found || c.URL == "http://x.vn/2" && string(c.Body) == "một" && c.Charset == "x" && c.CapturedAt.Month() == 4
			}
			if len(got) != 2 || errs != nil || !found {
				t.Errorf("%s: %v, %v", name, got, errs)
			}
		}
	}
	_, errs := readAll(t, save(t, "x.warc", perRecord(original, revisit("WARC-Payload-Digest: sha1:BBB"),
		revisit("WARC-Refers-To-Filename: ../x.warc\nWARC-Refers-To-File-Offset: 0"))))
	if len(errs) != 2 {
		t.Errorf("revisits of nothing: %v", errs)
	}
}

func TestNotWARC(t *testing.T) {
	for content, want := range map[string]string{
		"<html>":                        "not a WARC file",
		"filedesc://x.arc 0.0.0.0\n":    "no record starts here",
		"\x28\xb5\x2f\xfd\x00":          "x.warc",
		"\x5d\x2a\x4d\x18\x00\x00":      "x.warc",
		"PK\x03\x04":                    "not a WARC file",
		"\x1f\x8b\x08\x00 not gzip yet": "x.warc",
	} {
		got, errs := readAll(t, save(t, "x.warc", []byte(content)))
		if got != nil || len(errs) == 0 || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("%q: %v, %v; want %s", content, got, errs, want)
		}
	}
	good := save(t, "y.warc", []byte(response1("http://x.vn/", "2023-03-01T00:00:00Z", html, "a")))
	if got, errs := readAll(t, save(t, "x.warc", []byte("<html>")), good); len(got) != 1 || len(errs) != 1 {
		t.Errorf("the file behind: %v, %v", got, errs)
	}
	if got, errs := readAll(t, save(t, "x.warc", nil)); got != nil || errs != nil {
		t.Errorf("an empty file: %v, %v", got, errs)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2023-03-01T04:05:06Z":           "2023-03-01T04:05:06Z",
		"2023-03-01T04:05:06.123456789Z": "2023-03-01T04:05:06.123456789Z",
		"2023-03-01T04:05Z":              "2023-03-01T04:05:00Z",
		"2023-03-01T04:05:06+07:00":      "2023-02-28T21:05:06Z",
		"2023-03-01":                     "2023-03-01T00:00:00Z",
		"2023-03":                        "2023-03-01T00:00:00Z",
		"2023":                           "2023-01-01T00:00:00Z",
		"20230301040506":                 "2023-03-01T04:05:06Z",
	} {
		if got := parseDate(in); !got.Equal(at(want)) || got.Location() != time.UTC {
			t.Errorf("%s: %v", in, got)
		}
	}
	if got := parseDate("hôm qua"); !got.IsZero() {
		t.Error("a date out of nothing")
	}
}
