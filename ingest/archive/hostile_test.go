package archive

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"ocopstat/record"
)

const arcFile = "filedesc://x.arc 0.0.0.0 20140216050221 text/plain 75\n1 0 LiveWeb Capture\nURL IP-address Archive-date Content-type Archive-length\n\n"

// inZip packs files as they are.
func inZip(t *testing.T, method uint16, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inZstd packs each record as a frame, with a dictionary before them or without.
func inZstd(t *testing.T, dict []byte, records ...string) []byte {
	t.Helper()
	var out []byte
	opts := []zstd.EOption{}
	if dict != nil {
		out = append([]byte{0x5d, 0x2a, 0x4d, 0x18}, binary.LittleEndian.AppendUint32(nil, uint32(len(dict)))...)
		out = append(out, dict...)
		opts = append(opts, zstd.WithEncoderDict(dict))
	}
	w, err := zstd.NewWriter(nil, opts...)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		out = w.EncodeAll([]byte(r), out)
	}
	return out
}

// TestContainers reads the same two documents out of every form of archive, in a
// folder below the one that is given.
func TestContainers(t *testing.T) {
	one := response1("http://x.vn/1", "2014-02-16T05:02:21Z", html, "một")
	two := response1("http://x.vn/2", "2014-02-16T05:02:21Z", html, "hai")
	http := func(s string) string { return crlf(html) + "\r\n\r\n" + s }
	arc := func(url, body string) string {
		return fmt.Sprintf("%s 1.2.3.4 20140216050221 text/html %d\n%s\n", url, len(http(body)), http(body))
	}
	var samples [][]byte
	for i := range 40 {
		samples = append(samples, []byte(response1(fmt.Sprint("http://x.vn/", i), "2014-02-16T05:02:21Z", html, strings.Repeat(fmt.Sprint("mẫu ", i), 30))))
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: bytes.Join(samples[:8], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{
		"a.warc.zst": inZstd(t, nil, one, two), "dict.warc.zst": inZstd(t, dict, one, two),
		"a.wacz":   inZip(t, zip.Store, map[string][]byte{"archive/data.warc.gz": perRecord(one, two), "datapackage.json": []byte("{}")}),
		"a.arc":    []byte(arcFile + arc("http://x.vn/1", "một") + arc("dns:x.vn", "x") + arc("http://x.vn/2", "hai")),
		"a.arc.gz": perRecord(arcFile, arc("http://x.vn/1", "một"), arc("http://x.vn/2", "hai")),
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "collections", "x", "archive")
			if err := os.MkdirAll(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
				t.Fatal(err)
			}
			got, errs := readAll(t, filepath.Dir(filepath.Dir(filepath.Dir(dir))))
			first := record.Capture{URL: "http://x.vn/1", MediaType: "text/html", CapturedAt: at("2014-02-16T05:02:21Z"), Body: []byte("một"), Unverified: true}
			second := first
			second.URL, second.Body = "http://x.vn/2", []byte("hai")
			if d := cmp.Diff([]record.Capture{first, second}, got); d != "" || errs != nil {
				t.Errorf("%v\n%s", errs, d)
			}
			for cut := range body { // whatever is missing, nothing breaks
				if cut%41 == 0 {
					readAll(t, save(t, name, body[:cut]))
				}
			}
		})
	}
	deflated := inZip(t, zip.Deflate, map[string][]byte{"archive/data.warc.gz": perRecord(one, two)})
	if got, errs := readAll(t, save(t, "b.wacz", deflated)); got != nil || len(errs) != 1 || !strings.Contains(errs[0].Error(), "packed a second time") {
		t.Errorf("a WACZ packed twice: %v, %v", got, errs)
	}
}

