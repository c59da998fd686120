package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		name, body, _ := strings.Cut(f, "=")
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, body)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.Bytes()
}

const savedMail = `From: office@example.vn
Subject: =?utf-8?Q?B=C3=A1o_c=C3=A1o?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: multipart/alternative; boundary="y"

--y
Content-Type: text/plain; charset=utf-8

chữ
--y
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>c=C3=B3 12</p>
--y--
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="=?utf-8?B?UGjhu6UgbOG7pWMudHh0?="
Content-Transfer-Encoding: base64

NjggT0NPUA==
--x
Content-Type: image/png
Content-Disposition: attachment; filename="logo.png"

x
--x--
`

// TestUnpack yields what bundles hold, and says what was left out.
func TestUnpack(t *testing.T) {
	page := strings.NewReplacer("From: office@example.vn", "From: <Saved by Blink>", "multipart/mixed", "multipart/related",
		"Content-Type: text/html; charset=utf-8", "Content-Type: text/html; charset=utf-8\nContent-Location: https://x.vn/1").Replace(savedMail)
	for _, c := range []struct {
		name string
		body []byte
		want []string
	}{
		{"a.txt", []byte("chữ"), []string{"a.txt: chữ"}},
		{"a.zip", zipped(t, "1/a.html=<p>một", "1/.hidden=x", "__MACOSX/a.html=x", "b.jpg=x", "c.doc=hai", "empty.txt="),
			[]string{"a.zip/1/a.html: <p>một", "a.zip/c.doc: hai", "error: a.zip: holds files without a text, which are left out: 1 .jpg; save what you need of them as a document"}},
		{"a.docx", zipped(t, "[Content_Types].xml=x", "word/document.xml=y"), []string{"a.docx: PK"}},
		{"a.eml", []byte(savedMail), []string{"a.eml: <p>có 12</p>", "a.eml/Phụ lục.txt: 68 OCOP", "error: a.eml: holds files without a text, which are left out: 1 .png; save what you need of them as a document"}},
		{"a.mht", []byte(page), []string{"https://x.vn/1: <p>có 12</p>", "a.mht/Phụ lục.txt: 68 OCOP", "error: a.mht: holds files without a text, which are left out: 1 .png; save what you need of them as a document"}},
		{"a.eml", []byte("Subject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nx"), []string{"error: a.eml: is a mail without a text; save what it holds as a document"}},
	} {
		var got []string
		for d, err := range Unpack(record.Capture{URL: c.name, Body: c.body}) {
			if err != nil {
				got = append(got, "error: "+err.Error())
				continue
			}
			got = append(got, d.URL+": "+strings.TrimSpace(string(d.Body[:min(len(d.Body), 20)])))
		}
		if c.name == "a.docx" {
			got[0] = got[0][:len("a.docx: PK")]
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s\n%s", c.name, d)
		}
	}
}

// TestZipBomb: one file of a zip that unfolds too far costs that file.
func TestZipBomb(t *testing.T) {
	body := zipped(t, "a.txt="+strings.Repeat("0", maxBytes+1), "b.txt=hai")
	var got []string
	var problem record.Problem
	for d, err := range Unpack(record.Capture{URL: "a.zip", Body: body}) {
		if err != nil && !errors.As(err, &problem) {
			t.Error(err)
		}
		got = append(got, fmt.Sprint(d.URL, len(d.Body) > maxBytes, " ", err != nil))
	}
	if d := cmp.Diff([]string{"a.zip/a.txtfalse true", "a.zip/b.txtfalse false"}, got); d != "" {
		t.Error(d)
	}
}

// TestFindByContent tells archives and bundles from documents by what is in them.
func TestFindByContent(t *testing.T) {
	dir := write(t, map[string]string{
		"page": "<p>x", "page.aspx": "<p>x", "page.xhtml": "<p>x", "page.html.gz": string(gzipped("<p>x")),
		"a.warc": "WARC/1.0\r\n", "b.dat": string(gzipped("WARC/1.0\r\n")), "c.arc": "filedesc://x", "d.wacz": "PK\x03\x04",
		"e.zip": string(zipped(t, "a.txt=x")), "f.eml": savedMail,
	})
	found, problems := Find(dir)
	if len(problems) > 0 {
		t.Error(problems)
	}
	kinds := map[string]string{}
	for _, in := range found {
		kinds[in.URL] = fmt.Sprint(in.Archive, in.Bundle)
	}
	const document, archived, bundle = "false false", "true false", "false true"
	want := map[string]string{"page": document, "page.aspx": document, "page.xhtml": document, "page.html.gz": document,
		"a.warc": archived, "b.dat": archived, "c.arc": archived, "d.wacz": archived, "e.zip": bundle, "f.eml": bundle}
	if d := cmp.Diff(want, kinds); d != "" {
		t.Error(d)
	}
	c, err := File(filepath.Join(dir, "page.html.gz")).Capture(t.Context())
	if err != nil || string(c.Body) != "<p>x" {
		t.Errorf("page.html.gz: %q, %v", c.Body, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bomb.gz"), gzipped(strings.Repeat("0", maxBytes+1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := File(filepath.Join(dir, "bomb.gz")).Capture(t.Context()); err == nil {
		t.Error("a bomb was read")
	}
}
