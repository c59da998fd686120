package ocopstat

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/ingest/article"
	"ocopstat/record"
)

// decreeDOCX is a decree with its two-column head, a table and a signature.
func decreeDOCX(t *testing.T) []byte {
	t.Helper()
	paragraph := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	table := func(rows ...string) string {
		var b strings.Builder
		for _, r := range rows {
			b.WriteString("<w:tr>")
			for c := range strings.SplitSeq(r, "|") {
				b.WriteString("<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>" + paragraph(c) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		}
		return "<w:tbl><w:tblPr/><w:tblGrid/>" + b.String() + "</w:tbl>"
	}
	body := table("ỦY BAN NHÂN DÂN TỈNH HẬU GIANG|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/QĐ-UBND|Hậu Giang, ngày 20 tháng 11 năm 2023") +
		paragraph("QUYẾT ĐỊNH") + paragraph("Về việc công nhận sản phẩm OCOP tỉnh Hậu Giang năm 2023") +
		paragraph("Căn cứ Quyết định số 919/QĐ-TTg ngày 01 tháng 8 năm 2022 của Thủ tướng Chính phủ;") +
		paragraph("Điều 1. Công nhận 45 sản phẩm OCOP, trong đó có 12 sản phẩm đạt 4 sao và 33 sản phẩm đạt 3 sao của 27 chủ thể.") +
		paragraph("Điều 2. Lũy kế đến nay, toàn tỉnh có 220 sản phẩm OCOP.") +
		table("Huyện|Số sản phẩm OCOP|4 sao|3 sao", "Thành phố Vị Thanh|20|5|15", "Huyện Phụng Hiệp|25|7|18") + paragraph("Nơi nhận: Như Điều 3.")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOldOfficeDocuments reads the same figures out of a decree as .doc, .rtf and
// .odt as out of its .docx.
func TestOldOfficeDocuments(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice here")
	}
	dir := t.TempDir()
	at := filepath.Join(dir, "decree.docx")
	if err := os.WriteFile(at, decreeDOCX(t), 0o644); err != nil {
		t.Fatal(err)
	}
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	figures := func(name string) (out []string) {
		a, err := Read(t.Context(), ingest.File(name))
		if err != nil {
			t.Fatal(err)
		}
		if a.Published.String() != "2023-11-20" {
			t.Errorf("%s: published %s", name, a.Published)
		}
		for _, f := range reader.Article(a).Figures {
			out = append(out, fmt.Sprint(f.Printed, f.Dims, f.Place, f.Period))
		}
		return out
	}
	want := figures(at)
	if len(want) < 11 {
		t.Fatalf("%d figures of the .docx", len(want))
	}
	for _, ending := range []string{"doc", "rtf", "odt"} {
		said, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", ending, "--outdir", dir, at).CombinedOutput()
		made := filepath.Join(dir, "decree."+ending)
		if _, missing := os.Stat(made); missing != nil {
			t.Skipf("LibreOffice writes no .%s here: %v %s", ending, err, said)
		}
		if d := cmp.Diff(want, figures(made)); d != "" {
			t.Errorf(".%s\n%s", ending, d)
		}
	}
}

// scanOf is a PDF that holds a picture of each page of another.
func scanOf(t *testing.T, pdf []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	err := article.Pictures(t.Context(), record.Capture{Body: pdf}, func(page []byte) error {
		picture, err := png.Decode(bytes.NewReader(page))
		if err != nil {
			return err
		}
		var jpg bytes.Buffer
		if err := jpeg.Encode(&jpg, picture, &jpeg.Options{Quality: 90}); err != nil {
			return err
		}
		size := picture.Bounds().Size()
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>")
		object("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", size.X, size.Y, jpg.Len(), jpg.String())
		object("<< /Length 27 >>\nstream\n612 0 0 792 0 0 cm /I Do   \nendstream")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// TestScans reports a scan as such, and reads it by tesseract when that is asked
// for; its figures are grade C at most.
func TestScans(t *testing.T) {
	pdf, err := os.ReadFile("../shared/hostile/decree.pdf")
	if err != nil {
		t.Skipf("test material is not here: %v", err)
	}
	d := document{Input: ingest.Ready(record.Capture{URL: "scan.pdf", Body: scanOf(t, pdf)})}
	r, err := newReaders(Config{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.read(t.Context(), d, nil)
	if err != nil || !strings.Contains(got.document.Problem.Error(), "is a scan without text; find the document as text, or have it recognised with --ocr") {
		t.Errorf("%+v, %v", got.document, err)
	}
	if said, err := exec.CommandContext(t.Context(), "tesseract", "--list-langs").CombinedOutput(); err != nil || !strings.Contains(string(said), "vie") {
		t.Skip("no tesseract with Vietnamese data here")
	}
	r.ocr = true
	got, err = r.read(t.Context(), d, nil)
	if err != nil || !strings.Contains(got.article.Text, "220 sản phẩm OCOP") {
		t.Fatalf("%+v, %v", got.document, err)
	}
	if len(got.result.Figures) < 5 {
		t.Errorf("%d figures", len(got.result.Figures))
	}
	for _, f := range got.result.Figures {
		if f.Grade != record.GradeC || f.Confidence >= .9 {
			t.Errorf("%s has grade %s, confidence %v", f.Printed, f.Grade, f.Confidence)
		}
	}
}

// TestMissingProgramIsNotKept: a document that only a program that is missing could
// read is tried again by the next run.
func TestMissingProgramIsNotKept(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	r, err := newReaders(Config{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.read(t.Context(), document{Input: ingest.Ready(record.Capture{URL: "a.rtf", Body: []byte(`{\rtf1 x}`)})}, nil)
	if err != nil || got.err == nil || got.document.Key != "" || !strings.Contains(got.err.Error(), "apt install libreoffice") {
		t.Errorf("%+v, %v", got, err)
	}
}
