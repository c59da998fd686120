package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path"
	"regexp"
	"slices"
	"strings"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/coding"
	"ocopstat/record"
)

// Limits of what a bundle may hold.
const (
	maxBundle   = 512 << 20 // bytes of a bundle, and of all that is in it
	maxEntries  = 10_000
	maxNesting  = 8
	partsOfMail = 500
)

// isBundle reports whether bytes hold several documents: a zip that is no office
// document, or a mail or a page saved as .mht.
func isBundle(r io.ReaderAt, size int64) bool {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil {
		return false
	}
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return mailStart.Match(head)
	}
	z, err := zip.NewReader(r, size)
	return err == nil && !slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return slices.Contains([]string{"[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml"}, f.Name)
	})
}

// mailStart matches the first field of a mail, if it says that it is of MIME.
var mailStart = regexp.MustCompile(`(?is)^(?:[a-z][a-z0-9-]{1,40}: [^\n]*\r?\n(?:[ \t][^\n]*\n)*)*(?:mime-version: *1)`)

// Unpack yields the documents of a bundle, each under the bundle's address and its
// own name; what is none is yielded as it is. An error is a record.Problem, and
// the documents behind it follow.
func Unpack(c record.Capture) iter.Seq2[record.Capture, error] {
	return func(yield func(record.Capture, error) bool) {
		body := bytes.NewReader(c.Body)
		switch {
		case !isBundle(body, body.Size()):
			yield(c, nil)
		case bytes.HasPrefix(c.Body, []byte("PK")):
			unzip(c, yield)
		default:
			m := mailParts{left: partsOfMail}
			if msg, err := mail.ReadMessage(body); err == nil {
				m.add(mail.Header(msg.Header).Get, msg.Body, 0)
			}
			m.yield(c, yield)
		}
	}
}

func unzip(c record.Capture, yield func(record.Capture, error) bool) {
	z, err := zip.NewReader(bytes.NewReader(c.Body), int64(len(c.Body)))
	if err != nil || len(z.File) > maxEntries {
		yield(c, bundleProblem(c.URL, "is a zip with far more files than a report, or a damaged one", "unpack it and give the documents"))
		return
	}
	left, skipped := int64(maxBundle), map[string]int{}
	for _, f := range z.File {
		name := strings.ToValidUTF8(strings.ReplaceAll(f.Name, "\\", "/"), "_")
		switch {
		case f.FileInfo().IsDir() || passedOver(path.Base(name)) || strings.HasPrefix(name, "__MACOSX/"):
			continue
		case withoutText[extension(name)] || archive.HasEnding(name):
			skipped[extension(name)]++
			continue
		}
		d := c
		d.URL, d.MediaType, d.Charset = c.URL+"/"+name, "", ""
		d.Body, err = readEntry(f, min(left, maxBytes))
		if left -= int64(len(d.Body)); err != nil {
			if !yield(d, bundleProblem(d.URL, "cannot be unpacked: "+err.Error(), "unpack the zip and give the document alone")) {
				return
			}
			continue
		}
		if len(d.Body) > 0 && !yield(d, nil) {
			return
		}
	}
	if p := leftOut(c.URL, skipped); p != nil {
		yield(c, p)
	}
}

func readEntry(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(b)) > most {
		return nil, coding.ErrTooLarge
	}
	return b, err
}

func bundleProblem(name, reason, advice string) error {
	return record.Problem{Name: name, Reason: reason, Advice: advice}
}

// mailParts gathers what a mail or a saved page holds.
type mailParts struct {
	page, text  *record.Capture // the first of each
	attachments []record.Capture
	left        int
}

// add takes a part, and the parts in it.
func (m *mailParts) add(head func(string) string, body io.Reader, depth int) {
	media, params, err := mime.ParseMediaType(head("Content-Type"))
	if m.left--; m.left < 0 || depth > maxNesting {
		return
	}
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			m.add(p.Header.Get, p, depth+1)
		}
	}
	switch strings.ToLower(head("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, _ := io.ReadAll(io.LimitReader(body, maxBytes)) // what a cut-off part has is taken
	c := record.Capture{URL: head("Content-Location"), MediaType: media, Charset: params["charset"], Body: b}
	disposition, named, _ := mime.ParseMediaType(head("Content-Disposition"))
	name, decodeErr := new(mime.WordDecoder).DecodeHeader(named["filename"])
	switch {
	case disposition == "attachment" && decodeErr == nil:
		c.URL = strings.ToValidUTF8(name, "_")
		m.attachments = append(m.attachments, c)
	case media == "text/html" && m.page == nil:
		m.page = &c
	case (media == "text/plain" || err != nil) && m.text == nil:
		m.text = &c
	}
}

func (m *mailParts) yield(from record.Capture, yield func(record.Capture, error) bool) {
	main := m.page
	if main == nil {
		main = m.text
	}
	if main == nil && len(m.attachments) == 0 {
		yield(from, bundleProblem(from.URL, "is a mail without a text", "save what it holds as a document"))
		return
	}
	if main != nil {
		d := from
		d.MediaType, d.Charset, d.Body = main.MediaType, main.Charset, main.Body
		if strings.HasPrefix(main.URL, "http") { // a page saved as .mht says where it came from
			d.URL = main.URL
		}
		if !yield(d, nil) {
			return
		}
	}
	skipped := map[string]int{}
	for _, a := range m.attachments {
		if withoutText[extension(a.URL)] || len(a.Body) == 0 {
			skipped[extension(a.URL)]++
			continue
		}
		d := from
		d.URL, d.MediaType, d.Charset, d.Body = from.URL+"/"+a.URL, a.MediaType, a.Charset, a.Body
		if !yield(d, nil) {
			return
		}
	}
	if p := leftOut(from.URL, skipped); p != nil {
		yield(from, p)
	}
}

// withoutText are the endings of files that hold no text of a document.
var withoutText = func() map[string]bool {
	set := map[string]bool{}
	for _, e := range strings.Fields(`.jpg .jpeg .png .gif .webp .bmp .tif .tiff .svg .ico .heic .mp3 .wav .m4a .mp4 .avi .mov .mkv .webm .css .js .json .xml .rss
		.map .woff .woff2 .ttf .otf .exe .dll .db .cdxj .lock .tsv .csv .jsonl .ndjson .geojson .parquet .arrow .sql .log .yaml .yml .toml .ini
		.atom .py .go .sh .bat .rar .7z`) {
		set[e] = true
	}
	return set
}()

// leftOut says in one line how many files of which endings were not read, nil for none.
func leftOut(name string, kinds map[string]int) error {
	var list []string
	for ending, n := range kinds {
		list = append(list, fmt.Sprintf("%d %s", n, ending))
	}
	if list == nil {
		return nil
	}
	slices.Sort(list)
	return bundleProblem(name, "holds files without a text, which are left out: "+strings.Join(list, ", "), "save what you need of them as a document")
}