// TestDigests holds records against their digests in every notation.
func TestDigests(t *testing.T) {
	block := crlf(html) + "\r\n\r\nmột"
	with := func(field, digest string) string {
		return strings.Replace(response1("http://x.vn/1", "2014-02-16T05:02:21Z", html, "một"), "Content-Length", field+": "+digest+"\r\nContent-Length", 1)
	}
	chunked := strings.Replace(response1("http://x.vn/1", "2014-02-16T05:02:21Z", html+"\nTransfer-Encoding: chunked", "5\r\nmột\r\n0\r\n\r\n"), "Content-Length",
		"WARC-Payload-Digest: "+digest([]byte("một"))+"\r\nContent-Length", 1)
	hexed := func(of string) string { return fmt.Sprintf("%x", sumOf(of)) }
	for name, c := range map[string]struct {
		record     string
		fits       bool
		unverified int
	}{
		"sha1 in base32":         {with("WARC-Block-Digest", digest([]byte(block))), true, 0},
		"sha256 in hex":          {with("WARC-Block-Digest", "sha256:"+hexed(block)), true, 0},
		"sha-256 of the payload": {with("WARC-Payload-Digest", "SHA-256:"+strings.ToUpper(hexed("một"))), true, 0},
		"without chunks":         {chunked, true, 0},
		"none":                   {with("X", "y"), true, 1},
		"of a kind unknown":      {with("WARC-Block-Digest", "blake3:abc"), true, 1},
		"another block":          {with("WARC-Block-Digest", digest([]byte("x"))), false, 0},
		"another payload":        {with("WARC-Payload-Digest", "sha256:"+hexed("x")), false, 0},
	} {
		file := save(t, "x.warc.gz", perRecord(c.record))
		got, errs := readAll(t, file)
		if (len(got) == 1) != c.fits || (len(errs) == 0) != c.fits {
			t.Errorf("%s: read %v, %v", name, got, errs)
		}
		proof, err := Verify(t.Context(), file)
		if err != nil || (len(proof.Damage) == 0) != c.fits || proof.Unverified != c.unverified {
			t.Errorf("%s: %+v, %v", name, proof, err)
		}
	}
}

// TestFingerprint stays the same however records are packed, and changes with them.
func TestFingerprint(t *testing.T) {
	one := response1("http://x.vn/1", "2014-02-16T05:02:21Z", html, "một")
	two := response1("http://x.vn/2", "2014-02-16T05:02:21Z", html, "hai")
	print := func(paths ...string) string {
		p, err := Verify(t.Context(), paths...)
		if err != nil || len(p.Damage) > 0 {
			t.Fatal(p, err)
		}
		return p.Fingerprint
	}
	want := print(save(t, "a.warc.gz", perRecord(one, two)))
	for name, paths := range map[string][]string{
		"plain":         {save(t, "a.warc", []byte(one+two))},
		"another order": {save(t, "a.warc", []byte(two+one))},
		"two files":     {save(t, "a.warc", []byte(two)), save(t, "b.warc.zst", inZstd(t, nil, one))},
	} {
		if got := print(paths...); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, body := range map[string]string{"missing": one, "changed": one + strings.Replace(two, "hai", "ha!", 1), "twice": one + two + two} {
		if print(save(t, "a.warc", []byte(body))) == want {
			t.Errorf("%s: the same fingerprint", name)
		}
	}
}

// TestHostileArchives reads archives that were made to deceive.
func TestHostileArchives(t *testing.T) {
	for name, c := range map[string]struct {
		documents int
		problem   string
	}{
		"tampered.warc.gz": {0, "does not fit its digest"}, "wacz.wacz": {1, ""}, "a.warc.zst": {1, ""}, "arc.arc.gz": {1, ""},
		"br_header_plain_body.warc": {2, ""},
	} {
		path := filepath.Join("../../../shared/hostile", name)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("test material is not here: %v", err)
		}
		got, errs := readAll(t, path)
		if said := fmt.Sprint(errs); len(got) != c.documents || (len(errs) > 0) != (c.problem != "") || !strings.Contains(said, c.problem) {
			t.Errorf("%s: %d documents, %s", name, len(got), said)
		}
	}
}

func sumOf(s string) [32]byte { return sha256.Sum256([]byte(s)) }
